package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeamsTest {

    /** Two tetrahedra on one base, which each has as its first triangle. */
    private static final float[] UPPER = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0.2f, 0.2f, 1};
    private static final float[] LOWER = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0.2f, 0.2f, -1};
    private static final int[] UP = {0, 2, 1, 0, 1, 3, 1, 2, 3, 2, 0, 3};
    private static final int[] DOWN = {0, 1, 2, 1, 0, 3, 2, 1, 3, 0, 2, 3};

    @TempDir
    Path folder;

    private static TriangleMesh upper() {
        return new TriangleMesh(UPPER, UP, Frame.LPS);
    }

    private static TriangleMesh lower() {
        return new TriangleMesh(LOWER, DOWN, Frame.LPS);
    }

    /** Each triangle with vertices of its own. */
    private static TriangleMesh apart(TriangleMesh mesh) {
        float[] vertices = new float[3 * mesh.triangles().length];
        for (int h = 0; h < mesh.triangles().length; h++) {
            System.arraycopy(mesh.vertices(), 3 * mesh.triangles()[h], vertices, 3 * h, 3);
        }
        return new TriangleMesh(vertices, IntStream.range(0, mesh.triangles().length).toArray(), mesh.frame());
    }

    private static TriangleMesh both(TriangleMesh first, TriangleMesh second) {
        return MeshFiles.joined(List.of(MeshPart.ofLabel("a", first, 1), MeshPart.ofLabel("b", second, 2)));
    }

    @ParameterizedTest
    @EnumSource(names = {"STL", "PLY", "OBJ", "GLB"})
    void aClosedSurfaceIsClosedHoweverItsVerticesAreShared(MeshFormat format) throws IOException {
        Path file = folder.resolve("a." + format.extension());
        MeshFiles.write(file, apart(upper()));
        MeshCheck check = MeshCheck.of(MeshFiles.read(file).mesh());
        assertEquals(4, check.vertices());
        assertEquals(1, check.components());
        assertTrue(check.sound(), check.complaints().toString());
        assertEquals(Measures.signedVolume(upper()), check.signedVolume(), 1e-9);
    }

    @ParameterizedTest
    @EnumSource(names = {"OBJ", "GLB"})
    void partsThatShareAWallStayApart(MeshFormat format) throws IOException {
        Path file = folder.resolve("a." + format.extension());
        MeshFiles.write(file, List.of(MeshPart.ofLabel("a", apart(upper()), 1), MeshPart.ofLabel("b", apart(lower()), 2)));
        MeshCheck check = MeshCheck.of(MeshFiles.read(file).mesh());
        assertEquals(8, check.vertices());
        assertEquals(2, check.components());
        assertTrue(check.sound(), check.complaints().toString());
    }

    @Test
    void whatIsSharedAsItShouldBeStaysItself() {
        TriangleMesh closed = both(upper(), lower());
        assertSame(closed, Seams.joined(closed, 0));
        // A base is missing: to join its points to those of the other part would close nothing.
        TriangleMesh open = both(upper(), new TriangleMesh(LOWER, Arrays.copyOfRange(DOWN, 3, 12), Frame.LPS));
        assertSame(open, Seams.joined(open, 0));
        assertSame(open, Seams.joined(open, 0, 4));
        // A part that has no seam stays itself beside one that has, and closed ones in one part do not grow together.
        TriangleMesh mixed = both(closed, apart(upper().withVertices(new float[] {9, 0, 0, 10, 0, 0, 9, 1, 0, 9, 0, 1})));
        for (int[] starts : new int[][] {{0}, {0, 4, 8}}) {
            TriangleMesh joined = Seams.joined(mixed, starts);
            assertEquals(12, joined.vertexCount());
            assertArrayEquals(closed.vertices(), Arrays.copyOf(joined.vertices(), 24));
            assertArrayEquals(closed.triangles(), Arrays.copyOf(joined.triangles(), 24));
            assertTrue(MeshCheck.of(joined).sound());
        }
    }

    @Test
    void aSeamAloneIsJoinedAndAHoleStays() {
        // Corner 3 is there twice, and once more without a triangle; one face is missing.
        float[] vertices = Arrays.copyOf(UPPER, 18);
        System.arraycopy(UPPER, 9, vertices, 12, 3);
        System.arraycopy(UPPER, 9, vertices, 15, 3);
        TriangleMesh joined = Seams.joined(new TriangleMesh(vertices, new int[] {0, 2, 1, 0, 1, 3, 1, 2, 4}, Frame.LPS), 0);
        assertEquals(4, joined.vertexCount());
        assertEquals(3, MeshCheck.of(joined).openEdges());
        assertEquals(1, MeshCheck.of(joined).components());
    }

    @Test
    void groupsOfAnObjMayShareVertices() throws IOException {
        // Two groups of one closed surface: the sides have the base's points from it, and some again.
        StringBuilder text = new StringBuilder();
        for (int corner : new int[] {0, 2, 1, 0, 1, 3, 1, 2, 3, 2, 0, 3}) {
            text.append("v ").append(UPPER[3 * corner]).append(' ').append(UPPER[3 * corner + 1]).append(' ')
                    .append(UPPER[3 * corner + 2]).append('\n');
        }
        Path file = Files.writeString(folder.resolve("a.obj"), text + "g base\nf 1 2 3\ng sides\nf 1 3 6\nf 7 8 9\nf 2 1 12\n");
        MeshCheck check = MeshCheck.of(MeshFiles.read(file).mesh());
        assertEquals(1, check.components());
        assertTrue(check.closed(), check.toString());
    }
}
