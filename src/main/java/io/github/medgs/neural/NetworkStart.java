package io.github.medgs.neural;

import java.util.Random;
import java.util.function.DoubleSupplier;

/** What a network begins with. Numbers are drawn from {@link Random}, whose sequence is specified. */
public final class NetworkStart {

    private final NetworkShape shape;
    private final float[][] weights;
    private final float[][] biases;

    private NetworkStart(NetworkShape shape) {
        this.shape = shape;
        this.weights = new float[shape.layers()][];
        this.biases = new float[shape.layers()][];
        for (int l = 0; l < weights.length; l++) {
            weights[l] = new float[shape.out(l) * shape.in(l)];
            biases[l] = new float[shape.out(l)];
        }
    }

    /**
     * About the signed distance to a sphere round the origin, negative inside (Atzmon and Lipman, SAL, CVPR 2020): hidden
     * weights normal with variance 2 / outputs of the layer and biases 0, which keeps lengths; last weights about
     * sqrt(pi / width), which add them up, and last bias -radius.
     */
    public static NetworkStart sphere(NetworkShape shape, double radius, long seed) {
        NetworkStart start = new NetworkStart(shape);
        Random random = new Random(seed);
        for (int l = 0; l < shape.hidden(); l++) {
            double deviation = Math.sqrt(2.0 / shape.out(l));
            fill(start.weights[l], () -> deviation * random.nextGaussian());
        }
        fill(start.weights[shape.hidden()], () -> Math.sqrt(Math.PI / shape.width()) + 1e-4 * random.nextGaussian());
        start.biases[shape.hidden()][0] = (float) -radius;
        return start;
    }

    /** All weights and biases uniform within +-1 / sqrt(inputs of the layer). */
    public static NetworkStart uniform(NetworkShape shape, long seed) {
        NetworkStart start = new NetworkStart(shape);
        Random random = new Random(seed);
        for (int l = 0; l < shape.layers(); l++) {
            double bound = 1 / Math.sqrt(shape.in(l));
            DoubleSupplier numbers = () -> bound * (2 * random.nextDouble() - 1);
            fill(start.weights[l], numbers);
            fill(start.biases[l], numbers);
        }
        return start;
    }

    private static void fill(float[] values, DoubleSupplier numbers) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers.getAsDouble();
        }
    }

    public NetworkShape shape() {
        return shape;
    }

    /** A layer's, counted from 0: units x numbers that it gets, row by row. */
    public float[] weights(int layer) {
        return weights[layer];
    }

    /** One for each unit of a layer. */
    public float[] biases(int layer) {
        return biases[layer];
    }
}
