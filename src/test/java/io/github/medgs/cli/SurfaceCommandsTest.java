package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.MeshCheck;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** mesh, evaluate surface and compare, as a user types them. */
class SurfaceCommandsTest {

    private static final String MASK = "sample-volumes/kidney-mask.nii.gz";
    private static final String IMAGE = "sample-volumes/kidney.nii.gz";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"stl", "ply", "obj", "glb"})
    void aMaskBecomesAClosedMeshInTheWantedFrame(String format) throws Exception {
        Path file = folder.resolve("kidney." + format);
        medgs(0, "mesh", MASK, "--label", "1", "-o", file.toString(), "--frame", "RAS", "--quiet");
        MeshFiles.Loaded loaded = MeshFiles.read(file);
        assertTrue(loaded.frameStated());
        assertEquals(Frame.RAS, loaded.mesh().frame());
        assertTrue(MeshCheck.of(loaded.mesh()).sound());
    }

    @Test
    void eachLabelIsItsOwnSurface() throws Exception {
        Path glb = folder.resolve("both.glb");
        medgs(0, "mesh", MASK, "-o", glb.toString(), "--quiet");
        assertEquals(2, MeshCheck.of(MeshFiles.read(glb).mesh()).components());
        medgs(0, "mesh", MASK, "-o", folder.resolve("both.stl").toString(), "--quiet");
        assertTrue(MeshCheck.of(MeshFiles.read(folder.resolve("both-label-2.stl")).mesh()).sound());
        assertFalse(Files.exists(folder.resolve("both.stl")));
    }

    @Test
    void everyLabelHasARowAlsoWhereAFileLacksIt() throws Exception {
        Volume both = VolumeFiles.read(Path.of(MASK));
        float[] kidney = both.voxels().clone();
        for (int n = 0; n < kidney.length; n++) {
            kidney[n] = kidney[n] == 2 ? 3 : kidney[n];
        }
        Path other = folder.resolve("other.nii.gz");
        VolumeFiles.write(both.withVoxels(kidney), other);
        Path report = folder.resolve("score.json");
        medgs(0, "evaluate", "surface", other.toString(), MASK, "-o", report.toString());
        JsonNode rows = new ObjectMapper().readTree(report.toFile()).get("structures");
        assertEquals(3, rows.size());
        assertEquals(1, rows.at("/0/dice").asDouble(), 1e-9);
        assertEquals(MASK, rows.at("/2/absentFrom").asText());
        assertEquals(2, rows.at("/1/label").asInt());
        assertTrue(rows.at("/1/absentFrom").asText().endsWith("other.nii.gz"));
        medgs(2, "evaluate", "surface", other.toString(), MASK, "--label", "3", "-o", folder.resolve("no.json").toString());

        // A surface of everything together is compared with everything together.
        Path all = folder.resolve("all.nii.gz");
        for (int n = 0; n < kidney.length; n++) {
            kidney[n] = kidney[n] > 0 ? 1 : 0;
        }
        VolumeFiles.write(both.withVoxels(kidney), all);
        Path stl = folder.resolve("all.stl");
        medgs(0, "mesh", all.toString(), "-o", stl.toString(), "--quiet");
        medgs(0, "evaluate", "surface", stl.toString(), MASK, "-o", report.toString());
        rows = new ObjectMapper().readTree(report.toFile()).get("structures");
        assertEquals(1, rows.size());
        assertEquals("all labels together", rows.at("/0/name").asText());
        assertTrue(rows.at("/0/dice").asDouble() > 0.98, rows::toString);
    }

    @Test
    void aMeshInTheOtherFrameGetsAHintAndTheRightFrameTheRightDistance() throws Exception {
        Volume sample = VolumeFiles.read(Path.of(MASK));
        String mask = folder.resolve("mask.nii.gz").toString();
        // Away from the middle, as organs are.
        VolumeFiles.write(new Volume(sample.nx(), sample.ny(), sample.nz(), sample.voxels(),
                new org.joml.Matrix4d().translation(90, 40, 0).scale(1.5, 1.5, 5)), Path.of(mask));
        Path ras = folder.resolve("ras.obj");
        medgs(0, "mesh", mask, "--label", "1", "-o", ras.toString(), "--frame", "RAS", "--quiet");
        // As another program writes it: without a word of its frame.
        Files.write(ras, Files.readAllLines(ras).stream().filter(line -> !line.startsWith("#")).toList());
        Path lps = folder.resolve("lps.stl");
        medgs(0, "mesh", mask, "--label", "1", "-o", lps.toString(), "--quiet");
        Path report = folder.resolve("r.json");
        medgs(0, "evaluate", "surface", ras.toString(), lps.toString(), "-o", report.toString());
        assertTrue(structure(report).get("warnings").toString().contains("try --frame RAS"));
        double wrong = assd(report);
        assertTrue(wrong > 10, "" + wrong);
        medgs(0, "evaluate", "surface", ras.toString(), lps.toString(), "-o", report.toString(), "--frame", "RAS");
        assertFalse(structure(report).has("warnings"));
        assertEquals(0, assd(report), 1e-6);
        // Turned over: said, and measured with its volume all the same.
        Path inward = folder.resolve("inward.obj");
        MeshFiles.write(inward, MeshFiles.read(lps).mesh().turnedOver());
        medgs(0, "evaluate", "surface", inward.toString(), lps.toString(), "-o", report.toString());
        assertTrue(structure(report).get("warnings").toString().contains("face inward"));
        assertEquals(0, structure(report).get("volumeError").asDouble(), 1e-6);
    }

    private static double assd(Path report) throws Exception {
        return structure(report).get("assdMm").asDouble();
    }

    private static JsonNode structure(Path report) throws Exception {
        return new ObjectMapper().readTree(report.toFile()).get("structures").get(0);
    }

    @Test
    void everyRealMaskBecomesASoundSurfaceOfItsVolume() throws Exception {
        Path masks = Path.of("../shared/volumes/ct-abdomen-ts/example_seg");
        assumeTrue(Files.isDirectory(masks), "no ../shared/volumes/ct-abdomen-ts");
        int count = 0;
        try (var files = Files.list(masks)) {
            for (Path mask : (Iterable<Path>) files.sorted()::iterator) {
                Path file = folder.resolve("organ.stl");
                medgs(0, "mesh", mask.toString(), "--label", "1", "-o", file.toString(), "--quiet");
                MeshCheck check = MeshCheck.of(MeshFiles.read(file).mesh());
                assertTrue(check.sound(), mask + " " + check);
                Volume volume = VolumeFiles.read(mask);
                double voxels = 0;
                for (float voxel : volume.voxels()) {
                    voxels += voxel > 0.5f ? volume.voxelVolume() : 0;
                }
                assertEquals(voxels, check.signedVolume(), 0.001 * voxels, mask.toString());
                count++;
            }
        }
        assertEquals(10, count);
    }

    @Test
    void cleaningKeepsTheVolumeAndTakesTriangles() throws Exception {
        Path plain = folder.resolve("plain.stl");
        Path clean = folder.resolve("clean.stl");
        medgs(0, "mesh", MASK, "--label", "1", "-o", plain.toString(), "--quiet");
        medgs(0, "mesh", MASK, "--label", "1", "-o", clean.toString(), "--smooth", "10", "--largest", "--fill-holes",
                "--decimate", "0.3", "--quiet");
        TriangleMesh before = MeshFiles.read(plain).mesh();
        TriangleMesh after = MeshFiles.read(clean).mesh();
        MeshCheck check = MeshCheck.of(after);
        assertTrue(check.sound(), check::toString);
        assertTrue(after.triangleCount() < 0.31 * before.triangleCount());
        assertEquals(Measures.signedVolume(before), Measures.signedVolume(after), 0.01 * Measures.signedVolume(before));
        assertTrue(Measures.area(after) < Measures.area(before));
    }

    @Test
    void aSurfaceIsScoredAgainstMaskAndMesh() throws Exception {
        Path mesh = folder.resolve("kidney.stl");
        medgs(0, "mesh", MASK, "--label", "1", "-o", mesh.toString(), "--quiet");
        for (String[] pair : new String[][] {{mesh.toString(), MASK}, {MASK, MASK}, {mesh.toString(), mesh.toString()}}) {
            Path report = folder.resolve("score.json");
            medgs(0, "evaluate", "surface", pair[0], pair[1], "--label", "1", "-o", report.toString(), "--quiet");
            JsonNode score = new ObjectMapper().readTree(report.toFile()).at("/structures/0");
            assertEquals(0, score.get("assdMm").doubleValue(), 0.1);
            assertTrue(score.get("dice").doubleValue() > 0.98, score.toString());
            assertEquals(0, score.get("volumeError").doubleValue(), 0.01);
            // The published measure sees the noise of its own samples.
            assertTrue(score.get("chamferMm").doubleValue() > 0.05, score.toString());
        }
    }

    @Test
    void theSparseProtocolRunsEveryMethod() throws Exception {
        Path out = folder.resolve("sparse");
        medgs(0, "evaluate", "surface", "--protocol", "sparse", IMAGE, MASK, "--label", "1", "--stride", "4",
                "--methods", "joint,mask,iso,shape,mci,poisson,thresholded-poisson,spline,mixed", "--preset", "quick", "--set", "iterations=10", "-o",
                out.toString(), "--quiet");
        JsonNode cases = new ObjectMapper().readTree(out.resolve("sparse.json").toFile()).get("cases");
        assertEquals(1, cases.size());
        assertEquals(9, cases.get(0).get("methods").size());
        for (JsonNode method : cases.get(0).get("methods")) {
            if (!method.get("method").textValue().startsWith("MedGS")) {
                assertTrue(method.get("assdMm").doubleValue() < 4, method.toString());
                assertTrue(method.get("sound").booleanValue());
            }
        }
        assertEquals(10, Files.readAllLines(out.resolve("sparse.csv")).size());
        assertTrue(Files.size(out.resolve("sparse.png")) > 1000);
        assertTrue(medgs(2, "evaluate", "surface", "--protocol", "sparse", IMAGE, MASK, "-o", out.toString())
                .getFirst().contains("--force"));
    }

    @Test
    void aNeuralSurfaceNamesItsSteps() throws Exception {
        medgs(0, "phantom", "sphere", "-o", folder.toString(), "--quiet");
        Path out = folder.resolve("neural");
        String image = folder.resolve("sphere.nii.gz").toString();
        String mask = folder.resolve("sphere-mask.nii.gz").toString();
        medgs(0, "evaluate", "sparse", image, mask, "--stride", "3", "--methods", "iso,funsr", "--funsr-steps", "1", "-o",
                out.toString(), "--quiet");
        JsonNode methods = new ObjectMapper().readTree(out.resolve("sparse.json").toFile()).at("/cases/0/methods");
        assertEquals("FUNSR 1 step", methods.get(1).get("method").textValue());
        assertTrue(methods.get(1).get("sound").booleanValue());
        assertTrue(medgs(2, "evaluate", "sparse", image, mask, "--methods", "funsr", "--funsr-steps", "0", "-o",
                folder.resolve("none").toString()).getFirst().contains("--funsr-steps"));
    }

    @Test
    void everyChoiceOfTheFirstKeptSliceIsScored() throws Exception {
        Path out = folder.resolve("offsets");
        medgs(0, "evaluate", "sparse", IMAGE, MASK, "--label", "1", "--stride", "2,3", "--offsets", "all", "--methods",
                "iso,mixed", "-o", out.toString(), "--quiet");
        JsonNode root = new ObjectMapper().readTree(out.resolve("sparse.json").toFile());
        assertEquals(5, root.get("cases").size());
        assertEquals(4, root.get("means").size());
        double sum = 0;
        for (int offset = 0; offset < 3; offset++) {
            JsonNode one = root.get("cases").get(2 + offset);
            assertEquals(offset, one.get("offset").intValue());
            sum += one.at("/methods/1/assdMm").doubleValue();
        }
        assertEquals(sum / 3, root.at("/means/3/assdMm").doubleValue(), 1e-9);
        assertTrue(medgs(2, "evaluate", "sparse", IMAGE, MASK, "--stride", "2", "--offsets", "2", "--methods", "iso", "-o",
                folder.resolve("o2").toString()).getFirst().contains("offset 2"));
        assertTrue(medgs(2, "evaluate", "sparse", IMAGE, MASK, "--offsets", "some", "--methods", "iso", "-o",
                folder.resolve("o3").toString()).getFirst().contains("--offsets"));
    }

    @Test
    void growthIsFoundBetweenTwoTimePoints() throws Exception {
        medgs(0, "phantom", "kidney-tumour-baseline", "-o", folder.toString(), "--quiet");
        medgs(0, "phantom", "kidney-tumour-followup", "-o", folder.toString(), "--quiet");
        Path out = folder.resolve("out");
        medgs(0, "compare", folder.resolve("kidney-tumour-baseline-mask.nii.gz").toString(),
                folder.resolve("kidney-tumour-followup-mask.nii.gz").toString(), "-o", out.toString(),
                "--baseline-date", "2024-03-12", "--followup-date", "2025-04-02", "--quiet");
        JsonNode structures = new ObjectMapper().readTree(out.resolve("compare.json").toFile()).get("structures");
        assertEquals("stable", structures.at("/0/status").textValue());
        assertEquals("enlarging", structures.at("/1/status").textValue());
        // The masks' own volumes: of what the phantom has grown by, 106 %, their voxels hold 101 %.
        double before = tumour("baseline");
        assertEquals(before, structures.at("/1/baselineVolumeMm3").doubleValue(), 1e-6 * before);
        assertEquals(tumour("followup") / before - 1, structures.at("/1/relativeChange").doubleValue(), 1e-9);
        assertTrue(structures.at("/1/growthPerYear").doubleValue() > 0.9);
        for (String file : List.of("compare.csv", "compare.png", "compare.glb", "label-1.ply", "label-2.ply")) {
            assertTrue(Files.size(out.resolve(file)) > 100, file);
        }
    }

    /** By their voxels, balls of 11 mm that grow to 14 grow by the truth, wherever they lie: in one place it may be off by chance. */
    @Test
    void growthByVoxelsIsTrueInTheMean() {
        Random random = new Random(3);
        double growth = 0;
        int places = 200;
        for (int n = 0; n < places; n++) {
            double[] middle = {24 + 1.5 * random.nextDouble(), 24 + 1.5 * random.nextDouble(), 40 + 5 * random.nextDouble()};
            growth += (ball(14, middle) / ball(11, middle) - 1) / places;
        }
        assertEquals(14.0 * 14 * 14 / (11.0 * 11 * 11) - 1, growth, 0.02);
    }

    private static double ball(double radius, double[] middle) {
        float[] voxels = new float[33 * 33 * 17];
        for (int n = 0; n < voxels.length; n++) {
            double across = Math.hypot(1.5 * (n % 33) - middle[0], 1.5 * (n / 33 % 33) - middle[1]);
            voxels[n] = Math.hypot(across, 5 * (n / 1089) - middle[2]) < radius ? 1 : 0;
        }
        return Labels.volume(new Volume(33, 33, 17, voxels, new Matrix4d().scaling(1.5, 1.5, 5)));
    }

    /** Cubic millimetres of the voxels. */
    private double tumour(String when) {
        Volume mask = VolumeFiles.read(folder.resolve("kidney-tumour-" + when + "-mask.nii.gz"));
        return Labels.volume(mask.withVoxels(Labels.binary(mask, Set.of(2L), when)));
    }

    @Test
    void whatCannotBeDoneIsSaidInOneLine() throws Exception {
        Path out = folder.resolve("x.stl");
        for (String[] command : new String[][] {
            {"mesh", "missing.nii.gz", "-o", out.toString()},
            {"mesh", MASK, "-o", folder.resolve("x.xyz").toString()},
            {"mesh", MASK, "--label", "7", "-o", out.toString()},
            {"mesh", MASK, "--decimate", "0", "-o", out.toString()},
            {"mesh", IMAGE, "-o", out.toString()},
            {"compare", MASK, "missing.stl", "-o", out.toString()},
            {"compare", MASK, MASK, "--baseline-date", "yesterday", "--followup-date", "2026-01-01", "-o", out.toString()},
            {"compare", MASK, MASK, "--baseline-date", "2026-01-02", "--followup-date", "2026-01-01", "-o", out.toString()},
            {"evaluate", "surface", MASK, "missing.ply", "-o", out.toString()},
            {"evaluate", "surface", "--protocol", "sparse", IMAGE, MASK, "--stride", "30", "--methods", "iso", "-o", out.toString()},
            {"evaluate", "surface", "--protocol", "sparse", IMAGE, MASK, "--methods", "magic", "-o", out.toString()},
        }) {
            List<String> errors = medgs(2, command);
            assertEquals(1, errors.size(), String.join(" ", command) + errors);
            assertFalse(Files.exists(out), String.join(" ", command));
        }
    }

    private static List<String> medgs(int status, String... arguments) {
        StringWriter errors = new StringWriter();
        CommandLine command = Main.commandLine().setErr(new PrintWriter(errors, true));
        assertEquals(status, command.execute(arguments), errors.toString());
        return errors.toString().lines().toList();
    }
}
