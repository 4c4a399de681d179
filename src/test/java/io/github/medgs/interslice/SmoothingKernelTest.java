package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SmoothingKernelTest {

    private static final double SIGMA = 1.2;

    @Test
    void everySampleIsTheSumOfItsTapsInTheirOrderToTheBit() {
        // The second axis has more than one run, its last one shorter.
        int[] sizes = {1500, 3, 5};
        Random random = new Random(7);
        float[] source = new float[sizes[0] * sizes[1] * sizes[2]];
        for (int i = 0; i < source.length; i++) {
            source[i] = random.nextFloat() - 0.5f;
        }
        int stride = 1;
        for (int size : sizes) {
            float[] smoothed = new float[source.length];
            new SmoothingKernel(SIGMA).along(source, stride, size, 0, source.length, smoothed);
            assertArrayEquals(oneByOne(source, stride, size), smoothed);
            stride *= size;
        }
    }

    @Test
    void onlyTheWantedPartIsWritten() {
        float[] source = {1, 2, 3, 4, 5, 6, 7, 8};
        float[] target = new float[8];
        new SmoothingKernel(SIGMA).along(source, 2, 4, 2, 6, target);
        float[] whole = oneByOne(source, 2, 4);
        for (int i = 0; i < 8; i++) {
            assertEquals(i >= 2 && i < 6 ? whole[i] : 0, target[i]);
        }
    }

    private static float[] oneByOne(float[] source, int stride, int size) {
        int reach = (int) Math.ceil(3 * SIGMA);
        double sum = 1;
        for (int d = 1; d <= reach; d++) {
            sum += 2 * Math.exp(-0.5 * d * d / (SIGMA * SIGMA));
        }
        float[] target = new float[source.length];
        for (int i = 0; i < source.length; i++) {
            int at = i / stride % size;
            double total = 0;
            for (int d = -reach; d <= reach; d++) {
                total += Math.exp(-0.5 * Math.abs(d) * Math.abs(d) / (SIGMA * SIGMA))
                        * source[i + (Math.clamp(at + d, 0, size - 1) - at) * stride];
            }
            target[i] = (float) (total / sum);
        }
        return target;
    }
}
