package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.files.InputFiles;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.format.VolumeFiles;
import io.github.medgs.volume.raw.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The form in which others publish interpolation between CT slices, on the public collection CT-ORG: intensities of -1000
 * to 1000 HU become 0 to 1, and every 2nd, 3rd and 4th slice is kept.
 */
final class CtOrgProtocol {

    static final String NAME = "ct-org";
    static final IntensityWindow WINDOW = new IntensityWindow(-1000, 1000);
    static final List<Integer> STRIDES = List.of(2, 3, 4);
    static final List<String> METHODS = List.of("linear", "cubic", "spline", "flow", "motion", "learned", "paper", "default");

    /** CT-ORG keeps its masks beside its volumes, under these names. */
    private static final String MASKS = "labels-";

    private CtOrgProtocol() {}

    /** The files themselves, and of a folder every volume in it in the order of their numbers, or else the folder itself. */
    static List<Path> volumes(List<Path> given, Console console) {
        List<Path> volumes = new ArrayList<>();
        for (Path path : given) {
            InputFiles.requireThere(path);
            List<Path> inside = volumesIn(path);
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

    private static List<Path> volumesIn(Path folder) {
        return Folders.files(folder).stream().filter(VolumeFiles::isNamedAsVolumeOrHeader).toList();
    }
}
