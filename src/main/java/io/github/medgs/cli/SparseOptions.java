package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.evaluation.funsr.FunsrSurface;
import io.github.medgs.evaluation.surface.LearnedSurface;
import io.github.medgs.evaluation.surface.MorphologicalContours;
import io.github.medgs.evaluation.surface.PoissonReconstruction;
import io.github.medgs.evaluation.surface.PredictedSurface;
import io.github.medgs.evaluation.surface.SparseFiles;
import io.github.medgs.evaluation.surface.SparseProtocol;
import io.github.medgs.evaluation.surface.SurfaceMethod;
import io.github.medgs.evaluation.surface.ThresholdedSurface;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.FolderLock;
import io.github.medgs.training.Heads;
import io.github.medgs.training.TrainingListener;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The sparse protocol: {@code evaluate sparse}, or {@code evaluate surface --protocol sparse}. */
final class SparseOptions {

    private static final String THRESHOLDED = "thresholded-";

    static final String CSV_FILE = "sparse.csv";
    private static final String RESULT = "a report";
    static final String JSON_FILE = "sparse.json";
    static final String HTML_FILE = "sparse.html";
    static final String PICTURE_FILE = "sparse.png";

    @Option(names = "--stride", paramLabel = "N", split = ",", defaultValue = "2", description = "keep every Nth slice; several by comma (default: ${DEFAULT-VALUE})")
    private List<Integer> strides;

    @Option(names = "--methods", paramLabel = "NAME", split = ",", defaultValue = "joint,mask,iso,shape,mci,poisson,thresholded-poisson", description = "joint and mask (MedGS), iso, shape (of Raya and Udupa), mci, poisson, funsr (a neural signed distance: an hour or more at its full length), spline (the target shape), mixed and learned (MedGS' in-between targets themselves); thresholded-NAME: inside or outside, nothing between (default: ${DEFAULT-VALUE})")
    private List<String> methods;

    @Option(names = "--funsr-steps", paramLabel = "N", defaultValue = "" + FunsrSurface.PUBLISHED_STEPS, description = "steps of funsr, its published schedule drawn together; its row names them; the rate ends at 0, so the last one moves nothing, and 1 leaves the sphere it begins with (default: ${DEFAULT-VALUE})")
    private int funsrSteps;

    @Option(names = "--offsets", paramLabel = "N", split = ",", defaultValue = "0", description = "the first kept slice, below the stride; several by comma, or all (default: ${DEFAULT-VALUE})")
    private List<String> offsets;

    @Mixin
    private MaskOptions masks;

    @Mixin
    private LearningOptions learning;

    @Mixin
    private SliceOptions slices;

    void run(Path image, Path mask, Set<Long> labels, OutputFolder output, VolumeOptions volumes, EngineOptions engines,
            Console console) throws IOException {
        output.check(JSON_FILE, RESULT);
        output.checkFiles(List.of(CSV_FILE, HTML_FILE, PICTURE_FILE));
        Once.requireSome("--methods", methods);
        Once.requireSome("--stride", strides);
        Once.requireSome("--offsets", offsets);
        Once.require("--methods", methods);
        Once.require("--stride", strides);
        strides.forEach(stride -> Once.require("--offsets", offsets(stride)));
        boolean learned = anyLearned(methods);
        for (String name : methods) {
            method(name, null, console, engines.threads());
        }
        Volume volume = volumes.load(image, console);
        SliceStack stack = slices.stack(volume, image);
        NotFinite.say(image, stack.nonFiniteCount(), console);
        for (int stride : strides) {
            offsets(stride).forEach(offset -> SparseProtocol.check(stack.count(), stride, offset));
        }
        Mask truth = volumes.loadMask(mask, labels, masks, volume.grid(), console);
        Map<Integer, List<Integer>> first = firstSlices(stack, truth, console);
        List<SparseFiles.Case> cases = new ArrayList<>();
        try (Engine engine = learned ? engines.open(console) : null; FolderLock _ = output.lock(JSON_FILE, RESULT)) {
            List<SurfaceMethod> chosen = new ArrayList<>();
            for (String name : methods) {
                chosen.add(method(name, engine, console, engines.threads()));
            }
            for (int stride : strides) {
                for (int offset : first.get(stride)) {
                    SparseProtocol protocol = new SparseProtocol(stack, truth, stride, offset, engines.threads());
                    console.say(mask.getFileName() + ", every slice kept whose number divided by " + stride + " leaves "
                            + offset);
                    List<SparseProtocol.Row> rows = protocol.run(chosen, name -> { });
                    rows.forEach(row -> console.say(SparseFiles.line(row)));
                    cases.add(new SparseFiles.Case(mask.getFileName().toString(), stride, offset, rows));
                    // After every one: hours of work must not be lost with the last.
                    write(output, cases);
                }
            }
            SparseFiles.means(cases).stream().filter(mean -> mean.choices() > 1)
                    .forEach(mean -> console.say(mean.line()));
        }
        console.say("wrote " + output.resolve(HTML_FILE));
    }

