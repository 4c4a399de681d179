package io.github.medgs.kernel;

/**
 * The triangles of each of the 256 marching-cubes cases, generated from one rule about faces instead of typed in.
 *
 * <p><b>Numbering.</b> Corner c of a cell lies at {@code (c & 1, c >> 1 & 1, c >> 2)} and is bit c of the case index, set
 * where the corner is inside. Edge e runs along axis e / 4 from the corner that {@link MarchingCubesCell#edgeCorner} gives.
 *
 * <p><b>Why the surface is closed.</b> The surface meets a face of a cell in directed segments that depend on nothing
 * but the four corners of that face. The two cells that share the face therefore see the same segments, in opposite
 * directions. Where the inside corners of a face lie on a diagonal (the ambiguous faces), the rule joins them: a thin
 * vessel whose voxels touch along an edge stays in one piece. Following segments from face to face gives closed
 * polygons on the surface of the cell.
 *
 * <p><b>Why it is two-manifold.</b> Each crossed grid edge carries one vertex and belongs to exactly two faces of a cell,
 * so just one polygon of that cell passes through it, once; the four cells around the grid edge close one fan. Each
 * polygon is filled with a disc: no tunnel is ever made inside a cell, which settles the interior ambiguity the same
 * way for every cell. No diagonal of a disc joins two vertices that lie on a common face, so a triangle edge inside one
 * cell never coincides with one of its neighbour. (The cases of the classical table that break this are why naive
 * tables leave edges with four triangles.)
 *
 * <p>The arrays are flat {@code int[]}, so that a device kernel can be given them as they are; they are shared and not
 * to be written.
 */
public final class MarchingCubesTable {

