package io.github.medgs.kernel;

/** Van Cittert's correction: what a pixel misses is added to the intensity of the Gaussian that stands on it. */
public final class IntensityCorrection {

    private IntensityCorrection() {}

    /**
     * Corrects the constant intensity of one Gaussian that stands, unmoved, within the slice; one outside it stays.
     *
     * @param parameters rows x capacity, changed
     * @param form the model's form
     * @param pixelsPerUnit of the model's coordinates
     * @param g the Gaussian
     * @param row of its intensity
     * @param wanted what the slice should show, from {@code wantedFrom} on
     * @param drawn what it shows, from {@code drawnFrom} on
     */
    public static void correct(float[] parameters, int capacity, int[] form, float pixelsPerUnit, int g, int row,
            float[] wanted, int wantedFrom, float[] drawn, int drawnFrom) {
        // Half a pixel more than its place, so that the pixel it stands on is the whole part. A number that is not positive
        // has to stay out before it is cut to a whole one: -0.7 would become pixel 0, and so would a NaN.
        float x = pixelsPerUnit * parameters[Layout.X * capacity + g] + 0.5f * form[Layout.WIDTH];
        float z = 0.5f * form[Layout.HEIGHT] - pixelsPerUnit * parameters[Layout.Z * capacity + g];
        int within = Folding.isMore(x, 0f) * Folding.isMore(form[Layout.WIDTH], x)
                * Folding.isMore(z, 0f) * Folding.isMore(form[Layout.HEIGHT], z);
        if (within == 1) {
            int p = (int) z * form[Layout.WIDTH] + (int) x;
            float missing = wanted[wantedFrom + p] - drawn[drawnFrom + p];
            parameters[row * capacity + g] = parameters[row * capacity + g] + missing / Folding.C0;
        }
    }
}
