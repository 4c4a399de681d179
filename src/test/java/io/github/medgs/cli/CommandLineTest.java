package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands as a user types them, on the sample volumes: files, statuses and messages of the contract. */
class CommandLineTest {

    private static final String IMAGE = "sample-volumes/kidney.nii.gz";
    private static final String MASK = "sample-volumes/kidney-mask.nii.gz";

    @TempDir
    Path folder;

    private record Ended(int status, List<String> errors) {}

    private static Ended medgs(String... arguments) {
        StringWriter errors = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setErr(new PrintWriter(errors, true));
        int status = commandLine.execute(arguments);
        return new Ended(status, errors.toString().lines().toList());
    }

    /** The middle of the sample, where any volume will do. */
    private String small(String sample) throws Exception {
        Volume whole = VolumeFiles.read(Path.of(sample));
        float[] voxels = new float[64 * 64 * 10];
        for (int k = 0; k < 10; k++) {
            for (int j = 0; j < 64; j++) {
                for (int i = 0; i < 64; i++) {
                    voxels[(k * 64 + j) * 64 + i] = whole.voxel(i + (whole.nx() - 64) / 2, j + (whole.ny() - 64) / 2,
                            k + (whole.nz() - 10) / 2);
                }
            }
        }
        Path file = folder.resolve(Path.of(sample).getFileName());
        VolumeFiles.write(new Volume(64, 64, 10, voxels, whole.indexToPatient()), file);
        return file.toString();
    }

    private String[] quick(String command, String... more) {
        return quickly(command, IMAGE, more);
    }

