package io.github.medgs.training;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ModelForm;

/** The published start: Gaussians uniform over the plane, over time, over angles, with large random motion. */
final class RandomStart {

    private static final double OPACITY = 0.1;
    /** An 8-bit round trip leaves every starting colour at this. */
    private static final double INTENSITY = 127.0 / 255;
    private static final double SMALLEST_SQUARED_SCALE = 1e-7;
    private static final double SMALLEST_SPREAD = 0.01;

    private RandomStart() {}

    static void place(FoldedGaussians gaussians, int count, Heads heads, long seed) {
        ModelForm form = gaussians.form();
        StepRandom random = new StepRandom(seed, StepRandom.Use.START, 0);
        gaussians.setCount(count);
        float[] x = new float[count];
        float[] z = new float[count];
        double halfWidth = Folding.PLANE_WIDTH / 2.0;
        double halfHeight = halfWidth * form.height() / form.width();
        for (int g = 0; g < count; g++) {
            x[g] = (float) random.uniform(-halfWidth, halfWidth);
            z[g] = (float) random.uniform(-halfHeight, halfHeight);
        }
        float[] squares = NearestNeighbours.meanSquaredDistances(x, z);
        float opacity = Raw.logit(OPACITY);
        float intensity = Raw.intensity(INTENSITY);
        for (int g = 0; g < count; g++) {
            gaussians.set(Layout.X, g, x[g]);
            gaussians.set(Layout.Z, g, z[g]);
            float logScale = (float) (0.5 * StrictMath.log(Math.max(SMALLEST_SQUARED_SCALE, squares[g])));
            gaussians.set(Layout.LOG_SCALE_X, g, logScale);
            gaussians.set(Layout.LOG_SCALE_Z, g, logScale);
            gaussians.set(Layout.ANGLE, g, Raw.logit(random.uniform()));
            gaussians.set(Layout.TIME, g, Raw.logit(random.uniform()));
            gaussians.set(Layout.SPREAD, g,
                    (float) StrictMath.log(SMALLEST_SPREAD + (1 - SMALLEST_SPREAD) * random.uniform()));
            gaussians.set(Layout.IMAGE_OPACITY, g, heads.hasImage() ? opacity : FoldedGaussians.INVISIBLE);
            gaussians.set(Layout.MASK_OPACITY, g, heads.hasMask() ? opacity : FoldedGaussians.INVISIBLE);
            gaussians.set(form.imageIntensityRow(), g, intensity);
            gaussians.set(form.maskIntensityRow(), g, intensity);
            for (int row = form.motionRow(); row < form.rows(); row++) {
                gaussians.set(row, g, (float) random.uniform(-1, 1));
            }
        }
    }
}
