package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.evaluation.surface.LearnedSurface;
import io.github.medgs.evaluation.surface.PoissonReconstruction;
import io.github.medgs.evaluation.surface.PredictedSurface;
import io.github.medgs.evaluation.surface.SparseFiles;
import io.github.medgs.evaluation.surface.SparseProtocol;
import io.github.medgs.evaluation.surface.SurfaceMethod;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.training.Heads;
import io.github.medgs.training.TrainingListener;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The sparse protocol: {@code evaluate sparse}, or {@code evaluate surface --protocol sparse}. */
final class SparseOptions {

    static final String CSV_FILE = "sparse.csv";
    static final String JSON_FILE = "sparse.json";
    static final String PICTURE_FILE = "sparse.png";

    @Option(names = "--stride", paramLabel = "N", split = ",", defaultValue = "2", description = "keep every Nth slice; several by comma (default: ${DEFAULT-VALUE})")
    private List<Integer> strides;

    @Option(names = "--methods", paramLabel = "NAME", split = ",", defaultValue = "joint,mask,iso,shape,poisson", description = "joint and mask (MedGS), iso, shape, poisson, spline (MedGS' in-between target itself) (default: ${DEFAULT-VALUE})")
    private List<String> methods;

    @Mixin
    private MaskOptions masks;

    @Mixin
    private LearningOptions learning;

    @Mixin
    private SliceOptions slices;

    void run(Path image, Path mask, Set<Long> labels, OutputFolder output, VolumeOptions volumes, EngineOptions engines,
            Console console) throws IOException {
        output.check(JSON_FILE, "a report");
        boolean learned = methods.contains("joint") || methods.contains("mask");
        for (String name : methods) {
            method(name, null, console, engines.threads());
        }
        Volume volume = volumes.load(image, console);
        SliceStack stack = slices.stack(volume);
        Mask truth = volumes.loadMask(mask, labels, masks, volume.grid(), console);
        List<SparseFiles.Case> cases = new ArrayList<>();
        try (Engine engine = learned ? engines.open(console) : null) {
            List<SurfaceMethod> chosen = new ArrayList<>();
            for (String name : methods) {
                chosen.add(method(name, engine, console, engines.threads()));
            }
            for (int stride : strides) {
                SparseProtocol protocol =
                        new SparseProtocol(stack, truth, stride, engines.threads());
                console.say(mask.getFileName() + ", every slice number that divides by " + stride + " kept");
                List<SparseProtocol.Row> rows = protocol.run(chosen, name -> { });
                rows.forEach(row -> console.say(SparseFiles.line(row)));
                cases.add(new SparseFiles.Case(mask.getFileName().toString(), stride, rows));
                // After every stride: hours of work must not be lost with the last.
                write(output, cases);
            }
        }
        console.say("wrote " + output);
    }

    private static void write(OutputFolder output, List<SparseFiles.Case> cases) throws IOException {
        AtomicFile.writeText(output.resolve(CSV_FILE), SparseFiles.csv(cases));
        AtomicFile.writeText(output.resolve(JSON_FILE), SparseFiles.json(cases));
        byte[] picture = SparseFiles.picture(cases);
        AtomicFile.write(output.resolve(PICTURE_FILE), out -> out.write(picture));
    }

    private SurfaceMethod method(String name, Engine engine, Console console, int threads) {
        TrainingListener listener = new TrainingListener() {
            @Override
            public void note(String line) {
                console.say(line);
            }
        };
        return switch (name) {
            case "iso" -> PredictedSurface.ISO;
            case "shape" -> PredictedSurface.SHAPE_BASED;
            case "poisson" -> new PoissonReconstruction();
            case "spline" -> PredictedSurface.SPLINED;
            case "joint" -> new LearnedSurface(engine, learning.config(),
                    Heads.JOINT, threads, listener);
            case "mask" -> new LearnedSurface(engine, learning.config("mesh"),
                    Heads.MASK, threads, listener);
            default -> throw new InputException("--methods " + name, "is not known",
                    "choose among joint, mask, iso, shape, poisson, spline");
        };
    }
}
