package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.files.InputFiles;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The form in which others publish interpolation between CT slices, on the public collection CT-ORG: intensities of -1000
 * to 1000 HU become 0 to 1, and every 2nd, 3rd and 4th slice is kept.
 */
final class CtOrgProtocol {

    static final String NAME = "ct-org";
    static final IntensityWindow WINDOW = new IntensityWindow(-1000, 1000);
    static final List<Integer> STRIDES = List.of(2, 3, 4);
    static final List<String> METHODS = List.of("linear", "cubic", "spline", "flow", "motion", "paper", "default");

    /** CT-ORG keeps its masks beside its volumes, under these names. */
    private static final String MASKS = "labels-";

    private CtOrgProtocol() {}

    /** The files themselves, and of a folder every volume in it in the order of their numbers, or else the folder itself. */
    static List<Path> volumes(List<Path> given, Console console) throws IOException {
        List<Path> volumes = new ArrayList<>();
        for (Path path : given) {
            InputFiles.requireThere(path);
            List<Path> inside = Files.isDirectory(path) ? volumesIn(path) : List.of();
            List<Path> images = inside.stream().filter(file -> !file.getFileName().toString().startsWith(MASKS)).toList();
            if (inside.size() > images.size()) {
                console.say(path + ": " + (inside.size() - images.size()) + " files named " + MASKS + "... are left out");
            }
            if (!inside.isEmpty() && images.isEmpty()) {
                throw new InputException(path.toString(), "holds masks only", "give the folder of the CTs");
            }
            volumes.addAll(images.isEmpty() ? List.of(path) : images);
        }
        return volumes;
    }

    private static List<Path> volumesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).filter(CtOrgProtocol::isVolume)
                    .sorted((a, b) -> compare(a.getFileName().toString(), b.getFileName().toString())).toList();
        }
    }

    private static boolean isVolume(Path file) {
        return !file.getFileName().toString().startsWith(".") && VolumeFiles.isNamedAsVolume(file);
    }

    /** So that volume-10 comes after volume-9. */
    private static int compare(String a, String b) {
        String[] first = a.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");
        String[] second = b.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");
        return Arrays.compare(first, second, (x, y) -> x.matches("\\d{1,9}") && y.matches("\\d{1,9}")
                ? Integer.compare(Integer.parseInt(x), Integer.parseInt(y)) : x.compareTo(y));
    }
}
