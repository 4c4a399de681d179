package io.github.medgs.surface;

import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Wavefront OBJ: text, vertices with normals, one group per part. Materials and textures are not read. */
final class ObjFile {

    private static final Pattern CONTINUED = Pattern.compile("\\\\[ \\t]*\\R");

    private ObjFile() {}

    static void write(LittleEndianOutput out, List<MeshPart> parts) throws IOException {
        out.writeText("# MedGS surface in millimetres. " + MeshFiles.spaceTag(parts.getFirst().mesh().frame()) + "\n");
        int before = 1;
        StringBuilder text = new StringBuilder();
        Set<String> groups = new HashSet<>();
        for (MeshPart part : parts) {
            TriangleMesh mesh = part.mesh();
            text.append("g ").append(group(part.name(), groups)).append('\n');
            appendPoints(text, "v ", mesh.vertices(), out);
            appendPoints(text, "vn ", mesh.vertexNormals(), out);
            for (int at = 0; at < mesh.triangles().length; at += 3) {
                text.append('f');
                for (int corner = 0; corner < 3; corner++) {
                    int vertex = mesh.triangles()[at + corner] + before;
                    text.append(' ').append(vertex).append("//").append(vertex);
                }
                text.append('\n');
                spill(text, out);
            }
            before += mesh.vertexCount();
        }
        out.writeText(text.toString());
    }

    /** A word for a part, which readers would join with another of the same. */
    private static String group(String name, Set<String> taken) {
        String word = name.isEmpty() ? "_" : name.replaceAll("[^\\p{L}\\p{N}_.-]+", "_");
        String own = word;
        for (int again = 2; !taken.add(own); again++) {
            own = word + "-" + again;
        }
        return own;
    }

    private static void appendPoints(StringBuilder text, String word, float[] points, LittleEndianOutput out)
            throws IOException {
        for (int at = 0; at < points.length; at += 3) {
            text.append(word).append(points[at]).append(' ').append(points[at + 1]).append(' ')
                    .append(points[at + 2]).append('\n');
            spill(text, out);
        }
    }

    private static void spill(StringBuilder text, LittleEndianOutput out) throws IOException {
        if (text.length() > 1 << 16) {
            out.writeText(text.toString());
            text.setLength(0);
        }
    }

    static MeshFiles.Loaded read(Path file, byte[] bytes) {
        float[] vertices = new float[1024];
        int filled = 0;
        PolygonList polygons = new PolygonList();
        IntStream.Builder starts = IntStream.builder().add(0);
        Frame stated = null;
        // A backslash at a line's end goes on with it in the next.
        String text = CONTINUED.matcher(new String(bytes, StandardCharsets.UTF_8)).replaceAll(" ");
        for (String line : (Iterable<String>) text.lines()::iterator) {
            int comment = line.indexOf('#');
            if (comment >= 0 && stated == null) {
                stated = MeshFiles.statedFrame(line.substring(comment));
            }
            StringTokenizer words = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
            String first = words.hasMoreTokens() ? words.nextToken() : "";
            if (first.equals("v")) {
                if (filled + 3 > vertices.length) {
                    vertices = Arrays.copyOf(vertices, 2 * vertices.length);
                }
                for (int axis = 0; axis < 3; axis++) {
                    vertices[filled++] = Float.parseFloat(words.hasMoreTokens() ? words.nextToken() : "");
                }
            } else if (first.equals("f") || first.equals("fo")) {
                int[] polygon = polygon(file, words, filled / 3);
                polygons.add(polygon, polygon.length);
            } else if (first.equals("g") || first.equals("o")) {
                starts.add(polygons.triangleCount());
            }
        }
        float[] all = Arrays.copyOf(vertices, filled);
        return MeshFiles.loaded(file, MeshFormat.OBJ, all, polygons.triangles(all), stated)
                .withoutSeams(starts.build().toArray());
    }

    /** Vertex numbers from 0. In the file they count from 1, or backwards from the latest vertex when negative. */
    private static int[] polygon(Path file, StringTokenizer words, int vertexCount) {
        int[] polygon = new int[words.countTokens()];
        for (int i = 0; i < polygon.length; i++) {
            String word = words.nextToken();
            int slash = word.indexOf('/');
            int number = Integer.parseInt(slash < 0 ? word : word.substring(0, slash));
            if (number == 0) {
                throw new InputException(file.toString(), "names vertex 0, but OBJ counts from 1", "export it again");
            }
            polygon[i] = number > 0 ? number - 1 : vertexCount + number;
        }
        return polygon;
    }
}
