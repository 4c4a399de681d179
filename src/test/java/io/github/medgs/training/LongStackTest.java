package io.github.medgs.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

/** A stack of hundreds of slices is learned as well as a short one, though a step sees a smaller part of it. */
class LongStackTest {

    private static final int SIZE = 24;

    private static double ownSlices(int slices) throws IOException {
        float[] voxels = new float[slices * SIZE * SIZE];
        for (int k = 0; k < slices; k++) {
            for (int j = 0; j < SIZE; j++) {
                for (int i = 0; i < SIZE; i++) {
                    boolean inside = Math.hypot(i - 11 - 3 * StrictMath.sin(0.4 * k), j - 12) < 7;
                    voxels[(k * SIZE + j) * SIZE + i] = (float) ((inside ? 0.7 : 0.2)
                            + 0.1 * StrictMath.sin(1.3 * i + 0.2 * k) * StrictMath.cos(0.9 * j));
                }
            }
        }
        SliceStack stack = SliceStack.of(new Volume(SIZE, SIZE, slices, voxels, new Matrix4d()), SliceAxis.K,
                new IntensityWindow(0, 1));
        TrainingData data = new TrainingData(stack, null);
        TrainingConfig config = Configs.load("quick", null, List.of("passes=12", "reportInterval=" + slices));
        try (Engine engine = EngineChoice.open("vector", 2, null).engine()) {
            return new Trainer(engine, config, data, Heads.IMAGE, InBetween.of(config, data, Heads.IMAGE, 2), 2,
                    new TrainingListener() { }).run(null, false, () -> false).history().rows().getLast().psnr();
        }
    }

    @Test
    void fourHundredSlicesAreLearnedAsWellAsForty() throws IOException {
        double few = ownSlices(40);
        double many = ownSlices(400);
        assertTrue(many > few - 1, "own slices of 400: " + many + " dB, of 40: " + few);
    }
}
