package io.github.medgs.engine;

import io.github.medgs.kernel.IntensityCorrection;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ModelForm;

/** The rounds of {@link ModelRenderer#sharpen} on plain arrays; only how a slice is drawn is the engine's. */
public final class Sharpening {

    private final FoldedGaussians gaussians;
    private float[] image;
    private float[] mask;

    public Sharpening(FoldedGaussians gaussians) {
        this.gaussians = gaussians;
    }

    /** Draws the slice with its intensities of now. */
    @FunctionalInterface
    public interface Round {

        /** @param image output, height x width, or {@code null} where that head is not wanted; {@code mask} likewise */
        void draw(float[] image, float[] mask);
    }

    /** As {@link ModelRenderer#sharpen}, of a slice that {@code round} draws. */
    public void carryOut(int from, int to, int rounds, int offset, float[] images, float[] masks, Round round) {
        ModelForm form = gaussians.form();
        int pixels = form.width() * form.height();
        image = images == null ? null : image == null ? new float[pixels] : image;
        mask = masks == null ? null : mask == null ? new float[pixels] : mask;
        for (int i = 0; i < rounds; i++) {
            round.draw(image, mask);
            correct(image, images, offset, from, to, form.imageIntensityRow());
            correct(mask, masks, offset, from, to, form.maskIntensityRow());
        }
    }

    private void correct(float[] drawn, float[] wanted, int offset, int from, int to, int row) {
        if (drawn == null) {
            return;
        }
        int[] form = gaussians.form().toKernel();
        float pixelsPerUnit = gaussians.form().pixelsPerUnit();
        for (int g = from; g < to; g++) {
            IntensityCorrection.correct(gaussians.parameters().values(), gaussians.capacity(), form, pixelsPerUnit, g,
                    row, wanted, offset, drawn, 0);
        }
    }
}
