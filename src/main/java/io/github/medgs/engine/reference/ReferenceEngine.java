package io.github.medgs.engine.reference;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.SessionSize;
import io.github.medgs.engine.TrainingSession;
import io.github.medgs.model.FoldedGaussians;

/** The oracle: every kernel in its simplest loop, on one thread. */
public final class ReferenceEngine implements Engine {

    public static final String NAME = "reference";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "plain Java loops on one thread";
    }

    @Override
    public TrainingSession train(FoldedGaussians gaussians, AdamMoments moments) {
        return new ReferenceSession(gaussians, moments);
    }

    /** With R rows and G Gaussians: 4 R G for the gradient, 70 G for one view's splats and what is noted of each; 56 for a pixel. */
    @Override
    public long trainingHeap(SessionSize size) {
        return (4L * size.rows() + 70) * size.gaussians() + 56 * size.pixels();
    }

    @Override
    public void render(FoldedGaussians gaussians, float time, float[] image, float[] mask) {
        SliceDrawing drawing = new SliceDrawing(gaussians, time);
        drawing.draw(image != null, mask != null);
        if (image != null) {
            drawing.copyImage(image);
        }
        if (mask != null) {
            drawing.copyMask(mask);
        }
    }

    @Override
    public void close() {}
}
