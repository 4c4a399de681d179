package io.github.medgs.evaluation.compactness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.ModelRenderer;
import io.github.medgs.evaluation.GaussianSlices;
import io.github.medgs.evaluation.interpolation.ImageMetrics;
import io.github.medgs.evaluation.interpolation.TrainedMethod;
import io.github.medgs.kernel.Folding;
import io.github.medgs.model.CodingSteps;
import io.github.medgs.model.CompactModel;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.reconstruction.OwnSlices;
import io.github.medgs.training.Configs;
import io.github.medgs.training.History;
import io.github.medgs.training.TrainingData;
import io.github.medgs.training.TrainingListener;
import io.github.medgs.volume.AcquiredSlices;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.joml.Matrix4d;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discs that drift across noisy slices. */
class CompressionTest {

    private static final int SIZE = 22;
    private static final int SLICES = 7;

    private static Engine engine;
    private static Volume volume;
    private static SliceStack stack;
    private static TrainedModel compact;

    @TempDir
    Path folder;

    @BeforeAll
    static void train() throws IOException {
        engine = EngineChoice.open("reference", 1, null).engine();
        Random random = new Random(4);
        float[] voxels = new float[SIZE * SIZE * SLICES];
        for (int k = 0, at = 0; k < SLICES; k++) {
            for (int j = 0; j < SIZE; j++) {
                for (int i = 0; i < SIZE; i++) {
                    double distance = Math.hypot(i - 8 - k, j - 10);
                    voxels[at++] = (float) Math.round(100 / (1 + Math.exp(distance - 5)) + 2 * random.nextGaussian() + 10);
                }
            }
        }
        volume = new Volume(SIZE, SIZE, SLICES, voxels, new Matrix4d());
        stack = SliceStack.of(volume, SliceAxis.K, new IntensityWindow(0, 120));
        TrainedModel learnt = ((GaussianSlices) method("compact", 8).fit(stack)).model();
        compact = learnt.with(AcquiredSlices.of(volume, SliceAxis.K));
    }

