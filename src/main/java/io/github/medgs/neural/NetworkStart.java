package io.github.medgs.neural;

import java.util.Random;
import java.util.function.DoubleSupplier;

/** What a network begins with. Numbers are drawn from {@link Random}, whose sequence is specified. */
public final class NetworkStart {

    private NetworkStart() {}

    /**
     * About the signed distance to a sphere round the origin, negative inside (Atzmon and Lipman, SAL, CVPR 2020): hidden
     * weights normal with variance 2 / outputs of the layer and biases 0, which keeps lengths; last weights about
     * sqrt(pi / width), which add them up, and last bias -radius.
     */
    public static void sphere(Network network, double radius, long seed) {
        Random random = new Random(seed);
        NetworkShape shape = network.shape();
        for (int l = 0; l < shape.hidden(); l++) {
            double deviation = Math.sqrt(2.0 / shape.out(l));
            fill(network.layers()[l], () -> deviation * random.nextGaussian());
        }
        Layer last = network.layers()[shape.hidden()];
        fill(last, () -> Math.sqrt(Math.PI / shape.width()) + 1e-4 * random.nextGaussian());
        last.bias[0] = (float) -radius;
        begin(network);
    }

    /** All weights and biases uniform within +-1 / sqrt(inputs of the layer). */
    public static void uniform(Network network, long seed) {
        Random random = new Random(seed);
        for (Layer layer : network.layers()) {
            double bound = 1 / Math.sqrt(layer.in);
            DoubleSupplier numbers = () -> bound * (2 * random.nextDouble() - 1);
            fill(layer, numbers);
            for (int o = 0; o < layer.out; o++) {
                layer.bias[o] = (float) numbers.getAsDouble();
            }
        }
        begin(network);
    }

    private static void fill(Layer layer, DoubleSupplier numbers) {
        for (int o = 0; o < layer.out; o++) {
            for (int i = 0; i < layer.in; i++) {
                layer.direction[o * layer.stride + i] = (float) numbers.getAsDouble();
            }
        }
    }

    private static void begin(Network network) {
        for (Layer layer : network.layers()) {
            layer.startLengths();
        }
        network.refresh();
    }
}
