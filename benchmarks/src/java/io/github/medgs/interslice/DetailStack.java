package io.github.medgs.interslice;

import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.Volume;
import java.util.Random;

/** Slices of a volume as an example to learn from; values in [0, 1], slice by slice, row by row. */
record DetailStack(float[] values, int count, int height, int width) {

    /** The middle of an image, at most so many voxels each way, in its automatic window; slices along k. */
    static DetailStack of(Volume image, int most) {
        IntensityWindow window = IntensityWindow.automatic(image);
        int[] sizes = {image.nx(), image.ny(), image.nz()};
        int[] size = new int[3];
        int[] low = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            size[axis] = Math.min(sizes[axis], most);
            low[axis] = (sizes[axis] - size[axis]) / 2;
        }
        float[] values = new float[size[0] * size[1] * size[2]];
        for (int n = 0; n < values.length; n++) {
            int i = low[0] + n % size[0];
            int j = low[1] + n / size[0] % size[1];
            int k = low[2] + n / size[0] / size[1];
            values[n] = window.toUnit(image.voxels()[(k * sizes[1] + j) * sizes[0] + i]);
        }
        return new DetailStack(values, size[2], size[1], size[0]);
    }

    /** The same with slices along i (0), j (1) or k (2). */
    DetailStack across(int axis) {
        int[] sizes = {width, height, count};
        int[] strides = {1, width, width * height};
        int[] order = axis == 0 ? new int[] {1, 2, 0} : axis == 1 ? new int[] {0, 2, 1} : new int[] {0, 1, 2};
        float[] turned = new float[values.length];
        for (int n = 0; n < turned.length; n++) {
            turned[n] = values[n % sizes[order[0]] * strides[order[0]]
                    + n / sizes[order[0]] % sizes[order[1]] * strides[order[1]]
                    + n / sizes[order[0]] / sizes[order[1]] * strides[order[2]]];
        }
        return new DetailStack(turned, sizes[order[2]], sizes[order[1]], sizes[order[0]]);
    }

    /**
     * The same with normal noise.
     *
     * @param added its standard deviation
     * @param speckle that of what values are multiplied with, about 1
     */
    DetailStack noisy(double added, double speckle, Random random) {
        float[] noisy = new float[values.length];
        for (int n = 0; n < noisy.length; n++) {
            double value = values[n] * (1 + speckle * random.nextGaussian()) + added * random.nextGaussian();
            noisy[n] = (float) Math.clamp(value, 0, 1);
        }
        return new DetailStack(noisy, count, height, width);
    }

    /** Every so many slices, from the first on. */
    KeptSlices every(int stride) {
        int kept = (count + stride - 1) / stride;
        int pixels = height * width;
        float[] some = new float[kept * pixels];
        double[] positions = new double[kept];
        for (int k = 0; k < kept; k++) {
            System.arraycopy(values, k * stride * pixels, some, k * pixels, pixels);
            positions[k] = k * stride;
        }
        return new KeptSlices(some, positions, height, width, 1, 1);
    }
}
