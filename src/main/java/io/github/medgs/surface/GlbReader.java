package io.github.medgs.surface;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the GLB files that {@link GlbFile} writes, back into patient millimetres: nodes with a matrix or none and
 * uncompressed triangles. Files that lean on more of glTF (sparse or interleaved data, scene trees, compression) are
 * refused by name rather than read in part.
 */
final class GlbReader {

    private final Path file;
    private final JsonNode root;
    private final ByteBuffer data;

    private GlbReader(Path file, JsonNode root, ByteBuffer data) {
        this.file = file;
        this.root = root;
        this.data = data;
    }

    static MeshFiles.Loaded read(Path file, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 20 || buffer.getInt(0) != GlbFile.MAGIC || buffer.getInt(4) != 2) {
            throw new InputException(file.toString(), "is not a GLB file of glTF 2.0", "export it again");
        }
        int jsonLength = buffer.getInt(12);
        if (buffer.getInt(16) != GlbFile.JSON_CHUNK || jsonLength < 0 || jsonLength > bytes.length - 28) {
            throw new InputException(file.toString(), "is cut short", "export it again");
        }
        int dataLength = buffer.getInt(20 + jsonLength);
        if (buffer.getInt(24 + jsonLength) != GlbFile.BINARY_CHUNK || dataLength < 0
                || dataLength > bytes.length - 28 - jsonLength) {
            throw new InputException(file.toString(), "is cut short", "export it again");
        }
        ByteBuffer data = buffer.slice(28 + jsonLength, dataLength).order(ByteOrder.LITTLE_ENDIAN);
        try {
            JsonNode root = new ObjectMapper().readTree(new String(bytes, 20, jsonLength, StandardCharsets.UTF_8));
            return new GlbReader(file, root, data).read();
        } catch (JsonProcessingException e) {
            throw new InputException(file.toString(), "has a damaged description", "export it again", e);
        }
    }

    private MeshFiles.Loaded read() {
        List<MeshPart> parts = new ArrayList<>();
        Frame stated = null;
        for (JsonNode node : root.path("nodes")) {
            if (node.has("children") || node.has("rotation") || node.has("scale") || node.has("translation")) {
                throw unsupported("a tree of nodes");
            }
            if (!node.has("mesh")) {
                continue;
            }
            stated = MeshFiles.statedFrame("SPACE=" + node.path("extras").path("space").asText());
            Frame frame = stated == null ? Frame.LPS : stated;
            for (JsonNode primitive : root.path("meshes").path(node.path("mesh").asInt()).path("primitives")) {
                parts.add(MeshPart.ofLabel("part", primitive(node, primitive, frame), 1));
            }
        }
        if (parts.isEmpty()) {
            throw new InputException(file.toString(), "holds no triangles", "give a mesh with a surface");
        }
        TriangleMesh mesh = MeshFiles.joined(parts);
        return MeshFiles.loaded(file, MeshFormat.GLB, mesh.vertices(), mesh.triangles(), stated);
    }

    private TriangleMesh primitive(JsonNode node, JsonNode primitive, Frame frame) {
        if (primitive.path("mode").asInt(4) != 4 || !primitive.has("indices")) {
            throw unsupported("anything but indexed triangles");
        }
        JsonNode position = accessor(primitive.path("attributes").path("POSITION"), GlbFile.FLOAT, 3);
        float[] vertices = new float[3 * position.path("count").asInt()];
        data.slice(offset(position), 4 * vertices.length).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vertices);
        JsonNode indices = accessor(primitive.path("indices"), GlbFile.UNSIGNED_INT, 1);
        int[] triangles = new int[indices.path("count").asInt() / 3 * 3];
        data.slice(offset(indices), 4 * triangles.length).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(triangles);
        for (int vertex : triangles) {
            if (vertex < 0 || vertex >= vertices.length / 3) {
                throw new InputException(file.toString(), "has a triangle with a vertex that is not there",
                        "export it again");
            }
        }
        return new TriangleMesh(toPatient(node, vertices, frame), triangles, frame);
    }

    /** Undoes the node's matrix by the frame's own; our files come back bit for bit, since the two cancel. */
    private static float[] toPatient(JsonNode node, float[] vertices, Frame frame) {
        double[] expected = GlbFile.toGltf(frame);
        double[] matrix = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        boolean ours = true;
        for (int i = 0; i < 16; i++) {
            matrix[i] = node.path("matrix").path(i).asDouble(matrix[i]);
            ours &= matrix[i] == expected[i];
        }
        if (ours) {
            return vertices;
        }
        float[] patient = new float[vertices.length];
        for (int v = 0; v < vertices.length; v += 3) {
            double[] metres = new double[3];
            for (int row = 0; row < 3; row++) {
                metres[row] = matrix[row] * vertices[v] + matrix[4 + row] * vertices[v + 1]
                        + matrix[8 + row] * vertices[v + 2] + matrix[12 + row];
            }
            // The expected matrix is a turn times 0.001: its inverse is its transpose times 1e6.
            for (int axis = 0; axis < 3; axis++) {
                patient[v + axis] = (float) (1e6 * (expected[4 * axis] * metres[0] + expected[4 * axis + 1] * metres[1]
                        + expected[4 * axis + 2] * metres[2]));
            }
        }
        return patient;
    }

    private JsonNode accessor(JsonNode number, int componentType, int components) {
        JsonNode accessor = root.path("accessors").path(number.asInt(-1));
        JsonNode view = root.path("bufferViews").path(accessor.path("bufferView").asInt(-1));
        String type = components == 3 ? "VEC3" : "SCALAR";
        if (accessor.path("componentType").asInt() != componentType || !accessor.path("type").asText().equals(type)
                || accessor.has("sparse") || view.isMissingNode() || view.has("byteStride")) {
            throw unsupported("data other than plain float points and 32-bit indices");
        }
        long count = accessor.path("count").asLong(-1);
        long bytes = 4L * components * count;
        if (count < 0 || (long) offset(accessor) + bytes > data.capacity() || offset(accessor) < 0) {
            throw new InputException(file.toString(), "is cut short", "export it again");
        }
        return accessor;
    }

    private int offset(JsonNode accessor) {
        JsonNode view = root.path("bufferViews").path(accessor.path("bufferView").asInt());
        long offset = accessor.path("byteOffset").asLong() + view.path("byteOffset").asLong();
        return offset >= 0 && offset <= data.capacity() ? (int) offset : -1;
    }

    private InputException unsupported(String what) {
        return new InputException(file.toString(), "uses " + what, "export it as STL or PLY");
    }
}
