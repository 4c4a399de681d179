package io.github.medgs.surface;

import io.github.medgs.volume.LabelField;
import java.util.Arrays;
import org.joml.Matrix4dc;
import org.joml.Vector3d;

/**
 * The surfaces between all structures of a label map at once.
 *
 * <p><b>How.</b> Each cell is cut into six tetrahedra round one diagonal (Kuhn 1960), so neighbouring cells agree about
 * their faces and no case is ambiguous. A vertex lies on each edge between two structures, one in each triangle where
 * three meet, one in each tetrahedron where four do; sheets join them (Bloomenthal and Ferguson 1995).
 *
 * <p><b>Why every structure is closed and two-manifold.</b> The pieces of a tetrahedron nearest to its corners are those of
 * its barycentric subdivision, so a structure is the regular neighbourhood of the subcomplex that its voxels span, and the
 * boundary of such a neighbourhood in a manifold is a manifold. The grid is padded by background, as in {@link
 * MarchingCubes}: what the volume's edge cuts off closes on the outer face of the voxels.
 */
public final class MarchingTetrahedra {

    /** The three axes in every order: a way from the first corner of a cell to the last for each tetrahedron. */
    private static final int[][] WAYS = {{1, 2, 4}, {2, 4, 1}, {4, 1, 2}, {2, 1, 4}, {1, 4, 2}, {4, 2, 1}};

    /** Least share of an edge at either side of a vertex: triangles keep an area. */
    private static final double LEAST = 1.0 / 64;

    /** Halvings of an edge that find a vertex on it to a millionth. */
    private static final int HALVINGS = 20;

    private final LabelField field;
    private final int nx;
    private final int ny;
    private final int nz;
    private final Matrix4dc indexToFrame;

    // Vertices by the lowest corner of their edge or face: of the plane of cells in hand, and of the next.
    private VertexNumbers here = new VertexNumbers();
    private VertexNumbers next = new VertexNumbers();
    private int plane;

    private float[] vertices = new float[1 << 12];
    private int vertexCount;
    private int[] corners = new int[1 << 12];
    private int[] sides = new int[1 << 12];
    private int triangleCount;

    // The tetrahedron in hand: corners in the padded grid, and their structures.
    private final int[][] at = new int[4][3];
    private final int[] bits = new int[4];
    private final int[] label = new int[4];

    private MarchingTetrahedra(LabelField field, Frame frame) {
        this.field = field;
        this.nx = field.grid().nx();
        this.ny = field.grid().ny();
        this.nz = field.grid().nz();
        this.indexToFrame = MarchingCubes.indexToFrame(field.grid(), frame);
    }

    /** The surfaces in patient millimetres. */
    public static LabelMesh extract(LabelField field, Frame frame) {
        return new MarchingTetrahedra(field, frame).extract(frame);
    }

    private LabelMesh extract(Frame frame) {
        for (plane = 0; plane <= nz; plane++) {
            for (int j = 0; j <= ny; j++) {
                for (int i = 0; i <= nx; i++) {
                    cell(i, j, plane);
                }
            }
            here = next;
            next = new VertexNumbers();
        }
        int[] inner = new int[triangleCount];
        int[] outer = new int[triangleCount];
        boolean mirrored = indexToFrame.determinant3x3() < 0;
        int[] triangles = Arrays.copyOf(corners, 3 * triangleCount);
        for (int t = 0; t < triangleCount; t++) {
            inner[t] = Math.max(sides[2 * t], sides[2 * t + 1]);
            outer[t] = Math.min(sides[2 * t], sides[2 * t + 1]);
            if (mirrored != (sides[2 * t] < sides[2 * t + 1])) {
                int second = triangles[3 * t + 1];
                triangles[3 * t + 1] = triangles[3 * t + 2];
                triangles[3 * t + 2] = second;
            }
        }
        Vector3d point = new Vector3d();
        float[] placed = new float[3 * vertexCount];
        for (int v = 0; v < placed.length; v += 3) {
            indexToFrame.transformPosition(point.set(vertices[v], vertices[v + 1], field.grid().steps(vertices[v + 2])));
            placed[v] = (float) point.x;
            placed[v + 1] = (float) point.y;
            placed[v + 2] = (float) point.z;
        }
        return new LabelMesh(new TriangleMesh(placed, triangles, frame), field.labels(), inner, outer);
    }

    private int structure(int i, int j, int k) {
        boolean within = i >= 1 && j >= 1 && k >= 1 && i <= nx && j <= ny && k <= nz;
        return within ? Short.toUnsignedInt(field.index()[voxel(i, j, k)]) : 0;
    }

    private int voxel(int i, int j, int k) {
        return i - 1 + nx * (j - 1 + ny * (k - 1));
    }

