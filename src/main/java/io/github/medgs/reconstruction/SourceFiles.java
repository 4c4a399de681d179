package io.github.medgs.reconstruction;

import io.github.medgs.volume.format.VolumeFiles;
import java.nio.file.Path;
import java.util.List;

/** What a run reads, for those who ask whether it has changed since. */
public final class SourceFiles {

    private SourceFiles() {}

    /**
     * The files that an input's voxels come from: itself first, then those beside it that its header names, or that its
     * DICOM series goes on in.
     *
     * @param file an image, a mask or any other input; not a folder
     */
    public static List<Path> of(Path file) {
        return VolumeFiles.filesOf(file);
    }
}
