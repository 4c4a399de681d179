package io.github.medgs.evaluation.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.training.TrainingData;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

class MorphologicalContoursTest {

    private static final int WIDTH = 40;
    private static final int HEIGHT = 32;
    private static final int PIXELS = WIDTH * HEIGHT;

    /** A body that moves and grows, an island on slice 1, a branch from slice 2 on that moves away. */
    private static boolean inside(int slice, int pixel) {
        double x = pixel % WIDTH;
        double y = pixel / WIDTH;
        return Math.hypot((x - 12 - 2 * slice) / (7 + slice), (y - 12 - slice) / 6) <= 1
                || slice >= 2 && Math.hypot(x - 31, y - 10 - 3 * slice) <= 4
                || slice == 1 && Math.hypot(x - 33, y - 5) <= 3;
    }

    private static TrainingData kept() {
        float[] mask = new float[4 * PIXELS];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = inside(i / PIXELS, i % PIXELS) ? 1 : 0;
        }
        Volume volume = new Volume(WIDTH, HEIGHT, 4, mask, new Matrix4d().scaling(1, 1, 4));
        SliceStack stack = SliceStack.of(volume, SliceAxis.K, new IntensityWindow(0, 1));
        return new TrainingData(stack, stack.values().clone());
    }

    private static double[] positions() {
        double[] positions = new double[13];
        for (int n = 0; n < positions.length; n++) {
            positions[n] = n;
        }
        return positions;
    }

    /**
     * Held to what {@code @itk-wasm/morphological-contour-interpolation} 's pipeline says of the same four slices (by
     * repeated dilations, else its defaults): runs of outside and inside, a line for each of 13 slices.
     */
    @Test
    void agreesWithItk() throws IOException {
        float[] field = new MorphologicalContours().field(kept(), positions());
        List<String> lines;
        try (var in = getClass().getResourceAsStream("/surface/morphological-contours.txt")) {
            lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
        }
        long both = 0;
        long sum = 0;
        for (int z = 0; z < lines.size(); z++) {
            int p = 0;
            boolean inside = false;
            for (String run : lines.get(z).split(" ")) {
                for (int end = p + Integer.parseInt(run); p < end; p++) {
                    boolean own = field[z * PIXELS + p] >= 0.5f;
                    if (z % 4 == 0) {
                        assertEquals(inside, own, "on a kept slice");
                    }
                    both += own && inside && z % 4 != 0 ? 1 : 0;
                    sum += z % 4 == 0 ? 0 : (own ? 1 : 0) + (inside ? 1 : 0);
                }
                inside = !inside;
            }
            assertEquals(PIXELS, p);
        }
        // Both work in steps of whole pixels, and break ties and round moves in their own ways.
        assertTrue(2.0 * both / sum > 0.88, "Dice " + 2.0 * both / sum);
    }

    @Test
    void nestedDiscsGrowEvenly() {
        float[] mask = new float[2 * PIXELS];
        for (int i = 0; i < mask.length; i++) {
            double r = Math.hypot(i % PIXELS % WIDTH - 20, i % PIXELS / WIDTH - 16);
            mask[i] = r <= (i < PIXELS ? 4 : 12) ? 1 : 0;
        }
        boolean[] small = new boolean[PIXELS];
        boolean[] large = new boolean[PIXELS];
        for (int p = 0; p < PIXELS; p++) {
            small[p] = mask[p] > 0;
            large[p] = mask[PIXELS + p] > 0;
        }
        boolean[][] between = new boolean[3][PIXELS];
        ContourMorphing.add(region(small), region(large), WIDTH, HEIGHT, between);
        int last = count(small);
        for (boolean[] slice : between) {
            assertTrue(count(slice) > last);
            last = count(slice);
        }
        assertTrue(last < count(large));
        // The median differs from both by equally many pixels.
        assertEquals((count(small) + count(large)) / 2.0, count(between[1]), 0.12 * count(large));
    }

    private static PixelRegion region(boolean[] picture) {
        return PixelRegion.of(picture, WIDTH, new int[picture.length]).getFirst();
    }

    /** A mask of thousands of specks, beside a body that many of them touch: each takes room and time for itself alone. */
    @Test
    void specklesTakeNoWholePictures() {
        int side = 512;
        Random random = new Random(5);
        float[] mask = new float[2 * side * side];
        for (int i = 0; i < mask.length; i++) {
            boolean body = i < side * side && i / side < 40 && i % side < 40;
            mask[i] = body || random.nextInt(40) == 0 ? 1 : 0;
        }
        Volume volume = new Volume(side, side, 2, mask, new Matrix4d().scaling(1, 1, 4));
        SliceStack stack = SliceStack.of(volume, SliceAxis.K, new IntensityWindow(0, 1));
        float[] field = assertTimeout(Duration.ofSeconds(20), () ->
                new MorphologicalContours().field(new TrainingData(stack, stack.values().clone()), new double[] {0, 1, 2, 3, 4}));
        double halfWay = 0;
        for (int p = 0; p < side * side; p++) {
            halfWay += field[2 * side * side + p];
        }
        assertTrue(halfWay > 1000, "specks shrink to points: " + halfWay);
    }

    private static int count(boolean[] region) {
        int count = 0;
        for (boolean one : region) {
            count += one ? 1 : 0;
        }
        return count;
    }
}
