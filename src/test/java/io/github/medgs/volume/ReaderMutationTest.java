package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link ReaderMutations} in a JVM of its own with a heap of 512 MB. See there for the full count. */
class ReaderMutationTest {

    @TempDir
    Path folder;

    @Test
    void damagedFilesAreVolumesOrErrorsOfOneLine() throws IOException, InterruptedException {
        Path report = folder.resolve("report.txt");
        int status = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-Djoml.nounsafe=true", "-Djava.awt.headless=true", "-cp", System.getProperty("java.class.path"),
                ReaderMutations.class.getName(), System.getProperty("medgs.mutations", "250"),
                System.getProperty("medgs.seed", "7"), folder.toString(), System.getProperty("medgs.samples", ".*"))
                .redirectErrorStream(true).redirectOutput(report.toFile()).start().waitFor();
        String text = Files.readString(report, StandardCharsets.UTF_8);
        System.out.print(text);
        assertEquals(0, status, text);
    }
}
