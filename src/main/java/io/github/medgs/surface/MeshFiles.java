package io.github.medgs.surface;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.InputFiles;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Mesh files: binary STL, binary PLY, OBJ and GLB, read and written; VTK and GIFTI, written. Every file states the frame of its coordinates, in the words that 3D
 * Slicer looks for ({@code SPACE=LPS}).
 */
public final class MeshFiles {

    private static final String SPACE = "SPACE=";

    /** What readers of GIFTI know a surface by: one ending. */
    private static final String SURFACE = ".surf.gii";

    /** Of the 255 that a file's name may have on most disks. */
    private static final int MOST_BYTES_OF_NAME = 100;

    private MeshFiles() {}

    /**
     * A mesh as read.
     *
     * @param frameStated whether the file says in which frame it is; where not, LPS is assumed, the custom of medical
     *     mesh files
     * @param notes what is odd about the file, each a sentence without its full stop
     */
    public record Loaded(TriangleMesh mesh, MeshFormat format, boolean frameStated, List<String> notes) {

        public Loaded {
            notes = List.copyOf(notes);
        }

        /** The same without {@link Seams}, for a format in which triangles may share vertices or not. */
        Loaded withoutSeams(int... starts) {
            return new Loaded(Seams.joined(mesh, starts), format, frameStated, notes);
        }
    }

    /** Writes one surface in the format of the file's ending, whole or not at all. */
    public static void write(Path file, TriangleMesh mesh) throws IOException {
        write(file, List.of(MeshPart.ofLabel("surface", mesh, 1)));
    }

