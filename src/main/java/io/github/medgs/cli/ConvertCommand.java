package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.PublishedPly;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.dicom.DicomSource;
import io.github.medgs.volume.dicom.SegmentationWriter;
import io.github.medgs.volume.format.VolumeFiles;
import io.github.medgs.volume.png.PngWriter;
import io.github.medgs.volume.raw.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs convert}: one volume format to another; a model to the published system's point cloud, and back. */
@Command(name = "convert", description = "Read a volume in any format, and write it in that of the output's name. Or a"
        + " model.medgs of the published form to its point_cloud.ply, and back.",
        mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "IN", description = "NIfTI, NRRD, MetaImage, MGZ, a DICOM series (its folder or a file of it) or a folder of PNG slices")
    private Path input;

    @Parameters(index = "1", paramLabel = "OUT", description = "FILE.nii.gz, .nii, .nrrd, .mha, .mhd, .mgz or .mgh, a new folder for 16-bit PNG slices, or FILE.dcm for a mask as a DICOM segmentation")
    private Path output;

    @Option(names = "--type", paramLabel = "TYPE", defaultValue = "auto", description = "int8, uint8, int16, uint16, int32, uint32, int64, uint64, float32, float64 (default: ${DEFAULT-VALUE}, the smallest that is exact); PNG slices are always 16-bit")
    private String type;

    @Option(names = "--force", description = "replace an existing file")
    private boolean force;

    @Option(names = "--like", paramLabel = "IMAGE", description = "the image that IN belongs to: the DICOM series that a segmentation is made for, the image that outlines (RTSTRUCT) are filled on, or the volume that a point_cloud.ply was trained on")
    private Path like;

    @Option(names = "--axis", paramLabel = "AXIS", defaultValue = "auto", description = "of a point_cloud.ply: the axis of the image that its model was trained along, auto (the coarsest spacing), i, j or k (default: ${DEFAULT-VALUE})")
    private SliceAxis axis;

    @Mixin
    private VolumeOptions volumeOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        ScalarType asked = storedType();
        boolean toCloud = isNamed(output, ".ply");
        boolean fromCloud = isNamed(input, ".ply");
        boolean toSegmentation = isNamed(output, ".dcm");
        if (!toCloud && !fromCloud && !toSegmentation) {
            VolumeFiles.requireWritable(output);
        } else {
            AtomicFile.requirePlace(output);
        }
        if (Files.isRegularFile(output) && !force) {
            throw new InputException(output.toString(), "exists already", "give another name, or --force");
        }
        requireOtherThanLike();
        if (toCloud) {
            PublishedPly.write(ModelFile.read(input), output, input.toString());
            console.say("wrote " + output + ": the image head; the format has no mask head, no millimetres and no window");
            return Main.DONE;
        }
        if (fromCloud) {
            readCloud(console);
            return Main.DONE;
        }
        if (toSegmentation) {
            writeSegmentation(console);
            return Main.DONE;
        }
        LoadedVolume loaded = volumeOptions.loadOnto(input, like == null ? null : volumeOptions.load(like, console).grid(),
                console);
        Volume volume = loaded.volume();
        ScalarType stored = asked == null ? VolumeFiles.smallestType(volume, output) : asked;
        Remark remark = Remark.naming(loaded.segments());
        // What floats do not hold, or is no whole number once its scaling is taken off, is exact only with it.
        boolean exact = stored.isInteger() && volume.stored().bits() == null;
        if (asked == null && !exact && VolumeFiles.keepsScaling(volume, output)) {
            stored = volume.stored().storage().type();
            VolumeFiles.write(volume, output, remark);
        } else {
            VolumeFiles.write(volume, output, stored, remark);
        }
        if (VolumeFiles.isSliceFolder(output)) {
            sayLost(PngWriter.lossNote(volume), console);
        } else if (asked == null && stored == ScalarType.FLOAT32 && volume.stored().isDouble()) {
            sayLost("its format has no 64-bit floats: numbers were rounded to 32 bits; .nii.gz keeps them", console);
        }
        String storage = VolumeFiles.isSliceFolder(output) ? "16-bit PNG slices" : stored.name().toLowerCase(Locale.ROOT);
        console.say("wrote " + output + ", " + storage + ", " + volume.describeGrid());
        return Main.DONE;
    }

    /** None of the files of --like is written over; a segmentation that lies beside the slices of a series is none of them. */
    private void requireOtherThanLike() {
        OutputFile.requireOther(output, like);
        if (like == null || !Files.isRegularFile(output)) {
            return;
        }
        if (!Files.isDirectory(like)) {
            OutputFile.requireOther(output, VolumeFiles.filesOf(like).toArray(Path[]::new));
        } else if (isNamed(output, ".dcm") && !isSegmentation(output)) {
            OutputFile.requireOther(output, Folders.filesBelow(like, (_, _) -> { }).toArray(Path[]::new));
        }
    }

    private static boolean isSegmentation(Path file) {
        try {
            return !VolumeFiles.load(file, ReadOptions.DEFAULT).segments().isEmpty();
        } catch (InputException e) {
            // Nor is it a slice, then.
            return true;
        }
    }

    // Null for nothing.
    private void sayLost(String lost, Console console) {
        if (lost != null) {
            console.say(output + ": " + lost);
        }
    }

    private void writeSegmentation(Console console) throws IOException {
        if (like == null) {
            throw new InputException(output.toString(), "is a segmentation, which belongs to a DICOM series",
                    "give the series with --like FOLDER");
        }
        DicomSource series = DicomSource.of(like, volumeOptions.readOptions());
        series.notes().forEach(note -> console.say(like + ": " + note));
        LoadedVolume labels = volumeOptions.loadOnto(input, series.grid(), console);
        List<String> notes = new ArrayList<>();
        Mask mask = new Mask(labels.volume(), input.toString(), Set.of()).onto(series.grid(), false, notes);
        notes.forEach(note -> console.say(input + ": " + note));
        SegmentationWriter.write(mask.volume(), labels.segments(), series, "SEGMENTATION", output)
                .forEach(note -> console.say(output + ": " + note));
        console.say("wrote " + output + ", a DICOM segmentation on " + mask.volume().describeGrid());
    }

    // Null for "auto".
    private ScalarType storedType() {
        try {
            return type.equalsIgnoreCase("auto") ? null : ScalarType.valueOf(type.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InputException("--type " + type, "is not known", "choose auto, uint8, int16, float32 or another"
                    + " type that medgs help convert lists", e);
        }
    }

    private void readCloud(Console console) throws IOException {
        if (like == null) {
            throw new InputException(input.toString(), "does not say where its slices lie or what its values mean",
                    "give the volume it was trained on with --like IMAGE");
        }
        if (!isNamed(output, ".medgs")) {
            throw new InputException(output.toString(), "is no model by its ending", "write to a .medgs file");
        }
        Volume volume = volumeOptions.load(like, console);
        SliceStack stack = SliceStack.of(volume, axis, IntensityWindow.automatic(volume, like.toString()));
        TrainedModel model = PublishedPly.read(input, stack.geometry(), stack.window());
        ModelFile.write(model, output);
        console.say("wrote " + output + ": the image head of " + model.gaussians().count() + " Gaussians, its slices along "
                + stack.geometry().axis().name().toLowerCase(Locale.ROOT) + "; the format has no mask head");
        if (model.geometry().positions().length > stack.count()) {
            console.say("its last slice lies before time 1: one slice was added there, which was never trained");
        }
    }

    private static boolean isNamed(Path path, String ending) {
        return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(ending);
    }
}
