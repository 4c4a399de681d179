package io.github.medgs.evaluation.funsr;

import io.github.medgs.engine.Step;
import io.github.medgs.kernel.Transcendental;
import io.github.medgs.neural.Network;
import io.github.medgs.neural.NetworkShape;
import io.github.medgs.neural.NetworkStart;
import io.github.medgs.neural.Networks;

/**
 * D, which learns to tell a distance of zero from those that a signed distance gives its queries: the sigmoid of a network of
 * the distance alone. It descends (D(0) - 1)^2 + mean D(f)^2; what it fools is asked to bring (D(f) - 1)^2 down.
 */
final class Discriminator {

    private static final NetworkShape SHAPE = new NetworkShape(1, 256, 3, -1, 0.2f, false);

    private final Network network;
    private final float[] distances;
    private final float[] byValue;

    /** @param capacity distances of the largest batch */
    Discriminator(int capacity, Networks networks, long seed) {
        // One row more, for the distance of zero.
        network = networks.begin(NetworkStart.uniform(SHAPE, seed), capacity + 1);
        distances = new float[capacity + 1];
        byValue = new float[capacity + 1];
    }

    /** One step of Adam; the first iteration is 1. Returns its loss. */
    double learn(float[] values, int count, Step.Adam adam, int iteration, double rate) {
        double loss = gradients(values, count);
        network.descend(adam, iteration, rate);
        return loss;
    }

    /** Its loss, whose gradients by the weights are left in the network. */
    double gradients(float[] values, int count) {
        System.arraycopy(values, 0, distances, 0, count);
        distances[count] = 0f;
        network.forwardWithGradients(distances, count + 1);
        double loss = 0;
        for (int r = 0; r <= count; r++) {
            float d = Transcendental.sigmoid(network.values()[r]);
            float error = r == count ? d - 1 : d;
            float share = r == count ? 1f : 1f / count;
            loss += share * error * error;
            byValue[r] = 2 * share * error * d * (1 - d);
        }
        network.weightGradients(byValue, null);
        return loss;
    }

    /**
     * Adds weight (D(f) - 1)^2 of each row to a loss: its derivative by f.
     *
     * @return the mean of (D(f) - 1)^2
     */
    double judge(float[] values, int count, float weight, float[] addTo) {
        System.arraycopy(values, 0, distances, 0, count);
        network.forwardWithGradients(distances, count);
        double sum = 0;
        for (int r = 0; r < count; r++) {
            float d = Transcendental.sigmoid(network.values()[r]);
            sum += (d - 1) * (d - 1);
            addTo[r] += weight * 2 * (d - 1) * d * (1 - d) * network.gradients()[r];
        }
        return sum / count;
    }

    Network network() {
        return network;
    }
}