    private static TrainedMethod method(String preset, int passes) {
        return new TrainedMethod(preset, Configs.load(preset, null, List.of("passes=" + passes)), engine, 1,
                new TrainingListener() {
                    @Override
                    public void stepped(int iteration, int iterations) {}

                    @Override
                    public void reported(History.Row row, int iterations) {}

                    @Override
                    public void note(String line) {}
                }, () -> false);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void theSmallestThatHoldsItsSlicesIsFound() {
        Compression compression = new Compression(engine, compact);
        assertTrue(compression.againstAcquired());
        Compression.Found found = compression.ofQuality(36, done -> {});
        assertTrue(found.ownPsnr() >= 36, found.step() + ": " + found.ownPsnr() + " dB");
        assertEquals(found.ownPsnr(), compression.ownPsnr(found.compact().model()), 0.0);
        Compression.Found better = compression.ofQuality(41, done -> {});
        assertTrue(better.ownPsnr() >= 41 && better.compact().bytes() > found.compact().bytes());
        // The acquired slices are nearer than the model's own drawing of them would bring it.
        assertTrue(found.ownPsnr() > compression.atStep(found.step()).ownPsnr());
        assertEquals(found.compact().bytes(), compression.ofQuality(36, done -> {}).compact().bytes());
    }

    /** Air is held at any step, and would let the rest go to pieces. */
    @Test
    void slicesOfOneValueDoNotCount() {
        float[][] slices = new float[SLICES][];
        for (int k = 0; k < SLICES; k++) {
            slices[k] = Arrays.copyOfRange(stack.values(), k * SIZE * SIZE, (k + 1) * SIZE * SIZE);
        }
        double all = new Compression(engine, compact, slices).ownPsnr(compact);
        double sum = 0;
        for (int k = 0; k < SLICES; k++) {
            float[][] oneReal = new float[SLICES][SIZE * SIZE];
            oneReal[k] = slices[k];
            sum += new Compression(engine, compact, oneReal).ownPsnr(compact);
        }
        assertEquals(all, sum / SLICES, 1e-9, "each by itself, the others of one value");
        assertEquals(all, OwnSlices.of(engine, compact, new TrainingData(stack, null)).psnr(), 1e-5, "as a run's report");
        float[] oneReal = new float[stack.values().length];
        System.arraycopy(volume.voxels(), 0, oneReal, 0, SIZE * SIZE);
        SliceStack air = SliceStack.of(volume.withVoxels(oneReal), SliceAxis.K, stack.window());
        assertEquals(ImageMetrics.psnr(drawnFirst(), slices[0]),
                OwnSlices.of(engine, compact, new TrainingData(air, null)).psnr(), 1e-5);
        float[][] none = new float[SLICES][SIZE * SIZE];
        assertTrue(Double.isFinite(new Compression(engine, compact, none).ownPsnr(compact)), "all count where no others are");
    }

    private static float[] drawnFirst() {
        float[] pixels = new float[SIZE * SIZE];
        try (ModelRenderer renderer = engine.renderer(compact.gaussians())) {
            renderer.render(0, pixels, null);
        }
        for (int p = 0; p < pixels.length; p++) {
            pixels[p] = Math.clamp(pixels[p], 0f, 1f);
        }
        return pixels;
    }

    @Test
    void theBestThatFitsIsFound() {
        Compression compression = new Compression(engine, compact);
        long most = 2000;
        Compression.Found found = compression.ofSize(most, done -> {});
        assertTrue(found.compact().bytes() <= most, found.compact().bytes() + " bytes");
        Compression.Found finer = compression.settledAtStep(found.step() / Math.pow(2, 0.25));
        assertTrue(finer.compact().bytes() > most, "a finer one fits as well");
    }

    /** Whoever asks for the bytes that a quality takes has that quality. */
    @Test
    void aSizeIsFilledAsWellAsAQualityFillsIt() {
        Compression compression = new Compression(engine, compact);
        Compression.Found ofQuality = compression.ofQuality(38, done -> {});
        Compression.Found ofSize = compression.ofSize(ofQuality.compact().bytes(), done -> {});
        assertEquals(ofQuality.compact().bytes(), ofSize.compact().bytes());
        assertEquals(ofQuality.ownPsnr(), ofSize.ownPsnr());
    }

    @Test
    void whereNothingFitsTheSmallestIsFound() {
        Compression compression = new Compression(engine, compact);
        long smallest = Long.MAX_VALUE;
        for (int rung = 80; rung < 96; rung++) {
            smallest = Math.min(smallest, compression.settledAtStep(Math.pow(2, rung / 8.0) / 4096).compact().bytes());
        }
        assertEquals(smallest, compression.ofSize(1, done -> {}).compact().bytes());
        assertEquals(smallest, compression.ofSize(smallest, done -> {}).compact().bytes());
    }

    /** Intensities that are rounded together against each one to its nearest, at the same step: as near, in fewer bits. */
    @Test
    void roundingTogetherTakesFewerBitsForTheSameDecibels() {
        Compression compression = new Compression(engine, compact);
        double step = 0.06;
        TrainedModel together = compression.atStep(step).compact().model();
        TrainedModel each = alone(step);
        double lost = compression.ownPsnr(each) - compression.ownPsnr(together);
        double saved = entropy(each, step) - entropy(together, step);
        // At fine steps a bit is worth 6 dB.
        assertTrue(saved > 0.1 && saved > 1.5 * lost / 6, saved + " bits saved, " + lost + " dB lost");
    }

    // Bits for the difference of one Gaussian's intensity and the next one's.
    private static double entropy(TrainedModel model, double step) {
        FoldedGaussians all = model.gaussians();
        int row = all.form().imageIntensityRow();
        Map<Long, Integer> seen = new HashMap<>();
        for (int g = 1; g < all.count(); g++) {
            seen.merge(Math.round((all.get(row, g) - all.get(row, g - 1)) * Folding.C0 / step), 1, Integer::sum);
        }
        double bits = 0;
        for (int times : seen.values()) {
            bits -= times * Math.log((double) times / all.count()) / Math.log(2);
        }
        return bits / all.count();
    }

    // Every intensity to the nearest multiple of the step; positions and widths are those of the start.
    private static TrainedModel alone(double step) {
        TrainedModel rounded = CompactModel.of(compact, CodingSteps.of(step)).model();
        FoldedGaussians all = rounded.gaussians();
        FoldedGaussians before = compact.gaussians();
        double unit = step / Folding.C0;
        for (int g = 0; g < all.count(); g++) {
            for (int h = 0; h < before.count(); h++) {
                if (Math.abs(all.get(0, g) - before.get(0, h)) < 1e-4 && Math.abs(all.get(1, g) - before.get(1, h)) < 1e-4
                        && all.get(5, g) == before.get(5, h)) {
                    int row = all.form().imageIntensityRow();
                    all.set(row, g, (float) (Math.round(before.get(row, h) / unit) * unit));
                }
            }
        }
        return rounded;
    }

    @Test
    void theCurveFallsWithItsBytes() throws IOException {
        CompactnessResult result = new CompactnessStudy(volume, stack, 2, engine, 1, folder)
                .run("discs", List.of(method("compact", 3), method("quick", 2)));
        assertEquals(4, result.kept());
        assertEquals(4L * SIZE * SIZE, result.voxels());
        assertEquals(Files.size(folder.resolve("kept.nii.gz")), result.niftiBytes());
        assertEquals(2 * (2 + CompactnessStudy.STEPS.length), result.points().size());
        for (int n = 2; n < 1 + CompactnessStudy.STEPS.length; n++) {
            assertTrue(result.points().get(n).bytes() < result.points().get(n - 1).bytes());
            assertTrue(result.points().get(n).ownPsnr() < result.points().get(n - 1).ownPsnr() + 0.05);
        }
        assertTrue(CompactnessFiles.csv(result).lines().count() == 3 + result.points().size());
        String page = CompactnessFiles.page(result);
        assertTrue(page.contains("raw int16") && page.contains("quick") && page.contains("<polyline"));
        assertFalse(CompactnessFiles.json(result).contains("NaN"));
    }
}
