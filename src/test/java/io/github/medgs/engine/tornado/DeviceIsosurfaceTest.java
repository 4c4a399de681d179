package io.github.medgs.engine.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.MeshCheck;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.Volume;
import java.util.Arrays;
import java.util.Random;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

/** The device's marching cubes against the plain Java one. */
class DeviceIsosurfaceTest {

    private static Volume field(int nx, int ny, int nz, long seed) {
        Random random = new Random(seed);
        float[] values = new float[nx * ny * nz];
        for (int i = 0; i < values.length; i++) {
            values[i] = seed == 0 ? blob(i % nx, i / nx % ny, i / nx / ny, nx, ny, nz) : random.nextInt(9) / 8f;
        }
        // A level that samples hit exactly, and values that are no numbers.
        if (seed > 0 && values.length > 5) {
            values[3] = Float.NaN;
            values[values.length - 5] = Float.POSITIVE_INFINITY;
        }
        Matrix4d affine = new Matrix4d().rotateX(0.3).scale(seed % 2 == 0 ? 0.5 : -0.5, 0.7, 2);
        return new Volume(nx, ny, nz, values, affine);
    }

    private static float blob(int i, int j, int k, int nx, int ny, int nz) {
        double x = (i - 0.5 * nx) / nx;
        double y = (j - 0.5 * ny) / ny;
        double z = (k - 0.5 * nz) / nz;
        return (float) Math.exp(-8 * (x * x + y * y + z * z));
    }

    @Test
    void isTheSameSurface() {
        try (TornadoEngine engine = Launcher.openEngineOrSkip()) {
            compare(engine, field(24, 20, 16, 0));
            for (int seed = 1; seed < 6; seed++) {
                compare(engine, field(9, 8, 7, seed));
            }
            compare(engine, field(1, 1, 1, 2));
        }
    }

    private static void compare(TornadoEngine engine, Volume field) {
        TriangleMesh expected = MarchingCubes.extract(field, 0.5f, Frame.LPS, 1);
        TriangleMesh actual = MarchingCubes.extract(engine, field, 0.5f, Frame.LPS, 1);
        assertTrue(MeshCheck.of(actual).closed(), () -> MeshCheck.of(actual) + " for " + MeshCheck.of(expected));
        assertEquals(expected.vertices().length, actual.vertices().length);
        assertEquals(expected.triangles().length, actual.triangles().length);
        String[] expectedTriangles = sorted(expected);
        String[] actualTriangles = sorted(actual);
        for (int t = 0; t < expectedTriangles.length; t++) {
            assertEquals(expectedTriangles[t], actualTriangles[t]);
        }
    }

    /** Each triangle as its rounded corners, from the least on, in the order in which they run round. */
    private static String[] sorted(TriangleMesh mesh) {
        String[] triangles = new String[mesh.triangles().length / 3];
        for (int t = 0; t < triangles.length; t++) {
            String[] corners = new String[3];
            for (int c = 0; c < 3; c++) {
                int v = mesh.triangles()[3 * t + c];
                corners[c] = Math.round(1e3 * mesh.vertices()[3 * v]) + " " + Math.round(1e3 * mesh.vertices()[3 * v + 1])
                        + " " + Math.round(1e3 * mesh.vertices()[3 * v + 2]);
            }
            int least = corners[0].compareTo(corners[1]) <= 0 && corners[0].compareTo(corners[2]) <= 0 ? 0
                    : corners[1].compareTo(corners[2]) <= 0 ? 1 : 2;
            triangles[t] = corners[least] + ", " + corners[(least + 1) % 3] + ", " + corners[(least + 2) % 3];
        }
        Arrays.sort(triangles);
        return triangles;
    }
}
