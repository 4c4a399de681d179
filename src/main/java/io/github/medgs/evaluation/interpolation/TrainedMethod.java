package io.github.medgs.evaluation.interpolation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.StopRequest;
import io.github.medgs.engine.Engine;
import io.github.medgs.evaluation.GaussianSlices;
import io.github.medgs.interslice.Interpolation;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.training.Configs;
import io.github.medgs.training.Heads;
import io.github.medgs.training.InBetween;
import io.github.medgs.training.Trainer;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.training.TrainingData;
import io.github.medgs.training.TrainingListener;
import io.github.medgs.volume.SliceStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * Folded Gaussians trained on the kept slices.
 *
 * @param name as reports know it
 * @param config what to train
 * @param engine what to train on; not closed
 * @param threads for working out the in-between target
 * @param listener hears how training goes
 * @param stop asked before every step; a training that is stopped ends in a {@link CancellationException}
 * @param checkpoint where the training keeps what it has and goes on from what is there, or {@code null}
 */
public record TrainedMethod(String name, TrainingConfig config, Engine engine, int threads, TrainingListener listener,
        StopRequest stop, Path checkpoint) implements InterpolationMethod {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Without a checkpoint. */
    public TrainedMethod(String name, TrainingConfig config, Engine engine, int threads, TrainingListener listener,
            StopRequest stop) {
        this(name, config, engine, threads, listener, stop, null);
    }

    @Override
    public String description() {
        String course = config.iterations() > 0 ? config.iterations() + " steps" : config.passes() + " steps a slice";
        return "folded Gaussians, " + course + " on the engine " + engine.name();
    }

    @Override
    public Map<String, Object> settings() {
        try {
            return JSON.readValue(Configs.toJson(config), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public SlicePredictor fit(SliceStack kept) throws IOException {
        TrainingData data = new TrainingData(kept, null);
        InBetween inBetween = InBetween.of(config, data, Heads.IMAGE, threads);
        boolean resume = checkpoint != null && Files.exists(checkpoint);
        Trainer.Outcome outcome = new Trainer(engine, config, data, Heads.IMAGE, inBetween, threads, listener)
                .run(checkpoint, resume, stop);
        if (!outcome.finished()) {
            throw new CancellationException(name + " was stopped at step " + outcome.iteration());
        }
        return new GaussianSlices(engine, outcome.model(), false);
    }

    @Override
    public boolean drawsByMotion() {
        return config.between().target().byMotion();
    }
}
