package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What {@code mvn -Prelease package} left, started as somebody would who has no Maven: out of the archives, with nothing
 * of this machine but what is named here.
 */
@Timeout(300)
class ReleaseIT {

    private static final Path RELEASE = Path.of("target/release").toAbsolutePath();
    private static final List<String> TOOLS = List.of("env", "bash", "sed", "awk", "dirname", "readlink", "cat", "nproc",
            "getconf", "sort", "head", "mktemp", "uname", "seq", "sleep", "rm", "locale", "grep");

    @TempDir
    Path folder;

    @BeforeEach
    void isOfThisBuild() throws IOException {
        assumeTrue(Files.exists(RELEASE.resolve("SHA256SUMS")), "made by -Prelease alone");
        byte[] jar = Files.readAllBytes(Path.of("target/medgs.jar"));
        byte[] file = Files.readAllBytes(RELEASE.resolve("medgs"));
        boolean same = file.length > jar.length
                && Arrays.equals(file, file.length - jar.length, file.length, jar, 0, jar.length);
        assumeTrue(same, "target/release is of another build");
    }

    @Test
    void theFileAndTheImageRunTheKidneyAndMakeTheSameModel() throws Exception {
        Path file = unpacked(false).resolve("bin/medgs");
        Path image = unpacked(true).resolve("bin/medgs");
        String said = reconstruct(file, "file", Map.of("PATH", toolsAlone(), "JAVA_HOME",
                System.getProperty("java.home")));
        assertFalse(said.contains("WARNING"), said);
        said = reconstruct(image, "image", Map.of());
        assertTrue(said.contains("engine vector"), said);
        assertArrayEquals(Files.readAllBytes(folder.resolve("file/model.medgs")),
                Files.readAllBytes(folder.resolve("image/model.medgs")));
    }

    private String reconstruct(Path medgs, String out, Map<String, String> environment) throws Exception {
        String said = run(0, environment, medgs.toString(), "reconstruct",
                Path.of("sample-volumes/kidney.nii.gz").toAbsolutePath().toString(), "--mask",
                Path.of("sample-volumes/kidney-mask.nii.gz").toAbsolutePath().toString(), "--set", "iterations=20",
                "--engine", "vector", "-o", folder.resolve(out).toString());
        for (String name : List.of("interpolated.nii.gz", "surface.stl", "report.html")) {
            assertTrue(Files.size(folder.resolve(out).resolve(name)) > 1000, name);
        }
        return said;
    }

    @Test
    void withoutAJavaTheFileSaysSoInALine() throws Exception {
        byte[] jar = Files.readAllBytes(Path.of("target/medgs.jar"));
        byte[] file = Files.readAllBytes(RELEASE.resolve("medgs"));
        String script = new String(file, 0, file.length - jar.length, StandardCharsets.UTF_8);
        Path elsewhere = Files.writeString(folder.resolve("medgs"), script.replace("/usr/lib/jvm/*", "/nowhere")
                .replace("/Library/Java", "/nowhere").replace("/opt/j", "/nowhere/"));
        String said = run(2, Map.of("PATH", toolsAlone()), "bash", elsewhere.toString(), "doctor");
        assertEquals(1, said.lines().count(), said);
        assertTrue(said.contains("no JDK 25 or newer found; install one"), said);
    }

    /** A path with neither Maven nor Java on it. */
    private static String toolsAlone() throws IOException {
        Path tools = Files.createDirectories(Path.of("target/tools-alone").toAbsolutePath());
        for (String tool : TOOLS) {
            if (Files.exists(Path.of("/usr/bin", tool)) && !Files.exists(tools.resolve(tool))) {
                Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
            }
        }
        return tools.toString();
    }

    @Test
    void sumsAreRight() throws Exception {
        List<String> lines = Files.readAllLines(RELEASE.resolve("SHA256SUMS"));
        assertEquals(3, lines.size());
        for (String line : lines) {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(RELEASE.resolve(line.substring(66))));
            assertEquals(HexFormat.of().formatHex(sum), line.substring(0, 64), line);
        }
    }

    @Test
    void everyCommandHasAPageWithoutFaults() throws Exception {
        Path pages = unpacked(false).resolve("share/man/man1");
        List<String> words = new ArrayList<>(List.of("mandoc", "-T", "lint", "-W", "warning"));
        check(Main.commandLine(), "medgs", pages, words);
        assumeTrue(Files.exists(Path.of("/usr/bin/mandoc")), "mandoc is not installed: the pages' form is not checked");
        assertEquals("", run(0, Map.of("PATH", "/usr/bin"), words.toArray(String[]::new)));
    }

    private static void check(CommandLine command, String name, Path pages, List<String> words) throws IOException {
        Path page = pages.resolve(name + ".1");
        String text = Files.readString(page);
        assertTrue(text.contains("\n.TH \"" + name.toUpperCase(Locale.ROOT).replace("-", "\\-")), name);
        words.add(page.toString());
        for (Map.Entry<String, CommandLine> below : command.getSubcommands().entrySet()) {
            check(below.getValue(), name + "-" + below.getKey(), pages, words);
        }
    }

    @Test
    void theShellCompletes() throws Exception {
        Path script = unpacked(false).resolve("share/bash-completion/completions/medgs");
        assertEquals("reconstruct", run(0, Map.of("PATH", "/usr/bin:/bin"), "bash", "-c", "source " + script
                + "; COMP_WORDS=(medgs reco); COMP_CWORD=1; _complete_medgs 2>/dev/null; echo \"${COMPREPLY[@]}\"").strip());
    }

    /** One of the two archives, unpacked. */
    private Path unpacked(boolean image) throws Exception {
        Path archive;
        try (Stream<Path> all = Files.list(RELEASE)) {
            archive = all.filter(file -> file.toString().endsWith(".tar.gz"))
                    .sorted(Comparator.comparingInt(file -> file.toString().length()))
                    .toList().get(image ? 1 : 0);
        }
        run(0, Map.of("PATH", "/usr/bin:/bin"), "tar", "xzf", archive.toString(), "-C", folder.toString());
        return folder.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
    }

    private String run(int expected, Map<String, String> environment, String... words) throws Exception {
        File said = folder.resolve("said.txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said)
                .directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        String text = Files.readString(said.toPath());
        assertEquals(expected, status, String.join(" ", words) + ": " + text);
        return text;
    }
}
