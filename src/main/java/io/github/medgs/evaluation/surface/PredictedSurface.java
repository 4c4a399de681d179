package io.github.medgs.evaluation.surface;

import io.github.medgs.interslice.Interpolation;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.training.TrainingData;

/**
 * The surface of a mask predicted without training.
 *
 * @param name as it stands in tables
 * @param interpolation one of masks
 */
public record PredictedSurface(String name, Interpolation interpolation) implements SurfaceMethod {

    /** The plain isosurface of stacked masks. */
    public static final PredictedSurface ISO = new PredictedSurface("ISO", Interpolation.LINEAR);

    /** Signed distances, linear between slices. */
    public static final PredictedSurface SHAPE_BASED = new PredictedSurface("shape-based", Interpolation.DISTANCE);

    /** An in-between target of the mask head by itself: shapes. */
    public static final PredictedSurface SPLINED = new PredictedSurface("splined shape", Interpolation.SHAPE);

    /** An in-between target of the mask head by itself: torsion functions and shapes. */
    public static final PredictedSurface MIXED = new PredictedSurface("mixed", Interpolation.MIXED);

    /** An in-between target of the mask head by itself: the mixed one, corrected by a small network. */
    public static final PredictedSurface LEARNED = new PredictedSurface("learned", Interpolation.LEARNED);

    @Override
    public float[] field(TrainingData kept, double[] positions) {
        KeptSlices mask = KeptSlices.of(kept.stack(), kept.mask());
        return mask.sample(interpolation.ofMask(mask, 1), positions);
    }
}
