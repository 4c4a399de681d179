package io.github.medgs.release;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import org.apache.commons.io.FileUtils;

/** An image of the program with its own Java, by the JDK's own tools. */
final class Image {

    /** What jdeps cannot see: the parts of Java that are found by name, and the page's server. */
    private static final List<String> BY_NAME = List.of("jdk.incubator.vector", "jdk.httpserver", "jdk.zipfs",
            "jdk.charsets", "jdk.localedata");
    /** Without a launcher script nobody asks how much memory there is; a quarter of it would be Java's own choice. */
    private static final int HEAP_PERCENT = 70;

    private final String version;

    Image(String version) {
        this.version = version;
    }

    /**
     * Makes it.
     *
     * @param input a folder to be made, for all that goes into the image
     * @param folder a folder to be made, for the image
     * @return the image itself
     */
    Path make(Path jar, Path input, Path folder) throws IOException {
        FileUtils.deleteDirectory(input.toFile());
        FileUtils.copyFileToDirectory(jar.toFile(), input.toFile());
        Set<String> modules = new TreeSet<>(BY_NAME);
        String found = run("jdeps", "--print-module-deps", "--ignore-missing-deps", "--multi-release",
                Integer.toString(Runtime.version().feature()), jar.toString());
        for (String line : found.lines().filter(line -> !line.startsWith("WARNING")).toList()) {
            modules.addAll(List.of(line.strip().split(",")));
        }
        List<String> words = new ArrayList<>(List.of("--type", "app-image", "--name", "medgs",
                "--input", input.toString(), "--main-jar", jar.getFileName().toString(), "--dest", folder.toString(),
                "--add-modules", String.join(",", modules),
                "--jlink-options", "--strip-native-commands --strip-debug --no-man-pages --no-header-files"
                        + " --compress zip-6 --include-locales en"));
        for (String option : List.of("--add-modules=jdk.incubator.vector", "-XX:+UseParallelGC",
                "-XX:MaxRAMPercentage=" + HEAP_PERCENT, "-Dsun.net.httpserver.nodelay=true",
                "--enable-native-access=ALL-UNNAMED")) {
            words.addAll(List.of("--java-options", option));
        }
        String number = version.replaceFirst("-.*", "");
        // macOS knows no version that begins with 0.
        if (!number.startsWith("0") || !System.getProperty("os.name").startsWith("Mac")) {
            words.addAll(List.of("--app-version", number));
        }
        run("jpackage", words.toArray(String[]::new));
        try (var made = Files.list(folder)) {
            return made.findFirst().orElseThrow();
        }
    }

    private static String run(String tool, String... words) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = ToolProvider.findFirst(tool).orElseThrow(() -> new IOException("this JDK has no " + tool))
                .run(out, out, words);
        String text = said.toString(StandardCharsets.UTF_8);
        if (status != 0) {
            throw new IOException(tool + " " + String.join(" ", words) + " ended with " + status + ": " + text);
        }
        return text;
    }
}
