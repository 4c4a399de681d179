package io.github.medgs.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarchingCubesCellTest {

    @Test
    void aSampleAtTheLevelIsInsideAndNoNumberIsNot() {
        assertEquals(1, MarchingCubesCell.inside(0.6f, 0.5f));
        assertEquals(1, MarchingCubesCell.inside(0.5f, 0.5f));
        assertEquals(0, MarchingCubesCell.inside(0.4f, 0.5f));
        assertEquals(0, MarchingCubesCell.inside(Float.NaN, 0.5f));
        assertEquals(1, MarchingCubesCell.inside(Float.POSITIVE_INFINITY, 0.5f));
    }

    @Test
    void eachCornerIsItsBitOfTheCase() {
        for (int cell = 0; cell < 256; cell++) {
            float[] v = new float[8];
            for (int corner = 0; corner < 8; corner++) {
                // Corner c is inside where bit c of the case is set, half of them just at the level.
                boolean inside = (cell >> corner & 1) == 1;
                v[corner] = inside ? 0.5f + 0.1f * (corner & 1) : 0.4f;
            }
            assertEquals(cell, MarchingCubesCell.caseIndex(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], 0.5f));
        }
    }

    /** The twelve edges of a cube, four along each axis; from the corner at x + 2 y + 4 z. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0", "1, 0, 2", "2, 0, 4", "3, 0, 6",
        "4, 1, 0", "5, 1, 1", "6, 1, 4", "7, 1, 5",
        "8, 2, 0", "9, 2, 1", "10, 2, 2", "11, 2, 3"
    })
    void edgesAreNumberedAxisByAxisFromTheirLowerCorner(int edge, int axis, int corner) {
        assertEquals(axis, MarchingCubesCell.edgeAxis(edge));
        assertEquals(corner, MarchingCubesCell.edgeCorner(edge));
    }

    @Test
    void theSurfaceCrossesAnEdgeWhereALineWould() {
        // From 1 to 5 a line is at 2 after a quarter, and downwards from 5 to 1 after three quarters.
        assertEquals(0.25f, MarchingCubesCell.crossing(1, 5, 2));
        assertEquals(0.75f, MarchingCubesCell.crossing(5, 1, 2));
        assertEquals(0.5f, MarchingCubesCell.crossing(-1, 1, 0));
    }

    @Test
    void everyCaseHasTheTrianglesOfItsPolygons() {
        int[] start = MarchingCubesTable.start();
        for (int cell = 0; cell < 256; cell++) {
            // A polygon of n sides is n - 2 triangles.
            int triangles = 0;
            for (int[] polygon : MarchingCubesTable.polygons(cell)) {
                triangles += polygon.length - 2;
            }
            assertEquals(triangles, MarchingCubesCell.triangleCount(cell, start), "case " + cell);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Nothing inside, or all: no surface. One corner: a triangle. An edge, a face: a quadrilateral.
        "0, 0", "255, 0", "1, 1", "128, 1", "254, 1", "3, 2", "15, 2", "240, 2",
        // Two corners of a face's diagonal are joined: a hexagon of 4 triangles; those of the cube's diagonal are not: 2.
        "9, 4", "129, 2",
        // Every second corner: joined over all six faces, so that each of the four others is cut off by a triangle.
        "105, 4", "150, 4"
    })
    void knownCases(int cell, int triangles) {
        assertEquals(triangles, MarchingCubesCell.triangleCount(cell, MarchingCubesTable.start()));
    }

    @Test
    void countsFromTheOffsetsItIsGiven() {
        // Case 0 has the edges 6 to 12, case 1 those from 12 to 15.
        int[] start = {6, 12, 15};
        assertEquals(2, MarchingCubesCell.triangleCount(0, start));
        assertEquals(1, MarchingCubesCell.triangleCount(1, start));
    }
}