    private void cell(int i, int j, int k) {
        int first = structure(i, j, k);
        boolean mixed = false;
        for (int corner = 1; corner < 8 && !mixed; corner++) {
            mixed = structure(i + (corner & 1), j + (corner >> 1 & 1), k + (corner >> 2)) != first;
        }
        if (!mixed) {
            return;
        }
        for (int[] way : WAYS) {
            int corner = 0;
            for (int n = 0; n < 4; n++) {
                bits[n] = corner;
                at[n][0] = i + (corner & 1);
                at[n][1] = j + (corner >> 1 & 1);
                at[n][2] = k + (corner >> 2);
                label[n] = structure(at[n][0], at[n][1], at[n][2]);
                corner |= n < 3 ? way[n] : 0;
            }
            tetrahedron();
        }
    }

    private void tetrahedron() {
        int kinds = 1;
        for (int n = 1; n < 4; n++) {
            boolean known = false;
            for (int m = 0; m < n; m++) {
                known |= label[m] == label[n];
            }
            kinds += known ? 0 : 1;
        }
        switch (kinds) {
            case 2 -> two();
            case 3 -> three();
            case 4 -> four();
            default -> { }
        }
    }

    private void two() {
        int[] one = new int[4];
        int[] other = new int[4];
        int ones = 0;
        int others = 0;
        for (int n = 0; n < 4; n++) {
            if (label[n] == label[0]) {
                one[ones++] = n;
            } else {
                other[others++] = n;
            }
        }
        if (ones == 2) {
            sheet(one[0], other[0], edge(one[0], other[0]), edge(one[0], other[1]), edge(one[1], other[1]),
                    edge(one[1], other[0]));
        } else if (ones == 1) {
            sheet(one[0], other[0], edge(one[0], other[0]), edge(one[0], other[1]), edge(one[0], other[2]));
        } else {
            sheet(one[0], other[0], edge(one[0], other[0]), edge(one[1], other[0]), edge(one[2], other[0]));
        }
    }

    private void three() {
        // p and q belong to one structure, r and s to one each.
        int p = 0;
        int q = 0;
        for (int n = 0; n < 4; n++) {
            for (int m = n + 1; m < 4; m++) {
                if (label[n] == label[m]) {
                    p = n;
                    q = m;
                }
            }
        }
        int r = -1;
        int s = -1;
        for (int n = 0; n < 4; n++) {
            if (n != p && n != q) {
                s = r < 0 ? s : n;
                r = r < 0 ? n : r;
            }
        }
        int near = face(p, r, s);
        int far = face(q, r, s);
        sheet(r, s, edge(r, s), near, far);
        sheet(p, r, edge(p, r), edge(q, r), far, near);
        sheet(p, s, edge(p, s), edge(q, s), far, near);
    }

    private void four() {
        int centre = mean(face(0, 1, 2), face(0, 1, 3), face(0, 2, 3), face(1, 2, 3));
        for (int n = 0; n < 4; n++) {
            for (int m = n + 1; m < 4; m++) {
                int u = -1;
                int v = -1;
                for (int other = 0; other < 4; other++) {
                    if (other != n && other != m) {
                        v = u < 0 ? v : other;
                        u = u < 0 ? other : u;
                    }
                }
                sheet(n, m, edge(n, m), face(n, m, u), centre, face(n, m, v));
            }
        }
    }

    /** The vertex on the edge between two corners of different structures. */
    private int edge(int n, int m) {
        int low = Math.min(n, m);
        int high = Math.max(n, m);
        long key = key(low, 0, bits[high] & ~bits[low]);
        int known = numbers(low).get(key);
        if (known >= 0) {
            return known;
        }
        double share = crossing(at[low], at[high]);
        int number = vertex(at[low][0] + share * (at[high][0] - at[low][0]) - 1,
                at[low][1] + share * (at[high][1] - at[low][1]) - 1, at[low][2] + share * (at[high][2] - at[low][2]) - 1);
        numbers(low).put(key, number);
        return number;
    }

