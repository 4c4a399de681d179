package io.github.medgs.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the class comment of the table claims, over all 256 cases. */
class MarchingCubesTableTest {

    @Test
    void everyTriangleSideIsShared() {
        // In a cell's own triangles each directed side occurs once, and its reverse once, or it lies in a face.
        for (int cell = 0; cell < 256; cell++) {
            Set<Integer> onFaces = new HashSet<>();
            for (int face = 0; face < 6; face++) {
                int[] segments = MarchingCubesTable.segments(cell, face);
                for (int at = 0; at < segments.length; at += 2) {
                    assertTrue(onFaces.add(16 * segments[at] + segments[at + 1]), "case " + cell);
                }
            }
            Map<Integer, Integer> sides = sides(cell);
            for (Map.Entry<Integer, Integer> side : sides.entrySet()) {
                int reverse = side.getKey() % 16 * 16 + side.getKey() / 16;
                assertEquals(1, side.getValue(), "case " + cell);
                assertTrue(onFaces.contains(side.getKey()) != sides.containsKey(reverse), "case " + cell);
            }
            assertTrue(sides.keySet().containsAll(onFaces), "case " + cell + " leaves a face segment open");
        }
    }

    @Test
    void noInnerSideLiesInAFace() {
        for (int cell = 0; cell < 256; cell++) {
            Map<Integer, Integer> sides = sides(cell);
            for (int side : sides.keySet()) {
                boolean inner = sides.containsKey(side % 16 * 16 + side / 16);
                assertFalse(inner && MarchingCubesTable.onCommonFace(side / 16, side % 16), "case " + cell);
            }
        }
    }

    @Test
    void twoEdgesShareAFaceWhereTheirMiddlesDo() {
        for (int edge = 0; edge < 12; edge++) {
            float[] middle = middle(edge);
            for (int other = 0; other < 12; other++) {
                float[] otherMiddle = middle(other);
                boolean expected = false;
                for (int axis = 0; axis < 3; axis++) {
                    // A face is where one coordinate is 0 or 1; along its own axis an edge's middle is at 1/2.
                    expected |= middle[axis] == otherMiddle[axis] && middle[axis] != 0.5f;
                }
                assertEquals(expected, MarchingCubesTable.onCommonFace(edge, other), edge + " and " + other);
            }
        }
    }

    @Test
    void noOtherTriangulationOffTheFacesHasLessArea() {
        int[] edges = MarchingCubesTable.edges();
        for (int cell = 0; cell < 256; cell++) {
            double least = 0;
            for (int[] polygon : MarchingCubesTable.polygons(cell)) {
                least += leastArea(polygon, 0, polygon.length - 1);
            }
            double area = 0;
            for (int at = MarchingCubesTable.start()[cell]; at < MarchingCubesTable.start()[cell + 1]; at += 3) {
                area += area(edges[at], edges[at + 1], edges[at + 2]);
            }
            assertEquals(least, area, 1e-3, "case " + cell);
        }
    }

    /** By trying all: the side from a to b belongs to one triangle, whose third corner splits what is left in two. */
    private static double leastArea(int[] polygon, int a, int b) {
        if (b - a < 2) {
            return 0;
        }
        boolean diagonal = b - a < polygon.length - 1;
        if (diagonal && MarchingCubesTable.onCommonFace(polygon[a], polygon[b])) {
            return Double.POSITIVE_INFINITY;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int c = a + 1; c < b; c++) {
            least = Math.min(least, area(polygon[a], polygon[c], polygon[b]) + leastArea(polygon, a, c)
                    + leastArea(polygon, c, b));
        }
        return least;
    }

    /** By Heron's formula, from the sides of the triangle between the middles of three edges. */
    private static double area(int e, int f, int g) {
        double a = distance(e, f);
        double b = distance(f, g);
        double c = distance(g, e);
        double half = (a + b + c) / 2;
        return Math.sqrt(half * (half - a) * (half - b) * (half - c));
    }

    private static double distance(int edge, int other) {
        float[] a = middle(edge);
        float[] b = middle(other);
        return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
    }

    private static float[] middle(int edge) {
        int corner = MarchingCubesCell.edgeCorner(edge);
        float[] middle = {corner & 1, corner >> 1 & 1, corner >> 2 & 1};
        middle[MarchingCubesCell.edgeAxis(edge)] = 0.5f;
        return middle;
    }

