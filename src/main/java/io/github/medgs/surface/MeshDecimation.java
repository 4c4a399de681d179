package io.github.medgs.surface;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Fewer triangles for nearly the same surface: edges are collapsed, the cheapest first, where the cost is the sum of
 * squared distances of the new vertex to the planes that met at the old ones.
 *
 * <p>A closed two-manifold stays one: an edge is collapsed only when its two ends share exactly the two vertices
 * opposite to it (the link condition), no triangle turns over, and none becomes a sliver. The order is fixed by cost,
 * then by vertex numbers.
 *
 * <p>Source: M. Garland and P. Heckbert, Surface simplification using quadric error metrics, SIGGRAPH 1997.
 */
public final class MeshDecimation {

    /** Least cosine between a triangle's normals before and after. */
    private static final double LEAST_TURN = 0.3;

    /** Least height of a new triangle as a share of its longest side. */
    private static final double LEAST_HEIGHT = 0.02;

    private record Collapse(double cost, int from, int to, int fromVersion, int toVersion, double x, double y, double z)
            implements Comparable<Collapse> {

        @Override
        public int compareTo(Collapse other) {
            int byCost = Double.compare(cost, other.cost);
            int byFrom = byCost != 0 ? byCost : Integer.compare(from, other.from);
            return byFrom != 0 ? byFrom : Integer.compare(to, other.to);
        }
    }

    private final TriangleMesh mesh;
    private final int[] triangles;
    private final boolean[] removed;
    private final double[] positions;
    private final Quadrics quadrics;
    private final int[] version;
    private final int[][] around;
    private final int[] aroundCount;
    private final PriorityQueue<Collapse> queue = new PriorityQueue<>();
    private final boolean[] fixed;
    private int left;

    // Nothing is fixed where "fixed" is null.
    private MeshDecimation(TriangleMesh mesh, boolean[] fixed) {
        this.mesh = mesh;
        this.fixed = fixed;
        this.triangles = mesh.triangles().clone();
        this.removed = new boolean[mesh.triangleCount()];
        this.positions = new double[mesh.vertices().length];
        for (int i = 0; i < positions.length; i++) {
            // About the first vertex: quadrics about a distant origin would lose digits.
            positions[i] = mesh.vertices()[i] - (double) mesh.vertices()[i % 3];
        }
        this.quadrics = new Quadrics(positions, triangles);
        this.version = new int[mesh.vertexCount()];
        this.around = new int[mesh.vertexCount()][4];
        this.aroundCount = new int[mesh.vertexCount()];
        this.left = mesh.triangleCount();
        for (int h = 0; h < triangles.length; h++) {
            addAround(triangles[h], h / 3);
        }
    }

    /**
     * @param mesh closed and two-manifold
     * @param share of the triangles to keep, above 0; the result may keep more where nothing more can go
     */
    public static TriangleMesh decimate(TriangleMesh mesh, double share) {
        if (!(share > 0)) {
            throw new IllegalArgumentException("share " + share);
        }
        return share >= 1 || mesh.isEmpty() ? mesh : new MeshDecimation(mesh, null).run((int) Math.ceil(share * mesh.triangleCount()))
                .result();
    }

    /**
     * Sheets with fewer triangles.
     *
     * @param kept for each triangle which one it was
     */
    record Thinned(TriangleMesh mesh, int[] kept) {}

    /**
     * The same of sheets that meet in seams, in which vertices stay: what each side of a seam sees of it goes on to be the
     * same.
     *
     * @param fixed for each vertex whether it stays
     */
    static Thinned decimate(TriangleMesh sheets, boolean[] fixed, double share) {
        MeshDecimation decimation =
                new MeshDecimation(sheets, fixed).run((int) Math.ceil(share * sheets.triangleCount()));
        int[] kept = IntStream.range(0, sheets.triangleCount()).filter(t -> !decimation.removed[t]).toArray();
        return new Thinned(decimation.result(), kept);
    }

    private MeshDecimation run(int wanted) {
        for (int h = 0; h < triangles.length; h++) {
            int a = triangles[h];
            int b = triangles[HalfEdges.next(h)];
            if (a < b) {
                offer(a, b);
            }
        }
        while (left > wanted && !queue.isEmpty()) {
            Collapse collapse = queue.poll();
            if (version[collapse.from] == collapse.fromVersion && version[collapse.to] == collapse.toVersion
                    && allowed(collapse)) {
                carryOut(collapse);
            }
        }
        return this;
    }

    private void offer(int a, int b) {
        if (fixed != null && (fixed[a] || fixed[b])) {
            offerFixed(a, b);
            return;
        }
        double[] best = quadrics.best(a, b, positions);
        queue.add(new Collapse(best[3], Math.max(a, b), Math.min(a, b), version[Math.max(a, b)],
                version[Math.min(a, b)], best[0], best[1], best[2]));
    }

    // The end that stays keeps its place; two that stay are not joined.
    private void offerFixed(int a, int b) {
        int to = fixed[a] ? a : b;
        int from = fixed[a] ? b : a;
        if (!fixed[from]) {
            double[] place = {positions[3 * to], positions[3 * to + 1], positions[3 * to + 2]};
            queue.add(new Collapse(quadrics.cost(from, to, place), from, to, version[from], version[to], place[0], place[1],
                    place[2]));
        }
    }

