package io.github.medgs.benchmarks;

import io.github.medgs.engine.Step;
import io.github.medgs.neural.HostNetwork;
import io.github.medgs.neural.MatrixProducts;
import io.github.medgs.neural.Network;
import io.github.medgs.neural.NetworkShape;
import io.github.medgs.neural.NetworkStart;
import io.github.medgs.neural.PlainProducts;
import io.github.medgs.parallel.Workers;
import java.util.Random;
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
import org.openjdk.jmh.annotations.Warmup;

/** FUNSR's network of eight layers of 256 on a batch of 5,000 places, one thread: its values, and all of a step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx2g"})
public class NetworkBenchmark {

    private static final int BATCH = 5_000;
    private static final Step.Adam ADAM = new Step.Adam(0.9f, 0.999f, 1e-8f);

    @Param({"plain", "vector"})
    public String products;

    private Network network;
    private final float[] places = new float[3 * BATCH];
    private final float[] byValue = new float[BATCH];
    private final float[] byGradient = new float[3 * BATCH];

    @Setup
    public void start() {
        MatrixProducts chosen = switch (products) {
            case "plain" -> new PlainProducts();
            case "vector" -> MatrixProducts.best();
            default -> throw new IllegalArgumentException(products + ": plain or vector");
        };
        NetworkStart start = NetworkStart.sphere(new NetworkShape(3, 256, 8, 4, 0f, true), 0.5, 1);
        network = new HostNetwork(start, BATCH, chosen, new Workers(1));
        Random random = new Random(2);
        for (int i = 0; i < places.length; i++) {
            places[i] = random.nextFloat() - 0.5f;
            byGradient[i] = (random.nextFloat() - 0.5f) / BATCH;
        }
        for (int r = 0; r < BATCH; r++) {
            byValue[r] = (random.nextFloat() - 0.5f) / BATCH;
        }
    }

    @Benchmark
    public float[] values() {
        network.forward(places, BATCH);
        return network.values();
    }

    /** The rate is next to nothing, so that the thousandth step is still the first. */
    @Benchmark
    public float[] step() {
        network.forwardWithGradients(places, BATCH);
        network.weightGradients(byValue, byGradient);
        network.descend(ADAM, 1, 1e-12);
        return network.gradients();
    }
}
