package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.training.Configs;
import io.github.medgs.training.Heads;
import io.github.medgs.training.InBetween;
import io.github.medgs.training.MemoryEstimate.Sizes;
import io.github.medgs.training.Trainer;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.training.TrainingListener;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.LabelChoice;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said before a long run. Seconds are no matter of a test: only that all parts were tried, on true numbers. */
class ForecastTest {

    private static LearningTask kidney(String preset, String... settings) throws Exception {
        Volume image = VolumeFiles.read(Path.of("sample-volumes/kidney.nii.gz"));
        Volume mask = VolumeFiles.read(Path.of("sample-volumes/kidney-mask.nii.gz"));
        TrainingConfig config = Configs.load(preset, null, List.of(settings));
        return LearningTask.of("kidney", image, SliceAxis.AUTO, IntensityWindow.automatic(image),
                new Mask(mask, "mask", Set.of(), false), LabelChoice.ALL, config, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick", "mesh"})
    void everyPartIsTriedAmongAsManyGaussiansAsThereWillBe(String preset) throws Exception {
        LearningTask task = kidney(preset, "start.pixelsPerGaussian=20", "iterations=4");
        Limits.Need need = new Limits.Need(new Sizes(24, 96, 96, true, 70, 2, 1, 4, true), 1L << 30);
        try (Engine engine = EngineChoice.open("vector", 2, null).engine()) {
            Forecast forecast = Forecast.of(engine, task, need, DrawingRecipe.USUAL);
            assertTrue(forecast.preparing() > 0 && forecast.training() > 0 && forecast.drawing() > 0, forecast.toString());
            assertEquals(forecast.seconds(), forecast.preparing() + forecast.training() + forecast.drawing());
            assertEquals(0, Forecast.of(engine, task, need, null).drawing());
            InBetween between = InBetween.of(task.config(), task.data(), task.heads(), 2);
            FoldedGaussians truly = new Trainer(engine, task.config(), task.data(), task.heads(), between, 2,
                    new TrainingListener() { }).run(null, false, () -> true).model().gaussians();
            assertEquals(truly.count(), forecast.gaussians(), 0.1 * truly.count());
        }
    }

    /** As many steps as it warms up for: none would be left to time. */
    @Test
    void aRunThatEndsWithTheWarmUpIsForecastToo() throws Exception {
        LearningTask task = kidney("quick", "start.pixelsPerGaussian=3000", "iterations=100", "between.target=linear",
                "start.motion=false");
        Limits.Need need = new Limits.Need(new Sizes(24, 96, 96, true, 0, 2, 1, 4, true), 1L << 30);
        try (Engine engine = EngineChoice.open("vector", 2, null).engine()) {
            double seconds = Forecast.of(engine, task, need, null).training();
            assertTrue(seconds > 0 && seconds < 1e6, seconds + " seconds");
        }
    }

    /** The published target needs no motion, so one is tried: on as many slices as there are. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void oneAndTwoSlicesAreForecastToo(int slices) throws Exception {
        float[] voxels = new float[12 * 12 * slices];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = (n % 12 - 6) * (n / 12 % 12 - 4) + 5 * (n / 144);
        }
        Volume image = new Volume(12, 12, slices, voxels, new Matrix4d().scale(1, 1, 3));
        TrainingConfig config = Configs.load("paper", null,
                List.of("iterations=4", "start.gaussians=100", "density.most=200"));
        LearningTask task = LearningTask.of("few", image, SliceAxis.K, IntensityWindow.automatic(image), null,
                LabelChoice.ALL, config, 1);
        try (Engine engine = EngineChoice.open("reference", 1, null).engine()) {
            Limits.Need need = new Limits.Need(new Sizes(slices, 12, 12, false, 4 * slices - 3, 1, 1, 4, true), 1L << 30);
            Forecast forecast = Forecast.of(engine, task, need, DrawingRecipe.USUAL);
            assertTrue(forecast.training() > 0 && forecast.drawing() > 0, forecast.toString());
        }
    }

    @Test
    void aShortRunIsNotKeptWaiting() throws Exception {
        assertFalse(Forecast.worthwhile(kidney("default")));
        assertTrue(Forecast.worthwhile(kidney("quick", "iterations=100000")));
        assertEquals(Heads.JOINT, kidney("quick").heads());
    }
}
