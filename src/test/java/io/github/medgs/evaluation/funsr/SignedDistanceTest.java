package io.github.medgs.evaluation.funsr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.Step;
import io.github.medgs.neural.DoubleNetwork;
import io.github.medgs.neural.HostNetworks;
import io.github.medgs.neural.MatrixProducts;
import io.github.medgs.neural.NetworkShape;
import io.github.medgs.neural.Networks;
import io.github.medgs.parallel.Workers;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** The whole loss and the discriminator's against central differences of their formulas in double precision. */
class SignedDistanceTest {

    private static final int BATCH = 40;
    private static final float DIRECTION = 0.3f;
    private static final NetworkShape SMALL = new NetworkShape(3, 64, 5, 3, 0f, true);
    private static final Step.Adam ADAM = new Step.Adam(0.9f, 0.999f, 1e-8f);

    private static Networks host(int threads) {
        return new HostNetworks(MatrixProducts.best(), new Workers(threads));
    }

    private static SignedDistance small(int threads) {
        return new SignedDistance(SMALL, BATCH, some(), 10, DIRECTION, 3, host(threads));
    }

    private static Queries some() {
        return some(BATCH);
    }

    private static Queries some(int count) {
        Random random = new Random(1);
        float[] places = new float[3 * count];
        float[] nearest = new float[3 * count];
        for (int i = 0; i < places.length; i++) {
            places[i] = 2 * random.nextFloat() - 1;
            nearest[i] = random.nextFloat() - 0.5f;
        }
        return new Queries(places, nearest);
    }

    /** Streams of random numbers that are shifts of one another would show the network the same few places for ever. */
    @Test
    void eachStepDrawsPlacesOfItsOwn() {
        SignedDistance distance = new SignedDistance(SMALL, BATCH, some(100 * BATCH), 10, DIRECTION, 0,
                host(1));
        Set<Float> drawn = new HashSet<>();
        for (int step = 1; step <= 10; step++) {
            distance.lossesOnly(step);
            for (int r = 0; r < BATCH; r++) {
                drawn.add(distance.batchPlaces()[3 * r]);
            }
        }
        // 400 of 4,000 with repetition: 380 in the mean.
        assertTrue(drawn.size() > 350, drawn.size() + " places in ten batches of " + BATCH);
    }

    @Test
    void theWholeLossHasTheGradientThatItDescends() {
        SignedDistance distance = small(1);
        distance.step(1);
        DoubleNetwork f = new DoubleNetwork(distance.network());
        DoubleNetwork d = new DoubleNetwork(distance.discriminator().network());
        SignedDistance.Losses losses = distance.lossesOnly(2);
        assertEquals(loss(distance, f, d), losses.sum(), 1e-5);
        Random random = new Random(6);
        f.learnt().forEach(learnt -> learnt.check(random, 6, () -> loss(distance, f, d)));
    }

    private static double loss(SignedDistance distance, DoubleNetwork network, DoubleNetwork discriminator) {
        double sum = 0;
        for (int r = 0; r < BATCH; r++) {
            double[] q = new double[3];
            for (int i = 0; i < 3; i++) {
                q[i] = distance.batchPlaces()[3 * r + i];
            }
            double[] f = network.valueAndGradient(q);
            double slope = Math.sqrt(f[1] * f[1] + f[2] * f[2] + f[3] * f[3]);
            double squares = 0;
            double along = 0;
            for (int i = 0; i < 3; i++) {
                double left = q[i] - f[0] * f[1 + i] / slope - distance.batchNearest()[3 * r + i];
                squares += left * left;
                along += left * f[1 + i] / slope;
            }
            double judged = sigmoid(discriminator.value(new double[] {f[0]})) - 1;
            sum += Math.sqrt(squares) + DIRECTION * (1 - along / Math.sqrt(squares)) + 0.005 * judged * judged;
        }
        return sum / BATCH;
    }

    @Test
    void theDiscriminatorHasTheGradientThatItDescends() {
        Discriminator discriminator = new Discriminator(BATCH, host(2), 5);
        float[] values = new float[BATCH];
        Random random = new Random(2);
        for (int r = 0; r < BATCH; r++) {
            values[r] = 0.4f * (float) random.nextGaussian();
        }
        discriminator.learn(values, BATCH, ADAM, 1, 1e-3);
        DoubleNetwork formula = new DoubleNetwork(discriminator.network());
        DoubleSupplier loss = () -> {
            double sum = Math.pow(sigmoid(formula.value(new double[] {0})) - 1, 2);
            for (float value : values) {
                sum += Math.pow(sigmoid(formula.value(new double[] {value})), 2) / BATCH;
            }
            return sum;
        };
        assertEquals(loss.getAsDouble(), discriminator.gradients(values, BATCH), 1e-5);
        Random any = new Random(6);
        formula.learnt().forEach(learnt -> learnt.check(any, 6, loss));
    }

    @Test
    void theDiscriminatorJudgesByItsDerivative() {
        Discriminator discriminator = new Discriminator(BATCH, host(1), 5);
        DoubleNetwork formula = new DoubleNetwork(discriminator.network());
        float[] values = {-0.3f, 0.02f, 0.7f};
        float[] added = {1, 1, 1};
        double mean = 0;
        double judged = discriminator.judge(values, 3, 0.25f, added);
        for (int r = 0; r < 3; r++) {
            double above = square(sigmoid(formula.value(new double[] {values[r] + 1e-6})) - 1);
            double below = square(sigmoid(formula.value(new double[] {values[r] - 1e-6})) - 1);
            assertEquals(1 + 0.25 * (above - below) / 2e-6, added[r], 1e-5);
            mean += square(sigmoid(formula.value(new double[] {values[r]})) - 1) / 3;
        }
        assertEquals(mean, judged, 1e-6);
    }

    @Test
    void threadsChangeNoBit() {
        float[][] values = new float[2][];
        for (int n = 0; n < 2; n++) {
            SignedDistance distance = small(1 + 2 * n);
            for (int step = 1; step <= 10; step++) {
                distance.step(step);
            }
            values[n] = distance.at(some().places(), BATCH).clone();
        }
        assertArrayEquals(values[0], values[1]);
    }

    private static double square(double x) {
        return x * x;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
