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
import java.util.stream.IntStream;
import org.joml.Matrix4d;
import org.joml.Quaterniond;
import org.joml.Vector3d;

/**
 * Reads GLB files of glTF 2.0 back into patient millimetres: any tree of nodes, and triangles, strips and fans, with or
 * without indices. What a node says of its frame ({@code extras.space}) holds for those below it. Compressed and sparse
 * data are refused by name.
 */
final class GlbReader {

    private static final int DEEPEST = 1000;
    private static final long MOST_COPIES = 16;
    private static final int TRIANGLES = 4;
    private static final int STRIP = 5;
    private static final int FAN = 6;

    private final Path file;
    private final JsonNode root;
    private final GlbData data;
    private final List<MeshPart> parts = new ArrayList<>();
    private final IntStream.Builder starts = IntStream.builder();
    private int triangleCount;
    private long visits;
    private long taken;
    private Frame stated;

    private GlbReader(Path file, JsonNode root, ByteBuffer data) {
        this.file = file;
        this.root = root;
        this.data = new GlbData(file, root, data);
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
        JsonNode scene = root.path("scenes").path(root.path("scene").asInt(0)).path("nodes");
        if (scene.isArray()) {
            scene.forEach(node -> visit(node.asInt(-1), new Matrix4d(), null, 0));
        } else {
            // Without a scene every node that hangs on no other is a root.
            boolean[] below = new boolean[root.path("nodes").size()];
            root.path("nodes").forEach(node -> node.path("children").forEach(child -> mark(below, child.asInt(-1))));
            for (int n = 0; n < below.length; n++) {
                if (!below[n]) {
                    visit(n, new Matrix4d(), null, 0);
                }
            }
        }
        if (parts.isEmpty()) {
            throw new InputException(file.toString(), "holds no triangles", "give a mesh with a surface");
        }
        TriangleMesh mesh = MeshFiles.joined(parts);
        return MeshFiles.loaded(file, MeshFormat.GLB, mesh.vertices(), mesh.triangles(), stated)
                .withoutSeams(starts.build().toArray());
    }

    private static void mark(boolean[] below, int child) {
        if (child >= 0 && child < below.length) {
            below[child] = true;
        }
    }

    private void visit(int number, Matrix4d above, Frame frameAbove, int depth) {
        JsonNode node = root.path("nodes").path(number);
        // A tree has each node once; a file whose nodes go round in circles, or fan out without end, is damaged.
        if (node.isMissingNode() || depth > DEEPEST || ++visits > root.path("nodes").size()) {
            throw new InputException(file.toString(), "has nodes that form no tree", "export it again");
        }
        Matrix4d here = new Matrix4d(above).mul(transform(node));
        Frame said = MeshFiles.statedFrame("SPACE=" + node.path("extras").path("space").asText());
        Frame frame = said == null ? frameAbove : said;
        if (node.has("mesh")) {
            if (!parts.isEmpty() && frame != stated) {
                throw unsupported("parts in different patient frames");
            }
            stated = frame;
            starts.add(triangleCount);
            for (JsonNode primitive : root.path("meshes").path(node.path("mesh").asInt()).path("primitives")) {
                TriangleMesh mesh = primitive(here, primitive, frame == null ? Frame.LPS : frame);
                parts.add(MeshPart.ofLabel("part", mesh, 1));
                triangleCount += mesh.triangleCount();
            }
        }
        node.path("children").forEach(child -> visit(child.asInt(-1), here, frame, depth + 1));
    }

    // Columns one after the other, or a move, a turn and a scale.
    private static Matrix4d transform(JsonNode node) {
        Matrix4d matrix = new Matrix4d();
        if (node.has("matrix")) {
            for (int n = 0; n < 16; n++) {
                matrix.set(n / 4, n % 4, node.path("matrix").path(n).asDouble(n % 5 == 0 ? 1 : 0));
            }
            return matrix;
        }
        Vector3d move = vector(node.path("translation"), 0);
        JsonNode turn = node.path("rotation");
        Vector3d scale = vector(node.path("scale"), 1);
        return matrix.translate(move).rotate(new Quaterniond(turn.path(0).asDouble(0), turn.path(1).asDouble(0),
                turn.path(2).asDouble(0), turn.path(3).asDouble(1)).normalize()).scale(scale);
    }

