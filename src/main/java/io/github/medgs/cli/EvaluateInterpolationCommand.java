package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.StopRequest;
import io.github.medgs.engine.Engine;
import io.github.medgs.evaluation.interpolation.Baseline;
import io.github.medgs.evaluation.interpolation.CaseMeans;
import io.github.medgs.evaluation.interpolation.CaseResult;
import io.github.medgs.evaluation.interpolation.HoldOut;
import io.github.medgs.evaluation.interpolation.HtmlReport;
import io.github.medgs.evaluation.interpolation.InterpolationMethod;
import io.github.medgs.evaluation.interpolation.InterpolationStudy;
import io.github.medgs.evaluation.interpolation.MethodResult;
import io.github.medgs.evaluation.interpolation.PredictedStack;
import io.github.medgs.evaluation.interpolation.ResultFiles;
import io.github.medgs.evaluation.interpolation.TrainedMethod;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.FolderLock;
import io.github.medgs.interslice.Interpolation;
import io.github.medgs.training.Configs;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code medgs evaluate interpolation}: leaves slices out and sees how well they are predicted. Several volumes and
 * strides make one table.
 */
@Command(name = "interpolation",
        description = "Leave slices out, predict them by each method from those kept, and compare with the truth.",
        mixinStandardHelpOptions = true)
final class EvaluateInterpolationCommand implements Callable<Integer> {

    private static final String RESULT = "a report";
    static final String JSON_FILE = "interpolation.json";
    static final String SUMMARY_FILE = "summary.csv";
    static final String SLICES_FILE = "slices.csv";
    static final String MEANS_FILE = "means.csv";
    static final String HTML_FILE = "interpolation.html";

    /** Cases of which pictures are kept: many more than the page has room for. */
    private static final int PICTURED_CASES = 24;

    /** The page, whose pictures take a while, is at most so old while a study runs. */
    private static final long NANOS_BETWEEN_PAGES = 60_000_000_000L;

    private static final Map<String, Interpolation> BASELINES = new LinkedHashMap<>();

