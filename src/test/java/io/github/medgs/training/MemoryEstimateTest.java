package io.github.medgs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.engine.tornado.TornadoEngine;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The estimate against the truth: a run that has what was estimated finishes, and one that has less than {@value
 * #FACTOR} of it runs out of memory. So it is neither too low nor more than {@code 1 / FACTOR} times too high.
 */
class MemoryEstimateTest {

    private static final double FACTOR = 0.4;
    private static final int SLICES = 12;
    private static final int SIDE = 160;
    private static final int OUT_OF_MEMORY = 3;

    @TempDir
    Path folder;

    private static TrainingConfig config(String preset) {
        List<String> settings = preset.equals("paper")
                ? List.of("iterations=2", "between.from=0", "start.gaussians=400000", "density.until=0")
                : List.of("iterations=2", "start.pixelsPerGaussian=2", "start.sharpening=0");
        return Configs.load(preset, null, settings);
    }

    @ParameterizedTest
    @CsvSource({"quick, vector", "paper, vector", "quick, reference", "paper, reference"})
    void theEstimateIsEnoughAndNotMuchMore(String preset, String engine) throws Exception {
        MemoryEstimate estimate;
        try (Engine open = EngineChoice.open(engine, 1, null).engine()) {
            estimate = MemoryEstimate.of(config(preset), new MemoryEstimate.Sizes(SLICES, SIDE, SIDE, true, 0, 1), open);
        }
        Path checkpoint = folder.resolve("checkpoint.medgs");
        assertEquals("finished 0", run(estimate.heap(), preset, engine, checkpoint));
        long size = Files.size(checkpoint);
        assertTrue(estimate.disk() >= 2 * size && estimate.disk() <= 4 * size,
                estimate.disk() + " bytes of disk for checkpoints of " + size);
        assertEquals("out of memory " + OUT_OF_MEMORY,
                run((long) (FACTOR * estimate.heap()), preset, engine, checkpoint));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick", "paper"})
    void aDevicesHostSideIsCountedToo(String preset) throws Exception {
        assumeTrue(TornadoEngine.isLauncherPresent() && System.getenv("TORNADOVM_HOME") != null,
                "TornadoVM is not in this process: set TORNADOVM_HOME to an SDK to run the tests on a device");
        theEstimateIsEnoughAndNotMuchMore(preset, "tornado");
    }

    private static String run(long heap, String preset, String engine, Path checkpoint) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (engine.equals("tornado")) {
            command.add("@" + System.getenv("TORNADOVM_HOME") + "/tornado-argfile");
        }
        command.addAll(List.of("-Xmx" + (heap >> 10) + "k", "--add-modules", "jdk.incubator.vector", "-cp",
                System.getProperty("java.class.path"), MemoryEstimateTest.class.getName(), preset, engine,
                checkpoint.toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (InputStream in = process.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip() + " " + process.waitFor();
        }
    }

    /** Trains two steps, saves, and goes on from there: preset, engine, checkpoint. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("joml.nounsafe", "true");
        try {
            TrainingConfig config = config(arguments[0]);
            float[] voxels = new float[SLICES * SIDE * SIDE];
            float[] mask = new float[voxels.length];
            for (int n = 0; n < voxels.length; n++) {
                voxels[n] = n % SIDE + 10 * (n / (SIDE * SIDE));
                mask[n] = n % SIDE < SIDE / 2 ? 1 : 0;
            }
            Volume image = new Volume(SIDE, SIDE, SLICES, voxels, new Matrix4d());
            Volume labels = new Volume(SIDE, SIDE, SLICES, mask, new Matrix4d());
            SliceStack stack = SliceStack.of(image, SliceAxis.K, new IntensityWindow(0, 300));
            TrainingData data = new TrainingData(stack, stack.maskOf(labels, java.util.Set.of()));
            InBetween between = InBetween.of(config, data, Heads.JOINT, 1);
            try (Engine engine = EngineChoice.open(arguments[1], 1, null).engine()) {
                for (boolean resume : new boolean[] {false, true}) {
                    new Trainer(engine, config, data, Heads.JOINT, between, 1, new TrainingListener() {})
                            .run(Path.of(arguments[2]), resume, () -> false);
                }
            }
            System.out.println("finished" + (image.nx() + labels.nx() == 0 ? "?" : ""));
        } catch (OutOfMemoryError e) {
            System.out.println("out of memory");
            System.exit(OUT_OF_MEMORY);
        }
    }
}
