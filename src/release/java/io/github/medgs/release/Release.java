package io.github.medgs.release;

import io.github.medgs.cli.HelpFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.apache.commons.io.FileUtils;

/**
 * What a release holds for people who do not build, made of the jar by {@code mvn -Prelease package}, in
 * {@code target/release}:
 *
 * <pre>
 * medgs                              the self-starting file: tornado-env.sh with the jar behind it
 * image/                             an image with its own Java, by jpackage, for the platform it is made on
 * medgs-VERSION.tar.gz               the file, manual pages, completion
 * medgs-VERSION-PLATFORM.tar.gz      the image, manual pages, completion
 * SHA256SUMS                         of the file and the two archives
 * </pre>
 */
public final class Release {

    private static final String SWITCH = "_medgs_packed=\n";

    private final Path base;
    private final Path target;
    private final Path folder;
    private final String version;
    /** As 2026-01-31T00:00:00Z. */
    private final String timestamp;

    private Release(Path base, String version, String timestamp) {
        this.base = base;
        this.target = base.resolve("target");
        this.folder = target.resolve("release");
        this.version = version;
        this.timestamp = timestamp;
    }

    /** @param arguments the project's folder, its version, the timestamp of all that is made */
    public static void main(String[] arguments) throws IOException {
        new Release(Path.of(arguments[0]), arguments[1], arguments[2]).make();
    }

    private void make() throws IOException {
        FileUtils.deleteDirectory(folder.toFile());
        Files.createDirectories(folder);
        Path jar = target.resolve("medgs.jar");
        Path file = selfStarting(jar);
        Path share = folder.resolve("share");
        HelpFiles.write(share, version, timestamp.substring(0, 10), target.resolve("man-pages"));
        FileUtils.copyFileToDirectory(base.resolve("LICENSE").toFile(), share.resolve("doc/medgs").toFile());
        Path image = new Image(version).make(jar, target.resolve("image-input"), folder.resolve("image"));

        String name = "medgs-" + version;
        Path plain = folder.resolve(name + ".tar.gz");
        try (Archive archive = new Archive(plain, name, timestamp)) {
            archive.add(file, "bin/medgs");
            archive.add(share, "share");
        }
        String platform = name + "-" + platform();
        Path whole = folder.resolve(platform + ".tar.gz");
        try (Archive archive = new Archive(whole, platform, timestamp)) {
            archive.add(image, "");
            archive.add(share, "share");
        }
        Archive.writeSums(folder.resolve("SHA256SUMS"), List.of(file, plain, whole));
    }

    /** A zip is read from its end, so a script may stand before it. */
    private Path selfStarting(Path jar) throws IOException {
        String script = Files.readString(base.resolve("tornado-env.sh"));
        if (script.indexOf(SWITCH) < 0 || script.indexOf(SWITCH) != script.lastIndexOf(SWITCH)
                || !script.endsWith("\n  exit $?\nfi\n")) {
            throw new IOException("tornado-env.sh cannot be packed: it has no switch for it, or does not end by exit");
        }
        Path file = folder.resolve("medgs");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(script.replace(SWITCH, SWITCH.replace("\n", "1\n")).getBytes(StandardCharsets.UTF_8));
            Files.copy(jar, out);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    /** As in linux-x86_64. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceFirst("^(mac|windows).*", "$1");
        return system + "-" + System.getProperty("os.arch").replace("amd64", "x86_64");
    }
}
