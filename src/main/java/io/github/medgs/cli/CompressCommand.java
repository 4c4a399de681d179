package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.LabelRenderer;
import io.github.medgs.evaluation.compactness.Compression;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.model.CompactModel;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs compress}: a model in fewer bytes. */
@Command(name = "compress", description = "Write a model, of one mask or of many labels, in few bytes: parameters rounded and coded, the acquired slices left out. Every command that takes a model takes it.",
        mixinStandardHelpOptions = true)
final class CompressCommand implements Callable<Integer> {

    /** Half of it is the step of 8-bit pictures: drawings are off by about as much. */
    private static final double USUAL_STEP = 1.0 / 128;
    private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(B|kB|MB)?", Pattern.CASE_INSENSITIVE);

    @Parameters(paramLabel = "MODEL", description = "a model.medgs")
    private Path modelFile;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", required = true, description = "model to write")
    private Path output;

    @Option(names = "--own-slices", paramLabel = "DB", description = "as small as it can be while its own slices stay at this PSNR, against the acquired ones where the model holds them, and its labels at a Dice of 0.99")
    private Double decibels;

    @Option(names = "--size", paramLabel = "SIZE", description = "as good as it can be in a file of this size, as in 200kB (1 kB is 1000 bytes)")
    private String size;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        if (decibels != null && size != null) {
            throw new InputException("--own-slices and --size", "ask for two things at once", "give one of them");
        }
        long most = size == null ? Long.MAX_VALUE : bytes(size);
        if (Files.isDirectory(output)) {
            throw new InputException(output.toString(), "is a folder", "name a file, as in " + output.resolve("compact.medgs"));
        }
        OutputFile.requireOther(output, modelFile);
        AtomicFile.requirePlace(output);
        TrainedModel model = ModelFile.read(modelFile);
        if (CompactModel.whyNot(model) != null) {
            throw new InputException(modelFile.toString(), CompactModel.whyNot(model),
                    "train one with another preset, as default or compact");
        }
        Compression.Found found;
        String labels;
        try (Engine engine = engineOptions.open(console);
                Console.Progress progress = console.begin("compressing", 100)) {
            Compression compression = new Compression(engine, model);
            if (!compression.againstAcquired()) {
                console.say("decibels are against the model's own drawing: it does not hold its acquired slices");
            }
            found = decibels != null ? compression.ofQuality(decibels, done -> progress.to((int) (100 * done)))
                    : size != null ? compression.ofSize(most, done -> progress.to((int) (100 * done)))
                    : compression.atStep(USUAL_STEP);
            labels = model.labelled() ? ownLabels(engine, found.compact().model()) : "";
            progress.to(100);
        }
        check(found, most);
        found.compact().write(output);
        console.say(String.format(Locale.ROOT, "wrote %s: %,d bytes, %,d Gaussians, own slices %.2f dB%s%s", output,
                found.compact().bytes(), found.compact().model().gaussians().count(), found.ownPsnr(), labels,
                model.acquired() == null ? "" : "; the acquired slices are left out, --input IMAGE of medgs interpolate"
                        + " gives them back" + (found.compact().model().edited() == null ? ""
                                : ", but those that were edited")));
        return Main.DONE;
    }

    // The label that is drawn least well on the model's own slices.
    private static String ownLabels(Engine engine, TrainedModel model) {
        double[] dice = new LabelRenderer(engine, model).ownDice();
        int least = IntStream.range(0, dice.length).reduce((a, b) -> dice[b] < dice[a] ? b : a).orElseThrow();
        // Never rounded up to 1.
        return dice[least] == 1 ? String.format(Locale.ROOT, ", its %d labels exactly", dice.length)
                : String.format(Locale.ROOT, ", Dice of its %d labels at least %.4f (%s)", dice.length,
                        Math.floor(1e4 * dice[least]) / 1e4, model.labels().labels().get(least).name());
    }

    private void check(Compression.Found found, long most) {
        if (decibels != null && found.ownPsnr() < decibels) {
            throw new InputException("--own-slices " + decibels, String.format(Locale.ROOT,
                    "is more than %s has: with hardly any rounding it holds its slices at %.2f dB", modelFile,
                    found.ownPsnr()), "ask for less, or train it longer");
        }
        if (found.compact().bytes() > most) {
            throw new InputException("--size " + size, String.format(Locale.ROOT, "is too small for %,d Gaussians: the"
                    + " smallest form takes %,d bytes", found.compact().model().gaussians().count(),
                    found.compact().bytes()), "allow more, or train fewer (start.pixelsPerGaussian)");
        }
    }

    private static long bytes(String size) {
        Matcher words = SIZE.matcher(size.strip());
        if (!words.matches()) {
            throw new InputException("--size " + size, "is no size", "write a number of bytes, kB or MB, as in 200kB");
        }
        String unit = words.group(2) == null ? "b" : words.group(2).toLowerCase(Locale.ROOT);
        return (long) (Double.parseDouble(words.group(1)) * (unit.equals("mb") ? 1e6 : unit.equals("kb") ? 1e3 : 1));
    }
}
