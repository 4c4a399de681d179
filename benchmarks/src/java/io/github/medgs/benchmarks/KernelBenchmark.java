package io.github.medgs.benchmarks;

import io.github.medgs.engine.reference.ReferenceParts;
import io.github.medgs.engine.vector.VectorParts;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The parts of a step, each alone, for one view with both heads on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
public class KernelBenchmark {

    @Param({"reference", "vector"})
    public String engine;

    @Param({"published-256", "published-256-late", "default-128", "recipe-128", "published-122"})
    public String workload;

    private Parts parts;

    @Setup
    public void open() {
        Workload made = Workload.named(workload);
        parts = switch (engine) {
            case "reference" -> new ReferenceParts(made);
            case "vector" -> new VectorParts(made);
            default -> throw new IllegalArgumentException(engine + " has no parts to time alone");
        };
        parts.prepare();
    }

    @TearDown
    public void close() {
        parts.close();
    }

    @Benchmark
    public void fold() {
        parts.fold();
    }

    @Benchmark
    public void draw() {
        parts.draw();
    }

    @Benchmark
    public void similarity() {
        parts.similarity();
    }

    /** The backward pass changes what was drawn: draws again before each call, outside the timed part. */
    @State(Scope.Thread)
    public static class Drawn {
        private KernelBenchmark benchmark;

        @Setup(Level.Trial)
        public void keep(KernelBenchmark benchmark) {
            this.benchmark = benchmark;
        }

        @Setup(Level.Invocation)
        public void draw() {
            benchmark.parts.draw();
        }
    }

    @Benchmark
    public void gradient(Drawn drawn) {
        parts.gradient();
    }
}
