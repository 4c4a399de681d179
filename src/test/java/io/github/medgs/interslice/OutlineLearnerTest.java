package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.parallel.Workers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutlineLearnerTest {

    private static OutlineExamples examples() {
        OutlineExamples.Builder builder = new OutlineExamples.Builder();
        for (int n = 0; n < 9; n++) {
            builder.cut(OutlinePhantom.of(n, new Random(n)).cropped(), 2 + n % 4, 0, 0.1, n);
        }
        return builder.build();
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        OutlineLearner learner = new OutlineLearner(examples(), new Workers(1), 3);
        learner.learn(40);
        double[] found = learner.gradient();
        Random random = new Random(9);
        double largest = 0;
        for (int n = 0; n < found.length; n++) {
            largest = Math.max(largest, Math.abs(found[n]));
        }
        int seen = 0;
        for (int n = 0; n < 150; n++) {
            int parameter = n < 3 ? found.length - 1 - n : random.nextInt(found.length);
            double expected = (learner.loss(parameter, 4e-3f) - learner.loss(parameter, -4e-3f)) / 8e-3;
            assertEquals(expected, found[parameter], 0.02 * Math.abs(expected) + 2e-3 * largest, "of " + parameter);
            seen += Math.abs(expected) > 0.01 * largest ? 1 : 0;
        }
        assertTrue(seen > 10, seen + " gradients are not next to nothing");
    }

    @Test
    void learningLowersTheLossAndDoesNotDependOnThreads() throws IOException {
        OutlineExamples examples = examples();
        assertTrue(examples.count() > 5_000, examples.count() + " examples");
        byte[][] written = new byte[2][];
        for (int threads = 1; threads <= 2; threads++) {
            OutlineLearner learner = new OutlineLearner(examples, new Workers(threads), 3);
            double before = learner.loss(0, 0);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            learner.learn(20).weights().write(bytes, OutlineNetwork.FORMAT);
            written[threads - 1] = bytes.toByteArray();
            assertTrue(learner.loss(0, 0) < 0.8 * before, learner.loss(0, 0) + " after " + before);
        }
        assertArrayEquals(written[0], written[1]);
    }

    @Test
    void aSolidKeepsItsVolumeHoweverItIsTurned() {
        OutlineSolid ball = OutlinePhantom.of(0, new Random(1)).cropped();
        int voxels = count(ball);
        for (int axis = 0; axis < 3; axis++) {
            assertEquals(voxels, count(ball.across(axis)));
        }
        for (double zoom : new double[] {1, 2}) {
            double expected = voxels * zoom * zoom * zoom;
            assertEquals(expected, count(ball.turned(zoom, new Random(2))), 0.03 * expected);
        }
    }

    private static int count(OutlineSolid solid) {
        int count = 0;
        for (boolean inside : solid.inside()) {
            count += inside ? 1 : 0;
        }
        return count;
    }
}
