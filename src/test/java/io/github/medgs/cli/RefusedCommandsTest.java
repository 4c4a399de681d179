package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.InputException;
import io.github.medgs.model.ModelFile;
import io.github.medgs.reconstruction.Reconstruction;
import io.github.medgs.reconstruction.RunFolder;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What would be passed over, mixed up or lost is said or refused. */
class RefusedCommandsTest {

    @TempDir
    Path folder;

    private Path image;
    private Path mask;
    private String errors;

    @BeforeEach
    void volumes() throws IOException {
        float[] voxels = new float[20 * 18 * 8];
        float[] inside = new float[voxels.length];
        for (int n = 0; n < voxels.length; n++) {
            double away = Math.hypot(Math.hypot(n % 20 - 7, n / 20 % 18 - 6), 2 * (n / 360 - 3));
            inside[n] = away < 5 ? 1 : 0;
            voxels[n] = Math.round(100 * Math.exp(-away * away / 40));
        }
        Matrix4d affine = new Matrix4d().scale(1, 1, 3);
        image = folder.resolve("image.nii.gz");
        mask = folder.resolve("mask.nii.gz");
        VolumeFiles.write(new Volume(20, 18, 8, voxels, affine), image);
        VolumeFiles.write(new Volume(20, 18, 8, inside, affine), mask);
    }

    private int medgs(Object... arguments) {
        StringWriter errors = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setErr(new PrintWriter(errors, true));
        List<String> words = new ArrayList<>();
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        int status = commandLine.execute(words.toArray(String[]::new));
        this.errors = errors.toString();
        return status;
    }

    /** What a command that ends well says on the way. */
    private String said(Object... arguments) {
        return said(0, arguments);
    }

