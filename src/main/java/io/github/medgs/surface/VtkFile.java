package io.github.medgs.surface;

import java.io.IOException;
import java.util.List;

/**
 * VTK's own file of polygons ("legacy" .vtk, version 3), binary, which is big-endian: points, triangles, vertex normals.
 * 3D Slicer and ParaView read it; its second line states the frame in the words that Slicer looks for.
 */
final class VtkFile {

    private VtkFile() {}

    static void write(LittleEndianOutput out, List<MeshPart> parts) throws IOException {
        TriangleMesh mesh = MeshFiles.joined(parts);
        out.writeText("# vtk DataFile Version 3.0\nMedGS surface in millimetres. " + MeshFiles.spaceTag(mesh.frame())
                + "\nBINARY\nDATASET POLYDATA\nPOINTS " + mesh.vertexCount() + " float\n");
        writeBigEndian(out, mesh.vertices());
        out.writeText("\nPOLYGONS " + mesh.triangleCount() + " " + 4L * mesh.triangleCount() + "\n");
        int[] triangles = mesh.triangles();
        for (int at = 0; at < triangles.length; at++) {
            if (at % 3 == 0) {
                out.writeInt(Integer.reverseBytes(3));
            }
            out.writeInt(Integer.reverseBytes(triangles[at]));
        }
        out.writeText("\nPOINT_DATA " + mesh.vertexCount() + "\nNORMALS normals float\n");
        for (MeshPart part : parts) {
            writeBigEndian(out, part.mesh().vertexNormals());
        }
        out.writeText("\n");
    }

    private static void writeBigEndian(LittleEndianOutput out, float[] values) throws IOException {
        for (float value : values) {
            out.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(value)));
        }
    }
}
