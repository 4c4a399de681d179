package io.github.medgs.evaluation.surface;

/** The plain isosurface of stacked masks: a voxel between two slices is the blend of their masks. */
public final class IsoBlend implements SurfaceMethod {

    @Override
    public String name() {
        return "ISO";
    }

    @Override
    public float[] field(KeptSlices kept, double[] positions) {
        int pixels = kept.pixels();
        float[] field = new float[positions.length * pixels];
        for (int s = 0; s < positions.length; s++) {
            KeptSlices.Between at = kept.locate(positions[s]);
            float share = (float) at.share();
            for (int p = 0; p < pixels; p++) {
                field[s * pixels + p] = (1 - share) * kept.mask()[at.before() * pixels + p]
                        + share * kept.mask()[at.after() * pixels + p];
            }
        }
        return field;
    }
}
