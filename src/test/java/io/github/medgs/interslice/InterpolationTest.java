package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InterpolationTest {

    @ParameterizedTest
    @EnumSource(value = Interpolation.class, mode = EnumSource.Mode.EXCLUDE, names = {"NONE", "DISTANCE", "SHAPE", "MIXED"})
    void theKeptSlicesThemselvesComeBack(Interpolation kind) {
        KeptSlices slices = MovingStacks.texture(new double[] {0, 1, 2.5, 3, 5}, z -> new double[] {z, 0.5 * z});
        SlicePredictor target = kind.ofImage(slices, 1);
        float[] out = new float[slices.pixels()];
        for (int k = 0; k + 1 < slices.count(); k++) {
            target.predict(k, 0, out);
            assertArrayEquals(slice(slices, k), out, 1e-4f, kind + " at slice " + k);
            target.predict(k, 1, out);
            assertArrayEquals(slice(slices, k + 1), out, 1e-4f, kind + " at slice " + (k + 1));
        }
    }

    /** Frozen from scipy 1.17: CubicSpline([0, 1, 2.5, 3, 5], [.2, .7, .4, .9, .1], bc_type="natural"). */
    @ParameterizedTest
    @CsvSource({"0, 0.25, 0.3889509", "1, 0.33333333, 0.5321429", "2, 0.8, 0.8020914", "3, 0.5, 0.9864286"})
    void theSplineIsTheNaturalOne(int slice, double fraction, float expected) {
        KeptSlices slices = new KeptSlices(new float[] {0.2f, 0.7f, 0.4f, 0.9f, 0.1f},
                new double[] {0, 1, 2.5, 3, 5}, 1, 1, 1, 1);
        float[] out = new float[1];
        Interpolation.SPLINE.ofImage(slices, 1).predict(slice, fraction, out);
        assertEquals(expected, out[0], 2e-6f);
    }

    @Test
    void cubicIsExactForParabolasAtUnevenPositions() {
        double[] positions = {0, 0.4, 1, 2.2};
        float[] values = new float[4];
        for (int k = 0; k < 4; k++) {
            values[k] = (float) parabola(positions[k]);
        }
        SlicePredictor target = Interpolation.CUBIC.ofImage(new KeptSlices(values, positions, 1, 1, 1, 1), 1);
        float[] out = new float[1];
        for (int k = 0; k < 3; k++) {
            target.predict(k, 0.3, out);
            assertEquals(parabola(positions[k] + 0.3 * (positions[k + 1] - positions[k])), out[0], 1e-6);
        }
    }

    @Test
    void motionIsFollowedWherePlainBlendingBlurs() {
        MovingStacks.Path path = z -> new double[] {2.2 * z + 0.3 * z * z, -1.5 * z};
        KeptSlices slices = MovingStacks.texture(MovingStacks.evenPositions(5), path);
        double linear = error(Interpolation.LINEAR, slices, path);
        double cubic = error(Interpolation.CUBIC, slices, path);
        double flow = error(Interpolation.FLOW, slices, path);
        double motion = error(Interpolation.MOTION, slices, path);
        assertTrue(flow < 0.1 * linear, "flow " + flow + ", linear " + linear);
        assertTrue(motion < 0.1 * Math.min(linear, cubic),
                "motion " + motion + ", linear " + linear + ", cubic " + cubic);
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        KeptSlices slices = MovingStacks.texture(MovingStacks.evenPositions(5), z -> new double[] {1.2 * z, z});
        float[] one = new float[slices.pixels()];
        float[] four = new float[slices.pixels()];
        Interpolation.MOTION.ofImage(slices, 1).predict(2, 0.37, one);
        Interpolation.MOTION.ofImage(slices, 4).predict(2, 0.37, four);
        assertArrayEquals(one, four);
    }

    @Test
    void placesOutsideTheStackAreRefused() {
        KeptSlices slices = new KeptSlices(new float[8], new double[] {0, 1}, 2, 2, 1, 1);
        SlicePredictor target = Interpolation.LINEAR.ofImage(slices, 1);
        assertThrows(IllegalArgumentException.class, () -> target.predict(1, 0.5, new float[4]));
        assertThrows(IllegalArgumentException.class, () -> target.predict(0, 1.5, new float[4]));
        assertThrows(IllegalArgumentException.class, () -> target.predict(0, Double.NaN, new float[4]));
    }

    private static double error(Interpolation kind, KeptSlices slices, MovingStacks.Path path) {
        SlicePredictor target = kind.ofImage(slices, 1);
        float[] out = new float[slices.pixels()];
        double sum = 0;
        for (int k = 1; k < 3; k++) {
            target.predict(k, 0.5, out);
            float[] truth = MovingStacks.textureSlice(path.at(k + 0.5));
            for (int row = 8; row < MovingStacks.HEIGHT - 8; row++) {
                for (int column = 8; column < MovingStacks.WIDTH - 8; column++) {
                    int p = row * MovingStacks.WIDTH + column;
                    double difference = out[p] - truth[p];
                    sum += difference * difference;
                }
            }
        }
        return sum;
    }

    private static float[] slice(KeptSlices slices, int k) {
        return Arrays.copyOfRange(slices.values(), k * slices.pixels(), (k + 1) * slices.pixels());
    }

    private static double parabola(double x) {
        return 0.3 + 0.4 * x - 0.15 * x * x;
    }
}
