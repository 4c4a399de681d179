package io.github.medgs.neural.tornado;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.medgs.engine.Step;
import io.github.medgs.engine.tornado.DeviceFixture;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.neural.HostNetworks;
import io.github.medgs.neural.Network;
import io.github.medgs.neural.NetworkShape;
import io.github.medgs.neural.NetworkStart;
import io.github.medgs.neural.Networks;
import io.github.medgs.neural.PlainProducts;
import io.github.medgs.parallel.Workers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A network on a device against plain Java's, whose gradients are held to central differences. */
class DeviceNetworkTest {

    /** No whole number of tiles, nor of slices. */
    private static final int ROWS = 301;

    private static final Step.Adam ADAM = new Step.Adam(0.9f, 0.999f, 1e-8f);
    private static final Networks HOST = new HostNetworks(new PlainProducts(), new Workers(2));

    private Device device;

    static List<NetworkShape> shapes() {
        return List.of(new NetworkShape(3, 96, 5, 3, 0f, true), new NetworkShape(1, 64, 3, -1, 0.2f, false),
                new NetworkShape(2, 320, 2, -1, 0.1f, true));
    }

    @BeforeEach
    void needsADevice() {
        device = DeviceFixture.deviceOrSkip();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void valuesAndGradientsAreThoseOfTheHost(NetworkShape shape) {
        NetworkStart start = NetworkStart.uniform(shape, 3);
        Network host = HOST.begin(start, ROWS);
        try (Network network = new DeviceNetworks(device).begin(start, ROWS)) {
            // A full batch, and then a smaller one, of which the first has left more than is there.
            for (int rows : new int[] {ROWS, 70}) {
                float[] points = points(shape, rows);
                host.forwardWithGradients(points, rows);
                network.forwardWithGradients(points, rows);
                close(host.values(), network.values(), rows, 2e-6f);
                close(host.gradients(), network.gradients(), rows * shape.inputs(), 2e-6f);
                network.forward(points, rows);
                close(host.values(), network.values(), rows, 2e-6f);
            }
        }
    }

    /**
     * With the loss of values, of gradients, and of both. Adam's first step would hide a gradient's size: its epsilon is so
     * large here that the step is the gradient's, scaled.
     */
    @ParameterizedTest
    @MethodSource("shapes")
    void learnsAsTheHost(NetworkShape shape) {
        Step.Adam descent = new Step.Adam(0.9f, 0.999f, 10f);
        for (float[] weight : new float[][] {{1, 0}, {0, 1}, {1, 1}}) {
            NetworkStart start = NetworkStart.uniform(shape, 3);
            Network host = HOST.begin(start, ROWS);
            try (Network network = new DeviceNetworks(device).begin(start, ROWS)) {
                float[] points = points(shape, ROWS);
                host.forward(points, ROWS);
                float[] before = host.values().clone();
                for (int iteration = 1; iteration <= 3; iteration++) {
                    descend(host, points, weight, descent, iteration);
                    descend(network, points, weight, descent, iteration);
                }
                host.forward(points, ROWS);
                network.forward(points, ROWS);
                float moved = 0f;
                for (int r = 0; r < ROWS; r++) {
                    moved = Math.max(moved, Math.abs(host.values()[r] - before[r]));
                }
                close(host.values(), network.values(), ROWS, 1e-3f * moved);
            }
        }
    }

    private static void descend(Network network, float[] points, float[] weight, Step.Adam adam, int iteration) {
        network.forwardWithGradients(points, ROWS);
        float[] byValue = new float[ROWS];
        float[] byGradient = new float[points.length];
        for (int r = 0; r < ROWS; r++) {
            byValue[r] = weight[0] * (network.values()[r] - (r % 7) * 0.1f) / ROWS;
        }
        for (int i = 0; i < points.length; i++) {
            byGradient[i] = weight[1] * (network.gradients()[i] - (i % 5) * 0.1f) / ROWS;
        }
        network.weightGradients(byValue, weight[1] == 0 ? null : byGradient);
        network.descend(adam, iteration, 1);
    }

    @Test
    void theSameBitsComeEveryTime() {
        NetworkShape shape = shapes().getFirst();
        assertArrayEquals(trained(shape), trained(shape));
    }

    private float[] trained(NetworkShape shape) {
        try (Network network = new DeviceNetworks(device).begin(NetworkStart.sphere(shape, 0.5, 5), ROWS)) {
            float[] points = points(shape, ROWS);
            for (int iteration = 1; iteration <= 3; iteration++) {
                descend(network, points, new float[] {1, 1}, ADAM, iteration);
            }
            network.forward(points, ROWS);
            return network.values().clone();
        }
    }

    @Test
    void whatNoBatchWasLeftForIsNotLearnt() {
        NetworkShape shape = shapes().get(1);
        try (Network network = new DeviceNetworks(device).begin(NetworkStart.uniform(shape, 3), 8)) {
            float[] points = points(shape, 8);
            assertThrows(IllegalArgumentException.class, () -> network.forward(points, 9));
            network.forward(points, 8);
            assertThrows(IllegalStateException.class, () -> network.weightGradients(new float[8], null));
        }
    }

    private static void close(float[] expected, float[] found, int count, float tolerance) {
        float largest = 0f;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        for (int i = 0; i < count; i++) {
            assertEquals(expected[i], found[i], tolerance * Math.max(1f, largest), "number " + i);
        }
    }

    private static float[] points(NetworkShape shape, int rows) {
        Random random = new Random(8);
        float[] points = new float[rows * shape.inputs()];
        for (int i = 0; i < points.length; i++) {
            points[i] = 2 * random.nextFloat() - 1;
        }
        return points;
    }
}
