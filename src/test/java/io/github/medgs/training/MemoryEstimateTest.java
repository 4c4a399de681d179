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
import java.util.Random;
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
    private static final int MANY_SLICES = 17;
    private static final int LARGE_SIDE = 360;
    private static final int MANY_THREADS = 16;
    private static final int OUT_OF_MEMORY = 3;

    @TempDir
    Path folder;

    private static TrainingConfig config(String preset) {
        List<String> settings = preset.equals("paper")
                ? List.of("iterations=2", "between.from=0", "start.gaussians=400000", "density.until=0")
                : List.of("iterations=2", "start.pixelsPerGaussian=2", "start.sharpening=0");
        return Configs.load(preset, null, settings);
    }

    /** The motion between slices takes more than the few Gaussians on them. */
    private static TrainingConfig moving(String target) {
        return Configs.load("quick", null, List.of("iterations=2", "start.pixelsPerGaussian=200", "start.sharpening=0",
                "between.target=" + target, "between.maskTarget=none"));
    }

    @ParameterizedTest
    @CsvSource({"quick, vector", "paper, vector", "quick, reference", "paper, reference"})
    void theEstimateIsEnoughAndNotMuchMore(String preset, String engine) throws Exception {
        MemoryEstimate estimate;
        try (Engine open = EngineChoice.open(engine, 1, null).engine()) {
            estimate = MemoryEstimate.of(config(preset), new MemoryEstimate.Sizes(SLICES, SIDE, SIDE, true, 0, 1, 1, 4, true), open);
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
    @ValueSource(strings = {"motion", "learned"})
    void whatEveryThreadTakesForItselfIsCounted(String target) throws Exception {
        MemoryEstimate estimate;
        try (Engine open = EngineChoice.open("vector", MANY_THREADS, null).engine()) {
            estimate = MemoryEstimate.of(moving(target), new MemoryEstimate.Sizes(MANY_SLICES, LARGE_SIDE, LARGE_SIDE, true, 0,
                    MANY_THREADS, 1, 4, true), open);
        }
        assertTrue(estimate.preparation() > estimate.training());
        assertEquals("finished 0", run(estimate.heap(), target, "vector", folder.resolve("checkpoint.medgs")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick", "paper"})
    void aDevicesHostSideIsCountedToo(String preset) throws Exception {
        assumeTrue(TornadoEngine.isLauncherPresent() && System.getenv("TORNADOVM_HOME") != null,
                "TornadoVM is not in this process: set TORNADOVM_HOME to an SDK to run the tests on a device");
        theEstimateIsEnoughAndNotMuchMore(preset, "tornado");
    }

    /** @param preset or the target between slices of {@link #moving} */
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
            boolean moves = arguments[0].equals("motion") || arguments[0].equals("learned");
            TrainingConfig config = moves ? moving(arguments[0]) : config(arguments[0]);
            int threads = moves ? MANY_THREADS : 1;
            int side = moves ? LARGE_SIDE : SIDE;
            int slices = moves ? MANY_SLICES : SLICES;
            Random noise = new Random(1);
            float[] voxels = new float[slices * side * side];
            float[] mask = new float[voxels.length];
            for (int n = 0; n < voxels.length; n++) {
                // Where all is noise, every gap is tried for itself, too.
                voxels[n] = moves ? 300 * noise.nextFloat() : n % side + 10 * (n / (side * side));
                mask[n] = n % side < side / 2 ? 1 : 0;
            }
            Volume image = new Volume(side, side, slices, voxels, new Matrix4d());
            Volume labels = new Volume(side, side, slices, mask, new Matrix4d());
            SliceStack stack = SliceStack.of(image, SliceAxis.K, new IntensityWindow(0, 300));
            TrainingData data = new TrainingData(stack, stack.maskOf(labels, java.util.Set.of()));
            InBetween between = InBetween.of(config, data, Heads.JOINT, threads);
            try (Engine engine = EngineChoice.open(arguments[1], threads, null).engine()) {
                for (boolean resume : new boolean[] {false, true}) {
                    new Trainer(engine, config, data, Heads.JOINT, between, threads, new TrainingListener() {})
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
