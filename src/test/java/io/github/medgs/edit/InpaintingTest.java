package io.github.medgs.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class InpaintingTest {

    private static float ramp(int column, int row, int width, int height) {
        return (column / (width - 1f) + row / (height - 1f)) / 2;
    }

    /** Fills a hole in a ramp, which is its own membrane, and says how far off it is. */
    private static double error(int width, int height, boolean[] hole) {
        float[] picture = new float[width * height];
        for (int p = 0; p < picture.length; p++) {
            picture[p] = hole[p] ? 7 : ramp(p % width, p / width, width, height);
        }
        Inpainting.fill(picture, hole, width, 0);
        double largest = 0;
        for (int p = 0; p < picture.length; p++) {
            largest = Math.max(largest, Math.abs(picture[p] - ramp(p % width, p / width, width, height)));
        }
        return largest;
    }

    @Test
    void aHoleOfAnySizeAndShapeIsFilled() {
        for (int side : new int[] {5, 64, 256, 512}) {
            boolean[] hole = new boolean[side * side];
            for (int p = 0; p < hole.length; p++) {
                hole[p] = Math.min(p % side, p / side) > 0 && Math.max(p % side, p / side) < side - 1;
            }
            assertEquals(0, error(side, side, hole), 1e-4, side + " x " + side);
        }
        boolean[] rings = new boolean[90 * 70];
        for (int p = 0; p < rings.length; p++) {
            double radius = Math.hypot(p % 90 - 45, p / 90 - 35);
            rings[p] = radius > 10 && radius < 14 || radius > 30 && radius < 31;
        }
        assertEquals(0, error(90, 70, rings), 1e-4, "rings");
    }

    /** Half of the picture, up to three of its edges: it continues evenly what stands at its side. */
    @Test
    void aHoleUpToTheEdgeIsHeldByTheRimThereIs() {
        int side = 120;
        float[] picture = new float[side * side];
        boolean[] hole = new boolean[picture.length];
        for (int p = 0; p < picture.length; p++) {
            hole[p] = p % side >= side / 2;
            picture[p] = hole[p] ? 9 : p / side / (side - 1f);
        }
        Inpainting.fill(picture, hole, side, 0);
        double sum = 0;
        for (int row = 0; row < side; row++) {
            sum += picture[row * side + side - 1];
            int near = row * side + side / 2;
            assertEquals(picture[near - 1], picture[near], 0.05, "at the rim");
        }
        assertEquals(0.5, sum / side, 1e-4, "far from it the mean of the rim is left");
        float[] none = new float[9];
        Inpainting.fill(none, new boolean[] {true, true, true, true, true, true, true, true, true}, 3, 0.25f);
        assertEquals(0.25f, none[4]);
    }
}
