package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.joml.Matrix4d;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole processes, killed and interrupted in the middle of training. Every build kills three, on a small volume and the
 * engine that starts fastest. More kills, on the default engine:
 *
 * <pre>mvn test -Dtest=KillTest -Dmedgs.kills=20 -Dmedgs.seed=7 -Dmedgs.engine=vector</pre>
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("medgs.kills", 3);
    private static final long SEED = Long.getLong("medgs.seed", 1);
    private static final String ENGINE = System.getProperty("medgs.engine", "reference");
    private static final int STEPS = 150;

    @TempDir
    Path folder;

    @BeforeEach
    void writeVolume() throws IOException {
        float[] voxels = new float[36 * 32 * 8];
        for (int n = 0; n < voxels.length; n++) {
            int i = n % 36;
            int j = n / 36 % 32;
            int k = n / 36 / 32;
            voxels[n] = (Math.hypot(i - 14 - k, j - 15) < 9 ? 200 : 0) + i + 2 * j;
        }
        VolumeFiles.write(new Volume(36, 32, 8, voxels, new Matrix4d().scale(1, 1, 3)), folder.resolve("image.nii"));
    }

    /** Checkpoints come often, so that kills hit their writing too. */
    private List<String> training(Path out, int iterations, String... more) {
        List<String> all = new ArrayList<>(List.of("train", folder.resolve("image.nii").toString(), "-o",
                out.toString(), "--engine", ENGINE, "--preset", "quick", "--set", "iterations=" + iterations, "--set",
                "checkpointInterval=3", "--set", "start.pixelsPerGaussian=6"));
        all.addAll(List.of(more));
        return all;
    }

    private static List<String> parts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".part")).toList();
        }
    }

    @Test
    void killedRunsEndWithTheBytesOfTheUnbrokenOne() throws Exception {
        Path unbroken = folder.resolve("unbroken");
        ChildProcess undisturbed = ChildProcess.start("1g", training(unbroken, STEPS));
        undisturbed.awaitFile(unbroken.resolve("config.json"));
        long began = System.nanoTime();
        ChildProcess.Ended whole = undisturbed.await();
        long milliseconds = (System.nanoTime() - began) / 1_000_000;
        assertEquals(0, whole.status(), whole.output());
        byte[] expected = Files.readAllBytes(unbroken.resolve("model.medgs"));
        Random random = new Random(SEED);
        int tooLate = 0;
        int withCheckpoint = 0;
        for (int run = 0; run < KILLS; run++) {
            // From the moment there is something to lose, every other run once it has a checkpoint; a run that was over
            // before is run again.
            String begun = run % 2 == 0 ? "config.json" : "checkpoint.medgs";
            // The first run is the slowest, with nothing cached: later ones may take half its time.
            long latest = Math.max(1, run % 2 == 0 ? milliseconds / 2 : milliseconds / 4);
            Path out = null;
            boolean killed = false;
            while (!killed) {
                out = folder.resolve("killed-" + run + "-" + tooLate);
                ChildProcess child = ChildProcess.start("1g", training(out, STEPS));
                child.awaitFile(out.resolve(begun));
                killed = child.killAfter(random.nextLong(latest)) && !Files.exists(out.resolve("model.medgs"));
                tooLate += killed ? 0 : 1;
                assertTrue(tooLate < 10 + KILLS, "runs end before they are killed");
            }
            withCheckpoint += Files.exists(out.resolve("checkpoint.medgs")) ? 1 : 0;
            ChildProcess.Ended resumed = ChildProcess.run("1g", training(out, STEPS, "--resume"));
            assertEquals(0, resumed.status(), resumed.output());
            assertArrayEquals(expected, Files.readAllBytes(out.resolve("model.medgs")), "run " + run);
            assertEquals(List.of(), parts(out));
        }
        System.out.println(KILLS + " runs with seed " + SEED + " killed while they ran, " + withCheckpoint
                + " of them resumed from a checkpoint, all ended with the same bytes");
        assertTrue(withCheckpoint >= KILLS / 2, withCheckpoint + " checkpoints");
    }

    @Test
    void interruptingSavesAndSaysHowToGoOn() throws Exception {
        Path out = folder.resolve("out");
        ChildProcess child = ChildProcess.start("1g", training(out, 200_000, "--view", "--no-open", "--json"));
        child.awaitFile(out.resolve("checkpoint.medgs"));
        try (Socket page = child.page("events")) {
            child.interrupt();
            String events = new String(page.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(events.contains("event: ended") && events.contains("the checkpoint is safe"), events);
        }
        ChildProcess.Ended ended = child.await();
        assertEquals(130, ended.status(), ended.output());
        assertTrue(ended.output().endsWith("the checkpoint is safe: go on with the same command and --resume\"}\n"
                + "{\"event\":\"end\",\"status\":130}\n"), ended.output());
        assertFalse(Files.exists(out.resolve("model.medgs")));
        assertEquals(List.of(), parts(out));
        // A resumed run keeps its own settings; told another one, it names it and touches nothing.
        byte[] checkpoint = Files.readAllBytes(out.resolve("checkpoint.medgs"));
        ChildProcess.Ended changed = ChildProcess.run("1g", List.of("train",
                folder.resolve("image.nii").toString(), "-o", out.toString(), "--engine", ENGINE, "--resume", "--set",
                "iterations=30", "--quiet"));
        assertEquals(2, changed.status(), changed.output());
        assertTrue(changed.output().contains("iterations was 200000 and is 30"), changed.output());
        assertArrayEquals(checkpoint, Files.readAllBytes(out.resolve("checkpoint.medgs")));
        String config = Files.readString(out.resolve("config.json"));
        assertTrue(config.contains("\"iterations\" : 200000"), config);
    }

    /** While the motion between slices is worked out there is nothing to keep, and nobody waits for its end. */
    @Test
    void interruptingBeforeTheFirstStepEndsAtOnce() throws Exception {
        float[] voxels = new float[160 * 160 * 24];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = (float) (100 * StrictMath.sin(0.3 * n) + n % 91 + n / 25600);
        }
        VolumeFiles.write(new Volume(160, 160, 24, voxels, new Matrix4d().scale(1, 1, 3)), folder.resolve("image.nii"));
        Path out = folder.resolve("out");
        ChildProcess child = ChildProcess.start("1g", training(out, 200_000, "--json"));
        child.awaitFile(out.resolve("config.json"));
        child.terminate();
        ChildProcess.Ended ended = child.await();
        assertEquals(143, ended.status(), ended.output());
        assertTrue(ended.output().endsWith("\n{\"event\":\"end\",\"status\":143}\n"), ended.output());
        assertFalse(Files.exists(out.resolve("checkpoint.medgs")), ended.output());
        assertFalse(ended.output().contains("interrupted at step"), ended.output());
    }

    /** Once the model stands, nobody waits for thousands of slices to be drawn; the checkpoint draws them later. */
    @Test
    void interruptingTheDrawingEndsAtOnce() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no program script, of util-linux, on this machine");
        Path out = folder.resolve("out");
        List<String> drawing = training(out, 6);
        drawing.set(0, "reconstruct");
        List<String> endless = new ArrayList<>(drawing);
        endless.addAll(List.of("--factor", "2000", "--no-uncertainty"));
        ChildProcess child = ChildProcess.startOnATerminal("3g", endless);
        child.awaitFile(out.resolve("model.medgs"));
        child.awaitOutput("drawing");
        child.pressControlC();
        ChildProcess.Ended ended = child.await();
        assertEquals(130, ended.status(), ended.output());
        assertTrue(ended.output().endsWith("\n"), "the prompt stands behind the bar: " + ended.output());
        // Had it been waited for, what it drew would stand here.
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(List.of("checkpoint.medgs", "config.json", "history.csv", "model.medgs"),
                    files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")).sorted().toList());
        }
        drawing.addAll(List.of("--resume", "--factor", "2"));
        ChildProcess.Ended resumed = ChildProcess.run("1g", drawing);
        assertEquals(0, resumed.status(), resumed.output());
        assertTrue(Files.exists(out.resolve("interpolated.nii.gz")), resumed.output());
    }

    /** On a terminal a progress bar is drawn, and nothing of it may take Ctrl-C away. */
    @Test
    void interruptingOnATerminalSavesToo() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no program script, of util-linux, on this machine");
        Path out = folder.resolve("out");
        ChildProcess child = ChildProcess.startOnATerminal("1g", training(out, 200_000));
        child.awaitFile(out.resolve("checkpoint.medgs"));
        child.pressControlC();
        ChildProcess.Ended ended = child.await();
        assertEquals(130, ended.status(), ended.output());
        assertTrue(ended.output().contains("training ") && ended.output().contains("/200000"), ended.output());
        assertTrue(ended.output().contains("the checkpoint is safe"), ended.output());
        assertFalse(ended.output().contains("\u001b"), "an escape code");
    }
}
