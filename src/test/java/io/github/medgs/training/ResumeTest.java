package io.github.medgs.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.model.ModelFile;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A run that stops, is saved, and goes on with fresh objects ends with the bytes of the run that never stopped: model,
 * optimiser, density statistics, schedule and history.
 */
class ResumeTest {

    private static final int SLICES = 6;
    private static final int HEIGHT = 20;
    private static final int WIDTH = 28;

    /** The anchored form; views between slices, Adam on drawn Gaussians only, rates that decay. */
    private static final List<String> ANCHORED = List.of("checkpointInterval=1000", "reportInterval=30",
            "start.sharpening=2");

    /**
     * The published form, with all that changes the number of Gaussians: clones, splits, pruning, opacity resets, the
     * spread regulariser's end and the begin of in-between views fall before the stop as well as after it.
     */
    private static final List<String> PUBLISHED = List.of("checkpointInterval=1000", "reportInterval=30",
            "model.motionDegree=3", "start.gaussians=150", "between.from=50", "density.most=3000", "density.after=10",
            "density.until=1000", "density.interval=12", "density.largestScaleAfter=40", "density.opacityReset=27",
            "objective.spreadUntil=60", "density.meanGradient=2e-5", "density.timeGradient=2e-5");

    @TempDir
    Path folder;

    private static TrainingData data() {
        float[] voxels = new float[SLICES * HEIGHT * WIDTH];
        float[] mask = new float[voxels.length];
        for (int k = 0; k < SLICES; k++) {
            for (int j = 0; j < HEIGHT; j++) {
                for (int i = 0; i < WIDTH; i++) {
                    int at = (k * HEIGHT + j) * WIDTH + i;
                    double distance = Math.hypot(i - 10 - k, j - 9 - 0.5 * k);
                    mask[at] = distance < 6 ? 1 : 0;
                    voxels[at] = (float) (600 * mask[at] + 100 * StrictMath.sin(0.7 * i + 0.4 * k) + 5 * j);
                }
            }
        }
        return new TrainingData(stack(voxels, 3, new IntensityWindow(-100, 800)), mask);
    }

    private static SliceStack stack(float[] voxels, double spacing, IntensityWindow window) {
        return SliceStack.of(new Volume(WIDTH, HEIGHT, SLICES, voxels, new Matrix4d().scale(1, 1, spacing)), SliceAxis.K,
                window);
    }

    private static TrainingConfig config(String preset, List<String> settings, int iterations) {
        List<String> all = new ArrayList<>(settings);
        all.add("iterations=" + iterations);
        return Configs.load(preset, null, all);
    }

    private static final TrainingListener SILENT = new TrainingListener() {};

    /** Trains from the start, or from the checkpoint; asked to stop when that many steps were done in all. */
    private static Trainer.Outcome train(String engineName, TrainingConfig config, Path checkpoint, boolean resume,
            int stopAt) throws IOException {
        return train(engineName, config, data(), checkpoint, resume, stopAt);
    }

    private static Trainer.Outcome train(String engineName, TrainingConfig config, TrainingData data, Path checkpoint,
            boolean resume, int stopAt) throws IOException {
        AtomicInteger done = new AtomicInteger(-1);
        TrainingListener counting = new TrainingListener() {
            @Override
            public void stepped(int iteration, int iterations) {
                done.set(iteration);
            }
        };
        try (Engine engine = EngineChoice.open(engineName, 2, null).engine()) {
            // One makes its views ready ahead, the other does not: that must not show either.
            int threads = resume ? 5 : 1;
            InBetween between = InBetween.of(config, data, Heads.JOINT, 1);
            return new Trainer(engine, config, data, Heads.JOINT, between, threads, counting)
                    .run(checkpoint, resume, () -> done.get() == stopAt);
        }
    }

    private byte[] bytes(Trainer.Outcome outcome) throws IOException {
        Path file = folder.resolve("model.medgs");
        ModelFile.write(outcome.model(), file);
        return Files.readAllBytes(file);
    }

    // The last column is wall-clock time, the one thing that cannot be the same.
    private static List<String> withoutSeconds(History history) {
        return history.toCsv().lines().map(line -> line.substring(0, line.lastIndexOf(','))).toList();
    }

