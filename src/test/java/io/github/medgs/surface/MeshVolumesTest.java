package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.Volume;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Structures of a few voxels are smoothed without being lost, and give nothing of their volume to others. */
class MeshVolumesTest {

    private static final int N = 24;

    private interface Voxels {
        boolean hold(int i, int j, int k);
    }

    private static Volume mask(Voxels voxels) {
        float[] mask = new float[N * N * N];
        for (int n = 0; n < mask.length; n++) {
            mask[n] = voxels.hold(n % N, n / N % N, n / N / N) ? 1 : 0;
        }
        return new Volume(N, N, N, mask, new Matrix4d().translate(-12, 30, 400).scale(1, 1, 3));
    }

    private static boolean within(int i, int from, int count) {
        return i >= from && i < from + count;
    }

    private static void assertKept(TriangleMesh before, TriangleMesh after) {
        MeshCheck check = MeshCheck.of(after);
        assertTrue(check.sound(), () -> String.join(", ", check.complaints()));
        assertEquals(Measures.signedVolume(before), Measures.signedVolume(after), 1e-3 * Measures.signedVolume(before));
        // What is smoothed stays where it was: within its own box and a little.
        double[] box = before.bounds();
        double[] other = after.bounds();
        for (int n = 0; n < 6; n++) {
            assertEquals(box[n], other[n], n % 3 == 2 ? 3 : 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 1", "1, 1, 2", "3, 1, 1", "2, 2, 1", "3, 3, 1", "2, 2, 2", "1, 1, 10", "8, 1, 1"})
    void blocksOfAFewVoxelsKeepTheirVolume(int columns, int rows, int slices) {
        Volume volume = mask((i, j, k) -> within(i, 7, columns) && within(j, 9, rows) && within(k, 8, slices));
        TriangleMesh mesh = MarchingCubes.extract(volume, 0.5f, Frame.LPS, 1);
        assertKept(mesh, MeshSmoothing.fair(mesh, volume.grid()));
        assertKept(mesh, MeshSmoothing.taubin(mesh, 10));
        assertKept(mesh, MeshSmoothing.taubin(mesh, 50));
    }

    @Test
    void aStrayVoxelGivesNothingToTheOrganBesideIt() {
        Voxels ball = (i, j, k) -> Math.hypot(Math.hypot(i - 9, j - 10), 3 * (k - 11)) < 7;
        Volume both = mask((i, j, k) -> ball.hold(i, j, k) || i == 20 && j == 20 && k == 11);
        Volume alone = mask(ball);
        for (int steps : new int[] {-1, 10}) {
            TriangleMesh organ = smoothed(alone, steps);
            TriangleMesh pieces = smoothed(both, steps);
            assertEquals(2, MeshCheck.of(pieces).components());
            assertTrue(MeshCheck.of(pieces).sound());
            assertArrayEquals(organ.bounds(), MeshCleaning.largest(pieces).bounds());
            assertEquals(Measures.signedVolume(organ), Measures.signedVolume(MeshCleaning.largest(pieces)), 1e-6);
            double stray = Measures.signedVolume(MarchingCubes.extract(both, 0.5f, Frame.LPS, 1))
                    - Measures.signedVolume(MarchingCubes.extract(alone, 0.5f, Frame.LPS, 1));
            assertEquals(stray, Measures.signedVolume(pieces) - Measures.signedVolume(organ), 0.01 * stray + 0.03);
        }
    }

    private static TriangleMesh smoothed(Volume mask, int steps) {
        TriangleMesh mesh = MarchingCubes.extract(mask, 0.5f, Frame.LPS, 1);
        return steps < 0 ? MeshSmoothing.fair(mesh, mask.grid()) : MeshSmoothing.taubin(mesh, steps);
    }

    @Test
    void aVolumeThatNoDistanceGivesLeavesTheMeshAlone() {
        TriangleMesh mesh = MarchingCubes.extract(mask((i, j, k) -> i == 8 && j == 8 && k == 8), 0.5f, Frame.LPS, 1);
        assertEquals(3, Measures.signedVolume(MeshVolumes.withVolume(mesh, 3)), 0.03);
        assertSame(mesh, MeshVolumes.withVolume(mesh, Double.NaN));
    }
}
