package io.github.medgs.evaluation.surface;

import io.github.medgs.engine.Engine;
import io.github.medgs.evaluation.GaussianSlices;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.training.Heads;
import io.github.medgs.training.InBetween;
import io.github.medgs.training.Trainer;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.training.TrainingData;
import io.github.medgs.training.TrainingListener;
import java.io.IOException;

/** Folded Gaussians trained on the kept slices: the mask head's occupancy. */
public final class LearnedSurface implements SurfaceMethod {

    private final Engine engine;
    private final TrainingConfig config;
    private final Heads heads;
    private final int threads;
    private final TrainingListener listener;

    /**
     * @param heads {@link Heads#JOINT} or {@link Heads#MASK}
     * @param threads where the engine is not at work; no result depends on it
     */
    public LearnedSurface(Engine engine, TrainingConfig config, Heads heads, int threads,
            TrainingListener listener) {
        if (!heads.hasMask()) {
            throw new IllegalArgumentException("a surface needs the mask head");
        }
        this.engine = engine;
        this.config = config;
        this.heads = heads;
        this.threads = threads;
        this.listener = listener;
    }

    @Override
    public String name() {
        return heads == Heads.JOINT ? "MedGS joint" : "MedGS mask only";
    }

    @Override
    public float[] field(TrainingData kept, double[] positions) throws IOException {
        InBetween between = InBetween.of(config, kept, heads, threads);
        TrainedModel model = new Trainer(engine, config, kept, heads, between, threads, listener)
                .run(null, false, () -> false).model();
        return KeptSlices.of(kept.stack(), kept.mask()).sample(new GaussianSlices(engine, model, true), positions);
    }
}