    private String[] quickly(String command, String image, String... more) {
        List<String> all = new ArrayList<>(List.of(command, image, "-o", folder.resolve("out").toString(), "--preset",
                "quick", "--set", "iterations=60", "--quiet"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void reconstructLeavesEverythingAUserWasPromised() throws Exception {
        assertEquals(new Ended(0, List.of()), medgs(quick("reconstruct", "--mask", MASK, "--factor", "2")));
        Path out = folder.resolve("out");
        for (String name : List.of("model.medgs", "config.json", "history.csv", "interpolated.nii.gz", "mask.nii.gz",
                "surface.stl", "report.json")) {
            assertTrue(Files.size(out.resolve(name)) > 0, name);
        }
        Volume input = VolumeFiles.read(Path.of(IMAGE));
        Volume finer = VolumeFiles.read(out.resolve("interpolated.nii.gz"));
        assertEquals((input.nz() - 1) * 2 + 1, finer.nz());
        assertEquals(input.spacing(2) / 2, finer.spacing(2), 1e-5);
        for (int axis = 0; axis < 3; axis++) {
            assertEquals(input.indexToPatient().get(3, axis), finer.indexToPatient().get(3, axis), 1e-4);
        }
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertTrue(report.at("/outputs/surface.stl/closed").asBoolean());
        assertTrue(report.at("/ownSlices/psnr").asDouble() > 20, report.toString());
        assertTrue(report.at("/ownSlices/dice").asDouble() > 0.9, report.toString());
    }

    @Test
    void reconstructDrawsAsItWasTold() throws Exception {
        Path out = folder.resolve("out");
        assertEquals(0, medgs(quick("reconstruct", "--no-uncertainty", "--type", "float", "--acquired", "model")).status());
        assertFalse(Files.exists(out.resolve("uncertainty.nii.gz")));
        assertFalse(Files.exists(out.resolve("band.nii.gz")));
        assertEquals(ScalarType.FLOAT32, VolumeFiles.read(out.resolve("interpolated.nii.gz")).stored().storage().type());
        assertFalse(Files.readString(out.resolve("slices.csv")).contains("acquired,"), "all are the model's");
        assertEquals(0, medgs(quick("reconstruct", "--band", "0.8", "--force")).status());
        assertEquals(0.8, new ObjectMapper().readTree(out.resolve("report.json").toFile()).findValue("bandLevel").asDouble());
    }

    @Test
    void interpolateAndMeshTakeTheModel() throws Exception {
        assertEquals(0, medgs(quick("train", "--mask", MASK)).status());
        String model = folder.resolve("out/model.medgs").toString();
        Path finer = folder.resolve("finer.nii");
        assertEquals(new Ended(0, List.of()),
                medgs("interpolate", model, "-o", finer.toString(), "--spacing", "2", "--quiet"));
        assertEquals(2.0, VolumeFiles.read(finer).spacing(2), 1e-5);
        assertEquals(0, medgs("interpolate", model, "-o", folder.resolve("scan.v2.nii.gz").toString(), "--uncertainty",
                "--quiet").status());
        assertTrue(Files.exists(folder.resolve("scan.v2-uncertainty.nii.gz")));
        assertTrue(Files.exists(folder.resolve("scan.v2-band.nii.gz")));
        Path field = folder.resolve("field.nii.gz");
        assertEquals(0, medgs("interpolate", model, "-o", field.toString(), "--head", "mask", "--quiet").status());
        for (float value : VolumeFiles.read(field).voxels()) {
            assertTrue(value >= 0 && value <= 1);
        }
        Path mesh = folder.resolve("kidney.ply");
        assertEquals(new Ended(0, List.of()),
                medgs("mesh", model, "-o", mesh.toString(), "--frame", "RAS", "--quiet"));
        assertTrue(new String(Files.readAllBytes(mesh), 0, 400, java.nio.charset.StandardCharsets.ISO_8859_1)
                .contains("RAS"));
    }

    /** A single slice is that of the whole volume, to the bit, from a compact file too, of which it reads a part. */
    @Test
    void oneSliceIsDrawnAlone() throws Exception {
        assertEquals(0, medgs(quick("train")).status());
        String model = folder.resolve("out/model.medgs").toString();
        String compact = folder.resolve("small.medgs").toString();
        assertEquals(0, medgs("compress", model, "-o", compact, "--quiet").status());
        for (String file : List.of(model, compact)) {
            Path all = folder.resolve("all.nii");
            Path one = folder.resolve("one.nii");
            assertEquals(0, medgs("interpolate", file, "-o", all.toString(), "--factor", "2", "--engine", "vector", "--quiet").status());
            assertEquals(0, medgs("interpolate", file, "-o", one.toString(), "--at", "17.5", "--quiet").status());
            Volume whole = VolumeFiles.read(all);
            Volume slice = VolumeFiles.read(one);
            assertEquals(1, slice.nz());
            int pixels = slice.nx() * slice.ny();
            assertArrayEquals(Arrays.copyOfRange(whole.voxels(), 7 * pixels, 8 * pixels), slice.voxels());
            assertEquals(whole.indexToPatient().m32() + 7 * whole.indexToPatient().m22(), slice.indexToPatient().m32(), 1e-4);
        }
        Ended outside = medgs("interpolate", model, "-o", folder.resolve("no.nii").toString(), "--at", "500");
        assertEquals(new Ended(2, List.of("medgs: the place 500.0: lies outside the slices, of which the last is at 115.00 mm;"
                + " give millimetres from the first slice (--at)")), outside);
        assertEquals(2, medgs("interpolate", model, "-o", folder.resolve("no.nii").toString(), "--at", "5", "--factor", "2").status());
    }

    /** Which parser is made makes no difference: the help of each command is the same. */
    @Test
    void aCommandsOwnParserIsThatOfAllCommands() {
        CommandLine all = Main.commandLine();
        for (String name : all.getSubcommands().keySet()) {
            CommandLine own = Main.commandLine(List.of(name, "--help"));
            assertEquals(name, all.getSubcommands().get(name).getCommandName());
            assertEquals(all.getSubcommands().get(name).getUsageMessage(), own.getSubcommands().get(name).getUsageMessage());
        }
        assertEquals(all.getSubcommands().keySet(), Main.commandLine(List.of("nothing")).getSubcommands().keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "mask", "joint"})
    void everyModeTrains(String heads) throws Exception {
        assertEquals(0, medgs(quickly("reconstruct", small(IMAGE), "--mask", small(MASK), "--set", "heads=" + heads)).status());
        assertEquals(!heads.equals("mask"), Files.exists(folder.resolve("out/interpolated.nii.gz")));
        assertEquals(!heads.equals("image"), Files.exists(folder.resolve("out/surface.stl")));
    }

    @Test
    void aRunIsNeverOverwrittenUnasked() throws Exception {
        String image = small(IMAGE);
        assertEquals(0, medgs(quickly("train", image)).status());
        byte[] model = Files.readAllBytes(folder.resolve("out/model.medgs"));
        Ended again = medgs(quickly("train", image, "--seed", "5"));
        assertEquals(2, again.status());
        assertEquals(1, again.errors().size());
        assertArrayEquals(model, Files.readAllBytes(folder.resolve("out/model.medgs")));
        assertEquals(0, medgs(quickly("train", image, "--seed", "5", "--force")).status());
        assertFalse(java.util.Arrays.equals(model, Files.readAllBytes(folder.resolve("out/model.medgs"))));
    }

    @Test
    void theSameInputGivesTheSameBytes() throws Exception {
        String image = small(IMAGE);
        String mask = small(MASK);
        assertEquals(0, medgs(quickly("train", image, "--mask", mask, "--threads", "1")).status());
        byte[] first = Files.readAllBytes(folder.resolve("out/model.medgs"));
        assertEquals(0, medgs(quickly("train", image, "--mask", mask, "--threads", "2", "--force")).status());
        assertArrayEquals(first, Files.readAllBytes(folder.resolve("out/model.medgs")));
    }

    static Stream<List<String>> mistakes() {
        return Stream.of(
                List.of("missing.nii.gz", "missing.nii.gz"),
                List.of("src", "src"),
                List.of("README.md", "README.md"),
                List.of(IMAGE, "--mask", "missing.nii.gz", "missing.nii.gz"),
                List.of(IMAGE, "--mask", "sample-volumes/brain-mask.nii.gz", "brain-mask.nii.gz"),
                List.of(IMAGE, "--mask", MASK, "--label", "9", "9"),
                List.of(IMAGE, "--preset", "nothing", "nothing"),
                List.of(IMAGE, "--set", "nothing=1", "nothing"),
                List.of(IMAGE, "--set", "iterations=soon", "iterations"),
                List.of(IMAGE, "--config", "missing.json", "missing.json"),
                List.of(IMAGE, "--window", "5", "--window"),
                List.of(IMAGE, "--window", "5,5", "5"),
                List.of(IMAGE, "--factor", "0", "--factor"),
                List.of(IMAGE, "--factor", "2", "--spacing", "1", "--spacing"),
                List.of(IMAGE, "--level", "2", "--level"),
                List.of(IMAGE, "--threads", "0", "--threads"),
                List.of(IMAGE, "--nonsense", "--nonsense"),
                List.of(IMAGE, "--preset", "mesh", "mask"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesAreOneLineAndLeaveNothing(List<String> mistake) {
        List<String> arguments = new ArrayList<>(List.of("reconstruct"));
        arguments.addAll(mistake.subList(0, mistake.size() - 1));
        arguments.addAll(List.of("-o", folder.resolve("out").toString(), "--quiet"));
        Ended ended = medgs(arguments.toArray(String[]::new));
        assertEquals(2, ended.status(), ended.errors().toString());
        assertEquals(1, ended.errors().size(), ended.errors().toString());
        assertTrue(ended.errors().getFirst().startsWith("medgs: "), ended.errors().toString());
        assertTrue(ended.errors().getFirst().contains(mistake.getLast()), ended.errors().toString());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void aTruncatedVolumeIsOneLine() throws Exception {
        byte[] whole = Files.readAllBytes(Path.of(IMAGE));
        Path half = Files.write(folder.resolve("half.nii.gz"), java.util.Arrays.copyOf(whole, whole.length / 2));
        Ended ended = medgs("reconstruct", half.toString(), "-o", folder.resolve("out").toString());
        assertEquals(2, ended.status());
        assertEquals(1, ended.errors().size(), ended.errors().toString());
        assertTrue(ended.errors().getFirst().contains("half.nii.gz"));
        assertFalse(Files.exists(folder.resolve("out")));
    }
}
