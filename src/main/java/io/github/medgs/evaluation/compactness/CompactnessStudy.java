package io.github.medgs.evaluation.compactness;

import io.github.medgs.engine.Engine;
import io.github.medgs.evaluation.GaussianSlices;
import io.github.medgs.evaluation.interpolation.HoldOut;
import io.github.medgs.evaluation.interpolation.InterpolationMethod;
import io.github.medgs.evaluation.interpolation.InterpolationStudy;
import io.github.medgs.evaluation.interpolation.MethodResult;
import io.github.medgs.evaluation.interpolation.TrainedMethod;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.model.CodingSteps;
import io.github.medgs.model.CompactModel;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.AcquiredSlices;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many bytes buy how many decibels: models of a volume's every Nth slice, as floats and in compact forms from fine to
 * coarse, against those slices and against the ones between, which were left out.
 */
public final class CompactnessStudy {

    /** Steps of intensity as shares of the window, see {@link CodingSteps#of}. */
    public static final double[] STEPS = {1 / 128.0, 1 / 64.0, 1 / 45.0, 1 / 32.0, 1 / 23.0, 1 / 16.0, 1 / 11.0};

    /** One more form of each: the smallest that holds its slices at this PSNR, or the finest where none does. */
    private static final double OWN_DECIBELS = 40;
    /** What its name ends in. */
    static final String OWN = "-own-40";
    static final String OWN_NOT_REACHED = OWN + "-not-reached";

    /** The kept slices as a file, to know how large it is. */
    public static final String KEPT = "kept.nii.gz";

    private final Volume image;
    private final SliceStack stack;
    private final int stride;
    private final Engine engine;
    private final int threads;
    private final Path folder;

    /**
     * @param image the volume that the stack was taken from
     * @param engine trains and draws; not closed
     * @param folder where the kept slices are written, to know how large their file is
     */
    public CompactnessStudy(Volume image, SliceStack stack, int stride, Engine engine, int threads, Path folder) {
        this.image = image;
        this.stack = stack;
        this.stride = stride;
        this.engine = engine;
        this.threads = threads;
        this.folder = folder;
    }

    /** A curve for each method, beside the bytes of the slices themselves. */
    public CompactnessResult run(String name, List<TrainedMethod> methods) throws IOException {
        HoldOut holdOut = HoldOut.every(stride, stack);
        SliceStack kept = stack.keep(holdOut.kept());
        long voxels = kept.values().length;
        List<CompactnessResult.Point> points = new ArrayList<>();
        for (TrainedMethod method : methods) {
            long began = System.nanoTime();
            TrainedModel model = ((GaussianSlices) method.fit(kept)).model();
            double seconds = (System.nanoTime() - began) / 1e9;
            points.add(point(method.name(), null, model, floatBytes(model), voxels, seconds));
            if (CompactModel.whyNot(model) == null) {
                for (double step : STEPS) {
                    CompactModel compact = CompactModel.of(model, CodingSteps.of(step));
                    points.add(point(method.name(), step, compact.model(), compact.bytes(), voxels, seconds));
                }
                Compression.Found held = new Compression(engine, model, truth(kept)).ofQuality(OWN_DECIBELS, done -> {});
                points.add(point(method.name() + (held.ownPsnr() < OWN_DECIBELS ? OWN_NOT_REACHED : OWN), held.step(), held.compact().model(), held.compact().bytes(), voxels,
                        seconds));
            }
        }
        return new CompactnessResult(name, stride, kept.count(), voxels, fileBytes(holdOut.kept(), kept), 2 * voxels,
                points);
    }

    private static float[][] truth(SliceStack kept) {
        float[][] slices = new float[kept.count()][];
        for (int slice = 0; slice < slices.length; slice++) {
            slices[slice] = kept.slice(slice);
        }
        return slices;
    }

    private CompactnessResult.Point point(String method, Double step, TrainedModel model, long bytes, long voxels,
            double seconds) throws IOException {
        MethodResult result = new InterpolationStudy(stack, stride, threads).run(method, List.of(new Given(engine, model)),
                Given.NAME).methods().getFirst();
        return new CompactnessResult.Point(method, step, model.gaussians().count(), bytes, (double) bytes / voxels,
                result.ownPsnr(), result.ownSsim(), result.psnr(), result.ssim(), seconds);
    }

    private long floatBytes(TrainedModel model) throws IOException {
        Path file = Files.createTempFile(folder, "floats", ".medgs");
        try {
            ModelFile.write(model, file);
            return Files.size(file);
        } finally {
            Files.delete(file);
        }
    }

    // The kept slices as a file of their own, in the image's type.
    private long fileBytes(int[] indices, SliceStack kept) throws IOException {
        SliceAxis axis = kept.geometry().axis();
        Volume empty = kept.geometry().volumeOf(new float[kept.values().length]);
        Path file = folder.resolve(KEPT);
        VolumeFiles.write(AcquiredSlices.of(image, axis).restoredInto(empty, axis, indices), file);
        return Files.size(file);
    }

    /** A model that is there already, as a method. */
    private record Given(Engine engine, TrainedModel model) implements InterpolationMethod {

        static final String NAME = "given";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "a trained model";
        }

        @Override
        public Map<String, Object> settings() {
            return Map.of();
        }

        @Override
        public SlicePredictor fit(SliceStack kept) {
            return new GaussianSlices(engine, model, false);
        }
    }
}