    /** Corners of each face, counter-clockwise seen from outside the cell; the faces are x=0, x=1, y=0, y=1, z=0, z=1. */
    static final int[][] FACES = {
        {0, 4, 6, 2}, {1, 3, 7, 5}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 2, 3, 1}, {4, 5, 7, 6}
    };

    private static final int[] START = new int[257];
    private static final int[] EDGES;

    static {
        int[] edges = new int[0];
        for (int cell = 0; cell < 256; cell++) {
            START[cell] = edges.length;
            for (int[] polygon : polygons(cell)) {
                edges = joined(edges, triangulate(polygon));
            }
        }
        START[256] = edges.length;
        EDGES = edges;
    }

    private MarchingCubesTable() {}

    /** 257 offsets: the triangles of case c are {@code edges()[start()[c] .. start()[c + 1])}, three edges each. */
    public static int[] start() {
        return START;
    }

    /** Edge numbers, three to a triangle, counter-clockwise seen from outside the surface. */
    public static int[] edges() {
        return EDGES;
    }

    /**
     * The directed segments in which the surface meets one face, as pairs (from edge, to edge): none, one or two pairs.
     *
     * <p>Walking round the face, the surface is entered on an edge whose first corner is outside and whose second is
     * inside. Each entry is tied to the nearest exit behind it, which cuts off the outside corners between them and so
     * joins the inside ones.
     */
    static int[] segments(int cell, int face) {
        int[] segments = new int[0];
        int[] corners = FACES[face];
        for (int entry = 0; entry < 4; entry++) {
            if (inside(cell, corners[entry]) || !inside(cell, corners[(entry + 1) % 4])) {
                continue;
            }
            int exit = (entry + 3) % 4;
            while (!inside(cell, corners[exit])) {
                exit = (exit + 3) % 4;
            }
            segments = joined(segments, edgeBetween(corners[entry], corners[(entry + 1) % 4]),
                    edgeBetween(corners[exit], corners[(exit + 1) % 4]));
        }
        return segments;
    }

    /** The closed polygons of a case, at most four, as edge numbers in order. */
    static int[][] polygons(int cell) {
        // The edge that follows each edge, plus one: zero where the surface does not pass.
        int[] next = new int[12];
        for (int face = 0; face < 6; face++) {
            int[] segments = segments(cell, face);
            for (int at = 0; at < segments.length; at += 2) {
                next[segments[at]] = segments[at + 1] + 1;
            }
        }
        int[][] polygons = new int[4][];
        int count = 0;
        for (int first = 0; first < 12; first++) {
            int[] polygon = new int[0];
            for (int edge = first; next[edge] != 0; ) {
                polygon = joined(polygon, edge);
                int following = next[edge] - 1;
                next[edge] = 0;
                edge = following;
            }
            if (polygon.length > 0) {
                polygons[count++] = polygon;
            }
        }
        int[][] found = new int[count][];
        System.arraycopy(polygons, 0, found, 0, count);
        return found;
    }

    private static int[] joined(int[] numbers, int... more) {
        int[] all = new int[numbers.length + more.length];
        System.arraycopy(numbers, 0, all, 0, numbers.length);
        System.arraycopy(more, 0, all, numbers.length, more.length);
        return all;
    }

    /**
     * The triangulation of least area, vertices being at the middle of their edges, among those none of whose
     * diagonals lies in a face of the cell.
     */
    private static int[] triangulate(int[] polygon) {
        int n = polygon.length;
        float[][] cost = new float[n][n];
        int[][] apex = new int[n][n];
        for (int span = 2; span < n; span++) {
            for (int a = 0; a + span < n; a++) {
                int b = a + span;
                cost[a][b] = Float.POSITIVE_INFINITY;
                boolean side = span == n - 1;
                if (!side && onCommonFace(polygon[a], polygon[b])) {
                    continue;
                }
                for (int c = a + 1; c < b; c++) {
                    float total = cost[a][c] + cost[c][b] + area(polygon[a], polygon[c], polygon[b]);
                    if (total < cost[a][b] - 1e-4f) {
                        cost[a][b] = total;
                        apex[a][b] = c;
                    }
                }
            }
        }
        if (Float.isInfinite(cost[0][n - 1])) {
            throw new AssertionError("a polygon of " + n + " sides has no triangulation off the faces");
        }
        int[] triangles = new int[3 * (n - 2)];
        int filled = collect(polygon, apex, 0, n - 1, triangles, 0);
        assert filled == triangles.length;
        return triangles;
    }

    private static int collect(int[] polygon, int[][] apex, int a, int b, int[] triangles, int filled) {
        if (b - a < 2) {
            return filled;
        }
        int c = apex[a][b];
        triangles[filled] = polygon[a];
        triangles[filled + 1] = polygon[c];
        triangles[filled + 2] = polygon[b];
        return collect(polygon, apex, c, b, triangles, collect(polygon, apex, a, c, triangles, filled + 3));
    }

    static boolean onCommonFace(int edge, int other) {
        for (int[] corners : FACES) {
            if (contains(corners, edge) && contains(corners, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(int[] corners, int edge) {
        for (int i = 0; i < 4; i++) {
            if (edgeBetween(corners[i], corners[(i + 1) % 4]) == edge) {
                return true;
            }
        }
        return false;
    }

    private static int edgeBetween(int corner, int other) {
        int low = corner < other ? corner : other;
        for (int edge = 0; edge < 12; edge++) {
            int axisBit = 1 << MarchingCubesCell.edgeAxis(edge);
            if (MarchingCubesCell.edgeCorner(edge) == low && (corner ^ other) == axisBit) {
                return edge;
            }
        }
        throw new AssertionError("corners " + corner + " and " + other + " are no edge");
    }

    private static boolean inside(int cell, int corner) {
        return (cell >> corner & 1) != 0;
    }

    private static float area(int e, int f, int g) {
        float[] a = middle(e);
        float[] b = middle(f);
        float[] c = middle(g);
        float ux = b[0] - a[0];
        float uy = b[1] - a[1];
        float uz = b[2] - a[2];
        float vx = c[0] - a[0];
        float vy = c[1] - a[1];
        float vz = c[2] - a[2];
        float x = uy * vz - uz * vy;
        float y = uz * vx - ux * vz;
        float z = ux * vy - uy * vx;
        return 0.5f * SquareRoot.of(x * x + y * y + z * z);
    }

    private static float[] middle(int edge) {
        int corner = MarchingCubesCell.edgeCorner(edge);
        float[] point = {corner & 1, corner >> 1 & 1, corner >> 2};
        point[MarchingCubesCell.edgeAxis(edge)] += 0.5f;
        return point;
    }
}
