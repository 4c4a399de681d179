package io.github.medgs.evaluation.surface;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.SliceDistances;
import io.github.medgs.training.TrainingData;
import java.util.stream.IntStream;

/**
 * Screened Poisson reconstruction from the oriented boundary points of the kept slices, on a regular grid.
 *
 * <p>A point sits half way between a pixel inside and one outside. Its normal is the gradient of the signed distance,
 * within the slice by differences of pixels, across slices by differences of kept slices. The points, each standing for
 * the area of its piece of boundary times the gap, are spread over the grid (a hat over the gap, a Gaussian of one pixel
 * within the slice) to a vector field V, and the indicator u minimises
 * <pre>   integral |grad u - V|^2 + screening * sum over points of area * (u(point) - 1/2)^2,</pre>
 * whose normal equations are solved by conjugate gradients. The surface is where u = 1/2.
 *
 * <p>Source: M. Kazhdan and H. Hoppe, Screened Poisson surface reconstruction, ACM TOG 2013; there on an adaptive octree,
 * here on the voxels themselves, since slices are regular already; where they are not, on slices that are, from which
 * those asked for are blended.
 */
public final class PoissonReconstruction implements SurfaceMethod {

    /** Weight of the points against the gradients, per pixel width. */
    private static final double SCREENING = 1;

    /** Pixels kept free round the structure. */
    private static final int MARGIN = 8;

    @Override
    public String name() {
        return "Poisson";
    }

    /** How far a slice may lie off its place among equally spaced ones, as a share of their distance. */
    private static final double EQUAL = 1e-3;

    /** Most equally spaced slices for each one asked for. */
    private static final int FINEST = 4;

    @Override
    public float[] field(TrainingData kept, double[] positions) {
        double[] equal = equallySpaced(positions);
        float[] field = solved(kept, equal);
        return equal == positions ? field : blended(field, equal, positions, kept.pixels());
    }

    /** The positions themselves where they are equally spaced; else as close to each other as the closest of them. */
    private static double[] equallySpaced(double[] positions) {
        int last = positions.length - 1;
        double range = positions[last] - positions[0];
        double least = range;
        boolean equal = true;
        for (int n = 1; n <= last; n++) {
            least = Math.min(least, positions[n] - positions[n - 1]);
            equal &= Math.abs(positions[n] - positions[0] - range * n / last) <= EQUAL * range / last;
        }
        if (equal) {
            return positions;
        }
        int gaps = (int) Math.min(Math.ceil(range / least - EQUAL), (double) FINEST * last);
        return IntStream.rangeClosed(0, gaps).mapToDouble(n -> positions[0] + range * n / gaps).toArray();
    }

    private static float[] blended(float[] field, double[] equal, double[] positions, int pixels) {
        float[] blended = new float[positions.length * pixels];
        int gaps = equal.length - 1;
        for (int n = 0; n < positions.length; n++) {
            double at = (positions[n] - equal[0]) / (equal[gaps] - equal[0]) * gaps;
            int before = Math.clamp((long) at, 0, gaps - 1);
            float share = (float) (at - before);
            for (int p = 0; p < pixels; p++) {
                float low = field[before * pixels + p];
                blended[n * pixels + p] = low + share * (field[(before + 1) * pixels + p] - low);
            }
        }
        return blended;
    }

    private static float[] solved(TrainingData kept, double[] positions) {
        int width = kept.stack().width();
        int pixels = kept.pixels();
        int[] box = KeptSlices.of(kept.stack(), kept.mask()).box(MARGIN);
        float[] field = new float[positions.length * pixels];
        if (box == null) {
            return field;
        }
        int nx = box[3] - box[2] + 1;
        int ny = box[1] - box[0] + 1;
        double step = positions.length > 1 ? (positions[positions.length - 1] - positions[0]) / (positions.length - 1) : 1;
        PoissonGrid grid = new PoissonGrid(nx, ny, positions.length, kept.stack().geometry().columnSpacing(),
                kept.stack().geometry().rowSpacing(), step);
        addPoints(kept, positions, box, grid);
        float[] start = PredictedSurface.ISO.field(kept, positions);
        double[] u = new double[nx * ny * positions.length];
        for (int i = 0; i < u.length; i++) {
            u[i] = start[i / (nx * ny) * pixels + (i / nx % ny + box[0]) * width + i % nx + box[2]];
        }
        grid.solve(u);
        for (int i = 0; i < u.length; i++) {
            field[i / (nx * ny) * pixels + (i / nx % ny + box[0]) * width + i % nx + box[2]] = (float) u[i];
        }
        return field;
    }

    private static void addPoints(TrainingData kept, double[] positions, int[] box, PoissonGrid grid) {
        SliceDistances distances = new SliceDistances(KeptSlices.of(kept.stack(), kept.mask()));
        double[] z = kept.stack().positions();
        double dx = kept.stack().geometry().columnSpacing();
        double dy = kept.stack().geometry().rowSpacing();
        int width = kept.stack().width();
        int height = kept.stack().height();
        for (int s = 0; s < kept.stack().count(); s++) {
            // An empty slice has no outline, though its distances may change sign.
            if (distances.isEmpty(s)) {
                continue;
            }
            int before = Math.max(0, s - 1);
            int after = Math.min(kept.stack().count() - 1, s + 1);
            float[] slice = distances.of(s);
            double reach = z[after] - z[before];
            double gap = reach / Math.max(1, after - before);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    for (int axis = 0; axis < 2; axis++) {
                        int here = x + width * y;
                        int next = axis == 0 ? here + 1 : here + width;
                        if (axis == 0 ? x + 1 == width : y + 1 == height) {
                            continue;
                        }
                        boolean inside = slice[here] > 0;
                        if (inside == slice[next] > 0) {
                            continue;
                        }
                        double gx = 0.5 * (slope(slice, x, y, width, height, 0) + slope(slice,
                                next % width, next / width, width, height, 0)) / dx;
                        double gy = 0.5 * (slope(slice, x, y, width, height, 1) + slope(slice,
                                next % width, next / width, width, height, 1)) / dy;
                        double gz = reach > 0 ? 0.5 * (change(distances.of(before), distances.of(after), here, reach)
                                + change(distances.of(before), distances.of(after), next, reach)) : 0;
                        double inPlane = Math.max(1e-6, Math.hypot(gx, gy));
                        double length = axis == 0 ? dy * Math.abs(gx) / inPlane : dx * Math.abs(gy) / inPlane;
                        grid.addPoint(x - box[2], y - box[0], axis, z[s], positions[0], gap, length * gap, gx / inPlane,
                                gy / inPlane, Math.clamp(gz, -1, 1) / Math.max(0.2, inPlane));
                    }
                }
            }
        }
        grid.spread();
    }

    private static double slope(float[] distances, int x, int y, int width, int height, int axis) {
        int low = axis == 0 ? Math.max(0, x - 1) + width * y : x + width * Math.max(0, y - 1);
        int high = axis == 0 ? Math.min(width - 1, x + 1) + width * y : x + width * Math.min(height - 1, y + 1);
        return (distances[high] - distances[low]) / 2;
    }

    private static double change(float[] before, float[] after, int pixel, double reach) {
        return (after[pixel] - before[pixel]) / reach;
    }

    /** First and last column, first and last row, with a margin. */
    static double screening() {
        return SCREENING;
    }
}
