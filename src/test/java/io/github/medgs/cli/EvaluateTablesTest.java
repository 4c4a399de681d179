package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.files.FolderLock;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.joml.Matrix4d;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The tables of a folder of tiny volumes, and those of the documents. */
class EvaluateTablesTest {

    @TempDir
    Path folder;

    private Path volumes;
    private Path list;

    @BeforeEach
    void writeVolumes() throws Exception {
        volumes = Files.createDirectories(folder.resolve("volumes"));
        float[] voxels = new float[36 * 32 * 12];
        float[] inside = new float[voxels.length];
        for (int n = 0; n < voxels.length; n++) {
            int i = n % 36;
            int j = n / 36 % 32;
            int k = n / 36 / 32;
            inside[n] = Math.hypot(Math.hypot(i - 14 - 0.7 * k, j - 15), 3 * (k - 5.5)) < 13 ? 1 : 0;
            voxels[n] = 200 * inside[n] + i + 2 * j;
        }
        VolumeFiles.write(new Volume(36, 32, 12, voxels, new Matrix4d().scale(1, 1, 3)), volumes.resolve("image.nii"));
        VolumeFiles.write(new Volume(36, 32, 12, inside, new Matrix4d().scale(1, 1, 3)), volumes.resolve("mask.nii"));
        list = folder.resolve("cases.json");
        Files.writeString(list, """
                {"cases": [
                  {"name": "still", "image": "image.nii", "axis": "k", "window": [0, 300], "sum": "%s", "tables": ["strides", "ct-org"]},
                  {"name": "organ", "mask": "mask.nii", "axis": "k", "sum": "%s", "tables": ["surfaces", "sparse"]}
                ]}""".formatted(sum("image.nii"), sum("mask.nii")));
    }

