package io.github.medgs.evaluation.surface;

import io.github.medgs.surface.ShapeTarget;

/** The in-between target of the mask head by itself: clamped distances on a spline. See {@link ShapeTarget}. */
public final class SplinedShape implements SurfaceMethod {

    @Override
    public String name() {
        return "splined shape";
    }

    @Override
    public float[] field(KeptSlices kept, double[] positions) {
        float[][] slices = new float[kept.count()][];
        for (int s = 0; s < slices.length; s++) {
            slices[s] = kept.maskSlice(s);
        }
        ShapeTarget target = new ShapeTarget(slices, kept.stack().positions(), kept.stack().width(),
                kept.stack().height(), kept.stack().geometry().columnSpacing(), kept.stack().geometry().rowSpacing());
        float[] field = new float[positions.length * kept.pixels()];
        float[] slice = new float[kept.pixels()];
        for (int s = 0; s < positions.length; s++) {
            target.targetAt(positions[s], slice);
            System.arraycopy(slice, 0, field, s * slice.length, slice.length);
        }
        return field;
    }
}