    private String said(int status, Object... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertEquals(status, medgs(arguments));
        } finally {
            System.setErr(before);
        }
        // A fuzz test that ran before in this process tells of each class that it is loaded.
        return said.toString(StandardCharsets.UTF_8).replaceAll("INFO: Instrumented .*\\R", "");
    }

    private int reconstruct(Object... more) {
        return reconstructTo(folder.resolve("out"), more);
    }

    private int reconstructTo(Path out, Object... more) {
        List<Object> all = new ArrayList<>(List.of("reconstruct", image, "-o", out, "--preset", "quick",
                "--set", "iterations=20", "--factor", "2"));
        all.addAll(List.of(more));
        return medgs(all.toArray());
    }

    @Test
    void whatSpeaksOfAMaskNeedsOne() {
        for (List<String> given : List.of(List.of("--label", "1"), List.of("--merge", "1+2"), List.of("--soft"),
                List.of("--names", "gone.json"), List.of("--resample-mask"))) {
            assertEquals(Main.INPUT_AT_FAULT, reconstruct(given.toArray()));
            assertTrue(errors.contains(given.getFirst() + ": speaks of a mask, and there is none"), errors);
        }
        for (List<String> given : List.of(List.of("--largest"), List.of("--fill-holes"), List.of("--smooth", "10"),
                List.of("--decimate", "0.2"), List.of("--frame", "RAS"), List.of("--level", "0.5"), List.of("--mesh-format", "obj"))) {
            assertEquals(Main.INPUT_AT_FAULT, reconstruct(given.toArray()));
            assertTrue(errors.contains(given.getFirst() + ": speaks of a surface, and without a mask there is none;"), errors);
        }
        assertEquals(Main.INPUT_AT_FAULT, reconstruct("--mask", mask, "--soft", "--merge", "1+2"));
        assertTrue(errors.contains("--merge: joins labels"), errors);
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void aLevelBetweenLabelsIsRefusedBeforeTraining() throws IOException {
        Path names = Files.writeString(folder.resolve("names.json"), "{\"1\": \"one\"}");
        assertEquals(Main.INPUT_AT_FAULT, reconstruct("--mask", mask, "--names", names, "--level", "0.3"));
        assertTrue(errors.endsWith("level 0.3: has no meaning between labels, which meet where they are equal; leave it out, or"
                + " learn all labels as one structure, without names (--level, --merge, --names)" + System.lineSeparator()), errors);
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void whatIsReadIsNotWrittenOver() throws Exception {
        assertEquals(0, medgs("train", image, "-o", folder.resolve("out"), "--preset", "quick", "--set", "iterations=20", "-q"));
        Path model = folder.resolve("out/model.medgs");
        byte[] before = Files.readAllBytes(model);
        assertEquals(Main.INPUT_AT_FAULT, medgs("compress", model, "-o", folder.resolve("out/../out/model.medgs")));
        assertTrue(errors.contains("is what is read, and would be lost"), errors);
        byte[] slices = Files.readAllBytes(image);
        assertEquals(Main.INPUT_AT_FAULT, medgs("interpolate", model, "--input", image, "-o", image));
        assertArrayEquals(before, Files.readAllBytes(model));
        assertArrayEquals(slices, Files.readAllBytes(image));
        byte[] marks = Files.readAllBytes(mask);
        Path list = Files.writeString(folder.resolve("list.json"), "{\"edits\": [{\"select\": {\"mask\": \"mask.nii.gz\"},"
                + " \"setIntensity\": 20}]}");
        for (Path lost : List.of(list, mask)) {
            assertEquals(Main.INPUT_AT_FAULT, medgs("edit", model, list, "-o", lost));
            assertTrue(errors.contains("is what is read, and would be lost"), errors);
        }
        assertEquals(Main.INPUT_AT_FAULT, medgs("evaluate", "surface", mask, mask, "-o", mask));
        assertArrayEquals(marks, Files.readAllBytes(mask));
        // A run that is gone on with has the model of its checkpoint: that an edited one goes is said.
        List<Object> resume = List.of("train", image, "-o", folder.resolve("out"), "--resume");
        assertFalse(said(resume.toArray()).contains("edited since"));
        assertEquals(0, medgs("edit", model, list, "-o", model, "-q"), errors);
        assertTrue(said(resume.toArray()).contains("edited since"));
        // And its configuration, where the file is lost.
        byte[] config = Files.readAllBytes(folder.resolve("out/config.json"));
        Files.delete(folder.resolve("out/config.json"));
        assertEquals(0, medgs(resume.toArray()), errors);
        assertArrayEquals(config, Files.readAllBytes(folder.resolve("out/config.json")));
        assertArrayEquals(before, Files.readAllBytes(model));
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefusedBeforeAnythingIsDrawn() throws Exception {
        assertEquals(0, medgs("train", image, "--mask", mask, "-o", folder.resolve("out"), "--preset", "quick", "--set",
                "iterations=5", "-q"));
        Path model = folder.resolve("out/model.medgs");
        Path blocked = image.resolve("below");
        Path full = Files.createDirectory(folder.resolve("full.nii"));
        Files.createDirectory(folder.resolve("y-band.nii"));
        for (Object[] command : new Object[][] {{"interpolate", model, "-o", blocked.resolve("x.nii.gz")},
            {"interpolate", model, "-o", blocked.resolve("slices")}, {"interpolate", model, "-o", full},
            {"interpolate", model, "-o", folder.resolve("out")},
            {"interpolate", model, "--uncertainty", "-o", folder.resolve("y.nii")},
            {"mesh", model, "-o", blocked.resolve("x.stl")}, {"compress", model, "-o", blocked.resolve("x.medgs")},
            {"convert", image, blocked.resolve("x.nii")}, {"evaluate", "surface", mask, mask, "-o", blocked.resolve("x.json")}}) {
            assertEquals("", said(Main.INPUT_AT_FAULT, command));
            assertTrue(errors.contains("is a file;") || errors.contains("is a folder;") || errors.contains("not an empty folder;"),
                    errors);
        }
    }

    /** A line break would make two lines of one, and an escape sequence would be carried out by the terminal. */
    @Test
    void whatNamesHoldIsSpeltAndNotCarriedOut() {
        String name = "a\nb\u001b[31mc\u009b.nii";
        String spelt = "a\\x0ab\\x1b[31mc\\x9b.nii";
        Path out = folder.resolve(name);
        assumeTrue(out.toString().endsWith("\u009b.nii"), "another locale");
        List<String> said = said("convert", image, out).lines().toList();
        assertEquals(1, said.size(), said.toString());
        assertTrue(said.getFirst().startsWith("wrote " + folder.resolve(spelt)), said.toString());
        assertEquals(Main.INPUT_AT_FAULT, medgs("info", image, "--frame-index", name));
        assertTrue(errors.contains("\\x1b[31m") && errors.lines().count() == 1, errors);
        assumeTrue(Files.isDirectory(Path.of("/proc")), "no /proc here");
        assertEquals(Main.OUR_FAULT, medgs("phantom", "sphere", "-o", "/proc/" + name));
        assertTrue(errors.contains("/proc/" + spelt + ": ") && errors.lines().count() == 1, errors);
    }

    @Test
    void anEvaluationDoesNotReplaceATableOfARun() throws IOException {
        Path table = Files.writeString(Files.createDirectory(folder.resolve("run")).resolve("slices.csv"), "of the run");
        assertEquals(Main.INPUT_AT_FAULT, medgs("evaluate", "interpolation", image, "-o", folder.resolve("run")));
        assertTrue(errors.contains("already holds slices.csv"), errors);
        assertEquals("of the run", Files.readString(table));
    }

    @Test
    void aRunDoesNotWriteOverItsInput() throws Exception {
        byte[] before = Files.readAllBytes(mask);
        Path config = folder.resolve("config.json");
        for (Object[] more : new Object[][] {{"--mask", mask}, {"--mask", mask, "--force"}, {"--config", config, "--force"}}) {
            assertEquals(Main.INPUT_AT_FAULT, reconstructTo(folder, more));
            assertTrue(errors.contains("is what is read, and the run writes a file of that name"), errors);
            Files.writeString(config, "{\"iterations\": 5}");
        }
        Files.delete(config);
        Path masks = Files.createDirectory(folder.resolve("masks"));
        Files.copy(mask, masks.resolve("labels.nii.gz"));
        for (Object[] more : new Object[][] {{"--mask", masks}, {"--mask", masks, "--force"}}) {
            assertEquals(Main.INPUT_AT_FAULT, reconstructTo(masks, more));
            assertTrue(errors.contains("masks: is what is read, and the run writes its files there"), errors);
        }
        Reconstruction library = Reconstruction.of(VolumeFiles.read(image)).mask(VolumeFiles.read(mask)).readFrom(image, mask);
        assertThrows(InputException.class, () -> library.run(folder));
        assertArrayEquals(before, Files.readAllBytes(mask));
        // The configuration of a run is the run's own.
        Path run = Files.createDirectory(folder.resolve("run"));
        Files.writeString(run.resolve("model.medgs"), "of the run");
        new RunFolder(run, false, true).check(image, Files.writeString(run.resolve("config.json"), "of the run"));
    }

    @Test
    void theInputDoesNotUndoEdits() throws Exception {
        assertEquals(0, medgs("train", image, "-o", folder.resolve("out"), "--preset", "quick", "--set", "iterations=5", "-q"));
        Path edited = folder.resolve("edited.medgs");
        Path list = Files.writeString(folder.resolve("list.json"), "{\"edits\": [{\"select\": {\"sphere\": {\"centreMm\":"
                + " [7, 6, 9], \"radiusMm\": 4}}, \"setIntensity\": 20}]}");
        assertEquals(0, medgs("edit", folder.resolve("out/model.medgs"), list, "-o", edited, "-q"), errors);
        Path nul = Files.writeString(folder.resolve("nul.json"),
                "{\"edits\": [{\"select\": {\"mask\": \"a\\u0000b.nii\"}, \"delete\": true}]}");
        assertEquals(Main.INPUT_AT_FAULT, medgs("edit", edited, nul, "-o", folder.resolve("nul.medgs")));
        assertTrue(errors.toString().contains("cannot be a file's name"), errors.toString());
        Path own = folder.resolve("own.nii");
        Path given = folder.resolve("given.nii");
        assertEquals(0, medgs("interpolate", edited, "-o", own, "--factor", "2", "-q"), errors);
        assertEquals(0, medgs("interpolate", edited, "--input", image, "-o", given, "--factor", "2", "-q"), errors);
        assertArrayEquals(Files.readAllBytes(own), Files.readAllBytes(given));
        // What meets no Gaussian changes nothing, and is told from what is finer than they are.
        Path beside = Files.writeString(folder.resolve("beside.json"), Files.readString(list).replace("[7, 6, 9]", "[900, 6, 9]"));
        assertTrue(said("edit", edited, beside, "--explain").contains("edit 1: no Gaussian lies mostly in what it selects; nothing was changed"));
        Files.writeString(beside, Files.readString(list).replace("4}", "0.6}").replace("20}", "10}"));
        assertTrue(said("edit", edited, beside, "--explain").contains("only what reaches into it was changed"));
        PrintStream before = System.out;
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        System.setOut(new PrintStream(lines, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, medgs("edit", edited, beside, "--explain", "--json"), errors);
        } finally {
            System.setOut(before);
        }
        for (String line : lines.toString(StandardCharsets.UTF_8).lines().toList()) {
            assertTrue(new ObjectMapper().readTree(line).has("event"), line);
        }
        // A compact model holds no slices, and knows which were edited.
        Path small = folder.resolve("small.medgs");
        assertTrue(said("compress", edited, "-o", small).contains("gives them back, but those that were edited"));
        assertTrue(said("interpolate", small, "--input", image, "-o", given, "--factor", "2").contains("edited are drawn"));
        Volume scanned = VolumeFiles.read(image);
        Volume drawn = VolumeFiles.read(given);
        assertEquals(20, drawn.voxel(7, 6, 6), 3);
        for (int slice : new int[] {0, 6, 7}) {
            assertEquals(scanned.voxel(7, 6, slice), drawn.voxel(7, 6, 2 * slice));
        }
    }

    @Test
    void anotherImageOfTheSameGridIsNotMixedIn() throws Exception {
        assertEquals(0, medgs("train", image, "-o", folder.resolve("out"), "--preset", "quick", "--set", "iterations=200", "-q"));
        Path model = folder.resolve("out/model.medgs");
        Volume volume = VolumeFiles.read(image);
        float[] mirrored = new float[volume.voxels().length];
        for (int n = 0; n < mirrored.length; n++) {
            mirrored[n] = volume.voxels()[mirrored.length - 1 - n];
        }
        Path other = folder.resolve("other.nii.gz");
        VolumeFiles.write(volume.withVoxels(mirrored), other);
        Path drawn = folder.resolve("drawn.nii");
        assertEquals(Main.INPUT_AT_FAULT, medgs("interpolate", model, "--input", other, "-o", drawn));
        assertTrue(errors.contains("it holds its slices, and they differ"), errors);
        assertEquals(0, medgs("interpolate", model, "--input", image, "-o", drawn, "--factor", "2"), errors);
        // A compact model holds none: what differs much is said.
        Path small = folder.resolve("small.medgs");
        assertEquals(0, medgs("compress", model, "-o", small, "-q"));
        assertFalse(said("interpolate", small, "--input", image, "-o", drawn, "--factor", "2").contains("was it learnt"));
        assertTrue(said("interpolate", small, "--input", other, "-o", drawn, "--factor", "2")
                .contains("was it learnt from that volume?"));
    }

    @Test
    void aRunThatIsDrawnOtherwiseLeavesNothingOfTheLastTime() throws Exception {
        assertEquals(0, reconstruct("--mask", mask, "--merge", "all", "-q"), errors);
        Path out = folder.resolve("out");
        assertTrue(Files.exists(out.resolve("uncertainty.nii.gz")) && Files.exists(out.resolve("surface.stl")));
        assertEquals(0, reconstruct("--mask", mask, "--merge", "all", "--resume", "--no-uncertainty", "--mesh-format", "gii",
                "-q"), errors);
        assertFalse(Files.exists(out.resolve("uncertainty.nii.gz")));
        assertFalse(Files.exists(out.resolve("band.nii.gz")));
        assertFalse(Files.exists(out.resolve("surface.stl")));
        // A GIFTI is in RAS whatever is usual, and the report says what its numbers are in.
        var surface = new ObjectMapper().readTree(out.resolve("report.json").toFile()).at("/outputs/surface.gii");
        assertEquals("RAS", surface.get("frame").asText());
        assertEquals(Main.INPUT_AT_FAULT, medgs("mesh", mask, "-o", folder.resolve("k.gii"), "--frame", "LPS"));
        assertTrue(errors.contains("always RAS"), errors);
        assertTrue(said("mesh", mask, "--label", "1", "-o", folder.resolve("k.gii")).contains("RAS millimetres"));
    }

    @Test
    void optionsOfModelsAreRefusedForMasks() {
        assertEquals(Main.INPUT_AT_FAULT, medgs("mesh", mask, "-o", folder.resolve("m.stl"), "--factor", "8"));
        assertTrue(errors.contains("say how finely a model draws"), errors);
        assertEquals(Main.INPUT_AT_FAULT, medgs("mesh", mask, "-o", folder.resolve("m.stl"), "--band", "0.2"));
    }

    @Test
    void aCloudComesBackAlongTheAxisThatIsNamed() throws IOException {
        assertEquals(0, medgs("train", image, "-o", folder.resolve("out"), "--preset", "paper", "--axis", "j", "--set",
                "iterations=3", "-q"), errors);
        Path cloud = folder.resolve("point_cloud.ply");
        Path back = folder.resolve("back.medgs");
        assertEquals(0, medgs("convert", folder.resolve("out/model.medgs"), cloud, "-q"), errors);
        assertEquals(Main.INPUT_AT_FAULT, medgs("convert", cloud, back, "--like", image));
        assertEquals(0, medgs("convert", cloud, back, "--like", image, "--axis", "j"), errors);
        assertEquals(SliceAxis.J, ModelFile.read(back).geometry().axis());
    }

    /** Not refused, but of use only to somebody who meant another axis. */
    @Test
    void aVolumeOfOneSliceIsToldOf() throws Exception {
        Path image = folder.resolve("one.nii");
        VolumeFiles.write(new Volume(1, 9, 7, new float[63], new Matrix4d().scaling(5, 1, 1)), image);
        String words = "one.nii: has one slice along i, and nothing lies between; --axis takes another axis";
        for (String axis : List.of("auto", "j")) {
            assertEquals(axis.equals("auto"), said("train", image, "-o", folder.resolve(axis), "--set", "iterations=1", "--axis",
                    axis).contains(words), axis);
        }
    }

    @Test
    void devicesForProgramsAreLinesOfJson() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, medgs("devices", "--json"));
        } finally {
            System.setOut(before);
        }
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(lines.stream().anyMatch(line -> line.contains("vector")), lines.toString());
        for (String line : lines) {
            assertTrue(new ObjectMapper().readTree(line).has("event"), line);
        }
    }
}
