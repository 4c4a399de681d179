package io.github.medgs.surface;

import java.io.IOException;
import java.util.List;

/** Binary little-endian PLY with vertex normals and, where parts have them, vertex colours. */
final class PlyFile {

    private PlyFile() {}

    static void write(LittleEndianOutput out, List<MeshPart> parts) throws IOException {
        TriangleMesh mesh = MeshFiles.joined(parts);
        boolean colored = parts.size() > 1 || parts.getFirst().vertexColors() != null;
        out.writeText("ply\nformat binary_little_endian 1.0\ncomment MedGS surface in millimetres. "
                + MeshFiles.spaceTag(mesh.frame()) + "\nelement vertex " + mesh.vertexCount()
                + "\nproperty float x\nproperty float y\nproperty float z"
                + "\nproperty float nx\nproperty float ny\nproperty float nz"
                + (colored ? "\nproperty uchar red\nproperty uchar green\nproperty uchar blue" : "")
                + "\nelement face " + mesh.triangleCount() + "\nproperty list uchar int vertex_indices\nend_header\n");
        for (MeshPart part : parts) {
            writeVertices(out, part, colored);
        }
        int[] triangles = mesh.triangles();
        for (int at = 0; at < triangles.length; at += 3) {
            out.writeByte(3);
            out.writeInt(triangles[at]);
            out.writeInt(triangles[at + 1]);
            out.writeInt(triangles[at + 2]);
        }
    }

    private static void writeVertices(LittleEndianOutput out, MeshPart part, boolean colored) throws IOException {
        float[] vertices = part.mesh().vertices();
        float[] normals = part.mesh().vertexNormals();
        for (int v = 0; v < vertices.length; v += 3) {
            for (int axis = 0; axis < 3; axis++) {
                out.writeFloat(vertices[v + axis]);
            }
            for (int axis = 0; axis < 3; axis++) {
                out.writeFloat(normals[v + axis]);
            }
            for (int channel = 0; channel < 3 && colored; channel++) {
                out.writeByte(part.vertexColors() == null ? part.color() >> 16 - 8 * channel
                        : part.vertexColors()[v + channel]);
            }
        }
    }
}
