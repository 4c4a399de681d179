package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The instrument as a user types it. */
class EvaluateInterpolationTest {

    private static final String IMAGE = "sample-volumes/kidney.nii.gz";

    @TempDir
    Path folder;

    @Test
    void everyMethodAndVariantIsInEveryReport() throws Exception {
        Path out = folder.resolve("out");
        assertEquals(List.of(), medgs(0, IMAGE, "--stride", "2,3", "--methods", "linear,motion,medgs", "--preset", "quick",
                "--variant", "still:quick,between.target=none,start.motion=false", "--set", "iterations=30", "-o",
                out.toString(), "--quiet"));
        JsonNode cases = new ObjectMapper().readTree(out.resolve("interpolation.json").toFile()).get("cases");
        assertEquals(2, cases.size());
        List<String> names = new ArrayList<>();
        for (JsonNode method : cases.get(1).get("methods")) {
            names.add(method.get("method").textValue());
            assertTrue(method.get("psnr").doubleValue() > 10, method.toString());
        }
        assertEquals(List.of("linear", "motion", "medgs", "still"), names);
        assertEquals("none", cases.get(0).at("/methods/3/settings/between/target").textValue());
        assertEquals(1 + 2 * 4, Files.readAllLines(out.resolve("summary.csv")).size());
        assertTrue(Files.readString(out.resolve("interpolation.html")).endsWith("</html>\n"));
        assertTrue(medgs(2, IMAGE, "--methods", "linear", "-o", out.toString()).getFirst().contains("--force"));
    }

    @Test
    void anothersPredictionsAndTheTrustEnterTheSameReports() throws Exception {
        Path out = folder.resolve("out");
        assertEquals(List.of(), medgs(0, IMAGE, "--methods", "linear,motion", "--predicted", "truth=" + IMAGE, "-o",
                out.toString(), "--quiet"));
        JsonNode methods = new ObjectMapper().readTree(out.resolve("interpolation.json").toFile()).at("/cases/0/methods");
        assertEquals("truth", methods.get(2).get("method").textValue());
        assertEquals(100, methods.get(2).get("psnr").doubleValue());
        assertTrue(methods.get(0).get("trust").isNull() && methods.get(2).get("trust").isNull());
        JsonNode trust = methods.get(1).get("trust");
        double coverage = trust.get("coverage").doubleValue();
        assertTrue(coverage > 0.8 && coverage < 0.99, trust.toString());
        assertTrue(trust.get("sparsificationRatio").doubleValue() < 0.7, trust.toString());
        assertTrue(Files.readString(out.resolve("summary.csv")).contains("band_coverage"));
        assertTrue(Files.readString(out.resolve("interpolation.html")).contains("expected error"));
        assertTrue(medgs(2, IMAGE, "--methods", "linear", "--predicted", "other=sample-volumes/brain.nii.gz", "-o",
                folder.resolve("none").toString(), "--quiet").getFirst().contains("another grid"));
    }

    /** The protocol's window, strides and means over a folder in which the collection's masks lie too. */
    @Test
    void aFolderOfCtsIsStudiedInTheFormOfCtOrg() throws Exception {
        Path cts = Files.createDirectory(folder.resolve("cts"));
        for (String name : List.of("volume-10", "volume-9", "labels-9")) {
            Files.copy(Path.of(IMAGE), cts.resolve(name + ".nii.gz"));
        }
        Path out = folder.resolve("out");
        assertEquals(List.of(), medgs(0, cts.toString(), "--protocol", "ct-org", "--methods", "linear,cubic", "-o",
                out.toString(), "--quiet"));
        JsonNode cases = new ObjectMapper().readTree(out.resolve("interpolation.json").toFile()).get("cases");
        List<String> names = new ArrayList<>();
        for (JsonNode one : cases) {
            names.add(one.get("volume").textValue() + " " + one.get("stride").intValue());
            assertEquals(-1000, one.get("windowLow").doubleValue());
            assertEquals(1000, one.get("windowHigh").doubleValue());
        }
        assertEquals(List.of("volume-9.nii.gz 2", "volume-9.nii.gz 3", "volume-9.nii.gz 4", "volume-10.nii.gz 2",
                "volume-10.nii.gz 3", "volume-10.nii.gz 4"), names);
        List<String> means = Files.readAllLines(out.resolve("means.csv"));
        assertEquals(1 + 3 * 2, means.size());
        // Twice the same volume: no spread.
        String psnr = String.format(java.util.Locale.ROOT, "%.6f", cases.get(0).at("/methods/0/psnr").doubleValue());
        assertTrue(means.get(1).startsWith("2,linear,2," + psnr + ",0.000000,"), means.get(1));
        assertTrue(medgs(2, cts.toString(), "--protocol", "ct-org", "--window", "0,9", "-o", folder.resolve("o").toString())
                .getFirst().contains("is the protocol's"));
    }

    /** A head and its voxels are one volume; what only ends as a head does is none. */
    @Test
    void volumesOfTwoFilesAreAmongThoseOfTheProtocol() throws Exception {
        Path cts = Files.createDirectory(folder.resolve("cts"));
        VolumeFiles.write(new Volume(2, 2, 2, new float[8], new Matrix4d()), cts.resolve("a.nii"));
        byte[] nifti = Files.readAllBytes(cts.resolve("a.nii"));
        nifti[345] = 'i';
        Files.write(cts.resolve("b.hdr"), Arrays.copyOf(nifti, 348));
        Files.write(cts.resolve("b.img"), Arrays.copyOfRange(nifti, 352, nifti.length));
        Files.writeString(cts.resolve("c.nhdr"), "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 2 2 2\nencoding: raw\ndata file: c.raw\n\n");
        Files.write(cts.resolve("c.raw"), new byte[8]);
        Files.writeString(cts.resolve("d.hdr"), "ENVI");
        assertEquals(List.of("a.nii", "b.hdr", "c.nhdr"), CtOrgProtocol.volumes(List.of(cts), Console.MUTE).stream()
                .map(file -> file.getFileName().toString()).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "--methods, sharper, not known",
        "--stride, 1, leaves no slice out",
        "--stride, 500, smaller stride",
        "--variant, quick, no name of its own",
        "--variant, linear:quick, no name of its own",
        "--predicted, linear=x.nii, no name of its own",
        "--window, 3, is not two numbers",
        "--protocol, luna, is not known",
    })
    void whatCannotBeDoneIsSaidInOneLine(String option, String value, String message) {
        List<String> errors = medgs(2, IMAGE, option, value, "-o", folder.resolve("out").toString(), "--quiet");
        assertEquals(1, errors.size(), errors.toString());
        assertTrue(errors.getFirst().startsWith("medgs: ") && errors.getFirst().contains(message), errors.toString());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    private static List<String> medgs(int status, String... arguments) {
        List<String> all = new ArrayList<>(List.of("evaluate", "interpolation"));
        all.addAll(List.of(arguments));
        StringWriter errors = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setErr(new PrintWriter(errors, true));
        assertEquals(status, commandLine.execute(all.toArray(String[]::new)), errors.toString());
        return errors.toString().lines().toList();
    }
}