    private boolean allowed(Collapse c) {
        int shared = 0;
        int common = 0;
        for (int i = 0; i < aroundCount[c.from]; i++) {
            int t = around[c.from][i];
            shared += has(t, c.to) ? 1 : 0;
            // Each neighbour follows its vertex in one triangle only.
            int neighbour = triangles[3 * t + (cornerOf(t, c.from) + 1) % 3];
            common += neighbour != c.to && joined(neighbour, c.to) ? 1 : 0;
        }
        if (fixed != null && aroundCount[c.from] == 3 && closes(c)) {
            return false;
        }
        return shared == 2 && common == 2 && aroundCount[c.from] + aroundCount[c.to] > 6 && keepsShape(c, c.from, c.to)
                && keepsShape(c, c.to, c.from);
    }

    // Whether the one triangle that would stay is there already, on another sheet.
    private boolean closes(Collapse c) {
        for (int i = 0; i < 3; i++) {
            int t = around[c.from][i];
            if (!has(t, c.to)) {
                int p = triangles[3 * t + (cornerOf(t, c.from) + 1) % 3];
                int q = triangles[3 * t + (cornerOf(t, c.from) + 2) % 3];
                for (int n = 0; n < aroundCount[c.to]; n++) {
                    if (has(around[c.to][n], p) && has(around[c.to][n], q)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Whether the triangles of one end that stay neither turn over nor become slivers. */
    private boolean keepsShape(Collapse c, int end, int otherEnd) {
        double[] before = new double[3];
        double[] after = new double[3];
        double[] moved = {c.x, c.y, c.z};
        for (int i = 0; i < aroundCount[end]; i++) {
            int t = around[end][i];
            if (has(t, otherEnd)) {
                continue;
            }
            int corner = cornerOf(t, end);
            int p = triangles[3 * t + (corner + 1) % 3];
            int q = triangles[3 * t + (corner + 2) % 3];
            double[] old = {positions[3 * end], positions[3 * end + 1], positions[3 * end + 2]};
            normal(old, p, q, before);
            double longest = normal(moved, p, q, after);
            double dot = before[0] * after[0] + before[1] * after[1] + before[2] * after[2];
            double sizeBefore = Math.sqrt(before[0] * before[0] + before[1] * before[1] + before[2] * before[2]);
            double sizeAfter = Math.sqrt(after[0] * after[0] + after[1] * after[1] + after[2] * after[2]);
            if (!(dot > LEAST_TURN * sizeBefore * sizeAfter) || !(sizeAfter > LEAST_HEIGHT * longest)) {
                return false;
            }
        }
        return true;
    }

    /** Twice the area vector of (point, p, q) into {@code out}; returns the longest side squared. */
    private double normal(double[] point, int p, int q, double[] out) {
        double ux = positions[3 * p] - point[0];
        double uy = positions[3 * p + 1] - point[1];
        double uz = positions[3 * p + 2] - point[2];
        double vx = positions[3 * q] - point[0];
        double vy = positions[3 * q + 1] - point[1];
        double vz = positions[3 * q + 2] - point[2];
        out[0] = uy * vz - uz * vy;
        out[1] = uz * vx - ux * vz;
        out[2] = ux * vy - uy * vx;
        double w = (vx - ux) * (vx - ux) + (vy - uy) * (vy - uy) + (vz - uz) * (vz - uz);
        return Math.max(w, Math.max(ux * ux + uy * uy + uz * uz, vx * vx + vy * vy + vz * vz));
    }

    private void carryOut(Collapse c) {
        positions[3 * c.to] = c.x;
        positions[3 * c.to + 1] = c.y;
        positions[3 * c.to + 2] = c.z;
        quadrics.merge(c.from, c.to);
        for (int i = 0; i < aroundCount[c.from]; i++) {
            int t = around[c.from][i];
            if (has(t, c.to)) {
                removed[t] = true;
                left--;
                for (int corner = 0; corner < 3; corner++) {
                    if (triangles[3 * t + corner] != c.from) {
                        dropAround(triangles[3 * t + corner], t);
                    }
                }
            } else {
                triangles[3 * t + cornerOf(t, c.from)] = c.to;
                addAround(c.to, t);
            }
        }
        aroundCount[c.from] = 0;
        version[c.from]++;
        version[c.to]++;
        for (int i = 0; i < aroundCount[c.to]; i++) {
            int t = around[c.to][i];
            offer(c.to, triangles[3 * t + (cornerOf(t, c.to) + 1) % 3]);
        }
    }

    private boolean joined(int vertex, int other) {
        for (int i = 0; i < aroundCount[vertex]; i++) {
            if (has(around[vertex][i], other)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(int t, int vertex) {
        return triangles[3 * t] == vertex || triangles[3 * t + 1] == vertex || triangles[3 * t + 2] == vertex;
    }

    private int cornerOf(int t, int vertex) {
        return triangles[3 * t] == vertex ? 0 : triangles[3 * t + 1] == vertex ? 1 : 2;
    }

    private void addAround(int vertex, int t) {
        if (aroundCount[vertex] == around[vertex].length) {
            around[vertex] = Arrays.copyOf(around[vertex], 2 * aroundCount[vertex]);
        }
        around[vertex][aroundCount[vertex]++] = t;
    }

    private void dropAround(int vertex, int t) {
        for (int i = 0; i < aroundCount[vertex]; i++) {
            if (around[vertex][i] == t) {
                around[vertex][i] = around[vertex][--aroundCount[vertex]];
                return;
            }
        }
    }

    private TriangleMesh result() {
        int[] kept = new int[3 * left];
        int filled = 0;
        for (int t = 0; t < removed.length; t++) {
            if (!removed[t]) {
                System.arraycopy(triangles, 3 * t, kept, filled, 3);
                filled += 3;
            }
        }
        float[] vertices = new float[positions.length];
        for (int i = 0; i < vertices.length; i++) {
            vertices[i] = (float) (positions[i] + mesh.vertices()[i % 3]);
        }
        return MeshCleaning.compact(vertices, kept, mesh.frame());
    }
}
