package io.github.medgs.evaluation.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Volume;
import java.util.Arrays;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

class OverlapTest {

    /** Voxels of an oblique grid, all 1 within {@code cut}, and a block of them twice as long and a little wider on a larger one. */
    private static void theBlockIsTwiceTheCut(double[] positions, double[] longer) {
        Matrix4d place = new Matrix4d().rotateXYZ(0.3, -0.2, 0.1).scale(1.5, 1, 2);
        float[] ones = new float[6 * 6 * 6];
        Arrays.fill(ones, 1);
        Volume cut = new Volume(new Grid(6, 6, 6, new Matrix4d(place).translate(3, 3, 0), positions), ones);
        float[] voxels = new float[12 * 12 * 20];
        for (int n = 0; n < voxels.length; n++) {
            int i = n % 12;
            int j = n / 12 % 12;
            voxels[n] = i >= 3 && i < 9 && j >= 3 && j < 9 && n / 144 < 12 ? 1 : 0;
        }
        Volume block = new Volume(new Grid(12, 12, 20, place, longer), voxels);
        assertEquals(2.0 * 216 / (216 + 432), Overlap.dice(surface(block), cut), 1e-12);
        assertEquals(2.0 * 216 / (216 + 432), Overlap.dice(surface(cut), block), 1e-12);
        assertEquals(1, Overlap.dice(surface(cut), cut), 1e-12);
    }

    private static TriangleMesh surface(Volume mask) {
        return MarchingCubes.extract(mask, 0.5f, Frame.LPS, 1);
    }

    @Test
    void whatLiesBeyondTheGridOfAMaskCounts() {
        theBlockIsTwiceTheCut(null, null);
        double[] positions = new double[20];
        for (int k = 1; k < positions.length; k++) {
            // As the gaps go on beyond the shorter one's last slice.
            positions[k] = positions[k - 1] + (k == 2 ? 5 : 2);
        }
        theBlockIsTwiceTheCut(Arrays.copyOf(positions, 6), positions);
    }

    private static TriangleMesh octahedron(double... centre) {
        float[] vertices = new float[18];
        for (int n = 0; n < 18; n++) {
            vertices[n] = (float) (centre[n % 3] + (n % 3 == n / 6 ? n / 3 % 2 == 0 ? 30 : -30 : 0));
        }
        return new TriangleMesh(vertices, new int[] {0, 2, 4, 2, 1, 4, 1, 3, 4, 3, 0, 4, 2, 0, 5, 1, 2, 5, 3, 1, 5, 0, 3, 5},
                Frame.RAS);
    }

    @Test
    void largeTrianglesAreFlatWhereSlicesLieUnevenly() {
        double[] positions = new double[12];
        for (int k = 1; k < positions.length; k++) {
            positions[k] = positions[k - 1] + (k % 2 == 0 ? 9 : 3);
        }
        float[] voxels = new float[70 * 70 * 12];
        for (int n = 0; n < voxels.length; n++) {
            double away = Math.abs(n % 70 - 35.3) + Math.abs(n / 70 % 70 - 34.6) + Math.abs(positions[n / 4900] - 33.2);
            voxels[n] = away < 30 ? 1 : 0;
        }
        Volume mask = new Volume(new Grid(70, 70, 12, new Matrix4d().scale(1, 1, 3), positions), voxels);
        assertEquals(1, Overlap.dice(octahedron(35.3, 34.6, 33.2), mask));
    }

    @Test
    void aVertexOfNoTriangleIsNoPartOfASurface() {
        TriangleMesh mesh = octahedron(0, 0, 0);
        TriangleMesh stray = new TriangleMesh(Arrays.copyOf(mesh.vertices(), 21), mesh.triangles(), Frame.RAS);
        stray.vertices()[18] = 10_000;
        TriangleMesh other = octahedron(4, 0, 0);
        assertEquals(Overlap.dice(mesh, other), Overlap.dice(stray, other));
        assertEquals(60, Measures.of(stray).largestDiameter());
    }

    @Test
    void aMeshOfOtherUnitsOverlapsAsLittleAsItsVolumeSays() {
        Volume mask = new Volume(4, 4, 4, new float[64], new Matrix4d());
        Arrays.fill(mask.voxels(), 1);
        TriangleMesh mesh = surface(mask);
        float[] larger = mesh.vertices().clone();
        for (int n = 0; n < larger.length; n++) {
            larger[n] *= 1e4f;
        }
        assertEquals(0, Overlap.dice(mesh.withVertices(larger), mask), 1e-9);
    }
}
