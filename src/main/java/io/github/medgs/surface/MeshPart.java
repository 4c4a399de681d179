package io.github.medgs.surface;

import io.github.medgs.volume.Label;
import java.util.List;

/**
 * One structure of a mesh file.
 *
 * @param name for a human: "kidney_right", "label 2"
 * @param color red, green, blue as 0xRRGGBB
 * @param vertexColors red, green, blue of each vertex, or null where the whole part has one colour
 */
public record MeshPart(String name, TriangleMesh mesh, int color, byte[] vertexColors) {

    public MeshPart {
        if (vertexColors != null && vertexColors.length != 3 * mesh.vertexCount()) {
            throw new IllegalArgumentException("three colour bytes per vertex");
        }
    }

    /** Parts as one, each vertex in the colour of its part. */
    public static MeshPart together(String name, List<MeshPart> parts) {
        TriangleMesh mesh = MeshFiles.joined(parts);
        byte[] colors = new byte[3 * mesh.vertexCount()];
        int at = 0;
        for (MeshPart part : parts) {
            for (int v = 0; v < part.mesh().vertexCount(); v++) {
                for (int shift = 16; shift >= 0; shift -= 8) {
                    colors[at++] = (byte) (part.color() >> shift);
                }
            }
        }
        return new MeshPart(name, mesh, 0, colors);
    }

    /** A part in the colour of its label. */
    public static MeshPart ofLabel(String name, TriangleMesh mesh, long label) {
        return ofLabel(new Label(label, name, Label.colorOf(label)), mesh);
    }

    /** A part with the name and the colour of its label. */
    public static MeshPart ofLabel(Label label, TriangleMesh mesh) {
        return new MeshPart(label.name(), mesh, label.color(), null);
    }
}
