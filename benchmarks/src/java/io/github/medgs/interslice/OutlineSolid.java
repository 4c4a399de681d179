package io.github.medgs.interslice;

import io.github.medgs.volume.Volume;
import java.util.Random;
import java.util.Set;

/**
 * One structure of a label map, in voxels, cut out with room round it.
 *
 * @param inside plane by plane, row by row
 * @param sizes of a row, of a plane's rows, of the planes
 */
record OutlineSolid(boolean[] inside, int[] sizes) {

    private static final int ROOM = 14;

    /** Distances that turning needs. */
    private static final float FARTHEST = 6f;

    /** Deviation of the smoothing that takes the staircase out before a solid is made finer, in voxels. */
    private static final double STAIRCASE = 0.6;

    /** Larger boxes are not turned. */
    private static final long MOST_VOXELS = 27_000_000;

    /** @return {@code null} where the structure has fewer voxels than {@code least} */
    static OutlineSolid of(Volume labels, Set<Long> structure, int least) {
        int[] sizes = {labels.nx(), labels.ny(), labels.nz()};
        boolean[] inside = new boolean[labels.voxels().length];
        int count = 0;
        for (int n = 0; n < inside.length; n++) {
            inside[n] = structure.contains((long) Math.round(labels.voxels()[n]));
            count += inside[n] ? 1 : 0;
        }
        return count < least ? null : new OutlineSolid(inside, sizes).cropped();
    }

    OutlineSolid cropped() {
        int[] low = sizes.clone();
        int[] high = {-1, -1, -1};
        for (int n = 0; n < inside.length; n++) {
            if (inside[n]) {
                int[] at = {n % sizes[0], n / sizes[0] % sizes[1], n / sizes[0] / sizes[1]};
                for (int axis = 0; axis < 3; axis++) {
                    low[axis] = Math.min(low[axis], at[axis]);
                    high[axis] = Math.max(high[axis], at[axis]);
                }
            }
        }
        int[] size = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = Math.max(0, low[axis] - ROOM);
            size[axis] = Math.min(sizes[axis] - 1, high[axis] + ROOM) - low[axis] + 1;
        }
        boolean[] cut = new boolean[size[0] * size[1] * size[2]];
        for (int line = 0; line < size[1] * size[2]; line++) {
            System.arraycopy(inside, ((low[2] + line / size[1]) * sizes[1] + low[1] + line % size[1]) * sizes[0] + low[0],
                    cut, line * size[0], size[0]);
        }
        return new OutlineSolid(cut, size);
    }

    boolean inside(int plane, int row, int column) {
        return inside[(plane * sizes[1] + row) * sizes[0] + column];
    }

    /** The same with an axis across its planes. */
    OutlineSolid across(int axis) {
        int[] order = axis == 0 ? new int[] {1, 2, 0} : axis == 1 ? new int[] {0, 2, 1} : new int[] {0, 1, 2};
        int[] strides = {1, sizes[0], sizes[0] * sizes[1]};
        int[] size = {sizes[order[0]], sizes[order[1]], sizes[order[2]]};
        boolean[] turned = new boolean[inside.length];
        for (int n = 0; n < turned.length; n++) {
            turned[n] = inside[n % size[0] * strides[order[0]] + n / size[0] % size[1] * strides[order[1]]
                    + n / size[0] / size[1] * strides[order[2]]];
        }
        return new OutlineSolid(turned, size);
    }

    /**
     * Turned any way, and finer: its signed distances, read between voxels.
     *
     * @return {@code null} where that becomes too large, or nothing is left
     */
    OutlineSolid turned(double zoom, Random random) {
        double[][] axes = axes(random);
        double diagonal = Math.sqrt((double) sizes[0] * sizes[0] + (double) sizes[1] * sizes[1]
                + (double) sizes[2] * sizes[2]);
        int side = (int) Math.ceil(diagonal * zoom);
        if ((long) side * side * side > MOST_VOXELS) {
            return null;
        }
        float[] distances = distances(zoom > 1);
        boolean[] turned = new boolean[side * side * side];
        boolean any = false;
        for (int n = 0; n < turned.length; n++) {
            double[] from = {n % side - (side - 1) / 2.0, n / side % side - (side - 1) / 2.0,
                n / side / side - (side - 1) / 2.0};
            double[] at = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                at[axis] = (sizes[axis] - 1) / 2.0 + (axes[axis][0] * from[0] + axes[axis][1] * from[1]
                        + axes[axis][2] * from[2]) / zoom;
            }
            turned[n] = between(distances, at) > 0;
            any |= turned[n];
        }
        return any ? new OutlineSolid(turned, new int[] {side, side, side}).cropped() : null;
    }

    /** An orthogonal frame, uniform over all of them, by Gram and Schmidt. */
    static double[][] axes(Random random) {
        double[][] axes = new double[3][3];
        for (int n = 0; n < 3; n++) {
            for (int i = 0; i < 3; i++) {
                axes[n][i] = random.nextGaussian();
            }
            for (int m = 0; m < n; m++) {
                double along = dot(axes[n], axes[m]);
                for (int i = 0; i < 3; i++) {
                    axes[n][i] -= along * axes[m][i];
                }
            }
            double length = Math.sqrt(dot(axes[n], axes[n]));
            for (int i = 0; i < 3; i++) {
                axes[n][i] /= length;
            }
        }
        return axes;
    }

    static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private float[] distances(boolean smooth) {
        float[] distances = DistanceTransform.signed(inside, sizes, new double[] {1, 1, 1});
        for (int n = 0; n < distances.length; n++) {
            distances[n] = Math.clamp(distances[n], -FARTHEST, FARTHEST);
        }
        SmoothingKernel kernel = new SmoothingKernel(STAIRCASE);
        for (int axis = 0, stride = 1; smooth && axis < 3; stride *= sizes[axis], axis++) {
            float[] smoothed = new float[distances.length];
            kernel.along(distances, stride, sizes[axis], 0, distances.length, smoothed);
            distances = smoothed;
        }
        return distances;
    }

    /** Outside of the box it is far outside of the solid. */
    private float between(float[] distances, double[] at) {
        double value = 0;
        int[] low = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = (int) Math.floor(at[axis]);
            if (low[axis] < 0 || low[axis] + 1 >= sizes[axis]) {
                return -FARTHEST;
            }
        }
        for (int corner = 0; corner < 8; corner++) {
            double weight = 1;
            int index = 0;
            for (int axis = 2; axis >= 0; axis--) {
                int step = corner >> axis & 1;
                double share = at[axis] - low[axis];
                weight *= step == 1 ? share : 1 - share;
                index = index * sizes[axis] + low[axis] + step;
            }
            value += weight * distances[index];
        }
        return (float) value;
    }

    /**
     * Every few planes of it.
     *
     * @return {@code null} where fewer than three are left, or nothing is on them
     */
    KeptSlices every(int stride, int first) {
        int count = (sizes[2] - 1 - first) / stride + 1;
        if (sizes[2] <= first || count < 3) {
            return null;
        }
        int pixels = sizes[0] * sizes[1];
        float[] values = new float[count * pixels];
        boolean any = false;
        double[] positions = new double[count];
        for (int k = 0; k < count; k++) {
            positions[k] = first + k * stride;
            for (int p = 0; p < pixels; p++) {
                boolean in = inside[(first + k * stride) * pixels + p];
                values[k * pixels + p] = in ? 1 : 0;
                any |= in;
            }
        }
        return any ? new KeptSlices(values, positions, sizes[1], sizes[0], 1, 1) : null;
    }
}
