package io.github.medgs.neural;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.Step;
import io.github.medgs.parallel.Workers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every gradient of the network against central differences of the formula in double precision. */
class NetworkTest {

    private static final int ROWS = 9;
    private static final Step.Adam ADAM = new Step.Adam(0.9f, 0.999f, 1e-8f);

    static List<NetworkShape> shapes() {
        return List.of(new NetworkShape(3, 64, 6, 4, 0f, true), new NetworkShape(3, 32, 3, -1, 0.2f, false),
                new NetworkShape(1, 96, 3, -1, 0.2f, false), new NetworkShape(3, 96, 4, 3, 0.1f, true),
                new NetworkShape(2, 32, 1, -1, 0f, true));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void valuesAndInputGradientsAreTheFormulas(NetworkShape shape) {
        HostNetwork network = started(shape, 1);
        float[] points = points(shape, ROWS);
        network.forwardWithGradients(points, ROWS);
        DoubleNetwork formula = new DoubleNetwork(network);
        for (int r = 0; r < ROWS; r++) {
            double[] x = row(points, r, shape.inputs());
            assertEquals(formula.value(x), network.values()[r], 1e-5);
            for (int i = 0; i < shape.inputs(); i++) {
                double h = 1e-6;
                x[i] += h;
                double above = formula.value(x);
                x[i] -= 2 * h;
                double below = formula.value(x);
                x[i] += h;
                assertEquals((above - below) / (2 * h), network.gradients()[r * shape.inputs() + i], 2e-5);
            }
        }
    }

    /** The loss is sum of (f - u)^2 / 2 + |grad f - w|^2 / 2; with the second part alone, alone with the first, and both. */
    @ParameterizedTest
    @MethodSource("shapes")
    void weightGradientsAreCentralDifferences(NetworkShape shape) {
        for (double[] weights : new double[][] {{1, 0}, {0, 1}, {1, 1}}) {
            HostNetwork network = started(shape, 1);
            float[] points = points(shape, ROWS);
            gradientsOf(network, points, weights[0], weights[1], weights[1] == 0);
            Random random = new Random(11);
            new DoubleNetwork(network).learnt().forEach(learnt -> learnt.check(random, 8, () -> loss(network, points, weights)));
        }
    }

    private static double target(int r, int i) {
        return 0.3 * Math.sin(5 * r + i);
    }

    private static double loss(HostNetwork network, float[] points, double[] weights) {
        DoubleNetwork formula = new DoubleNetwork(network);
        int inputs = network.shape().inputs();
        double loss = 0;
        for (int r = 0; r < ROWS; r++) {
            double[] all = formula.valueAndGradient(row(points, r, inputs));
            loss += weights[0] * square(all[0] - target(r, 0)) / 2;
            for (int i = 1; i <= inputs; i++) {
                loss += weights[1] * square(all[i] - target(r, i)) / 2;
            }
        }
        return loss;
    }

    private static void gradientsOf(HostNetwork network, float[] points, double ofValue, double ofGradient, boolean none) {
        int inputs = network.shape().inputs();
        network.forwardWithGradients(points, ROWS);
        float[] byValue = new float[ROWS];
        float[] byGradient = new float[ROWS * inputs];
        for (int r = 0; r < ROWS; r++) {
            byValue[r] = (float) (ofValue * (network.values()[r] - target(r, 0)));
            for (int i = 0; i < inputs; i++) {
                byGradient[r * inputs + i] = (float) (ofGradient * (network.gradients()[r * inputs + i] - target(r, i + 1)));
            }
        }
        network.weightGradients(byValue, none ? null : byGradient);
    }

    private static double square(double x) {
        return x * x;
    }

    @Test
    void theSameBitsComeFromAnyThreadsAndBothProducts() {
        NetworkShape shape = new NetworkShape(3, 128, 6, 4, 0f, true);
        float[] plain = trained(shape, new PlainProducts(), 1);
        assertArrayEquals(plain, trained(shape, MatrixProducts.best(), 1));
        assertArrayEquals(plain, trained(shape, MatrixProducts.best(), 3));
    }

    /** All values after three steps on a batch that is no whole number of blocks. */
    private static float[] trained(NetworkShape shape, MatrixProducts products, int threads) {
        int rows = 251;
        Network network = new HostNetwork(NetworkStart.sphere(shape, 0.5, 5), rows, products, new Workers(threads));
        float[] points = points(shape, rows);
        for (int step = 1; step <= 3; step++) {
            network.forwardWithGradients(points, rows);
            network.weightGradients(network.values().clone(), network.gradients().clone());
            network.descend(ADAM, step, 1e-3);
        }
        network.forward(points, rows);
        return network.values().clone();
    }

    @Test
    void itStartsAsASphere() {
        NetworkShape shape = new NetworkShape(3, 256, 8, 4, 0f, true);
        Network network = new HostNetwork(NetworkStart.sphere(shape, 0.5, 3), 300, MatrixProducts.best(), new Workers(2));
        assertEquals(0.46e6, shape.parameters(), 5e3);
        // Half of the places inside; of places anywhere in the cube nearly all would be outside.
        float[] points = points(shape, 300);
        double[] radii = new double[300];
        for (int r = 0; r < 300; r++) {
            double length = length(points, r);
            radii[r] = r % 2 == 0 ? 0.1 + r / 1000.0 : 0.6 + r / 1000.0;
            for (int i = 3 * r; i < 3 * r + 3; i++) {
                points[i] *= (float) (radii[r] / length);
            }
        }
        network.forwardWithGradients(points, 300);
        int inside = 0;
        int outside = 0;
        double squares = 0;
        double slopes = 0;
        double outward = 0;
        for (int r = 0; r < 300; r++) {
            double slope = length(network.gradients(), r);
            inside += r % 2 == 0 && network.values()[r] < 0 ? 1 : 0;
            outside += r % 2 == 1 && network.values()[r] > 0 ? 1 : 0;
            squares += square(network.values()[r] - (radii[r] - 0.5));
            slopes += slope / 300;
            for (int i = 3 * r; i < 3 * r + 3; i++) {
                outward += network.gradients()[i] * points[i] / (slope * radii[r]) / 300;
            }
        }
        assertEquals(150, inside);
        assertEquals(150, outside);
        assertTrue(Math.sqrt(squares / 300) < 0.06, "off by " + Math.sqrt(squares / 300));
        assertEquals(1, slopes, 0.1);
        assertTrue(outward > 0.95, "cosine of the gradient to the way out: " + outward);
    }

    private static double length(float[] vectors, int r) {
        return Math.sqrt(square(vectors[3 * r]) + square(vectors[3 * r + 1]) + square(vectors[3 * r + 2]));
    }

    @Test
    void whatNoBatchWasLeftForIsNotLearnt() {
        NetworkShape shape = shapes().getFirst();
        HostNetwork network = started(shape, 1);
        float[] points = points(shape, ROWS);
        float[] byValue = new float[ROWS];
        assertThrows(IllegalStateException.class, () -> network.weightGradients(byValue, null));
        network.forwardWithGradients(points, ROWS);
        network.weightGradients(byValue, null);
        assertThrows(IllegalStateException.class, () -> network.weightGradients(byValue, null));
        network.forwardWithGradients(points, ROWS);
        network.forward(points, ROWS);
        assertThrows(IllegalStateException.class, () -> network.weightGradients(byValue, null));
    }

    private static HostNetwork started(NetworkShape shape, int threads) {
        HostNetwork network = new HostNetwork(NetworkStart.uniform(shape, 21), ROWS, MatrixProducts.best(), new Workers(threads));
        // Lengths that are not the directions' own.
        Random random = new Random(4);
        for (Layer layer : network.layers()) {
            for (int o = 0; layer.length != null && o < layer.out; o++) {
                layer.length[o] *= 1 + random.nextFloat();
            }
        }
        network.refresh();
        return network;
    }

    private static float[] points(NetworkShape shape, int rows) {
        Random random = new Random(8);
        float[] points = new float[rows * shape.inputs()];
        for (int i = 0; i < points.length; i++) {
            points[i] = 2 * random.nextFloat() - 1;
        }
        return points;
    }

    private static double[] row(float[] points, int r, int inputs) {
        double[] row = new double[inputs];
        for (int i = 0; i < inputs; i++) {
            row[i] = points[r * inputs + i];
        }
        return row;
    }
}
