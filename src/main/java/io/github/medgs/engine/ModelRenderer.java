package io.github.medgs.engine;

import io.github.medgs.kernel.IntensityCorrection;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ModelForm;

/**
 * Draws many slices of one model, which a device keeps from slice to slice: until this is closed nobody else may change
 * the model. Used by one thread at a time.
 */
public interface ModelRenderer extends AutoCloseable {

    /** As {@link Engine#render}. */
    void render(float time, float[] image, float[] mask);

    /**
     * Sharpens the Gaussians of one slice, in place: draws the slice and adds to the constant intensity of each what is
     * missing where it stands, round after round.
     *
     * @param time of the slice
     * @param from first Gaussian of the slice (those whose centres lie outside it stay); {@code to} the one after the last
     * @param offset of the slice in {@code images} and {@code masks}
     * @param images what the image head should show, or {@code null}; {@code masks} likewise
     */
    void sharpen(float time, int from, int to, int rounds, int offset, float[] images, float[] masks);

    /** Ends the drawing; the host's model then has every change. */
    @Override
    void close();

    /** On an engine that keeps nothing. */
    static ModelRenderer plain(Engine engine, FoldedGaussians gaussians) {
        return new ModelRenderer() {

            private float[] image;
            private float[] mask;

            @Override
            public void render(float time, float[] imageOut, float[] maskOut) {
                engine.render(gaussians, time, imageOut, maskOut);
            }

            @Override
            public void sharpen(float time, int from, int to, int rounds, int offset, float[] images, float[] masks) {
                ModelForm form = gaussians.form();
                int pixels = form.width() * form.height();
                image = images == null ? null : image == null ? new float[pixels] : image;
                mask = masks == null ? null : mask == null ? new float[pixels] : mask;
                for (int round = 0; round < rounds; round++) {
                    engine.render(gaussians, time, image, mask);
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
                    IntensityCorrection.correct(gaussians.parameters().values(), gaussians.capacity(), form,
                            pixelsPerUnit, g, row, wanted, offset, drawn, 0);
                }
            }

            @Override
            public void close() {}
        };
    }
}
