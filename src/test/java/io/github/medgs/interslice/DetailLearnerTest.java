package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.parallel.Workers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DetailLearnerTest {

    /** Blobs that drift from slice to slice, under noise. */
    private static DetailStack stack(int height, int width, long seed) {
        int count = 13;
        Random random = new Random(seed);
        float[] values = new float[count * height * width];
        for (int blob = 0; blob < 14; blob++) {
            double row = height * random.nextDouble();
            double column = width * random.nextDouble();
            double down = 1.5 * random.nextGaussian();
            double right = 1.5 * random.nextGaussian();
            double size = 2 + 4 * random.nextDouble();
            for (int p = 0; p < values.length; p++) {
                int k = p / (height * width);
                double r = (p / width % height - row - k * down) / size;
                double c = (p % width - column - k * right) / size;
                values[p] += (float) (0.3 * Math.exp(-r * r - c * c));
            }
        }
        return new DetailStack(values, count, height, width).noisy(0.02, 0, random);
    }

    private static DetailExamples examples() {
        DetailExamples examples = new DetailExamples();
        examples.cut("upright", stack(52, 30, 1), 2, 6, 1);
        examples.cut("flat", stack(26, 60, 2), 2, 6, 1);
        return examples;
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        DetailLearner learner = new DetailLearner(examples(), new Workers(2), 3);
        learner.learn(40);
        double[] found = learner.gradient();
        Random random = new Random(9);
        double largest = 0;
        for (double value : found) {
            largest = Math.max(largest, Math.abs(value));
        }
        int seen = 0;
        for (int n = 0; n < 36; n++) {
            int parameter = n < 3 ? found.length - 1 - n : random.nextInt(found.length);
            double expected = (learner.loss(parameter, 2e-3f) - learner.loss(parameter, -2e-3f)) / 4e-3;
            assertEquals(expected, found[parameter], 0.02 * Math.abs(expected) + 2e-3 * largest, "of " + parameter);
            seen += Math.abs(expected) > 0.01 * largest ? 1 : 0;
        }
        assertTrue(seen > 3, seen + " gradients are not next to nothing");
    }

    @Test
    void learningLowersTheLossAndDoesNotDependOnThreads() throws IOException {
        DetailExamples examples = examples();
        byte[][] written = new byte[2][];
        for (int threads = 1; threads <= 2; threads++) {
            DetailLearner learner = new DetailLearner(examples, new Workers(threads), 3);
            double before = learner.loss(0, 0);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            learner.learn(60).write(bytes, DetailNetwork.FORMAT);
            written[threads - 1] = bytes.toByteArray();
            assertTrue(learner.loss(0, 0) < 0.98 * before, learner.loss(0, 0) + " after " + before);
        }
        assertArrayEquals(written[0], written[1]);
    }

    @Test
    void theGradientOfSsimIsThatOfFiniteDifferences() {
        int height = 14;
        int width = 17;
        Random random = new Random(4);
        float[] x = new float[height * width];
        float[] y = new float[height * width];
        for (int p = 0; p < x.length; p++) {
            x[p] = random.nextFloat();
            y[p] = random.nextFloat();
        }
        float[] gradient = new float[x.length];
        float[] unused = new float[x.length];
        SsimLoss loss = new SsimLoss();
        loss.of(x, y, height, width, gradient);
        for (int p = 0; p < x.length; p += 3) {
            float value = x[p];
            x[p] = value + 1e-2f;
            double above = loss.of(x, y, height, width, unused);
            x[p] = value - 1e-2f;
            double below = loss.of(x, y, height, width, unused);
            x[p] = value;
            assertEquals((above - below) / 2e-2, gradient[p], 1e-5, "of " + p);
        }
        assertEquals(0, loss.of(x, x, height, width, unused), 1e-6);
    }

    @Test
    void aStackIsItselfAcrossItsAxesAndBack() {
        DetailStack stack = stack(20, 30, 5);
        DetailStack across = stack.across(0);
        assertEquals(30, across.count());
        assertEquals(stack.values()[(3 * 20 + 4) * 30 + 5], across.values()[(5 * across.height() + 3) * across.width() + 4]);
        assertArrayEquals(stack.values(), stack.across(2).values());
    }
}
