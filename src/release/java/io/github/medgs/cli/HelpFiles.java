package io.github.medgs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import picocli.AutoComplete;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** What the shell knows of the commands: manual pages and completion, made from the commands themselves. */
public final class HelpFiles {

    private static final String COMPLETION = "bash-completion/completions/medgs";

    private HelpFiles() {}

    /**
     * Writes both as they lie in a {@code share} folder.
     *
     * @param date of the pages, as 2026-01-31
     * @param work folder for what lies between
     */
    public static void write(Path share, String version, String date, Path work) throws IOException {
        Path completion = share.resolve(COMPLETION);
        Files.createDirectories(completion.getParent());
        Files.writeString(completion, AutoComplete.bash("medgs", Main.commandLine()));
        int status = ManPageGenerator.generateManPage(work.toFile(), null, new boolean[0], true,
                Main.commandLine().getCommandSpec());
        if (status != 0) {
            throw new IOException("the manual pages could not be generated: status " + status);
        }
        Path pages = Files.createDirectories(share.resolve("man/man1"));
        Options options = Options.builder().backend("manpage").safe(SafeMode.SAFE).standalone(true)
                .attributes(Attributes.builder().attribute("docdate", date).build()).build();
        try (Asciidoctor asciidoctor = Asciidoctor.Factory.create()) {
            for (Path source : sources(work)) {
                // A value in two parts would be broken over two lines, and its slant with it.
                String text = Files.readString(source).replaceAll("(=_[^_\\s]+,)\\s+([^_\\s]+_)", "$1$2")
                        .replaceFirst(":revnumber:.*", "")
                        .replaceFirst(":manmanual:.*", ":manmanual: MedGS Manual")
                        .replaceFirst(":mansource:.*", ":mansource: medgs " + version);
                String name = source.getFileName().toString().replace(".adoc", ".1");
                Files.writeString(pages.resolve(name), plain(asciidoctor.convert(text, options)));
            }
        }
    }

    private static List<Path> sources(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(file -> file.toString().endsWith(".adoc")).sorted().toList();
        }
    }

    /** Without the macros for links, of which there are none, and the gaps after headings: mandoc complains of both. */
    private static String plain(String page) {
        return page.replaceFirst("(?s)\\.if \\\\n\\[\\.g\\] \\\\\\{\\\\\n\\.  mso www.*?\\.\\\\\\}\n", "")
                .replaceAll("(\\.SH [^\n]*\n)\\.sp\n", "$1").replaceAll("(?m)[ \t]+$", "");
    }
}
