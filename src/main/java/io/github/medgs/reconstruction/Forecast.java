package io.github.medgs.reconstruction;

import io.github.medgs.engine.Engine;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.MotionPredictor;
import io.github.medgs.training.MemoryEstimate;
import io.github.medgs.training.Rehearsal;
import io.github.medgs.training.Trainer;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.trust.ErrorModel;
import io.github.medgs.trust.SliceTrust;
import io.github.medgs.volume.SliceStack;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a long run is expected to take, told before it begins.
 *
 * @param sizes of what is learnt and drawn
 * @param config for this number of slices
 * @param steps of training, those that settle many labels with them
 * @param gaussians at the start
 * @param memory bytes of heap that it is expected to need
 * @param preparing seconds until the first step: motion, shapes, Gaussians
 * @param training seconds of all steps
 * @param drawing seconds of the drawn slices, their uncertainty, and the files; 0 where nothing is drawn
 */
public record Forecast(MemoryEstimate.Sizes sizes, TrainingConfig config, int steps, int gaussians, long memory,
        double preparing, double training, double drawing) {

    /** Steps times pixels from which a run takes minutes rather than seconds, and a rehearsal is worth its time. */
    private static final long LONG_WORK = 300_000_000;

    /** Slices left out of every second and of every fourth, each with a motion of its own: one and a half stacks. */
    private static final double STACKS_LEFT_OUT = 1.5;

    /** Slices that a motion is tried on where training has none, as far as there are so many. */
    private static final int FEW = 3;
    private static final int BYTES_OF_IMAGE = 2;
    private static final int BYTES_OF_FLOAT = 4;

    /** All of it, in seconds. */
    public double seconds() {
        return preparing + training + drawing;
    }

    /** Whether a run is so long that one wants to know. */
    static boolean worthwhile(LearningTask task) {
        return (long) task.config().iterations() * task.data().pixels() > LONG_WORK;
    }

    /** @param drawing {@code null} where nothing will be drawn */
    static Forecast of(Engine engine, LearningTask task, Limits.Need need, DrawingRecipe drawing) {
        Rehearsal tried = Rehearsal.of(engine, task.config(), task.data(), task.heads(), drawing != null,
                task.threads());
        double after = drawing == null ? 0 : drawn(task, need.sizes(), tried, drawing);
        int steps = Trainer.steps(task.config(), task.data());
        return new Forecast(need.sizes(), task.config(), steps, tried.gaussians(), need.heap(),
                tried.between() + tried.start(), steps * tried.step(), after);
    }

    private static double drawn(LearningTask task, MemoryEstimate.Sizes sizes, Rehearsal tried, DrawingRecipe recipe) {
        int slices = sizes.slices();
        // Each acquired slice is drawn too, for what it lacks and for the report.
        double seconds = (sizes.drawnSlices() + 2.0 * slices) * tried.picture();
        double bytes = (task.heads().hasImage() ? BYTES_OF_IMAGE : 0) + (task.heads().hasMask() ? BYTES_OF_FLOAT : 0);
        // Of a single slice there is nothing between to be unsure of.
        if (recipe.uncertainty() && task.heads().hasImage() && slices > 1) {
            seconds += uncertainty(task, sizes, tried);
            bytes += 2 * BYTES_OF_FLOAT;
        }
        return seconds + sizes.drawnSlices() * task.data().pixels() * bytes * secondsPerByte(task.data().stack());
    }

    private static double uncertainty(LearningTask task, MemoryEstimate.Sizes sizes, Rehearsal tried) {
        SliceStack stack = task.data().stack();
        int[] few = IntStream.range(0, Math.min(FEW, stack.count())).toArray();
        MotionPredictor motion = tried.inBetween().imageMotion() != null ? tried.inBetween().imageMotion()
                : MotionPredictor.of(KeptSlices.of(stack.keep(few)), task.threads());
        long began = System.nanoTime();
        SliceTrust trust = new ErrorModel(1, 1, 0, DrawingRecipe.USUAL.band(), 0).on(motion, null, stack.step(), task.threads());
        double ready = (System.nanoTime() - began) / 1e9 / motion.slices().count();
        float[][] pictures = new float[3][task.data().pixels()];
        double least = Double.POSITIVE_INFINITY;
        for (int n = 0; n < 2; n++) {
            began = System.nanoTime();
            trust.of(0, 0.5, pictures[0], pictures[1], pictures[2]);
            least = Math.min(least, (System.nanoTime() - began) / 1e9);
        }
        double leftOut = STACKS_LEFT_OUT * sizes.slices();
        return STACKS_LEFT_OUT * tried.between() + (leftOut + sizes.slices()) * ready
                + (leftOut + sizes.drawnSlices()) * least / task.threads();
    }

    /** What packing a byte takes, tried on a slice of the middle. */
    private static double secondsPerByte(SliceStack stack) {
        int pixels = stack.width() * stack.height();
        ByteBuffer bytes = ByteBuffer.allocate(BYTES_OF_FLOAT * pixels);
        bytes.asFloatBuffer().put(stack.values(), stack.count() / 2 * pixels, pixels);
        long began = System.nanoTime();
        try (OutputStream out = new GZIPOutputStream(OutputStream.nullOutputStream())) {
            out.write(bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (System.nanoTime() - began) / 1e9 / bytes.capacity();
    }
}