    private String sum(String file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(volumes.resolve(file))));
    }

    private List<String> tables(String where, String... more) {
        List<String> all = new ArrayList<>(List.of("evaluate", "tables", volumes.toString(), "--cases", list.toString(),
                "--cells", folder.resolve(where).resolve("cells").toString(), "--page",
                folder.resolve(where).resolve("page.md").toString()));
        all.addAll(List.of(more));
        return all;
    }

    @Test
    void interruptedTwiceAndResumedTheyAreTheSame() throws Exception {
        String[] wanted = {"--only", "strides", "--methods", "linear,motion,paper", "--steps", "8",
            "--engine", "reference"};
        ChildProcess.Ended whole = ChildProcess.run("1g", tables("whole", wanted));
        assertEquals(0, whole.status(), whole.output());
        Path cells = folder.resolve("broken/cells");

        // Cheap cells come first: linear, then so short a training, then motion.
        ChildProcess killed = ChildProcess.start("1g", tables("broken", wanted));
        awaitCell(killed, cells, "linear");
        assertTrue(killed.killAfter(0), "was over before it was killed");

        // Before a cell's first step there is nothing to keep, and it ends at once: then a little later.
        ChildProcess.Ended ended = null;
        for (int attempt = 0; attempt < 8 && files(cells, ".checkpoint").isEmpty(); attempt++) {
            ChildProcess interrupted = ChildProcess.start("1g", tables("broken", wanted));
            interrupted.awaitOutput("stride 3, paper");
            Thread.sleep(500L * (attempt + 1));
            interrupted.interrupt();
            ended = interrupted.await();
            assertEquals(130, ended.status(), ended.output());
        }
        assertTrue(ended.output().contains("go on with the same command"), ended.output());
        assertEquals(1, files(cells, ".checkpoint").size(), "the training in work left no checkpoint");
        int before = files(cells, ".json").size();

        ChildProcess.Ended resumed = ChildProcess.run("1g", tables("broken", wanted));
        assertEquals(0, resumed.status(), resumed.output());
        assertTrue(resumed.output().contains(before + " cells are finished"), resumed.output());
        assertEquals(Files.readString(folder.resolve("whole/page.md")), Files.readString(folder.resolve("broken/page.md")));
        List<String> names = files(folder.resolve("whole/cells"), ".json");
        assertEquals(names, files(cells, ".json"));
        for (String name : names) {
            assertEquals(values(folder.resolve("whole/cells").resolve(name)), values(cells.resolve(name)), name);
        }
        assertEquals(List.of(), files(cells, ".checkpoint"));
        String page = Files.readString(folder.resolve("broken/page.md"));
        assertTrue(page.contains("paper, 8 steps") && page.contains("| not run |"), page);
    }

    /** Waits until a file with these words in its name appears. */
    private static void awaitCell(ChildProcess process, Path cells, String words) throws Exception {
        long until = System.nanoTime() + 100_000_000_000L;
        while (files(cells, ".json").stream().noneMatch(name -> name.contains(words))) {
            assertTrue(System.nanoTime() < until, "no cell " + words);
            Thread.sleep(5);
        }
    }

    private static List<String> files(Path cells, String ending) throws IOException {
        if (!Files.isDirectory(cells)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cells)) {
            return files.filter(file -> file.toString().endsWith(ending)).map(file -> cells.relativize(file).toString()).sorted()
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            // A temporary file was moved into place while the folder was listed.
            return files(cells, ending);
        }
    }

    private static JsonNode values(Path cell) throws IOException {
        return new ObjectMapper().readTree(cell.toFile()).get("values");
    }

    @Test
    void aCellThatIsThereIsNotMeasuredAgainAndOtherBytesAreRefused() throws Exception {
        String[] linear = {"--methods", "linear", "--only", "still", "--quiet"};
        assertEquals(List.of(), medgs(0, tables("t", linear)));
        Path cells = folder.resolve("t/cells");
        assertEquals(6, files(cells, ".json").size());
        Path one = cells.resolve(files(cells, ".json").getFirst());
        Files.writeString(one, Files.readString(one).replaceFirst("\"psnr\" : [0-9.]+", "\"psnr\" : 77.25"));
        assertEquals(List.of(), medgs(0, tables("t", linear)));
        String page = Files.readString(folder.resolve("t/page.md"));
        assertTrue(page.contains("| still | 2 | 77.25 / "), page);
        assertTrue(page.contains("| ISO | not run |"), page);
        assertTrue(page.contains("`medgs evaluate tables VOLUMES --cases ... --cells ... --page ... --only surfaces` runs"), page);
        Files.write(folder.resolve("t/page.md"), new byte[] {'a', (byte) 0xff});
        assertTrue(medgs(2, tables("t", linear)).getFirst().contains("page.md: is not text in UTF-8"));
        Files.writeString(folder.resolve("t/page.md"), "<!-- end of strides -->");
        assertTrue(medgs(2, tables("t", "--list")).getFirst().contains("are no pair"));
        Files.delete(folder.resolve("t/page.md"));
        Files.writeString(one, "{}x");
        assertTrue(medgs(2, tables("t", linear)).getFirst().contains("is no finished cell"));
        Files.delete(one);
        Files.write(volumes.resolve("image.nii"), new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
        assertTrue(medgs(2, tables("t", linear)).getFirst().contains("has not the bytes"));
        assertFalse(Files.exists(one));
    }

    @Test
    void twoRunsIntoTheSameCellsAtOnceAreRefused() throws Exception {
        Path cells = folder.resolve("t/cells");
        try (FolderLock _ = FolderLock.of(cells)) {
            assertEquals(List.of("medgs: " + cells + ": is being written to by another run; wait for its end, or give another"
                    + " folder (--cells)"), medgs(2, tables("t", "--methods", "linear", "--quiet")));
        }
    }

    /** A case at a stride by a method is measured once, in however many tables it stands. */
    @Test
    void oneMeasurementServesBothItsTables() throws Exception {
        assertEquals(List.of(), medgs(0, tables("t", "--only", "strides", "--methods", "linear", "--quiet")));
        Path cells = folder.resolve("t/cells");
        Path measured = cells.resolve(files(cells, ".json").getFirst());
        // A figure that no measurement would give.
        Files.writeString(measured, Files.readString(measured).replaceFirst("\"psnr\" : [0-9.]+", "\"psnr\" : 77.25"));
        ChildProcess.Ended other = ChildProcess.run("1g", tables("t", "--only", "ct-org", "--methods", "linear"));
        assertEquals(0, other.status(), other.output());
        // Strides 2 and 3; 4 is in this table alone.
        assertEquals(2, other.output().lines().filter("  as in the table strides"::equals).count(), other.output());
        assertEquals(values(measured), values(cells.resolve("ct-org").resolve(measured.getFileName())));
        assertEquals(6, files(cells, ".json").size());
    }

    @Test
    void masksHaveTablesOfTheirOwn() throws Exception {
        assertEquals(List.of(), medgs(0, tables("t", "--only", "sparse", "--methods", "iso,thresholded-poisson", "--quiet")));
        String page = Files.readString(folder.resolve("t/page.md"));
        assertTrue(page.matches("(?s).*\\| organ \\| 4 \\| \\d\\.\\d{3} / 0\\.\\d{3} \\| not run \\|.*"), page);
        assertTrue(page.contains("4 of "), page);
    }

    @Test
    void whatCannotBeDoneIsSaidInOneLine() {
        assertTrue(medgs(2, tables("t", "--only", "table9")).getFirst().contains("neither a table nor a case"));
        assertTrue(medgs(2, tables("t", "--methods", "sharper")).getFirst().contains("is in no table"));
        assertTrue(medgs(2, tables("t", "--seeds", "0")).getFirst().contains("no number of seeds"));
        assertTrue(medgs(2, tables("t", "--steps", "0")).getFirst().contains("no number of steps"));
        List<String> drawing = new ArrayList<>(tables("t", "--list"));
        drawing.remove(volumes.toString());
        assertTrue(medgs(2, drawing).getFirst().contains("needs the folder of the volumes"));
        assertFalse(Files.exists(folder.resolve("t")));
    }

    /** No figure of the page was typed by hand. */
    @Test
    void thePageOfTheDocumentsSaysWhatItsCellsSay() throws Exception {
        Path written = Path.of("src/site/markdown/tables.md");
        Path page = folder.resolve("tables.md");
        Files.copy(written, page);
        assertEquals(List.of(), medgs(0, List.of("evaluate", "tables", "--cases", "benchmarks/cases.json", "--cells",
                "benchmarks/cells", "--page", page.toString(), "--quiet")));
        assertEquals(Files.readString(written), Files.readString(page), "run benchmarks/tables");
    }

    private static List<String> medgs(int status, List<String> arguments) {
        StringWriter errors = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setErr(new PrintWriter(errors, true));
        assertEquals(status, commandLine.execute(arguments.toArray(String[]::new)), errors.toString());
        return errors.toString().lines().toList();
    }
}
