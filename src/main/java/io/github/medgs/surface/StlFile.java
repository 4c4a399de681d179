package io.github.medgs.surface;

import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

/**
 * STL: 80 bytes of header, a count, then 50 bytes a triangle (normal, three points, two spare bytes). Text STL is read
 * too. The format repeats each point for each triangle; reading joins points with equal bits again.
 */
final class StlFile {

    private static final int HEADER = 80;
    private static final int RECORD = 50;

    /** A text may begin with a byte order mark or blank lines, its words be in capitals, and "solid" be missing. */
    private static final Pattern TEXT =
            Pattern.compile("\\A(?:\u00EF\u00BB\u00BF)?\\s*(?:solid\\b[^\\x00]*|facet\\s+normal\\b)", Pattern.CASE_INSENSITIVE);

    private StlFile() {}

    static void write(LittleEndianOutput out, List<MeshPart> parts) throws IOException {
        TriangleMesh mesh = MeshFiles.joined(parts);
        // Never "solid": readers take that for text. Slicer looks for the SPACE word here.
        String header = "MedGS surface in millimetres. " + MeshFiles.spaceTag(mesh.frame());
        out.writeBytes(Arrays.copyOf(header.getBytes(StandardCharsets.US_ASCII), HEADER));
        out.writeInt(mesh.triangleCount());
        double[] normal = new double[3];
        for (int t = 0; t < mesh.triangleCount(); t++) {
            mesh.areaVector(t, normal);
            double length = Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
            for (int axis = 0; axis < 3; axis++) {
                out.writeFloat(length > 0 ? (float) (normal[axis] / length) : 0);
            }
            for (int corner = 0; corner < 3; corner++) {
                int v = 3 * mesh.triangles()[3 * t + corner];
                for (int axis = 0; axis < 3; axis++) {
                    out.writeFloat(mesh.vertices()[v + axis]);
                }
            }
            out.writeShort(0);
        }
    }

    static MeshFiles.Loaded read(Path file, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long count = bytes.length >= HEADER + 4 ? buffer.getInt(HEADER) & 0xFFFFFFFFL : -1;
        long whole = (bytes.length - HEADER - 4) / RECORD;
        // Some writers start binary files with "solid" all the same: only the length tells.
        if (count >= 0 && bytes.length == HEADER + 4 + count * RECORD) {
            return readBinary(file, buffer, (int) count, List.of());
        }
        if (TEXT.matcher(new String(bytes, 0, Math.min(bytes.length, 1024), StandardCharsets.ISO_8859_1)).find()) {
            return readText(file, new String(bytes, StandardCharsets.ISO_8859_1));
        }
        boolean exact = (bytes.length - HEADER - 4) % RECORD == 0;
        if (count >= 0 && exact) {
            return readBinary(file, buffer, (int) whole, List.of("its header says " + count + " triangles, and its length "
                    + whole + ": the length was believed"));
        }
        if (count > 0 && count <= whole) {
            return readBinary(file, buffer, (int) count, List.of((bytes.length - HEADER - 4 - count * RECORD)
                    + " bytes follow its triangles and were left out"));
        }
        throw new InputException(file.toString(), "is cut short or not an STL file", "export it again");
    }

    private static MeshFiles.Loaded readBinary(Path file, ByteBuffer buffer, int count,
            List<String> notes) {
        String header = new String(buffer.array(), 0, HEADER, StandardCharsets.ISO_8859_1);
        VertexWelder welder = new VertexWelder(count);
        int[] triangles = new int[3 * count];
        for (int t = 0; t < count; t++) {
            int at = HEADER + 4 + t * RECORD + 12;
            for (int corner = 0; corner < 3; corner++, at += 12) {
                triangles[3 * t + corner] =
                        welder.add(buffer.getFloat(at), buffer.getFloat(at + 4), buffer.getFloat(at + 8));
            }
        }
        return MeshFiles.loaded(file, MeshFormat.STL, welder.vertices(), triangles, MeshFiles.statedFrame(header),
                notes);
    }

    private static MeshFiles.Loaded readText(Path file, String text) {
        int lineEnd = text.indexOf('\n');
        String header = lineEnd < 0 ? text : text.substring(0, lineEnd);
        VertexWelder welder = new VertexWelder(text.length() / 100);
        int[] triangles = new int[1024];
        int corners = 0;
        StringTokenizer words = new StringTokenizer(text);
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            if (word.equalsIgnoreCase("endloop") && corners % 3 != 0) {
                throw new InputException(file.toString(), "has a facet that is no triangle", "export it again");
            }
            if (!word.equalsIgnoreCase("vertex")) {
                continue;
            }
            if (corners == triangles.length) {
                triangles = Arrays.copyOf(triangles, 2 * corners);
            }
            triangles[corners++] = welder.add(number(words), number(words), number(words));
        }
        if (corners % 3 != 0) {
            throw new InputException(file.toString(), "ends within a triangle", "export it again");
        }
        return MeshFiles.loaded(file, MeshFormat.STL, welder.vertices(), Arrays.copyOf(triangles, corners),
                MeshFiles.statedFrame(header));
    }

    private static float number(StringTokenizer words) {
        // Fortran writes exponents with a D.
        return Float.parseFloat(words.hasMoreTokens() ? words.nextToken().replaceFirst("[dD](?=[-+]?\\d+$)", "e") : "");
    }
}
