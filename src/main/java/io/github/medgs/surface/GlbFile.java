package io.github.medgs.surface;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * glTF 2.0 in one binary file: a node, a mesh and a material for each part.
 *
 * <p>The buffers hold patient millimetres as they are. A node's matrix takes them to glTF's own frame, metres with y up
 * and the front facing z: so left goes to x, head to y, front to z. The patient frame stands in each node's extras.
 */
final class GlbFile {

    static final int MAGIC = 0x46546C67;
    static final int JSON_CHUNK = 0x4E4F534A;
    static final int BINARY_CHUNK = 0x004E4942;
    static final int FLOAT = 5126;
    static final int UNSIGNED_INT = 5125;
    private static final int UNSIGNED_BYTE = 5121;
    private static final int VERTEX_DATA = 34962;
    private static final int INDEX_DATA = 34963;

    private GlbFile() {}

    static void write(LittleEndianOutput out, List<MeshPart> parts) throws IOException {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.putObject("asset").put("version", "2.0").put("generator", "MedGS");
        root.put("scene", 0);
        ArrayNode sceneNodes = root.putArray("scenes").addObject().putArray("nodes");
        for (String array : new String[] {"nodes", "meshes", "materials", "accessors", "bufferViews", "buffers"}) {
            root.putArray(array);
        }
        long offset = 0;
        for (int i = 0; i < parts.size(); i++) {
            sceneNodes.add(i);
            offset = describe(root, parts.get(i), i, offset);
        }
        root.withArray("buffers").addObject().put("byteLength", offset);

        byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 3) / 4 * 4);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        long total = 12 + 8 + padded.length + 8 + offset;
        if (total > 0xFFFFFFFFL) {
            throw new IOException("the surfaces need more than the 4 GB that a GLB file can hold");
        }
        out.writeInt(MAGIC);
        out.writeInt(2);
        out.writeInt((int) total);
        out.writeInt(padded.length);
        out.writeInt(JSON_CHUNK);
        out.writeBytes(padded);
        out.writeInt((int) offset);
        out.writeInt(BINARY_CHUNK);
        for (MeshPart part : parts) {
            writeData(out, part);
        }
    }

    /** Adds a part's node, mesh, material, accessors and views; returns where the next part's data start. */
    private static long describe(ObjectNode root, MeshPart part, int number, long offset) {
        TriangleMesh mesh = part.mesh();
        ObjectNode node = root.withArray("nodes").addObject().put("name", part.name()).put("mesh", number);
        ArrayNode matrix = node.putArray("matrix");
        for (double value : toGltf(mesh.frame())) {
            matrix.add(value);
        }
        node.putObject("extras").put("space", mesh.frame().name()).put("unit", "mm");

        ObjectNode material = root.withArray("materials").addObject().put("name", part.name());
        ObjectNode shading = material.putObject("pbrMetallicRoughness");
        ArrayNode color = shading.putArray("baseColorFactor");
        for (int shift = 16; shift >= 0; shift -= 8) {
            // The factor is linear light, the colour is sRGB; vertex colours stand alone, over white.
            color.add(part.vertexColors() == null ? linear(part.color() >> shift & 0xFF) : 1.0);
        }
        color.add(1.0);
        shading.put("metallicFactor", 0.0).put("roughnessFactor", 0.7);

        ObjectNode primitive = root.withArray("meshes").addObject().put("name", part.name())
                .putArray("primitives").addObject();
        ObjectNode attributes = primitive.putObject("attributes");
        int vertices = mesh.vertexCount();
        ObjectNode position = view(root, attributes, "POSITION", FLOAT, "VEC3", vertices, offset, 12, VERTEX_DATA);
        long next = offset + 12L * vertices;
        double[][] bounds = bounds(mesh);
        ArrayNode low = position.putArray("min");
        ArrayNode high = position.putArray("max");
        for (int axis = 0; axis < 3; axis++) {
            low.add(bounds[0][axis]);
            high.add(bounds[1][axis]);
        }
        view(root, attributes, "NORMAL", FLOAT, "VEC3", vertices, next, 12, VERTEX_DATA);
        next += 12L * vertices;
        if (part.vertexColors() != null) {
            view(root, attributes, "COLOR_0", UNSIGNED_BYTE, "VEC4", vertices, next, 4, VERTEX_DATA)
                    .put("normalized", true);
            next += 4L * vertices;
        }
        view(root, primitive, "indices", UNSIGNED_INT, "SCALAR", mesh.triangles().length, next, 4, INDEX_DATA);
        primitive.put("material", number).put("mode", 4);
        return next + 4L * mesh.triangles().length;
    }

    private static ObjectNode view(ObjectNode root, ObjectNode user, String name, int componentType, String type,
            int count, long offset, int bytesEach, int target) {
        ArrayNode views = root.withArray("bufferViews");
        ArrayNode accessors = root.withArray("accessors");
        user.put(name, accessors.size());
        ObjectNode accessor = accessors.addObject().put("bufferView", views.size())
                .put("componentType", componentType).put("count", count).put("type", type);
        views.addObject().put("buffer", 0).put("byteOffset", offset).put("byteLength", (long) bytesEach * count)
                .put("target", target);
        return accessor;
    }

    private static void writeData(LittleEndianOutput out, MeshPart part) throws IOException {
        for (float coordinate : part.mesh().vertices()) {
            out.writeFloat(coordinate);
        }
        for (float coordinate : part.mesh().vertexNormals()) {
            out.writeFloat(coordinate);
        }
        if (part.vertexColors() != null) {
            for (int at = 0; at < part.vertexColors().length; at += 3) {
                for (int channel = 0; channel < 3; channel++) {
                    out.writeByte((int) Math.round(255 * linear(part.vertexColors()[at + channel] & 0xFF)));
                }
                out.writeByte(255);
            }
        }
        for (int vertex : part.mesh().triangles()) {
            out.writeInt(vertex);
        }
    }

    /** Column-major matrix from patient millimetres to glTF metres; a turn, never a mirror. */
    static double[] toGltf(Frame frame) {
        double mm = 0.001;
        return switch (frame) {
            case LPS -> new double[] {mm, 0, 0, 0, 0, 0, -mm, 0, 0, mm, 0, 0, 0, 0, 0, 1};
            case RAS -> new double[] {-mm, 0, 0, 0, 0, 0, mm, 0, 0, mm, 0, 0, 0, 0, 0, 1};
        };
    }

    private static double linear(int srgb) {
        double c = srgb / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double[][] bounds(TriangleMesh mesh) {
        double[] low = {0, 0, 0};
        double[] high = {0, 0, 0};
        for (int at = 0; at < mesh.vertices().length; at++) {
            double value = mesh.vertices()[at];
            int axis = at % 3;
            low[axis] = at < 3 ? value : Math.min(low[axis], value);
            high[axis] = at < 3 ? value : Math.max(high[axis], value);
        }
        return new double[][] {low, high};
    }
}
