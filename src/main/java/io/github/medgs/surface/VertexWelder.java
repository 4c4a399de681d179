package io.github.medgs.surface;

import java.util.Arrays;

/** Gives points with equal bits one vertex number, in the order in which they first come: an open-addressing table. */
final class VertexWelder {

    private int[] slots;
    private float[] vertices;
    private int count;

    VertexWelder(int expectedVertices) {
        int capacity = Integer.highestOneBit(Math.clamp(expectedVertices, 8, 1 << 28)) << 2;
        slots = new int[capacity];
        vertices = new float[3 * Math.max(8, expectedVertices)];
    }

    int add(float px, float py, float pz) {
        // Plus zero makes one zero of the two.
        float x = px + 0f;
        float y = py + 0f;
        float z = pz + 0f;
        if (2 * count >= slots.length) {
            grow();
        }
        int at = slotOf(x, y, z);
        if (slots[at] == 0) {
            if (3 * count == vertices.length) {
                vertices = Arrays.copyOf(vertices, 2 * vertices.length);
            }
            vertices[3 * count] = x;
            vertices[3 * count + 1] = y;
            vertices[3 * count + 2] = z;
            slots[at] = ++count;
        }
        return slots[at] - 1;
    }

    float[] vertices() {
        return Arrays.copyOf(vertices, 3 * count);
    }

    /** The slot that holds this point, or the empty one where it belongs. */
    private int slotOf(float x, float y, float z) {
        int hash = Float.floatToIntBits(x) * 0x9E3779B1 + Float.floatToIntBits(y) * 0x85EBCA77
                + Float.floatToIntBits(z) * 0xC2B2AE3D;
        int at = (hash ^ hash >>> 15) * 0x2C1B3C6D >>> 1 & slots.length - 1;
        while (slots[at] != 0 && !holds(slots[at] - 1, x, y, z)) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }

    private boolean holds(int vertex, float x, float y, float z) {
        return Float.floatToIntBits(vertices[3 * vertex]) == Float.floatToIntBits(x)
                && Float.floatToIntBits(vertices[3 * vertex + 1]) == Float.floatToIntBits(y)
                && Float.floatToIntBits(vertices[3 * vertex + 2]) == Float.floatToIntBits(z);
    }

    private void grow() {
        slots = new int[2 * slots.length];
        for (int v = 0; v < count; v++) {
            slots[slotOf(vertices[3 * v], vertices[3 * v + 1], vertices[3 * v + 2])] = v + 1;
        }
    }
}
