package io.github.medgs.engine.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.plan.KernelTime;
import io.github.medgs.engine.tornado.plan.ProductPlan;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both forms of the device's matrix product against the definition in double precision. */
class DeviceProductTest {

    @BeforeEach
    void needsADevice() {
        DeviceFixture.deviceOrSkip();
    }

    @Test
    void areTheProduct() {
        for (int[] size : new int[][] {{1, 1, 1}, {16, 16, 16}, {33, 7, 19}, {100, 256, 253}}) {
            compare(size[0], size[1], size[2]);
        }
    }

    private void compare(int rows, int depth, int columns) {
        float[] left = random(rows * depth);
        float[] right = random(depth * columns);
        try (ProductPlan plan = new ProductPlan(DeviceFixture.deviceOrSkip(), left, right, rows, depth, columns)) {
            plan.run();
            double rounding = 1e-5 + 2e-7 * depth;
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    double sum = 0;
                    for (int k = 0; k < depth; k++) {
                        sum += (double) left[r * depth + k] * right[k * columns + c];
                    }
                    assertEquals(sum, plan.plain()[r * columns + c], rounding);
                    assertEquals(sum, plan.tiled()[r * columns + c], rounding);
                }
            }
        }
    }

    /** Prints what each form takes for a layer of FUNSR's network; of the times nothing is asked. */
    @Test
    void aLayersProductIsTimed() {
        int rows = 5_000;
        int width = 256;
        Device device = DeviceFixture.deviceOrSkip();
        try (ProductPlan plan = new ProductPlan(device, random(rows * width), random(width * width), rows, width, width)) {
            plan.devicePlan().profile(true);
            double[] best = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
            for (int run = 0; run < 5; run++) {
                plan.run();
                for (int form = 0; form < 2; form++) {
                    KernelTime time = plan.devicePlan().times(0).get(form);
                    best[form] = Math.min(best[form], time.nanoseconds() / 1e6);
                }
            }
            System.out.printf("5,000 x 256 x 256 on %s: plain %.1f ms, tiled %.1f ms%n", device.name(), best[0], best[1]);
        }
    }

    private static float[] random(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }
}