    private static Vector3d vector(JsonNode node, double otherwise) {
        return new Vector3d(node.path(0).asDouble(otherwise), node.path(1).asDouble(otherwise),
                node.path(2).asDouble(otherwise));
    }

    private TriangleMesh primitive(Matrix4d world, JsonNode primitive, Frame frame) {
        int mode = primitive.path("mode").asInt(TRIANGLES);
        if (mode < TRIANGLES || mode > FAN) {
            throw unsupported("points or lines");
        }
        if (primitive.path("extensions").has("KHR_draco_mesh_compression")) {
            throw unsupported("Draco compression");
        }
        float[] vertices = data.points(primitive.path("attributes").path("POSITION").asInt(-1));
        int[] corners = primitive.has("indices") ? data.indices(primitive.path("indices").asInt(-1))
                : counting(vertices.length / 3);
        for (int vertex : corners) {
            if (vertex < 0 || vertex >= vertices.length / 3) {
                throw new InputException(file.toString(), "has a triangle with a vertex that is not there",
                        "export it again");
            }
        }
        int[] triangles = triangles(mode, corners);
        taken += vertices.length + triangles.length;
        if (taken > MOST_COPIES * data.bytes()) {
            throw unsupported("the same mesh over and over, more than a surface needs");
        }
        if (world.determinant3x3() < 0) {
            // A mirrored node shows its triangles from the other side.
            for (int t = 0; t < triangles.length; t += 3) {
                int second = triangles[t + 1];
                triangles[t + 1] = triangles[t + 2];
                triangles[t + 2] = second;
            }
        }
        return new TriangleMesh(toPatient(world, vertices, frame), triangles, frame);
    }

    private static int[] counting(int count) {
        int[] corners = new int[count];
        for (int n = 0; n < count; n++) {
            corners[n] = n;
        }
        return corners;
    }

    private static int[] triangles(int mode, int[] corners) {
        int count = mode == TRIANGLES ? corners.length / 3 : Math.max(0, corners.length - 2);
        int[] triangles = new int[3 * count];
        for (int t = 0; t < count; t++) {
            int first = mode == TRIANGLES ? 3 * t : mode == STRIP ? t : 0;
            int second = mode == TRIANGLES ? 3 * t + 1 : t + 1;
            // Every other triangle of a strip turns the other way.
            boolean turned = mode == STRIP && t % 2 == 1;
            triangles[3 * t] = corners[first];
            triangles[3 * t + 1] = corners[turned ? second + 1 : second];
            triangles[3 * t + 2] = corners[turned ? second : second + 1];
        }
        return triangles;
    }

    /** Undoes the node's matrix by the frame's own; our files come back bit for bit, since the two cancel. */
    private static float[] toPatient(Matrix4d world, float[] vertices, Frame frame) {
        double[] expected = GlbFile.toGltf(frame);
        Matrix4d ours = new Matrix4d().set(expected);
        if (world.equals(ours)) {
            return vertices;
        }
        float[] patient = new float[vertices.length];
        Vector3d metres = new Vector3d();
        for (int v = 0; v < vertices.length; v += 3) {
            world.transformPosition(vertices[v], vertices[v + 1], vertices[v + 2], metres);
            // The expected matrix is a turn times 0.001: its inverse is its transpose times 1e6.
            for (int axis = 0; axis < 3; axis++) {
                patient[v + axis] = (float) (1e6 * (expected[4 * axis] * metres.x + expected[4 * axis + 1] * metres.y
                        + expected[4 * axis + 2] * metres.z));
            }
        }
        return patient;
    }

    private InputException unsupported(String what) {
        return new InputException(file.toString(), "uses " + what, "export it as STL or PLY");
    }
}
