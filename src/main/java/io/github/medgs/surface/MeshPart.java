package io.github.medgs.surface;

/**
 * One structure of a mesh file.
 *
 * @param name for a human: "kidney_right", "label 2"
 * @param color red, green, blue as 0xRRGGBB
 * @param vertexColors red, green, blue of each vertex, or null where the whole part has one colour
 */
public record MeshPart(String name, TriangleMesh mesh, int color, byte[] vertexColors) {

    // Told apart by people with any kind of colour vision: Okabe and Ito's palette, without black.
    private static final int[] PALETTE = {0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7};

    public MeshPart {
        if (vertexColors != null && vertexColors.length != 3 * mesh.vertexCount()) {
            throw new IllegalArgumentException("three colour bytes per vertex");
        }
    }

    /** A part in the colour of its label. */
    public static MeshPart ofLabel(String name, TriangleMesh mesh, long label) {
        return new MeshPart(name, mesh, PALETTE[Math.floorMod(label - 1, PALETTE.length)], null);
    }
}
