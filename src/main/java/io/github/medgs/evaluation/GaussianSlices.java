package io.github.medgs.evaluation;

import io.github.medgs.engine.Engine;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.model.TrainedModel;

/**
 * Trained Gaussians as one more predictor of slices, for one caller at a time.
 *
 * @param engine draws; not closed
 * @param mask whether the mask head's occupancy is predicted, else the image
 */
public record GaussianSlices(Engine engine, TrainedModel model, boolean mask) implements SlicePredictor {

    @Override
    public void predict(int slice, double fraction, float[] out) {
        float time = model.timeScale().between(slice, fraction);
        engine.render(model.gaussians(), time, mask ? null : out, mask ? out : null);
        for (int p = 0; p < out.length; p++) {
            out[p] = mask ? model.gaussians().form().occupancy(out[p]) : Math.clamp(out[p], 0f, 1f);
        }
    }
}
