package io.github.medgs.surface;

import io.github.medgs.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The mesh files that are written, each named by its ending; most are read too. */
public enum MeshFormat {
    STL, PLY, OBJ, GLB, VTK, GII;

    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether files of this format are read, too. */
    public boolean isRead() {
        return this != VTK && this != GII;
    }

    /** The patient coordinates that its files have: those that are wanted, but GIFTI's are always RAS. */
    public Frame frame(Frame wanted) {
        return this == GII ? Frame.RAS : wanted;
    }

    /** Whether one file tells several parts apart by their names. */
    public boolean namesParts() {
        return this == GLB || this == OBJ;
    }

    /** Whether a file's name ends like a mesh's. */
    public static boolean matches(Path file) {
        return Arrays.stream(values()).anyMatch(format -> lowerName(file).endsWith("." + format.extension()));
    }

    /** @throws InputException for any other ending */
    public static MeshFormat of(Path file) {
        for (MeshFormat format : values()) {
            if (lowerName(file).endsWith("." + format.extension())) {
                return format;
            }
        }
        throw new InputException(file.toString(), "is no mesh file by its ending", "use "
                + Arrays.stream(values()).map(format -> "." + format.extension()).collect(Collectors.joining(", ")));
    }

    private static String lowerName(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }
}
