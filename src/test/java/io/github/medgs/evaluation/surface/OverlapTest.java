package io.github.medgs.evaluation.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MarchingCubes;
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
