package io.github.medgs.surface;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.medgs.InputException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The numbers of a GLB file by their accessors: packed or interleaved, of any of glTF's types. */
final class GlbData {

    private static final int BYTE = 5120;
    private static final int UNSIGNED_BYTE = 5121;
    private static final int SHORT = 5122;
    private static final int UNSIGNED_SHORT = 5123;

    private final Path file;
    private final JsonNode root;
    private final ByteBuffer data;

    /** @param data the binary chunk, little-endian */
    GlbData(Path file, JsonNode root, ByteBuffer data) {
        this.file = file;
        this.root = root;
        this.data = data;
    }

    /** The chunk's length. */
    int bytes() {
        return data.capacity();
    }

    /** x, y, z of each vertex. */
    float[] points(int accessor) {
        Block block = block(accessor, "VEC3", 3);
        boolean normalised = root.path("accessors").path(accessor).path("normalized").asBoolean();
        float[] points = new float[3 * block.count()];
        for (int n = 0; n < points.length; n++) {
            double value = value(block.type(), block.offset() + n / 3 * block.stride() + n % 3 * bytes(block.type()));
            points[n] = (float) (normalised ? shared(block.type(), value) : value);
        }
        return points;
    }

    /** Vertex numbers. */
    int[] indices(int accessor) {
        Block block = block(accessor, "SCALAR", 1);
        int[] indices = new int[block.count()];
        for (int n = 0; n < indices.length; n++) {
            indices[n] = (int) value(block.type(), block.offset() + n * block.stride());
        }
        return indices;
    }

    /** Where an accessor's numbers lie in the chunk; all of them do. */
    private record Block(int type, int offset, int count, int stride) {}

    private Block block(int number, String type, int components) {
        JsonNode accessor = root.path("accessors").path(number);
        JsonNode view = root.path("bufferViews").path(accessor.path("bufferView").asInt(-1));
        if (accessor.has("sparse") || view.path("extensions").has("EXT_meshopt_compression")) {
            throw new InputException(file.toString(), "uses sparse or compressed data", "export it as STL or PLY");
        }
        if (view.path("buffer").asInt(0) != 0 || root.path("buffers").path(0).has("uri")) {
            throw new InputException(file.toString(), "keeps its data in another file", "export it with all its data");
        }
        int component = accessor.path("componentType").asInt();
        if (!accessor.path("type").asText().equals(type) || view.isMissingNode() || bytes(component) == 0) {
            throw new InputException(file.toString(), "describes its points or triangles in no way of glTF",
                    "export it again");
        }
        long width = (long) components * bytes(component);
        long stride = view.path("byteStride").asLong(width);
        long offset = accessor.path("byteOffset").asLong() + view.path("byteOffset").asLong();
        long count = accessor.path("count").asLong(-1);
        boolean inside = offset >= 0 && count >= 0 && stride >= width && stride <= 1 << 16 && count <= data.capacity()
                && (count == 0 || offset + (count - 1) * stride + width <= data.capacity());
        if (!inside) {
            throw new InputException(file.toString(), "is cut short", "export it again");
        }
        return new Block(component, (int) offset, (int) count, (int) stride);
    }

    private static int bytes(int type) {
        return switch (type) {
            case BYTE, UNSIGNED_BYTE -> 1;
            case SHORT, UNSIGNED_SHORT -> 2;
            case GlbFile.UNSIGNED_INT, GlbFile.FLOAT -> 4;
            default -> 0;
        };
    }

    private double value(int type, int at) {
        return switch (type) {
            case BYTE -> data.get(at);
            case UNSIGNED_BYTE -> data.get(at) & 0xFF;
            case SHORT -> data.getShort(at);
            case UNSIGNED_SHORT -> data.getShort(at) & 0xFFFF;
            case GlbFile.UNSIGNED_INT -> data.getInt(at) & 0xFFFFFFFFL;
            default -> data.getFloat(at);
        };
    }

    // Whole numbers that stand for -1 to 1, or 0 to 1.
    private static double shared(int type, double value) {
        return switch (type) {
            case BYTE -> Math.max(-1, value / 127);
            case UNSIGNED_BYTE -> value / 255;
            case SHORT -> Math.max(-1, value / 32_767);
            case UNSIGNED_SHORT -> value / 65_535;
            default -> value;
        };
    }
}
