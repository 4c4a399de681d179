package io.github.medgs.evaluation.surface;

import io.github.medgs.InputException;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.MeshSmoothing;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.training.TrainingData;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;

/**
 * The protocol of the paper's Table 1: how well a surface follows a whole mask, all of whose slices the method saw. Chamfer
 * and HD95 by samples ({@link SampledDistances}); nothing is left out, so nothing is predicted.
 *
 * <p>A method draws {@value #BETWEEN} slices for each interval, as published, and its surface is taken at 0.5 as marching
 * cubes make it. The reference is the mask's surface without the staircase of its voxels ({@link MeshSmoothing#fair}), as
 * the published one came smoothed out of a segmentation program. Unlike the published evaluation, nothing is rescaled or
 * registered.
 */
public final class PublishedProtocol {

    /** Slices drawn for each interval. */
    public static final int BETWEEN = 8;

    private static final float LEVEL = 0.5f;

    private final TrainingData data;
    private final double[] positions;
    private final int threads;
    private TriangleMesh reference;

    /**
     * One method's result, in millimetres.
     *
     * @param distances {@code null} where it found no surface
     * @param seconds for the field alone
     */
    public record Score(String method, SampledDistances distances, double seconds) {}

    /**
     * @param stack all slices of the image, or of the mask where there is none
     * @param mask on its grid
     * @throws InputException when nothing is inside, or the fine grid would be too large
     */
    public PublishedProtocol(SliceStack stack, Mask mask, int threads) {
        this.threads = threads;
        this.data = new TrainingData(stack, stack.maskOf(mask));
        if (stack.count() < 2 || (long) ((stack.count() - 1) * BETWEEN + 1) * data.pixels() > Integer.MAX_VALUE / 2) {
            throw new InputException(mask.name(), "has too " + (stack.count() < 2 ? "few" : "many") + " slices for "
                    + BETWEEN + " drawn in each interval", "give a volume of at least two, cut to the structure");
        }
        this.positions = new double[(stack.count() - 1) * BETWEEN + 1];
        double last = stack.positions()[stack.count() - 1];
        for (int n = 0; n < positions.length; n++) {
            positions[n] = last * n / (positions.length - 1);
        }
        if (!hasInside(data.mask())) {
            throw new InputException(mask.name(), "has nothing inside", "choose another label").naming("label");
        }
    }

    private static boolean hasInside(float[] mask) {
        for (float value : mask) {
            if (value >= LEVEL) {
                return true;
            }
        }
        return false;
    }

    /** Made when it is first asked for: a list of masks can be checked at little cost. */
    private TriangleMesh reference() {
        if (reference == null) {
            SliceStack stack = data.stack();
            Volume whole = stack.geometry().volumeOf(data.mask());
            reference = MeshSmoothing.fair(MarchingCubes.extract(whole, LEVEL, Frame.LPS, threads), whole.grid());
        }
        return reference;
    }

    /** What two samplings of the reference itself are apart: no method can be told from the truth below this. */
    public SampledDistances floor() {
        return SampledDistances.between(reference(), reference());
    }

    public Score run(SurfaceMethod method) throws IOException {
        long began = System.nanoTime();
        float[] field = method.field(new TrainingData(data.stack(), data.mask().clone()), positions);
        double seconds = (System.nanoTime() - began) / 1e9;
        TriangleMesh surface = MarchingCubes.extract(data.stack().geometry().volumeOf(field, positions), LEVEL, Frame.LPS,
                threads);
        return new Score(method.name(), surface.isEmpty() ? null : SampledDistances.between(surface, reference()), seconds);
    }
}