    static {
        for (Interpolation kind : Interpolation.values()) {
            if (kind.ofImages()) {
                BASELINES.put(new Baseline(kind, 1).name(), kind);
            }
        }
    }

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "the volumes; with --protocol ct-org folders of them too")
    private List<Path> images;

    @Mixin
    private OutputFolder output;

    @Option(names = "--protocol", paramLabel = "PROTOCOL", description = "ct-org: CT as others publish it: window -1000,1000, strides 2,3,4, methods linear, cubic, spline, flow, motion, learned, paper and default unless --stride or --methods say less")
    private String protocol;

    @Option(names = "--stride", paramLabel = "N", split = ",", defaultValue = "2", description = "keep every Nth slice; several by comma (default: ${DEFAULT-VALUE})")
    private List<Integer> strides;

    @Option(names = "--methods", paramLabel = "NAME", split = ",", defaultValue = "linear,cubic,spline,flow,medgs", description = "linear, cubic, spline, flow, motion (along the motion of the whole stack), learned (the same, corrected by a small network: the in-between target itself), medgs (the preset of --preset), or a preset's name (default: ${DEFAULT-VALUE})")
    private List<String> methodNames;

    @Option(names = "--predicted", paramLabel = "NAME=FILE", description = "one more method: slices that another program predicted from the kept ones, as a volume on the image's grid; repeat for several; for one image and stride")
    private Map<String, Path> predicted = Map.of();

    @Option(names = "--variant", paramLabel = "NAME:PRESET[,KEY=VALUE...]", description = "one more method: a preset with other settings, for ablations; repeat for several")
    private List<String> variants = List.of();

    @Mixin
    private LearningOptions learning;

    @Mixin
    private SliceOptions slices;

    @Mixin
    private VolumeOptions volumeOptions;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Spec
    private CommandSpec spec;

    private final List<InterpolationMethod> others = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        output.check(JSON_FILE, RESULT);
        // A run has a table of its slices too.
        output.checkFiles(List.of(SUMMARY_FILE, SLICES_FILE, MEANS_FILE, HTML_FILE));
        settleProtocol(console);
        if (predicted.isEmpty() && variants.isEmpty()) {
            Once.requireSome("--methods", methodNames);
        }
        Once.requireSome("--stride", strides);
        Once.require("--methods", methodNames);
        Once.require("--stride", strides);
        Once.require("--predicted", predictedNames());
        List<String> names = CaseNames.of(images);
        Map<String, TrainingConfig> trained = trainedMethods();
        checkPredicted(trained);
        // Every file is looked at before the first is worked on; a folder of them need not fit into memory together.
        SliceStack only = null;
        for (Path image : images) {
            only = read(image, console);
        }
        try (Engine engine = trained.isEmpty() ? null : engineOptions.open(console);
                FolderLock _ = output.lock(JSON_FILE, RESULT); Interrupt interrupt = new Interrupt()) {
            return study(names, only, trained, engine, interrupt, console);
        }
    }

    private int study(List<String> names, SliceStack only, Map<String, TrainingConfig> trained, Engine engine,
            StopRequest stop, Console console) throws IOException {
        List<CaseResult> results = new ArrayList<>();
        long pageWritten = System.nanoTime();
        try {
            for (int n = 0; n < images.size(); n++) {
                SliceStack stack = images.size() == 1 ? only
                        : stack(volumeOptions.load(images.get(n), Console.MUTE), images.get(n));
                String volume = names.get(n);
                for (int stride : strides) {
                    console.say(volume + ", stride " + stride);
                    List<InterpolationMethod> methods = methods(trained, engine, console, stop);
                    CaseResult result = new InterpolationStudy(stack, stride, engineOptions.threads())
                            .run(volume, methods, methods.getLast().name());
                    result.methods().forEach(method -> console.say(line(method)));
                    results.add(results.size() < PICTURED_CASES ? result : result.withoutPictures());
                    // After every case: a study of hours must not lose what it has.
                    write(results);
                    if (System.nanoTime() - pageWritten > NANOS_BETWEEN_PAGES) {
                        writePage(results);
                        pageWritten = System.nanoTime();
                    }
                }
            }
        } catch (CancellationException e) {
            writePage(results);
            console.say("interrupted; the reports hold what was finished: " + results.size() + " of "
                    + images.size() * strides.size());
            return Main.INTERRUPTED;
        }
        writePage(results);
        if (images.size() > 1) {
            CaseMeans.of(results).forEach(mean -> console.say(mean.line()));
        }
        console.say("wrote " + output.resolve(HTML_FILE));
        return Main.DONE;
    }

    /** What the protocol says, where the user has not said less. */
    private void settleProtocol(Console console) {
        if (protocol == null) {
            return;
        }
        if (!protocol.equals(CtOrgProtocol.NAME)) {
            throw new InputException("--protocol " + protocol, "is not known", "write " + CtOrgProtocol.NAME);
        }
        if (slices.window() != null) {
            throw new InputException("--window", "is the protocol's", "leave it out, or leave out --protocol");
        }
        images = CtOrgProtocol.volumes(images, console);
        strides = given("--stride") ? strides : CtOrgProtocol.STRIDES;
        methodNames = given("--methods") ? methodNames : CtOrgProtocol.METHODS;
    }

    private boolean given(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private SliceStack stack(Volume volume, Path file) {
        return protocol == null ? slices.stack(volume, file) : slices.stack(volume, CtOrgProtocol.WINDOW);
    }

    /** As they were given: the map has the last of those that are called alike. */
    private List<String> predictedNames() {
        return given("--predicted") ? spec.commandLine().getParseResult().matchedOption("--predicted").originalStringValues()
                .stream().map(value -> value.substring(0, Math.max(0, value.indexOf('=')))).toList() : List.of();
    }

    private void checkPredicted(Map<String, TrainingConfig> trained) {
        if (!predicted.isEmpty() && (images.size() > 1 || strides.size() > 1)) {
            throw new InputException("--predicted", "is for one image and one --stride",
                    "evaluate them one after the other");
        }
        for (String name : predicted.keySet()) {
            if (name.isBlank() || trained.containsKey(name) || methodNames.contains(name)) {
                throw new InputException("--predicted " + name, "has no name of its own",
                        "write NAME=FILE, as in other=predicted.nii.gz");
            }
        }
    }

    private void write(List<CaseResult> results) throws IOException {
        AtomicFile.writeText(output.resolve(JSON_FILE), ResultFiles.json(results));
        AtomicFile.writeText(output.resolve(SUMMARY_FILE), ResultFiles.summaryCsv(results));
        AtomicFile.writeText(output.resolve(SLICES_FILE), ResultFiles.sliceCsv(results));
        AtomicFile.writeText(output.resolve(MEANS_FILE), CaseMeans.csv(CaseMeans.of(results)));
    }

    private void writePage(List<CaseResult> results) throws IOException {
        AtomicFile.writeText(output.resolve(HTML_FILE), HtmlReport.of(results));
    }

    private static String line(MethodResult method) {
        if (Double.isNaN(method.psnr())) {
            return String.format(Locale.ROOT, "  %-12s nothing to score: every slice that was left out is one single value",
                    method.method());
        }
        return String.format(Locale.ROOT, "  %-12s PSNR %6.2f dB, SSIM %.4f, error %.5f, roughness %.5f, %.1f s",
                method.method(), method.psnr(), method.ssim(), method.meanAbsoluteError(), method.roughness(),
                method.fitSeconds());
    }

    private SliceStack read(Path image, Console console) {
        Volume volume = volumeOptions.load(image, console);
        SliceStack stack = stack(volume, image);
        NotFinite.say(image, stack.nonFiniteCount(), console);
        predicted.forEach((name, file) -> {
            PredictedStack other = PredictedStack.of(name, file.toString(), volumeOptions.loadBeside(file, console), stack,
                    volume.grid());
            NotFinite.say(file, other.nonFiniteCount(), console);
            others.add(other);
        });
        for (int stride : strides) {
            if (stride < 2) {
                throw new InputException("--stride " + stride, "leaves no slice out", "give 2 or more");
            }
            if (stack.count() < HoldOut.fewestSlices(stride)) {
                throw new InputException(image.toString(), "has only " + stack.count() + " slices for --stride " + stride,
                        "choose a smaller stride, or another --axis");
            }
        }
        return stack;
    }

    /** The trained methods asked for, by name, all configurations checked. */
    private Map<String, TrainingConfig> trainedMethods() {
        Map<String, TrainingConfig> trained = new LinkedHashMap<>();
        for (String name : methodNames) {
            if (name.equals("medgs")) {
                trained.put(name, learning.config());
            } else if (Configs.PRESETS.contains(name)) {
                trained.put(name, learning.ofPreset(name));
            } else if (!BASELINES.containsKey(name)) {
                throw new InputException("--methods " + name, "is not known", "choose among "
                        + String.join(", ", BASELINES.keySet()) + ", medgs, " + String.join(", ", Configs.PRESETS));
            }
        }
        // Where nothing is trained they say nothing wrong.
        if (!trained.isEmpty() && !trained.containsKey("medgs")) {
            refuse("--preset", "is for the method medgs", "add it to --methods, or leave the option out");
            refuse("--config", "is for the method medgs", "add it to --methods, or leave the option out");
        }
        for (String variant : variants) {
            TrainedMethods.addVariant(variant, learning.settings(), BASELINES.keySet(), trained);
        }
        TrainedMethods.requireImages(trained);
        return trained;
    }

    private void refuse(String option, String reason, String remedy) {
        if (given(option)) {
            throw new InputException(option, reason, remedy);
        }
    }

    private List<InterpolationMethod> methods(Map<String, TrainingConfig> trained, Engine engine, Console console,
            StopRequest stop) {
        List<InterpolationMethod> methods = new ArrayList<>();
        for (String name : methodNames) {
            if (BASELINES.containsKey(name)) {
                methods.add(new Baseline(BASELINES.get(name), engineOptions.threads()));
            }
        }
        methods.addAll(others);
        trained.forEach((name, settled) -> methods.add(new TrainedMethod(name, settled, engine,
                engineOptions.threads(), TrainedMethods.watched(name, console), stop)));
        return methods;
    }
}
