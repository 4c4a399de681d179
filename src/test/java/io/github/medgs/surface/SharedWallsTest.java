package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.Volume;
import java.util.List;
import java.util.stream.IntStream;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

class SharedWallsTest {

    /** A box of 4 x 4 voxels across, from one column to another. */
    private static Volume box(int from, int to) {
        float[] voxels = new float[10 * 8 * 8];
        for (int n = 0; n < voxels.length; n++) {
            int i = n % 10;
            int j = n / 10 % 8;
            int k = n / 80;
            voxels[n] = i >= from && i < to && j >= 2 && j < 6 && k >= 2 && k < 6 ? 1 : 0;
        }
        return new Volume(10, 8, 8, voxels, new Matrix4d());
    }

    private static TriangleMesh surface(int from, int to) {
        return MarchingCubes.extract(box(from, to), 0.5f, Frame.LPS, 1);
    }

    @Test
    void aPartThatIsNothingButWallsGoesAndOthersStay() {
        TriangleMesh left = surface(2, 5);
        TriangleMesh wall = left.turnedOver();
        TriangleMesh both = MeshFiles.joined(List.of(MeshPart.ofLabel("left", left, 1),
                MeshPart.ofLabel("far", surface(7, 9), 2), MeshPart.ofLabel("wall", wall, 3)));
        TriangleMesh whole = SharedWalls.without(both);
        assertEquals(surface(7, 9).triangleCount(), whole.triangleCount());
        assertEquals(Measures.signedVolume(surface(7, 9)), Measures.signedVolume(whole), 1e-4);
        assertTrue(MeshCheck.of(whole).closed());
    }

    @Test
    void twoBodiesOnOneBaseAreTheirUnion() {
        TriangleMesh[] halves = {part(0), part(1)};
        TriangleMesh joined = MeshFiles.joined(IntStream.range(0, 2).mapToObj(n -> MeshPart.ofLabel("half", halves[n], n)).toList());
        TriangleMesh whole = SharedWalls.without(joined);
        // Two tetrahedra on one base.
        assertEquals(8, joined.triangleCount());
        assertEquals(6, whole.triangleCount());
        assertEquals(5, whole.vertexCount());
        assertTrue(MeshCheck.of(whole).closed());
        assertEquals(Measures.signedVolume(joined), Measures.signedVolume(whole), 1e-6);
    }

    private static TriangleMesh part(int side) {
        float apex = side == 0 ? 1 : -1;
        float[] vertices = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0.2f, 0.2f, apex};
        int[] up = {0, 2, 1, 0, 1, 3, 1, 2, 3, 2, 0, 3};
        int[] down = {0, 1, 2, 1, 0, 3, 2, 1, 3, 0, 2, 3};
        return new TriangleMesh(vertices, side == 0 ? up : down, Frame.LPS);
    }

    @Test
    void whatSharesNothingStaysItself() {
        TriangleMesh one = surface(2, 5);
        assertSame(one, SharedWalls.without(one));
        TriangleMesh nothingElse = MeshFiles.joined(List.of(MeshPart.ofLabel("a", one, 1), MeshPart.ofLabel("b", one.turnedOver(), 2)));
        assertSame(nothingElse, SharedWalls.without(nothingElse));
    }
}
