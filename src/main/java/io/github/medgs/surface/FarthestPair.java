package io.github.medgs.surface;

/**
 * The largest distance between two corners of triangles, exactly.
 *
 * <p>Vertices are sorted by their distance from the centre of the bounding box. Two vertices at distances r and s from
 * it cannot be more than r + s apart, so as soon as a long pair is known, most pairs are ruled out without being looked
 * at; the first long pair comes from walking to the farthest vertex a few times.
 */
final class FarthestPair {

    private FarthestPair() {}

    static double distance(TriangleMesh mesh) {
        // Files may hold vertices that no triangle uses.
        float[] points = MeshCleaning.compact(mesh.vertices(), mesh.triangles(), mesh.frame()).vertices();
        int count = points.length / 3;
        if (count < 2) {
            return 0;
        }
        double[] centre = centre(points);
        long[] order = new long[count];
        double[] radius = new double[count];
        for (int v = 0; v < count; v++) {
            double r = Math.sqrt(squared(points[3 * v] - centre[0], points[3 * v + 1] - centre[1],
                    points[3 * v + 2] - centre[2]));
            // Distances are positive, so their float bits sort as integers; the vertex number breaks ties.
            order[v] = (long) Float.floatToIntBits((float) r) << 32 | v;
        }
        java.util.Arrays.sort(order);
        double[] x = new double[count];
        double[] y = new double[count];
        double[] z = new double[count];
        for (int i = 0; i < count; i++) {
            int v = (int) order[count - 1 - i];
            x[i] = points[3 * v] - centre[0];
            y[i] = points[3 * v + 1] - centre[1];
            z[i] = points[3 * v + 2] - centre[2];
            radius[i] = Math.sqrt(squared(x[i], y[i], z[i]));
        }
        double best = walk(x, y, z);
        // A hair of slack, since radii were sorted in single precision.
        double slack = 1e-5 * radius[0];
        for (int i = 0; i < count && radius[i] + radius[0] + slack > Math.sqrt(best); i++) {
            double least = Math.sqrt(best) - radius[i] - slack;
            for (int j = 0; j < i && radius[j] >= least; j++) {
                best = Math.max(best, squared(x[i] - x[j], y[i] - y[j], z[i] - z[j]));
            }
        }
        return Math.sqrt(best);
    }

    /** The squared length of a long, not always the longest, pair. */
    private static double walk(double[] x, double[] y, double[] z) {
        int at = 0;
        double best = 0;
        for (int step = 0; step < 8; step++) {
            int farthest = at;
            double longest = best;
            for (int i = 0; i < x.length; i++) {
                double d = squared(x[i] - x[at], y[i] - y[at], z[i] - z[at]);
                if (d > longest) {
                    longest = d;
                    farthest = i;
                }
            }
            if (farthest == at) {
                break;
            }
            best = longest;
            at = farthest;
        }
        return best;
    }

    private static double[] centre(float[] points) {
        double[] low = {points[0], points[1], points[2]};
        double[] high = low.clone();
        for (int i = 0; i < points.length; i++) {
            low[i % 3] = Math.min(low[i % 3], points[i]);
            high[i % 3] = Math.max(high[i % 3], points[i]);
        }
        return new double[] {(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2};
    }

    private static double squared(double dx, double dy, double dz) {
        return dx * dx + dy * dy + dz * dz;
    }
}
