package io.github.medgs.evaluation.tables;

import io.github.medgs.InputException;
import io.github.medgs.StopRequest;
import io.github.medgs.engine.Engine;
import io.github.medgs.evaluation.funsr.FunsrSurface;
import io.github.medgs.evaluation.interpolation.Baseline;
import io.github.medgs.evaluation.interpolation.HoldOut;
import io.github.medgs.evaluation.interpolation.InterpolationMethod;
import io.github.medgs.evaluation.interpolation.InterpolationStudy;
import io.github.medgs.evaluation.interpolation.MethodResult;
import io.github.medgs.evaluation.interpolation.TrainedMethod;
import io.github.medgs.evaluation.surface.LearnedSurface;
import io.github.medgs.evaluation.surface.MorphologicalContours;
import io.github.medgs.evaluation.surface.PoissonReconstruction;
import io.github.medgs.evaluation.surface.PredictedSurface;
import io.github.medgs.evaluation.surface.PublishedProtocol;
import io.github.medgs.evaluation.surface.SampledDistances;
import io.github.medgs.evaluation.surface.SparseProtocol;
import io.github.medgs.evaluation.surface.SurfaceMethod;
import io.github.medgs.evaluation.surface.SurfaceScore;
import io.github.medgs.evaluation.surface.ThresholdedSurface;
import io.github.medgs.interslice.Interpolation;
import io.github.medgs.training.Heads;
import io.github.medgs.training.TrainingListener;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;

/** Measures one cell. */
final class CellRunner {

    private final Path volumes;
    private final Engine engine;
    private final int threads;
    private final StopRequest stop;

    /**
     * @param volumes folder of the volumes
     * @param engine for the cells that train
     * @param stop asked often; a cell that is stopped ends in a {@link CancellationException}
     */
    CellRunner(Path volumes, Engine engine, int threads, StopRequest stop) {
        this.volumes = volumes;
        this.engine = engine;
        this.threads = threads;
        this.stop = stop;
    }

    /**
     * The figures of a cell by name.
     *
     * @param checkpoint where a long training keeps what it has, and goes on from what is there
     * @param done hears how much of the cell is done, from 0 to 1
     */
    Map<String, Double> run(Cell cell, Path checkpoint, DoubleConsumer done) throws IOException {
        TrainingListener watched = new TrainingListener() {
            @Override
            public void stepped(int iteration, int iterations) {
                if (stop.getAsBoolean() && cell.table().measure() != Measure.INTERPOLATION) {
                    throw new CancellationException(cell.words());
                }
                done.accept((double) iteration / iterations);
            }
        };
        return switch (cell.table().measure()) {
            case INTERPOLATION -> interpolation(cell, checkpoint, watched);
            case PUBLISHED -> published(cell, watched);
            case SPARSE -> sparse(cell, watched);
        };
    }

    private Map<String, Double> interpolation(Cell cell, Path checkpoint, TrainingListener watched) throws IOException {
        SliceStack stack = stack(cell.on(), image(cell.on()));
        if (stack.count() < HoldOut.fewestSlices(cell.stride())) {
            throw new InputException(cell.on().image(), "has only " + stack.count() + " slices for stride " + cell.stride(),
                    "take it out of the table " + cell.table().name());
        }
        if (cell.config() != null) {
            Files.createDirectories(checkpoint.getParent());
        }
        InterpolationMethod method = cell.config() == null
                ? new Baseline(Interpolation.valueOf(cell.method().name().toUpperCase(Locale.ROOT)), threads)
                : new TrainedMethod(cell.method().name(), cell.config(), engine, threads, watched, stop, checkpoint);
        try {
            MethodResult result = InterpolationStudy.score(stack, cell.stride(), method);
            return values(cell, result.psnr(), result.ssim());
        } catch (InputException e) {
            if (!e.getMessage().startsWith(checkpoint + ": ")) {
                throw e;
            }
            // What the trainer says is for a run in a folder of its own.
            throw new InputException(checkpoint.toString(), "is damaged, or of another training than this cell's",
                    "delete it, and the cell begins anew", e);
        }
    }

    private Map<String, Double> published(Cell cell, TrainingListener watched) throws IOException {
        Volume image = image(cell.on());
        PublishedProtocol protocol = new PublishedProtocol(stack(cell.on(), image), mask(cell.on()), threads);
        SampledDistances found = protocol.run(surface(cell, cell.method().name(), watched)).distances();
        SampledDistances floor = protocol.floor();
        Map<String, Double> values = values(cell, found == null ? Double.NaN : found.chamfer(),
                found == null ? Double.NaN : found.hd95());
        values.put("floorChamfer", floor.chamfer());
        values.put("floorHd95", floor.hd95());
        return values;
    }

    private Map<String, Double> sparse(Cell cell, TrainingListener watched) throws IOException {
        SliceStack stack = stack(cell.on(), image(cell.on()));
        SparseProtocol protocol = new SparseProtocol(stack, mask(cell.on()), cell.stride(), 0, threads);
        SurfaceScore score = protocol.run(List.of(surface(cell, cell.method().name(), watched)), _ -> { }).getFirst().score();
        return values(cell, score == null ? Double.NaN : score.assd(), score == null ? Double.NaN : score.dice());
    }

    private SurfaceMethod surface(Cell cell, String name, TrainingListener watched) {
        if (name.startsWith("thresholded-")) {
            return new ThresholdedSurface(surface(cell, name.substring("thresholded-".length()), watched));
        }
        return switch (name) {
            case "iso" -> PredictedSurface.ISO;
            case "shape" -> PredictedSurface.SHAPE_BASED;
            case "mixed" -> PredictedSurface.MIXED;
            case "learned" -> PredictedSurface.LEARNED;
            case "mci" -> new MorphologicalContours();
            case "poisson" -> new PoissonReconstruction();
            case "funsr" -> new FunsrSurface(cell.steps() > 0 ? cell.steps() : FunsrSurface.PUBLISHED_STEPS, cell.seed(),
                    engine, threads, watched, new TrainingListener() {});
            case "joint" -> new LearnedSurface(engine, cell.config(), Heads.JOINT, threads, watched);
            case "mask" -> new LearnedSurface(engine, cell.config(), Heads.MASK, threads, watched);
            default -> throw new IllegalArgumentException(name);
        };
    }

    // JSON knows no NaN.
    private static Map<String, Double> values(Cell cell, double first, double second) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(cell.table().measure().first, Double.isFinite(first) ? first : null);
        values.put(cell.table().measure().second, Double.isFinite(second) ? second : null);
        return values;
    }

    private Volume image(TableCase on) {
        return VolumeFiles.read(volumes.resolve(on.image() == null ? on.mask() : on.image()));
    }

    private static SliceStack stack(TableCase on, Volume image) {
        IntensityWindow window = on.window() != null ? new IntensityWindow(on.window()[0], on.window()[1])
                : on.image() == null ? new IntensityWindow(0, 1) : IntensityWindow.automatic(image);
        return SliceStack.of(image, on.axis(), window);
    }

    private Mask mask(TableCase on) {
        Mask mask = new Mask(VolumeFiles.read(volumes.resolve(on.mask())), on.mask(), Set.of());
        // As the commands do: whole voxels may be cut off or turned, nothing is resampled.
        return mask.onto(image(on).grid(), false, new ArrayList<>());
    }
}
