package io.github.medgs.evaluation.surface;

import java.util.Arrays;

/** The grid on which {@link PoissonReconstruction} solves: the vector field, the point weights, conjugate gradients. */
final class PoissonGrid {

    private static final int MOST_ITERATIONS = 400;
    private static final double TOLERANCE = 1e-4;

    private final int[] sizes;
    private final int[] strides;
    private final double[] spacing;
    private final double voxel;

    // The vector field on voxels, and the points as pairs of neighbouring voxels with a weight.
    private final double[][] field;
    private int[] pairs = new int[1024];
    private double[] weights = new double[512];
    private int pointCount;

    PoissonGrid(int nx, int ny, int nz, double dx, double dy, double dz) {
        sizes = new int[] {nx, ny, nz};
        strides = new int[] {1, nx, nx * ny};
        spacing = new double[] {dx, dy, dz};
        voxel = dx * dy * dz;
        field = new double[3][nx * ny * nz];
    }

    /**
     * A boundary point between voxel (x, y) of a slice and its neighbour along {@code axis}.
     *
     * @param area the piece of surface it stands for, as it is seen along the slice
     */
    void addPoint(int x, int y, int axis, double z, double firstZ, double gap, double area, double nx, double ny,
            double nz) {
        double at = (z - firstZ) / spacing[2];
        double reach = Math.max(1, gap / spacing[2]);
        int here = x + sizes[0] * y;
        double[] normal = {nx, ny, nz};
        for (int k = (int) Math.ceil(at - reach); k <= at + reach; k++) {
            double hat = (1 - Math.abs(k - at) / reach) / reach;
            if (k < 0 || k >= sizes[2] || hat <= 0) {
                continue;
            }
            for (int component = 0; component < 3; component++) {
                double amount = 0.5 * hat * area * normal[component] / voxel;
                field[component][here + strides[2] * k] += amount;
                field[component][here + strides[axis] + strides[2] * k] += amount;
            }
        }
        int slice = (int) Math.round(at);
        if (slice >= 0 && slice < sizes[2]) {
            if (2 * pointCount == pairs.length) {
                pairs = Arrays.copyOf(pairs, 4 * pointCount);
                weights = Arrays.copyOf(weights, 2 * pointCount);
            }
            pairs[2 * pointCount] = here + strides[2] * slice;
            pairs[2 * pointCount + 1] = here + strides[axis] + strides[2] * slice;
            weights[pointCount++] = PoissonReconstruction.screening() * area / Math.min(spacing[0], spacing[1]);
        }
    }

    /** A Gaussian of one pixel within each slice. */
    void spread() {
        double[] kernel = new double[4];
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            kernel[i] = Math.exp(-0.5 * i * i);
            sum += i == 0 ? kernel[i] : 2 * kernel[i];
        }
        for (double[] component : field) {
            for (int axis = 0; axis < 2; axis++) {
                double[] source = component.clone();
                for (int i = 0; i < component.length; i++) {
                    int at = i / strides[axis] % sizes[axis];
                    double total = 0;
                    for (int d = -3; d <= 3; d++) {
                        if (at + d >= 0 && at + d < sizes[axis]) {
                            total += kernel[Math.abs(d)] * source[i + d * strides[axis]];
                        }
                    }
                    component[i] = total / sum;
                }
            }
        }
    }

    /** Conjugate gradients with a diagonal preconditioner, from the given start, which becomes the solution. */
    void solve(double[] u) {
        int n = u.length;
        double[] residual = rightSide();
        double[] product = new double[n];
        apply(u, product);
        for (int i = 0; i < n; i++) {
            residual[i] -= product[i];
        }
        double[] diagonal = diagonal();
        double[] direction = new double[n];
        double previous = 0;
        double first = 0;
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            double rho = 0;
            for (int i = 0; i < n; i++) {
                rho += residual[i] * residual[i] / diagonal[i];
            }
            first = iteration == 0 ? rho : first;
            if (rho <= TOLERANCE * TOLERANCE * first || rho == 0) {
                return;
            }
            double beta = iteration == 0 ? 0 : rho / previous;
            for (int i = 0; i < n; i++) {
                direction[i] = residual[i] / diagonal[i] + beta * direction[i];
            }
            apply(direction, product);
            double curvature = 0;
            for (int i = 0; i < n; i++) {
                curvature += direction[i] * product[i];
            }
            double step = rho / curvature;
            for (int i = 0; i < n; i++) {
                u[i] += step * direction[i];
                residual[i] -= step * product[i];
            }
            previous = rho;
        }
    }

    private void apply(double[] u, double[] out) {
        Arrays.fill(out, 0);
        for (int axis = 0; axis < 3; axis++) {
            double weight = voxel / (spacing[axis] * spacing[axis]);
            int stride = strides[axis];
            for (int i = 0; i + stride < u.length; i++) {
                if (i / stride % sizes[axis] + 1 < sizes[axis]) {
                    double flow = weight * (u[i + stride] - u[i]);
                    out[i] -= flow;
                    out[i + stride] += flow;
                }
            }
        }
        for (int p = 0; p < pointCount; p++) {
            double value = weights[p] * 0.25 * (u[pairs[2 * p]] + u[pairs[2 * p + 1]]);
            out[pairs[2 * p]] += value;
            out[pairs[2 * p + 1]] += value;
        }
    }

    private double[] rightSide() {
        double[] right = new double[field[0].length];
        for (int axis = 0; axis < 3; axis++) {
            double weight = voxel / spacing[axis];
            int stride = strides[axis];
            for (int i = 0; i + stride < right.length; i++) {
                if (i / stride % sizes[axis] + 1 < sizes[axis]) {
                    double flow = weight * 0.5 * (field[axis][i] + field[axis][i + stride]);
                    right[i] -= flow;
                    right[i + stride] += flow;
                }
            }
        }
        for (int p = 0; p < pointCount; p++) {
            right[pairs[2 * p]] += 0.25 * weights[p];
            right[pairs[2 * p + 1]] += 0.25 * weights[p];
        }
        return right;
    }

    private double[] diagonal() {
        double[] diagonal = new double[field[0].length];
        Arrays.fill(diagonal, 1e-12);
        for (int axis = 0; axis < 3; axis++) {
            double weight = voxel / (spacing[axis] * spacing[axis]);
            for (int i = 0; i < diagonal.length; i++) {
                int at = i / strides[axis] % sizes[axis];
                diagonal[i] += (at > 0 ? weight : 0) + (at + 1 < sizes[axis] ? weight : 0);
            }
        }
        for (int p = 0; p < pointCount; p++) {
            diagonal[pairs[2 * p]] += 0.25 * weights[p];
            diagonal[pairs[2 * p + 1]] += 0.25 * weights[p];
        }
        return diagonal;
    }
}
