package io.github.medgs.volume;

import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes volumes in every format of ours into a folder, for src/test/python/compare_volumes.py: the n-th argument after
 * the folder becomes {@code written-n.nii}, {@code written-n.nii.gz}, {@code written-n.nrrd} and {@code written-n-png}.
 */
final class ConvertVolumes {

    private ConvertVolumes() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (int n = 1; n < arguments.length; n++) {
            Volume volume = VolumeFiles.read(Path.of(arguments[n]));
            VolumeFiles.write(volume, folder.resolve("written-" + n + ".nii"));
            VolumeFiles.write(volume, folder.resolve("written-" + n + ".nii.gz"), ScalarType.INT16);
            VolumeFiles.write(volume, folder.resolve("written-" + n + ".nrrd"));
            VolumeFiles.write(volume, folder.resolve("written-" + n + "-png"));
        }
    }
}