    @ParameterizedTest
    @CsvSource({"reference, anchored, 44, 22", "vector, anchored, 400, 200", "reference, published, 80, 40",
        "vector, published, 400, 200", "vector, published, 110, 55", "vector, published, 110, 100"})
    void stoppingAndGoingOnChangesNoBit(String engine, String form, int iterations, int stopAt) throws IOException {
        TrainingConfig config = form.equals("anchored") ? config("quick", ANCHORED, iterations)
                : config("paper", PUBLISHED, iterations);
        Trainer.Outcome unbroken = train(engine, config, null, false, -2);
        Path checkpoint = folder.resolve("checkpoint.medgs");
        Trainer.Outcome first = train(engine, config, checkpoint, false, stopAt);
        assertFalse(first.finished());
        assertEquals(stopAt, first.iteration());
        Trainer.Outcome second = train(engine, config, checkpoint, true, -2);
        assertTrue(second.finished());
        assertArrayEquals(bytes(unbroken), bytes(second));
        assertEquals(withoutSeconds(unbroken.history()), withoutSeconds(second.history()));
        double last = 0;
        for (History.Row row : second.history().rows()) {
            assertTrue(row.seconds() >= last, "the clock of the history runs backwards: " + second.history().toCsv());
            last = row.seconds();
        }
    }

    @Test
    void whatTheComparisonRestsOnHappens() throws IOException {
        // Were density control idle after the stop, the test above would prove little.
        TrainingConfig config = config("paper", PUBLISHED, 110);
        Path checkpoint = folder.resolve("checkpoint.medgs");
        int half = train("vector", config, checkpoint, false, 55).model().gaussians().count();
        Trainer.Outcome whole = train("vector", config, checkpoint, true, -2);
        assertNotEquals(150, half);
        assertNotEquals(half, whole.model().gaussians().count());
        // And a checkpoint whose statistics are lost ends elsewhere.
        train("vector", config, checkpoint, false, 55);
        Checkpoint saved = CheckpointFile.read(checkpoint, 3000);
        saved.statistics().clear();
        CheckpointFile.write(saved, checkpoint);
        assertFalse(java.util.Arrays.equals(bytes(whole), bytes(train("vector", config, checkpoint, true, -2))));
    }

    @Test
    void aFinishedRunIsResumedAsItself() throws IOException {
        TrainingConfig config = config("quick", ANCHORED, 20);
        Path checkpoint = folder.resolve("checkpoint.medgs");
        byte[] once = bytes(train("vector", config, checkpoint, false, -2));
        assertArrayEquals(once, bytes(train("vector", config, checkpoint, true, -2)));
    }

    @Test
    void anotherSettingIsRefusedByItsName() throws IOException {
        Path checkpoint = folder.resolve("checkpoint.medgs");
        TrainingConfig first = config("quick", ANCHORED, 20);
        train("vector", first, checkpoint, false, 10);
        List<String> changed = new ArrayList<>(ANCHORED);
        changed.add("rates.angle=0.5");
        changed.add("seed=3");
        InputException refusal = assertThrows(InputException.class,
                () -> train("vector", config("quick", changed, 20), checkpoint, true, -2));
        assertTrue(refusal.getMessage().contains("seed was 0 and is 3"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("rates.angle was " + first.rates().angle() + " and is 0.5"), refusal.getMessage());
    }

    @Test
    void slicesThatMeanSomethingElseOrLieElsewhereAreRefused() throws IOException {
        Path checkpoint = folder.resolve("checkpoint.medgs");
        TrainingConfig config = config("quick", ANCHORED, 20);
        // The same shares of the window to the bit: twice the intensities, another spacing.
        SliceStack same = data().stack();
        float[] units = same.values();
        float[] twice = new float[units.length];
        for (int n = 0; n < twice.length; n++) {
            twice[n] = 2 * units[n];
        }
        train("vector", config, new TrainingData(stack(units, 3, new IntensityWindow(0, 1)), data().mask()), checkpoint, false, 10);
        for (SliceStack other : List.of(stack(twice, 3, new IntensityWindow(0, 2)), stack(units, 5, new IntensityWindow(0, 1)))) {
            assertArrayEquals(same.values(), other.values());
            InputException refusal = assertThrows(InputException.class, () -> train("vector", config,
                    new TrainingData(other, data().mask()), checkpoint, true, -2));
            assertTrue(refusal.getMessage().contains("trained on other slices"), refusal.getMessage());
        }
    }
}
