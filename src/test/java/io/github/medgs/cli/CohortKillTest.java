package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.phantom.Phantoms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole processes that work on a cohort: killed on the way, and two at once. A hundred subjects, Spark's processes and
 * twenty kills: {@code src/test/python/cohort_study.py}.
 */
class CohortKillTest {

    private static final int KILLS = 3;
    private static final List<String> IDS = List.of("a", "b", "c");

    @TempDir
    Path folder;

    @BeforeEach
    void writeTable() throws IOException {
        List<String> rows = new ArrayList<>(List.of("id,image,mask"));
        for (String id : IDS) {
            Phantoms.make("sphere", (long) id.charAt(0), 0.35).writeTo(folder.resolve(id));
            rows.add(id + ",{id}/sphere.nii.gz,{id}/sphere-mask.nii.gz");
        }
        Files.write(folder.resolve("subjects.csv"), rows);
    }

    private List<String> cohort(Path out) {
        return List.of("cohort", folder.resolve("subjects.csv").toString(), "-o", out.toString(), "--preset", "quick",
                "--set", "iterations=60", "--set", "checkpointInterval=3", "--engine", "reference", "--threads", "2",
                "--json");
    }

    private void assertSame(Path expected, Path out) throws IOException {
        for (String id : IDS) {
            for (String file : List.of("model.medgs", "interpolated.nii.gz", "mask.nii.gz", "surface.stl")) {
                assertArrayEquals(Files.readAllBytes(expected.resolve(id).resolve(file)),
                        Files.readAllBytes(out.resolve(id).resolve(file)), id + "/" + file);
            }
        }
        try (Stream<Path> files = Files.walk(out)) {
            assertEquals(List.of(), files.filter(file -> file.toString().endsWith(".part")).toList());
        }
    }

    private static int count(String text, String words) {
        return text.split(java.util.regex.Pattern.quote(words), -1).length - 1;
    }

    @Test
    void killedDriversLoseNothingAndTwoAtOnceShareTheWork() throws Exception {
        Path unbroken = folder.resolve("unbroken");
        ChildProcess first = ChildProcess.start("512m", cohort(unbroken));
        ChildProcess second = ChildProcess.start("512m", cohort(unbroken));
        String said = first.await().output() + second.await().output();
        assertEquals(IDS.size(), count(said, "\"ending\":\"done\""), said);
        for (String id : IDS) {
            assertEquals(1, Files.readAllLines(unbroken.resolve(id).resolve("log.txt")).stream()
                    .filter(line -> line.startsWith("-- ")).count(), id);
        }
        Path out = folder.resolve("killed");
        Random random = new Random(3);
        int killed = 0;
        for (int run = 0; run < KILLS; run++) {
            ChildProcess child = ChildProcess.start("512m", cohort(out));
            child.awaitFile(out.resolve(IDS.get(run)).resolve("checkpoint.medgs"));
            killed += child.killAfter(random.nextLong(200)) ? 1 : 0;
        }
        assertTrue(killed > 0, "all was over before the first kill");
        ChildProcess.Ended last = ChildProcess.run("512m", cohort(out));
        assertEquals(0, last.status(), last.output());
        assertSame(unbroken, out);
    }
}
