package io.github.medgs.view;

import io.github.medgs.surface.Frame;
import io.github.medgs.surface.TriangleMesh;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A mesh as NiiVue takes it: MZ3, that is a header of 16 bytes (magic, which parts follow, counts of triangles and
 * vertices, bytes to skip), the triangles' vertex numbers, then the vertices. NiiVue lays meshes onto volumes in RAS.
 */
final class Mz3 {

    static final int HEADER = 16;
    private static final short MAGIC = 0x5A4D;
    private static final short FACES_AND_VERTICES = 3;

    private Mz3() {}

    static byte[] encode(TriangleMesh mesh) {
        TriangleMesh ras = mesh.in(Frame.RAS);
        int size = Math.addExact(HEADER, Math.multiplyExact(4, ras.triangles().length + ras.vertices().length));
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(MAGIC).putShort(FACES_AND_VERTICES);
        bytes.putInt(ras.triangleCount()).putInt(ras.vertexCount()).putInt(0);
        for (int vertex : ras.triangles()) {
            bytes.putInt(vertex);
        }
        for (float coordinate : ras.vertices()) {
            bytes.putFloat(coordinate);
        }
        return bytes.array();
    }
}
