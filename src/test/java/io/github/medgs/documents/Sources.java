package io.github.medgs.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program's sources, for excerpts of them. */
final class Sources {

    private Sources() {}

    /**
     * Those lines of an excerpt that stand in no source file; spaces, remarks at the end and what is left out ({@code ...})
     * aside.
     */
    static List<String> missing(String excerpt) throws IOException {
        String sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).map(Sources::bare).collect(Collectors.joining("\n"));
        }
        return excerpt.lines().flatMap(line -> Stream.of(line.replaceFirst("//.*", "").split("\\.\\.\\.")))
                .map(Sources::bare).filter(part -> part.length() > 3 && !sources.contains(part)).toList();
    }

    private static String bare(Path file) {
        try {
            return bare(Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String bare(String code) {
        return code.replaceAll("\\s+", "");
    }
}
