package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.LabelRenderer;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.reconstruction.DrawnSlices;
import io.github.medgs.reconstruction.OwnSlices;
import io.github.medgs.reconstruction.SliceSpacing;
import io.github.medgs.volume.AcquiredSlices;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.format.VolumeFiles;
import io.github.medgs.volume.png.PngWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs interpolate}: the slices between the slices, from a model. */
@Command(name = "interpolate", description = "Draw a model as a finer volume.", mixinStandardHelpOptions = true)
final class InterpolateCommand implements Callable<Integer> {

    /** Which head to draw. */
    enum Head {
        IMAGE,
        MASK,
        LABELS
    }

    @Parameters(index = "0", paramLabel = "MODEL", description = "a model.medgs")
    private Path modelFile;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", required = true, description = "volume to write")
    private Path output;

    @Option(names = "--head", paramLabel = "HEAD", defaultValue = "image", description = "image, mask, or labels of a model that knows them (default: ${DEFAULT-VALUE})")
    private Head head;

    @Option(names = "--label", paramLabel = "N|NAME", description = "with --head mask: the mask of this label alone, by its number or its name (default: all labels together)")
    private String label;

    @Option(names = "--uncertainty", description = "also write FILE-uncertainty and FILE-band: each voxel's expected absolute error and the half width of its band")
    private boolean uncertainty;

    /** Decibels below which an image is hardly what a model was learnt from; what has just begun to learn has 20 to 25. */
    private static final double UNLIKE = 20;

    @Option(names = "--input", paramLabel = "IMAGE", description = "the volume that the model was learnt from, where the model does not hold its slices")
    private Path input;

    @Option(names = "--at", paramLabel = "MM", description = "draw this one slice, MM millimetres from the first")
    private Double at;

    @Mixin
    private VolumeOptions volumes;

    @Mixin
    private InterpolationOptions interpolation;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        for (Path written : uncertainty ? List.of(output, beside("uncertainty"), beside("band")) : List.of(output)) {
            VolumeFiles.requireWritable(written);
            OutputFile.requireOther(written, modelFile, input);
        }
        SliceSpacing spacing = interpolation.spacing(at);
        interpolation.recipe(uncertainty);
        // With the slices of the input, the model's own drawing of its neighbours is wanted too.
        TrainedModel model = input == null ? ModelFile.readAt(modelFile, spacing::positions) : ModelFile.read(modelFile);
        if (head == Head.LABELS && !model.labelled()) {
            throw new InputException(modelFile.toString(), "knows no labels", "give --head mask, or train one with a label map");
        }
        if (label != null && (head != Head.MASK || !model.labelled())) {
            throw new InputException("--label " + label, "chooses among the masks of a model that knows labels",
                    "give it with --head mask, of such a model");
        }
        int structure = label == null ? LabelRenderer.ALL : model.labels().require(label, modelFile.toString());
        if (!(head == Head.IMAGE ? model.image() : model.mask())) {
            String name = head.name().toLowerCase(Locale.ROOT);
            throw new InputException(modelFile.toString(), "has no " + name + " head",
                    "give --head " + (head == Head.IMAGE ? "mask" : "image") + ", or train one that has");
        }
        boolean unproved = model.acquired() == null;
        boolean[] edited = model.edited();
        if (input != null) {
            model = model.with(acquired(model, console));
        }
        if (head == Head.IMAGE && model.acquired() == null && interpolation.wantsInput()) {
            console.say(modelFile + " does not hold the slices it was learnt from: they are drawn too, and what lies"
                    + " beyond its window is cut off; --input IMAGE gives both back");
        }
        if (uncertainty && (head != Head.IMAGE || model.acquired() == null || !interpolation.wantsInput())) {
            throw new InputException("--uncertainty", "speaks of an image between acquired slices",
                    "draw the image head with --acquired input, of a model that holds its slices or with --input IMAGE");
        }
        try (Engine engine = engineOptions.open(console, splats(model, spacing))) {
            if (input != null && edited != null && model.image()) {
                model = model.with(OwnSlices.edited(engine, model, model.acquired(), edited));
                console.say("slices that were edited are drawn, not taken from " + input);
            }
            if (input != null && unproved && model.image()) {
                sayUnlike(engine, model, console);
            }
            DrawnSlices drawn = DrawnSlices.of(engine, model, null, spacing, interpolation.recipe(uncertainty),
                    head == Head.IMAGE, head != Head.IMAGE, structure, engineOptions.threads(), console);
            if (head == Head.IMAGE) {
                drawn.writeImage(output);
            } else {
                boolean labels = head == Head.LABELS;
                Volume volume = labels ? drawn.labels().volume() : drawn.mask();
                VolumeFiles.write(volume, output, labels ? drawn.labels().remark() : Remark.NONE);
                String lost = labels && VolumeFiles.isSliceFolder(output) ? PngWriter.lossNote(volume) : null;
                if (lost != null) {
                    console.say(output + ": " + lost);
                }
            }
            if (drawn.uncertainty() != null) {
                drawn.writeUncertainty(beside("uncertainty"), beside("band"));
                console.say("wrote " + beside("uncertainty") + " and " + beside("band"));
            }
        }
        console.say("wrote " + output);
        return Main.DONE;
    }

    /** How many splats there are to draw, about: a place between two slices sees the Gaussians of both. */
    private static long splats(TrainedModel model, SliceSpacing spacing) {
        long ofSlice = Math.ceilDiv(model.gaussians().count(), model.geometry().positions().length);
        return 2 * ofSlice * spacing.positions(model.geometry()).length;
    }

    /** The slices of the given input, which must be those of the model. */
    private AcquiredSlices acquired(TrainedModel model, Console console) {
        Volume volume = volumes.load(input, console);
        SliceGeometry geometry = SliceGeometry.of(volume.grid(), model.geometry().axis());
        if (!geometry.equals(model.geometry())) {
            throw new InputException(input.toString(), "is not what " + modelFile + " was learnt from: its slices lie"
                    + " elsewhere (" + volume.describeGrid() + ")", "give that volume");
        }
        AcquiredSlices slices = AcquiredSlices.of(volume, geometry.axis());
        AcquiredSlices own = model.acquired();
        if (own != null && !own.areThoseOf(slices)) {
            throw new InputException(input.toString(), "is not what " + modelFile + " was learnt from: it holds its slices,"
                    + " and they differ", "leave --input out");
        }
        // Those of the model are as the edits left them.
        return own != null && own.anyEdited() ? own : slices;
    }

    /** Another image on the same grid would be mixed with what the model draws. */
    private void sayUnlike(Engine engine, TrainedModel model, Console console) {
        double decibels = OwnSlices.likeness(engine, model);
        if (decibels < UNLIKE) {
            console.say(String.format(Locale.ROOT, "%s is only %.1f dB like what %s draws in its place: was it learnt from"
                    + " that volume?", input, decibels, modelFile));
        }
    }

    /** {@code out.1.nii.gz} becomes {@code out.1-band.nii.gz}; a folder of slices has its whole name before that. */
    private Path beside(String what) {
        String name = output.getFileName().toString();
        String ending = VolumeFiles.ending(name);
        return output.resolveSibling(name.substring(0, name.length() - ending.length()) + "-" + what + ending);
    }
}
