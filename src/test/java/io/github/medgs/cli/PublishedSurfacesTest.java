package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The paper's Table 1, as a user asks for it. */
class PublishedSurfacesTest {

    private static final String KIDNEY = "sample-volumes/kidney-mask.nii.gz";
    private static final String PROSTATE = "sample-volumes/prostate-mask.nii.gz";

    @TempDir
    Path folder;

    @Test
    void methodsAreScoredOnWholeMasksBesideThePaper() throws Exception {
        Path out = folder.resolve("out");
        assertEquals(List.of(), medgs(0, KIDNEY, PROSTATE, "--methods", "iso,shape", "-o", out.toString(), "--quiet"));
        JsonNode report = new ObjectMapper().readTree(out.resolve("paper.json").toFile());
        assertEquals(2, report.get("cases").size());
        for (JsonNode one : report.get("cases")) {
            double floor = one.at("/referenceItself/chamferMm").doubleValue();
            assertTrue(floor > 0.02 && floor < 0.5, one.toString());
            for (JsonNode method : one.get("methods")) {
                // All slices were seen: off by the staircase at most, never nearer than the noise.
                double chamfer = method.get("chamferMm").doubleValue();
                assertTrue(chamfer > 0.98 * floor && chamfer < floor + 1, method.toString());
            }
        }
        JsonNode iso = report.get("means").get(0);
        double mean = (report.at("/cases/0/methods/0/chamferMm").doubleValue()
                + report.at("/cases/1/methods/0/chamferMm").doubleValue()) / 2;
        assertEquals(mean, iso.at("/chamferMm/mean").doubleValue(), 1e-9);
        assertEquals(2, iso.at("/chamferMm/count").intValue());
        // .248 .206 .216 .214 .219 .236
        assertEquals(0.22317, iso.at("/paperChamferMm/mean").doubleValue(), 1e-4);
        assertEquals(0.01568, iso.at("/paperChamferMm/deviation").doubleValue(), 1e-4);
        assertEquals(1 + 2 * 3, Files.readAllLines(out.resolve("paper.csv")).size());
        assertTrue(Files.readString(out.resolve("paper.html")).contains("do not compare a figure"));
        assertTrue(medgs(2, KIDNEY, "--methods", "iso", "-o", out.toString()).getFirst().contains("--force"));
    }

    @Test
    void whatAReaderNotesIsSaidOnce() throws Exception {
        List<String> files = new ArrayList<>();
        for (String name : List.of("a.mha", "b.mha")) {
            ByteArrayOutputStream mask = new ByteArrayOutputStream();
            mask.write("ObjectType = Image\nNDims = 3\nDimSize = 12 12 6\nElementType = MET_UCHAR\nElementDataFile = LOCAL\n"
                    .getBytes(StandardCharsets.US_ASCII));
            for (int n = 0; n < 12 * 12 * 6; n++) {
                mask.write(Math.hypot(Math.hypot(n % 12 - 6, n / 12 % 12 - 6), n / 144 - 3) < 3 ? 1 : 0);
            }
            files.add(Files.write(folder.resolve(name), mask.toByteArray()).toString());
        }
        for (List<String> masks : List.of(files.subList(0, 1), files)) {
            List<String> arguments = new ArrayList<>(masks);
            arguments.addAll(List.of("--methods", "iso", "-o", folder.resolve("of" + masks.size()).toString()));
            PrintStream before = System.err;
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            try {
                medgs(0, arguments.toArray(String[]::new));
            } finally {
                System.setErr(before);
            }
            for (String mask : masks) {
                assertEquals(1, said.toString(StandardCharsets.UTF_8).lines()
                        .filter(line -> line.startsWith(mask + ": the header gives no spacing")).count(), said.toString());
            }
        }
    }

    @Test
    void whatCannotBeDoneIsSaidInOneLine() {
        String out = folder.resolve("out").toString();
        assertTrue(medgs(2, KIDNEY, "--methods", "joint", "-o", out).getFirst().contains("give --image FILE for every mask"));
        assertTrue(medgs(2, KIDNEY, PROSTATE, "--image", "sample-volumes/kidney.nii.gz", "-o", out).getFirst()
                .contains("was given 1 times for 2 masks"));
        assertTrue(medgs(2, KIDNEY, "--label", "9", "--methods", "iso", "-o", out).getFirst().contains("label"));
        assertTrue(medgs(2, KIDNEY, "--label", "1", "--label", "9", "--methods", "iso", "-o", out).getFirst()
                .contains("has no voxel with label 9"));
        for (String protocol : List.of("pair", "sparse")) {
            assertEquals(List.of("medgs: --image: is for --protocol paper alone; leave it out, or add --protocol paper"),
                    surface(2, protocol, KIDNEY, KIDNEY, "--image", "sample-volumes/kidney.nii.gz", "-o", out));
        }
        assertTrue(!Files.exists(Path.of(out)));
    }

    private static List<String> medgs(int status, String... arguments) {
        return surface(status, "paper", arguments);
    }

    private static List<String> surface(int status, String protocol, String... arguments) {
        List<String> all = new ArrayList<>(List.of("evaluate", "surface", "--protocol", protocol));
        all.addAll(List.of(arguments));
        StringWriter errors = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setErr(new PrintWriter(errors, true));
        assertEquals(status, commandLine.execute(all.toArray(String[]::new)), errors.toString());
        return errors.toString().lines().toList();
    }
}