    /**
     * Where a boundary crosses an edge: where the margins, those of the other structure counted as negative, interpolated
     * over the edge, face or cell that the edge runs through, are zero. So diagonals cut no other way than axes do.
     */
    private double crossing(int[] from, int[] to) {
        int axes = 0;
        for (int axis = 0; axis < 3; axis++) {
            axes |= (to[axis] - from[axis]) << axis;
        }
        boolean within = Math.min(from[0], Math.min(from[1], from[2])) >= 1 && to[0] <= nx && to[1] <= ny && to[2] <= nz;
        int behind = structure(from[0], from[1], from[2]);
        int before = structure(to[0], to[1], to[2]);
        // Sums over the corners of one, two or all three steps from the first.
        double[] sums = new double[4];
        for (int corner = axes; ; corner = corner - 1 & axes) {
            int i = from[0] + (corner & 1);
            int j = from[1] + (corner >> 1 & 1);
            int k = from[2] + (corner >> 2);
            int own = structure(i, j, k);
            double margin = within ? field.margin()[voxel(i, j, k)] : 0.5;
            sums[Integer.bitCount(corner)] += own == behind ? margin : own == before ? -margin : 0;
            if (corner == 0) {
                break;
            }
        }
        int steps = Integer.bitCount(axes);
        if (sums[0] == 0 && sums[steps] == 0) {
            return 0.5;
        }
        double low = 0;
        double high = 1;
        for (int n = 0; n < HALVINGS; n++) {
            double middle = 0.5 * (low + high);
            double rest = 1 - middle;
            double value = switch (steps) {
                case 1 -> sums[0] * rest + sums[1] * middle;
                case 2 -> (sums[0] * rest + sums[1] * middle) * rest + sums[2] * middle * middle;
                default -> (sums[0] * rest + sums[1] * middle) * rest * rest
                        + (sums[2] * rest + sums[3] * middle) * middle * middle;
            };
            low = value > 0 ? middle : low;
            high = value > 0 ? high : middle;
        }
        return Math.clamp(0.5 * (low + high), LEAST, 1 - LEAST);
    }

    /** The vertex in the triangle between three corners of different structures. */
    private int face(int n, int m, int o) {
        int low = Math.min(n, Math.min(m, o));
        int high = Math.max(n, Math.max(m, o));
        int middle = n + m + o - low - high;
        long key = key(low, bits[middle] & ~bits[low], bits[high] & ~bits[low]);
        int known = numbers(low).get(key);
        if (known >= 0) {
            return known;
        }
        int number = mean(edge(low, middle), edge(middle, high), edge(low, high));
        numbers(low).put(key, number);
        return number;
    }

    private VertexNumbers numbers(int corner) {
        return at[corner][2] == plane ? here : next;
    }

    private long key(int corner, int toMiddle, int toHigh) {
        long node = at[corner][0] + (nx + 2L) * at[corner][1];
        return node << 6 | toMiddle << 3 | toHigh;
    }

    private int mean(int... some) {
        double[] sum = new double[3];
        for (int v : some) {
            for (int axis = 0; axis < 3; axis++) {
                sum[axis] += vertices[3 * v + axis];
            }
        }
        return vertex(sum[0] / some.length, sum[1] / some.length, sum[2] / some.length);
    }

    private int vertex(double x, double y, double z) {
        if (3 * vertexCount + 3 > vertices.length) {
            vertices = Arrays.copyOf(vertices, 2 * vertices.length);
        }
        vertices[3 * vertexCount] = (float) x;
        vertices[3 * vertexCount + 1] = (float) y;
        vertices[3 * vertexCount + 2] = (float) z;
        return vertexCount++;
    }

    /**
     * Adds a polygon that faces from one corner's structure to another's.
     *
     * <p>Which way round that is, is told from where its vertices lie: its first one is on the edge between the two
     * corners, which the plane of the first three crosses there.
     */
    private void sheet(int behind, int before, int a, int b, int c, int... d) {
        boolean turned = !faces(behind, before, a, b, c);
        triangle(behind, before, a, turned ? c : b, turned ? b : c);
        if (d.length > 0) {
            triangle(behind, before, a, turned ? d[0] : c, turned ? c : d[0]);
        }
    }

    private boolean faces(int behind, int before, int a, int b, int c) {
        double[] u = new double[3];
        double[] v = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            u[axis] = vertices[3 * b + axis] - (double) vertices[3 * a + axis];
            v[axis] = vertices[3 * c + axis] - (double) vertices[3 * a + axis];
        }
        double dot = 0;
        for (int axis = 0; axis < 3; axis++) {
            int p = (axis + 1) % 3;
            int q = (axis + 2) % 3;
            dot += (u[p] * v[q] - u[q] * v[p]) * (at[before][axis] - at[behind][axis]);
        }
        return dot > 0;
    }

    private void triangle(int behind, int before, int a, int b, int c) {
        if (3 * triangleCount + 3 > corners.length) {
            corners = Arrays.copyOf(corners, 2 * corners.length);
            sides = Arrays.copyOf(sides, 2 * sides.length);
        }
        corners[3 * triangleCount] = a;
        corners[3 * triangleCount + 1] = b;
        corners[3 * triangleCount + 2] = c;
        sides[2 * triangleCount] = label[behind];
        sides[2 * triangleCount + 1] = label[before];
        triangleCount++;
    }
}
