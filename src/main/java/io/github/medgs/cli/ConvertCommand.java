package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.VolumeFiles;
import io.github.medgs.volume.raw.ScalarType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs convert}: one volume format to another. */
@Command(name = "convert", description = "Read a volume in any format, and write it in that of the output's name.",
        mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {

    /** How voxels are stored; {@code AUTO} takes the smallest type that holds every voxel exactly. */
    enum Type {
        AUTO,
        FLOAT32,
        INT16,
        UINT8
    }

    @Parameters(index = "0", paramLabel = "IN", description = "NIfTI, NRRD, MetaImage, a DICOM series (its folder or a file of it) or a folder of PNG slices")
    private Path input;

    @Parameters(index = "1", paramLabel = "OUT", description = "FILE.nii.gz, FILE.nii, FILE.nrrd, or a new folder for 16-bit PNG slices")
    private Path output;

    @Option(names = "--type", paramLabel = "TYPE", defaultValue = "auto", description = "auto, float32, int16 or uint8 (default: ${DEFAULT-VALUE}, the smallest that is exact)")
    private Type type;

    @Option(names = "--force", description = "replace an existing file")
    private boolean force;

    @Mixin
    private VolumeOptions volumeOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        VolumeFiles.requireWritable(output);
        if (Files.isRegularFile(output) && !force) {
            throw new InputException(output.toString(), "exists already", "give another name, or --force");
        }
        Volume volume = volumeOptions.load(input, console);
        ScalarType stored = type == Type.AUTO ? ScalarType.smallestFor(volume.voxels())
                : ScalarType.valueOf(type.name());
        VolumeFiles.write(volume, output, stored);
        String storage = VolumeFiles.isSliceFolder(output) ? "16-bit PNG slices" : stored.name().toLowerCase(Locale.ROOT);
        console.say("wrote " + output + ", " + storage + ", " + volume.describeGrid());
        return Main.DONE;
    }
}
