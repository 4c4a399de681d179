package io.github.medgs.evaluation.surface;

import io.github.medgs.InputException;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.MeshCheck;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.training.TrainingData;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How well methods recover a whole structure from every Nth slice.
 *
 * <p>From a first slice on, every Nth is kept; what lies before the first or follows the last kept slice is left out of
 * everything, so nothing is extrapolated. Each method sees the kept slices only. Its surface, and the surface of the full mask, are taken at 0.5
 * by the same marching cubes, and compared as they are.
 */
public final class SparseProtocol {

    private static final float LEVEL = 0.5f;

    private final SliceStack kept;
    private final float[] keptMask;
    private final SliceStack full;
    private final float[] fullMask;
    private final int stride;
    private final int threads;
    private final TriangleMesh reference;

    /**
     * One method's result.
     *
     * @param score with Dice over the dropped slices; null where the method found no surface at all
     * @param sound whether the surface is closed, two-manifold and outward
     * @param seconds for the field alone
     */
    public record Row(String method, SurfaceScore score, boolean sound, double seconds) {}

    /** Refuses what leaves too little of a stack of so many slices, before any work is done. */
    public static void check(int slices, int stride, int offset) {
        if (stride < 2 || slices < 2L * stride + 1 + offset) {
            throw new InputException("stride " + stride, "leaves fewer than three of " + slices + " slices",
                    "give one of 2 or more that leaves at least three").naming("stride");
        }
        if (offset < 0 || offset >= stride) {
            throw new InputException("offset " + offset, "is not below stride " + stride, "give one from 0 to "
                    + (stride - 1)).naming("offsets");
        }
    }

    /**
     * @param stack all slices of the image
     * @param mask of the structure, on the image's grid
     * @param stride at least 2
     * @param offset the first kept slice, below the stride
     * @throws InputException when too few slices are left, or none of them meets the structure
     */
    public SparseProtocol(SliceStack stack, Mask mask, int stride, int offset, int threads) {
        check(stack.count(), stride, offset);
        this.stride = stride;
        this.threads = threads;
        int last = (stack.count() - 1 - offset) / stride * stride;
        this.full = stack.keep(IntStream.rangeClosed(offset, offset + last).toArray());
        this.fullMask = full.maskOf(mask);
        this.kept = full.keep(IntStream.iterate(0, s -> s <= last, s -> s + stride).toArray());
        this.keptMask = kept.maskOf(mask);
        this.reference = surface(fullMask);
        if (reference.isEmpty() || IntStream.range(0, keptMask.length).noneMatch(i -> keptMask[i] >= LEVEL)) {
            throw nothingKept(mask, stride, offset);
        }
    }

    /** What is said where no kept slice meets the structure. */
    public static InputException nothingKept(Mask mask, int stride, int offset) {
        String what = "has nothing on the kept slices at stride " + stride + " from slice " + offset;
        return stride > 2 ? new InputException(mask.name(), what, "give a smaller one, or other first slices").naming("stride", "offsets")
                : new InputException(mask.name(), what, "give other first slices").naming("offsets");
    }

    /** For each slice whether the structure is in it. */
    public static boolean[] inside(SliceStack stack, Mask mask) {
        float[] all = stack.maskOf(mask);
        int pixels = stack.height() * stack.width();
        boolean[] inside = new boolean[stack.count()];
        for (int p = 0; p < all.length; p++) {
            inside[p / pixels] |= all[p] >= LEVEL;
        }
        return inside;
    }

    /** Whether slices kept at a stride meet the structure. */
    public static boolean meets(boolean[] inside, int stride, int offset) {
        return IntStream.iterate(offset, slice -> slice < inside.length, slice -> slice + stride).anyMatch(slice -> inside[slice]);
    }

    /** Runs the methods in order, telling of each before it starts. */
    public List<Row> run(List<SurfaceMethod> methods, Consumer<String> listener) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (SurfaceMethod method : methods) {
            listener.accept(method.name());
            long began = System.nanoTime();
            float[] field = method.field(new TrainingData(kept, keptMask.clone()), full.positions());
            double seconds = (System.nanoTime() - began) / 1e9;
            TriangleMesh surface = surface(field);
            SurfaceScore score = surface.isEmpty() ? null
                    : SurfaceScore.of(surface, reference, diceOnDropped(field), threads);
            rows.add(new Row(method.name(), score, MeshCheck.of(surface).sound(), seconds));
        }
        return rows;
    }

    /** The full mask's surface, LPS. */
    public TriangleMesh reference() {
        return reference;
    }

    private TriangleMesh surface(float[] slices) {
        Volume volume = full.geometry().volumeOf(slices);
        return MarchingCubes.extract(volume, LEVEL, Frame.LPS, threads);
    }

    private double diceOnDropped(float[] field) {
        int pixels = full.width() * full.height();
        float[] droppedField = new float[field.length];
        float[] droppedMask = new float[field.length];
        int filled = 0;
        for (int s = 0; s < full.count(); s++) {
            if (s % stride != 0) {
                System.arraycopy(field, s * pixels, droppedField, filled, pixels);
                System.arraycopy(fullMask, s * pixels, droppedMask, filled, pixels);
                filled += pixels;
            }
        }
        return Overlap.dice(Arrays.copyOf(droppedField, filled), Arrays.copyOf(droppedMask, filled));
    }
}
