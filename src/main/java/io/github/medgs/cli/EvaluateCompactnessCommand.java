package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.StopRequest;
import io.github.medgs.engine.Engine;
import io.github.medgs.evaluation.compactness.CompactnessFiles;
import io.github.medgs.evaluation.compactness.CompactnessResult;
import io.github.medgs.evaluation.compactness.CompactnessStudy;
import io.github.medgs.evaluation.interpolation.HoldOut;
import io.github.medgs.evaluation.interpolation.TrainedMethod;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.FolderLock;
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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs evaluate compactness}: how many bytes buy how many decibels. */
@Command(name = "compactness",
        description = "How many bytes a model of every Nth slice takes, from fine rounding to coarse, and how well it draws those slices and the ones between.",
        mixinStandardHelpOptions = true)
final class EvaluateCompactnessCommand implements Callable<Integer> {

    static final String JSON_FILE = "compactness.json";
    static final String CSV_FILE = "compactness.csv";
    static final String HTML_FILE = "compactness.html";
    private static final String REPORT = "a report";

    @Parameters(paramLabel = "IMAGE", description = "the volume")
    private Path image;

    @Mixin
    private OutputFolder output;

    @Option(names = "--stride", paramLabel = "N", defaultValue = "2", description = "keep every Nth slice (default: ${DEFAULT-VALUE})")
    private int stride;

    @Option(names = "--presets", paramLabel = "NAME", split = ",", defaultValue = "default,compact", description = "presets to train (default: ${DEFAULT-VALUE})")
    private List<String> presets;

    @Option(names = "--variant", paramLabel = "NAME:PRESET[,KEY=VALUE...]", description = "one more: a preset with other settings; repeat for several")
    private List<String> variants = List.of();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "one configuration key of all of them; repeat for several")
    private List<String> settings = List.of();

    @Mixin
    private SliceOptions slices;

    @Mixin
    private VolumeOptions volumeOptions;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        output.check(JSON_FILE, REPORT);
        for (String file : List.of(CompactnessStudy.KEPT, CSV_FILE, HTML_FILE)) {
            OutputFile.requireOther(output.resolve(file), image);
            output.check(file, file);
        }
        Once.requireSome("--presets", presets);
        Once.require("--presets", presets);
        Map<String, TrainingConfig> trained = trained();
        Volume volume = volumeOptions.load(image, console);
        SliceStack stack = slices.stack(volume, image);
        NotFinite.say(image, stack.nonFiniteCount(), console);
        if (stride < 2) {
            throw new InputException("--stride " + stride, "leaves no slice out", "give 2 or more");
        }
        if (!volume.grid().isRegular()) {
            throw new InputException(image.toString(), "has slices that are not equally far apart (" + volume.grid().describe()
                    + ")", "give evenly cut ones: sizes are compared with that of a .nii.gz, which holds no others");
        }
        if (stack.count() < HoldOut.fewestSlices(stride)) {
            throw new InputException(image.toString(), "has only " + stack.count() + " slices for --stride " + stride,
                    "choose a smaller stride, or another --axis");
        }
        try (Engine engine = engineOptions.open(console); FolderLock _ = output.lock(JSON_FILE, REPORT); Interrupt interrupt = new Interrupt()) {
            return study(volume, stack, trained, engine, interrupt, console);
        }
    }

    private int study(Volume volume, SliceStack stack, Map<String, TrainingConfig> trained, Engine engine, StopRequest stop,
            Console console) throws IOException {
        try {
            List<TrainedMethod> methods = new ArrayList<>();
            trained.forEach((name, config) -> methods.add(new TrainedMethod(name, config, engine, engineOptions.threads(),
                    TrainedMethods.watched(name, console), stop)));
            CompactnessResult result = new CompactnessStudy(volume, stack, stride, engine, engineOptions.threads(),
                    output.path).run(image.getFileName().toString(), methods);
            AtomicFile.writeText(output.resolve(JSON_FILE), CompactnessFiles.json(result));
            AtomicFile.writeText(output.resolve(CSV_FILE), CompactnessFiles.csv(result));
            AtomicFile.writeText(output.resolve(HTML_FILE), CompactnessFiles.page(result));
            result.points().forEach(point -> console.say(line(point, result)));
        } catch (CancellationException e) {
            console.say("interrupted; nothing was written");
            return Main.INTERRUPTED;
        }
        console.say("wrote " + output.resolve(HTML_FILE));
        return Main.DONE;
    }

    private Map<String, TrainingConfig> trained() {
        Map<String, TrainingConfig> trained = new LinkedHashMap<>();
        for (String preset : presets) {
            if (!Configs.PRESETS.contains(preset)) {
                throw new InputException("--presets " + preset, "is not known",
                        "choose among " + String.join(", ", Configs.PRESETS));
            }
            trained.put(preset, Configs.load(preset, null, settings));
        }
        variants.forEach(variant -> TrainedMethods.addVariant(variant, settings, Set.of(), trained));
        TrainedMethods.requireImages(trained);
        return trained;
    }

    private static String line(CompactnessResult.Point point, CompactnessResult result) {
        return String.format(Locale.ROOT, "  %-12s %-10s %,12d bytes, %.2f of the .nii.gz, own %s, between %s%s",
                point.method(), point.step() == null ? "floats" : String.format(Locale.ROOT, "step %.4f", point.step()),
                point.bytes(), (double) point.bytes() / result.niftiBytes(), decibels(point.ownPsnr()), decibels(point.psnr()),
                Double.isNaN(point.ssim()) ? "" : String.format(Locale.ROOT, ", SSIM %.4f", point.ssim()));
    }

    private static String decibels(double psnr) {
        return Double.isNaN(psnr) ? "nothing to score (every slice is one single value)" : String.format(Locale.ROOT, "%.2f dB", psnr);
    }
}
