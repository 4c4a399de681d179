package io.github.medgs.evaluation.interpolation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ThroughPlaneTest {

    @Test
    void aLinearRampIsPerfectlySmoothAtAnyPositions() {
        double[] positions = {0, 1, 4, 4.5};
        float[][] slices = new float[4][3];
        for (int f = 0; f < 4; f++) {
            for (int i = 0; i < 3; i++) {
                slices[f][i] = (float) (0.1 * i + 0.05 * positions[f]);
            }
        }
        assertEquals(0, ThroughPlane.roughness(slices, positions), 1e-6);
    }

    @Test
    void evenSlicesGiveTheMeanAbsoluteSecondDifference() {
        float[][] slices = {{0, 0}, {1, 0.5f}, {0, 0}, {0, 0.25f}};
        // Middle slices: |0 - 2 + 0|, |0 - 1 + 0|, |1 - 0 + 0|, |0.5 - 0 + 0.25|.
        assertEquals((2 + 1 + 1 + 0.75) / 4, ThroughPlane.roughness(slices, new double[] {3, 5, 7, 9}), 1e-6);
    }

    @Test
    void twoSlicesHaveNoCurvature() {
        assertEquals(0, ThroughPlane.roughness(new float[][] {{0}, {1}}, new double[] {0, 1}));
    }
}