    /**
     * Writes structures, all in one frame. GLB gives each a node and a material, OBJ a group, PLY its colour where parts
     * have vertex colours; in STL they simply follow one another.
     */
    public static void write(Path file, List<MeshPart> parts) throws IOException {
        MeshFormat format = MeshFormat.of(file);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("no mesh to write");
        }
        Frame frame = parts.getFirst().mesh().frame();
        if (parts.stream().anyMatch(part -> part.mesh().frame() != frame)) {
            throw new IllegalArgumentException("the parts of a file share one frame");
        }
        AtomicFile.write(file, out -> {
            LittleEndianOutput little = new LittleEndianOutput(out);
            switch (format) {
                case STL -> StlFile.write(little, parts);
                case PLY -> PlyFile.write(little, parts);
                case OBJ -> ObjFile.write(little, parts);
                case GLB -> GlbFile.write(little, parts);
                case VTK -> VtkFile.write(little, parts);
                case GII -> GiftiFile.write(out, parts);
            }
            little.flush();
        });
    }

    /**
     * Writes structures with names: into one file where its format names parts, else each into a file of its own beside it,
     * {@code surface-NAME.stl}; what no file's name can have is {@code -} there.
     *
     * @param file whose name the others begin with
     * @return the files that were written
     */
    public static List<Path> writeParts(Path file, List<MeshPart> parts) throws IOException {
        MeshFormat format = MeshFormat.of(file);
        if (format.namesParts()) {
            write(file, parts);
            return List.of(file);
        }
        List<Path> files = ofParts(file, parts.stream().map(MeshPart::name).toList());
        for (int n = 0; n < files.size(); n++) {
            write(files.get(n), List.of(parts.get(n)));
        }
        return files;
    }

    /** The files of parts beside one that does not name parts, in their order; no two of one name. */
    public static List<Path> ofParts(Path file, List<String> names) {
        List<Path> files = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (String name : names) {
            Path own = ofPart(file, name, "");
            // Some disks do not tell capitals from small letters.
            for (int again = 2; !taken.add(own.getFileName().toString().toLowerCase(Locale.ROOT)); again++) {
                own = ofPart(file, name, "-" + again);
            }
            files.add(own);
        }
        return files;
    }

    private static Path ofPart(Path file, String name, String number) {
        // A name may come from a file: it must not lead elsewhere, nor be longer than disks take.
        String clean = cut(name.replaceAll("[^\\p{L}\\p{N}._+-]+", "-"));
        String whole = file.getFileName().toString();
        int dot = whole.toLowerCase(Locale.ROOT).endsWith(SURFACE) ? whole.length() - SURFACE.length() : whole.lastIndexOf('.');
        try {
            return file.resolveSibling(whole.substring(0, dot) + "-" + clean + number + whole.substring(dot));
        } catch (InvalidPathException e) {
            // Letters that the process's locale does not know: no name of a file can have them.
            String plain = clean.replaceAll("\\P{ASCII}+", "-");
            return file.resolveSibling(whole.substring(0, dot) + "-" + plain + number + whole.substring(dot));
        }
    }

    private static String cut(String name) {
        int end = 0;
        for (int bytes = 0; end < name.length(); end = name.offsetByCodePoints(end, 1)) {
            bytes += Character.toString(name.codePointAt(end)).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES_OF_NAME) {
                break;
            }
        }
        return name.substring(0, end);
    }

    /** Reads a mesh file of any of the formats; polygons are cut into triangles, several parts become one mesh. */
    public static Loaded read(Path file) throws IOException {
        MeshFormat format = MeshFormat.of(file);
        InputFiles.requireFile(file);
        long size = Files.size(file);
        if (size > Integer.MAX_VALUE - 16) {
            throw new InputException(file.toString(), "is larger than 2 GB", "decimate the mesh first");
        }
        byte[] bytes = bytes(file);
        try {
            return switch (format) {
                case STL -> StlFile.read(file, bytes);
                case PLY -> PlyReader.read(file, bytes);
                case OBJ -> ObjFile.read(file, bytes);
                case GLB -> GlbReader.read(file, bytes);
                case VTK, GII -> throw new InputException(file.toString(), "is only written here",
                        "write it as .stl, .ply, .obj or .glb to read it again");
            };
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NumberFormatException | ArithmeticException e) {
            throw new InputException(file.toString(), "is damaged or not a " + format + " file", "export it again", e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    /** What a header says so that readers know the frame. */
    static String spaceTag(Frame frame) {
        return SPACE + frame;
    }

    /** The frame that a header states, or null. */
    static Frame statedFrame(String header) {
        for (Frame frame : Frame.values()) {
            if (header.contains(SPACE + frame)) {
                return frame;
            }
        }
        return null;
    }

    /** Makes a mesh of what a file held, once its numbers are known to be good. */
    static Loaded loaded(Path file, MeshFormat format, float[] vertices, int[] triangles, Frame stated) {
        return loaded(file, format, vertices, triangles, stated, List.of());
    }

    static Loaded loaded(Path file, MeshFormat format, float[] vertices, int[] triangles, Frame stated,
            List<String> notes) {
        int count = vertices.length / 3;
        for (int vertex : triangles) {
            if (vertex < 0 || vertex >= count) {
                throw new InputException(file.toString(), "has a triangle with vertex " + vertex + " of " + count,
                        "export it again");
            }
        }
        for (float coordinate : vertices) {
            if (!Float.isFinite(coordinate)) {
                throw new InputException(file.toString(), "has a coordinate that is not a number", "repair the mesh");
            }
        }
        if (triangles.length == 0) {
            throw new InputException(file.toString(), "holds no triangles", "give a mesh with a surface; Gaussians of the published"
                    + " system become a model by medgs convert");
        }
        TriangleMesh mesh = new TriangleMesh(vertices, triangles, stated == null ? Frame.LPS : stated);
        return new Loaded(mesh, format, stated != null, notes);
    }

    /** All parts as one mesh, one after the other. */
    static TriangleMesh joined(List<MeshPart> parts) {
        if (parts.size() == 1) {
            return parts.getFirst().mesh();
        }
        int coordinates = 0;
        int corners = 0;
        for (MeshPart part : parts) {
            coordinates = Math.addExact(coordinates, part.mesh().vertices().length);
            corners = Math.addExact(corners, part.mesh().triangles().length);
        }
        float[] vertices = new float[coordinates];
        int[] triangles = new int[corners];
        int vertexAt = 0;
        int cornerAt = 0;
        for (MeshPart part : parts) {
            System.arraycopy(part.mesh().vertices(), 0, vertices, vertexAt, part.mesh().vertices().length);
            for (int vertex : part.mesh().triangles()) {
                triangles[cornerAt++] = vertex + vertexAt / 3;
            }
            vertexAt += part.mesh().vertices().length;
        }
        return new TriangleMesh(vertices, triangles, parts.getFirst().mesh().frame());
    }
}
