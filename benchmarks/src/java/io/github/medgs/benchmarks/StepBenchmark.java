package io.github.medgs.benchmarks;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.engine.StepLosses;
import io.github.medgs.engine.TrainingSession;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A whole training step: all views, loss, gradient, statistics and Adam. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
public class StepBenchmark {

    /** As for {@code --engine}: a device engine is one more value. */
    @Param({"reference", "vector"})
    public String engine;

    /** Threads of the vector engine. */
    @Param("1")
    public int engineThreads;

    /** A name for {@link Workload#named}. */
    @Param({"published-256", "published-256-late", "default-128", "recipe-128", "published-122"})
    public String workload;

    private Engine opened;
    private TrainingSession session;
    private Workload made;
    private int iteration;

    @Setup
    public void open() {
        made = Workload.named(workload);
        opened = EngineChoice.open(engine, engineThreads, null).engine();
        session = opened.train(made.gaussians(),
                new AdamMoments(made.gaussians().form().rows(), made.gaussians().capacity()));
    }

    @Benchmark
    public StepLosses step() {
        return session.step(made.at(++iteration));
    }

    @TearDown
    public void close() {
        session.close();
        opened.close();
    }
}
