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
        float x = pixelsPerUnit * parameters[Layout.X * capacity + g] + 0.5f * (form[Layout.WIDTH] - 1);
        float z = 0.5f * (form[Layout.HEIGHT] - 1) - pixelsPerUnit * parameters[Layout.Z * capacity + g];
        int v = (int) (z + 0.5f);
        int u = (int) (x + 0.5f);
        if (v >= 0 && v < form[Layout.HEIGHT] && u >= 0 && u < form[Layout.WIDTH]) {
            int p = v * form[Layout.WIDTH] + u;
            float missing = wanted[wantedFrom + p] - drawn[drawnFrom + p];
            parameters[row * capacity + g] = parameters[row * capacity + g] + missing / Folding.C0;
        }
    }
}
