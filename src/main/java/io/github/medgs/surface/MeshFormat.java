package io.github.medgs.surface;

import io.github.medgs.InputException;
import java.nio.file.Path;
import java.util.Locale;

/** The mesh files that are written and read, each named by its ending. */
public enum MeshFormat {
    STL, PLY, OBJ, GLB;

    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a file's name ends like a mesh's. */
    public static boolean matches(Path file) {
        for (MeshFormat format : values()) {
            if (lowerName(file).endsWith("." + format.extension())) {
                return true;
            }
        }
        return false;
    }

    /** @throws InputException for any other ending */
    public static MeshFormat of(Path file) {
        for (MeshFormat format : values()) {
            if (lowerName(file).endsWith("." + format.extension())) {
                return format;
            }
        }
        throw new InputException(file.toString(), "is no mesh file by its ending", "use .stl, .ply, .obj or .glb");
    }

    private static String lowerName(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }
}
