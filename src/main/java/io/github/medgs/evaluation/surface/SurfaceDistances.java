package io.github.medgs.evaluation.surface;

import io.github.medgs.parallel.Workers;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.surface.TriangleTree;
import java.util.Arrays;

/**
 * Exact distances between two surfaces, in millimetres.
 *
 * <p>Each triangle is cut into small ones of at most a 160th of the larger bounding box's diagonal, or coarser where a
 * surface of very many needles would come to more than {@value #MOST} of them; each small one
 * stands at its centre with its area as weight, and its distance to the other surface is the exact distance to the
 * other's triangles. So averages are surface integrals (midpoint rule), free of the noise of random samples.
 *
 * @param assd average symmetric surface distance: both directions' integrals over the sum of both areas
 * @param hd95 95th percentile by area, the larger of the two directions
 * @param hd Hausdorff distance: the largest distance of any centre or vertex, of both directions
 */
public record SurfaceDistances(double assd, double hd95, double hd) {

    private static final double FINENESS = 160;
    private static final long MOST = 1 << 26;

    /**
     * Measures how far two surfaces are apart.
     *
     * @throws IllegalArgumentException when one is empty or they are in different frames
     */
    public static SurfaceDistances between(TriangleMesh first, TriangleMesh second, int threads) {
        return between(first, second, threads, MOST);
    }

    /** @param most how many small triangles either surface may be cut into, if it has no more itself */
    static SurfaceDistances between(TriangleMesh first, TriangleMesh second, int threads, long most) {
        if (first.frame() != second.frame()) {
            throw new IllegalArgumentException("meshes in different frames");
        }
        double step = Math.max(diagonal(first), diagonal(second)) / FINENESS;
        OneWay forward = OneWay.measure(first, new TriangleTree(second), coarsened(first, step, most), threads);
        OneWay backward = OneWay.measure(second, new TriangleTree(first), coarsened(second, step, most), threads);
        double assd = (forward.integral + backward.integral) / (forward.area + backward.area);
        return new SurfaceDistances(assd, Math.max(forward.percentile(0.95), backward.percentile(0.95)),
                Math.max(forward.largest, backward.largest));
    }

    /** The step at which a surface is not cut into more small triangles than it may. */
    private static double coarsened(TriangleMesh mesh, double step, long most) {
        double coarser = step;
        while (pieces(mesh, coarser) > Math.max(most, mesh.triangleCount())) {
            coarser *= Math.sqrt(2);
        }
        return coarser;
    }

    private static long pieces(TriangleMesh mesh, double step) {
        long pieces = 0;
        for (int t = 0; t < mesh.triangleCount(); t++) {
            long cuts = OneWay.cuts(mesh, t, step);
            pieces += cuts * cuts;
        }
        return pieces;
    }

    private static double diagonal(TriangleMesh mesh) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int at = axis; at < mesh.vertices().length; at += 3) {
                least = Math.min(least, mesh.vertices()[at]);
                most = Math.max(most, mesh.vertices()[at]);
            }
            sum += (most - least) * (most - least);
        }
        return Math.sqrt(sum);
    }

    /** The distances of one surface's points to the other. */
    private static final class OneWay {

        private float[] distances;
        private float[] areas;
        private double integral;
        private double area;
        private double largest;

        static OneWay measure(TriangleMesh mesh, TriangleTree other, double step, int threads) {
            int[] start = new int[mesh.triangleCount() + 1];
            for (int t = 0; t < mesh.triangleCount(); t++) {
                int cuts = cuts(mesh, t, step);
                start[t + 1] = start[t] + cuts * cuts;
            }
            OneWay way = new OneWay();
            int samples = start[mesh.triangleCount()];
            way.distances = new float[samples];
            way.areas = new float[samples];
            int chunk = 256;
            new Workers(threads).forEach((mesh.triangleCount() + chunk - 1) / chunk, (c, worker) -> {
                for (int t = c * chunk; t < Math.min((c + 1) * chunk, mesh.triangleCount()); t++) {
                    way.sample(mesh, t, start[t], start[t + 1], other);
                }
            });
            for (int i = 0; i < samples; i++) {
                way.integral += (double) way.distances[i] * way.areas[i];
                way.area += way.areas[i];
                way.largest = Math.max(way.largest, way.distances[i]);
            }
            float[] atVertices = new float[mesh.vertexCount()];
            new Workers(threads).forEach((atVertices.length + chunk - 1) / chunk, (c, worker) -> {
                for (int v = c * chunk; v < Math.min((c + 1) * chunk, atVertices.length); v++) {
                    atVertices[v] = (float) other.distance(
                            mesh.vertices()[3 * v], mesh.vertices()[3 * v + 1], mesh.vertices()[3 * v + 2]);
                }
            });
            for (int vertex : mesh.triangles()) {
                way.largest = Math.max(way.largest, atVertices[vertex]);
            }
            return way;
        }

        /** Into how many parts each side of a triangle is cut. */
        private static int cuts(TriangleMesh mesh, int triangle, double step) {
            double longest = 0;
            for (int corner = 0; corner < 3; corner++) {
                double sum = 0;
                for (int axis = 0; axis < 3; axis++) {
                    double d = mesh.corner(triangle, corner, axis) - mesh.corner(triangle, (corner + 1) % 3, axis);
                    sum += d * d;
                }
                longest = Math.max(longest, Math.sqrt(sum));
            }
            return Math.clamp((int) Math.ceil(longest / step), 1, 1000);
        }

        private void sample(TriangleMesh mesh, int triangle, int from, int to, TriangleTree other) {
            int cuts = (int) Math.round(Math.sqrt(to - from));
            double[] normal = new double[3];
            mesh.areaVector(triangle, normal);
            float part = (float) (Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2])
                    / (to - from));
            int at = from;
            double[] p = new double[3];
            // Small triangles in rows: upright ones centred at thirds, inverted ones between them.
            for (int row = 0; row < cuts; row++) {
                for (int column = 0; column < 2 * (cuts - row) - 1; column++) {
                    double third = column % 2 == 0 ? 1.0 / 3 : 2.0 / 3;
                    double u = (column / 2 + third) / cuts;
                    double v = (row + third) / cuts;
                    for (int axis = 0; axis < 3; axis++) {
                        p[axis] = (1 - u - v) * mesh.corner(triangle, 0, axis) + u * mesh.corner(triangle, 1, axis)
                                + v * mesh.corner(triangle, 2, axis);
                    }
                    distances[at] = (float) other.distance(p[0], p[1], p[2]);
                    areas[at++] = part;
                }
            }
        }

        /** The distance that a share of the area does not exceed. */
        double percentile(double share) {
            long[] keyed = new long[distances.length];
            for (int i = 0; i < keyed.length; i++) {
                keyed[i] = (long) Float.floatToIntBits(distances[i]) << 32 | i;
            }
            Arrays.sort(keyed);
            double wanted = share * area;
            double reached = 0;
            for (long key : keyed) {
                reached += areas[(int) key];
                if (reached >= wanted) {
                    return distances[(int) key];
                }
            }
            return largest;
        }
    }
}
