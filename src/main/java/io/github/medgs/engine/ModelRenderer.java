package io.github.medgs.engine;

import io.github.medgs.model.FoldedGaussians;

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
        Sharpening sharpening = new Sharpening(gaussians);
        return new ModelRenderer() {

            @Override
            public void render(float time, float[] image, float[] mask) {
                engine.render(gaussians, time, image, mask);
            }

            @Override
            public void sharpen(float time, int from, int to, int rounds, int offset, float[] images, float[] masks) {
                sharpening.carryOut(from, to, rounds, offset, images, masks,
                        (image, mask) -> engine.render(gaussians, time, image, mask));
            }

            @Override
            public void close() {}
        };
    }
}