    @Test
    void neighboursAgreeOnEveryFace() {
        // The high face of one cell along an axis is the low face of the next: equal corners there must give equal
        // segments run the other way, whatever the other corners are.
        int checked = 0;
        for (int axis = 0; axis < 3; axis++) {
            for (int cell = 0; cell < 256; cell++) {
                for (int next = 0; next < 256; next++) {
                    if (!shareFace(cell, next, axis)) {
                        continue;
                    }
                    Set<Integer> expected = new HashSet<>();
                    int[] high = MarchingCubesTable.segments(cell, 2 * axis + 1);
                    for (int at = 0; at < high.length; at += 2) {
                        expected.add(16 * lowered(high[at + 1], axis) + lowered(high[at], axis));
                    }
                    Set<Integer> actual = new HashSet<>();
                    int[] low = MarchingCubesTable.segments(next, 2 * axis);
                    for (int at = 0; at < low.length; at += 2) {
                        actual.add(16 * low[at] + low[at + 1]);
                    }
                    assertEquals(expected, actual, "cases " + cell + " and " + next + " along axis " + axis);
                    checked++;
                }
            }
        }
        assertEquals(3 * 256 * 16, checked);
    }

    @Test
    void everyCrossedEdgeIsUsedOnceByOnePolygon() {
        for (int cell = 0; cell < 256; cell++) {
            Set<Integer> used = new HashSet<>();
            for (int[] polygon : MarchingCubesTable.polygons(cell)) {
                for (int edge : polygon) {
                    assertTrue(used.add(edge), "case " + cell);
                }
            }
            for (int edge = 0; edge < 12; edge++) {
                int corner = MarchingCubesCell.edgeCorner(edge);
                int other = corner + (1 << MarchingCubesCell.edgeAxis(edge));
                assertEquals((cell >> corner & 1) != (cell >> other & 1), used.contains(edge), "case " + cell);
            }
        }
    }

    @Test
    void oneInsideCornerFacesAwayFromIt() {
        assertEquals(1, MarchingCubesCell.triangleCount(1, MarchingCubesTable.start()));
        int first = MarchingCubesTable.start()[1];
        // Counter-clockwise seen from (1, 1, 1): x, y, z.
        assertEquals(0, MarchingCubesTable.edges()[first]);
        assertEquals(4, MarchingCubesTable.edges()[first + 1]);
        assertEquals(8, MarchingCubesTable.edges()[first + 2]);
    }

    @Test
    void crossingStaysOffTheEnds() {
        assertEquals(0.25f, MarchingCubesCell.crossing(1, 5, 2));
        assertEquals(MarchingCubesCell.MARGIN, MarchingCubesCell.crossing(2, 5, 2));
        assertEquals(1 - MarchingCubesCell.MARGIN, MarchingCubesCell.crossing(1, 2, 2));
        assertEquals(MarchingCubesCell.MARGIN, MarchingCubesCell.crossing(0, Float.POSITIVE_INFINITY, 2));
        assertEquals(0.5f, MarchingCubesCell.crossing(Float.NaN, 5, 2));
        assertEquals(0.5f, MarchingCubesCell.crossing(Float.NEGATIVE_INFINITY, 5, 2));
    }

    private static Map<Integer, Integer> sides(int cell) {
        Map<Integer, Integer> sides = new HashMap<>();
        int[] edges = MarchingCubesTable.edges();
        for (int at = MarchingCubesTable.start()[cell]; at < MarchingCubesTable.start()[cell + 1]; at += 3) {
            for (int corner = 0; corner < 3; corner++) {
                sides.merge(16 * edges[at + corner] + edges[at + (corner + 1) % 3], 1, Integer::sum);
            }
        }
        return sides;
    }

    private static boolean shareFace(int cell, int next, int axis) {
        for (int corner = 0; corner < 8; corner++) {
            boolean high = (corner >> axis & 1) == 1;
            if (high && (cell >> corner & 1) != (next >> (corner - (1 << axis)) & 1)) {
                return false;
            }
        }
        return true;
    }

    /** The edge of the next cell that is this edge of the high face. */
    private static int lowered(int edge, int axis) {
        int corner = MarchingCubesCell.edgeCorner(edge) - (1 << axis);
        for (int other = 0; other < 12; other++) {
            if (MarchingCubesCell.edgeAxis(other) == MarchingCubesCell.edgeAxis(edge)
                    && MarchingCubesCell.edgeCorner(other) == corner) {
                return other;
            }
        }
        throw new AssertionError();
    }
}
