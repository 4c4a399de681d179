package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The documents' program as its users run it: the packaged library, its own dependencies, a Java of its own. */
class ThinJarIT {

    private static final List<String> SETTINGS = List.of("iterations=20", "start.pixelsPerGaussian=40");
    private static final String IMAGE = "sample-volumes/kidney.nii.gz";
    private static final String MASK = "sample-volumes/kidney-mask.nii.gz";

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void theLibraryAloneWritesWhatTheProgramWrites() throws Exception {
        String libraries = Files.readString(Path.of("target/runtime-classpath.txt")).strip();
        String classPath = System.getProperty("medgs.library") + File.pathSeparator + libraries;
        Path source = folder.resolve("Kidney.java");
        Files.writeString(source, LibraryTest.programOfTheDocuments().replace("preset(\"quick\")",
                "preset(\"quick\", \"" + String.join("\", \"", SETTINGS) + "\")"));
        Path library = folder.resolve("library");
        Path program = folder.resolve("program");
        java("javac", "-d", folder.toString(), "-cp", classPath, source.toString());
        java("java", "--add-modules", "jdk.incubator.vector", "-cp", folder + File.pathSeparator + classPath, "Kidney",
                IMAGE, MASK, library.toString());
        List<String> command = new ArrayList<>(List.of("java", "--add-modules", "jdk.incubator.vector", "-jar",
                "target/medgs.jar", "reconstruct", IMAGE, "--mask", MASK, "--preset", "quick", "-o", program.toString()));
        SETTINGS.forEach(setting -> command.addAll(List.of("--set", setting)));
        java(command.toArray(String[]::new));
        assertEquals(LibraryTest.names(program), LibraryTest.names(library));
        for (String name : LibraryTest.names(program)) {
            assertArrayEquals(LibraryTest.timeless(program.resolve(name)), LibraryTest.timeless(library.resolve(name)),
                    name);
        }
    }

    private void java(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(words));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", words[0]).toString());
        File said = folder.resolve("said.txt").toFile();
        int status = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said).start().waitFor();
        assertEquals(0, status, () -> command + ": " + said(said));
    }

    private static String said(File file) {
        try {
            return Files.readString(file.toPath());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