    /** Whether any of these methods needs an engine. */
    static boolean anyLearned(List<String> names) {
        return names.stream().anyMatch(name -> name.endsWith("joint") || name.endsWith("mask") || name.endsWith("funsr"));
    }

    List<String> methods() {
        return methods;
    }

    SliceOptions slices() {
        return slices;
    }

    Mask mask(Path file, Set<Long> labels, VolumeOptions volumes, Grid image, Console console) {
        return volumes.loadMask(file, labels, masks, image, console);
    }

    /** For each stride the first slices from which kept ones meet the structure: of all of them, those that do not are left out. */
    private Map<Integer, List<Integer>> firstSlices(SliceStack stack, Mask truth, Console console) {
        Map<Integer, List<Integer>> first = new HashMap<>();
        boolean[] inside = SparseProtocol.inside(stack, truth);
        for (int stride : strides) {
            List<Integer> meeting = new ArrayList<>(offsets(stride));
            meeting.removeIf(offset -> !SparseProtocol.meets(inside, stride, offset));
            List<Integer> missing = new ArrayList<>(offsets(stride));
            missing.removeAll(meeting);
            if (!missing.isEmpty() && (meeting.isEmpty() || !offsets.equals(List.of("all")))) {
                throw SparseProtocol.nothingKept(truth, stride, missing.getFirst());
            }
            missing.forEach(offset -> console.say(truth.name() + " has nothing on the slices kept at stride " + stride
                    + " from slice " + offset + " on: left out"));
            first.put(stride, meeting);
        }
        return first;
    }

    private List<Integer> offsets(int stride) {
        if (offsets.equals(List.of("all"))) {
            return IntStream.range(0, Math.max(1, stride)).boxed().toList();
        }
        try {
            return offsets.stream().map(Integer::valueOf).toList();
        } catch (NumberFormatException e) {
            throw new InputException("--offsets " + String.join(",", offsets), "is neither numbers nor all",
                    "give for instance 0,1 or all");
        }
    }

    private static void write(OutputFolder output, List<SparseFiles.Case> cases) throws IOException {
        AtomicFile.writeText(output.resolve(CSV_FILE), SparseFiles.csv(cases));
        AtomicFile.writeText(output.resolve(JSON_FILE), SparseFiles.json(cases));
        AtomicFile.writeText(output.resolve(HTML_FILE), SparseFiles.html(cases));
        byte[] picture = SparseFiles.picture(cases);
        AtomicFile.write(output.resolve(PICTURE_FILE), out -> out.write(picture));
    }

    /** @param engine {@code null} to see whether there is such a method */
    SurfaceMethod method(String name, Engine engine, Console console, int threads) {
        TrainingListener listener = new TrainingListener() {
            @Override
            public void note(String line) {
                console.say(line);
            }
        };
        if (name.startsWith(THRESHOLDED)) {
            return new ThresholdedSurface(method(name.substring(THRESHOLDED.length()), engine, console, threads));
        }
        return switch (name) {
            case "iso" -> PredictedSurface.ISO;
            case "shape" -> PredictedSurface.SHAPE_BASED;
            case "poisson" -> new PoissonReconstruction();
            case "mci" -> new MorphologicalContours();
            case "spline" -> PredictedSurface.SPLINED;
            case "mixed" -> PredictedSurface.MIXED;
            case "learned" -> PredictedSurface.LEARNED;
            case "funsr" -> funsr(engine, console, threads);
            case "joint" -> new LearnedSurface(engine, learning.config(),
                    Heads.JOINT, threads, listener);
            case "mask" -> new LearnedSurface(engine, learning.config("mesh"),
                    Heads.MASK, threads, listener);
            default -> throw new InputException("--methods " + name, "is not known",
                    "choose among joint, mask, iso, shape, mci, poisson, funsr, spline, mixed, learned, or thresholded- before one of them");
        };
    }

    private SurfaceMethod funsr(Engine engine, Console console, int threads) {
        if (funsrSteps < 1) {
            throw new InputException("--funsr-steps " + funsrSteps, "is no number of steps",
                    "give 1 or more, or leave it out for the published " + FunsrSurface.PUBLISHED_STEPS);
        }
        return new FunsrSurface(funsrSteps, learning.config().seed(), engine, threads,
                TrainedMethods.watched("FUNSR", console), TrainedMethods.watchedAs("drawing FUNSR", console));
    }
}
