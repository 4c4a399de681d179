package io.github.medgs.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** A {@code .tar.gz} with one folder in it. The same files give the same bytes: no owners, one date, names in order. */
final class Archive implements AutoCloseable {

    private static final int EXECUTABLE = 0100755;
    private static final int READABLE = 0100644;

    private final TarArchiveOutputStream out;
    private final String root;
    private final FileTime date;

    /**
     * @param root the folder in it
     * @param timestamp of all files, as 2026-01-31T00:00:00Z
     */
    Archive(Path file, String root, String timestamp) throws IOException {
        GzipParameters best = new GzipParameters();
        best.setCompressionLevel(9);
        this.out = new TarArchiveOutputStream(new GzipCompressorOutputStream(Files.newOutputStream(file), best));
        this.out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        this.root = root;
        this.date = FileTime.from(Instant.parse(timestamp));
    }

    /** Adds a file, or all files in a folder, under a name within the root. */
    void add(Path from, String name) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).sorted().toList()) {
                String below = from.relativize(file).toString().replace('\\', '/');
                addFile(file, Stream.of(root, name, below).filter(part -> !part.isEmpty()).toList());
            }
        }
    }

    private void addFile(Path file, List<String> parts) throws IOException {
        String name = String.join("/", parts);
        boolean link = Files.isSymbolicLink(file);
        TarArchiveEntry entry = link ? new TarArchiveEntry(name, TarConstants.LF_SYMLINK) : new TarArchiveEntry(name);
        if (link) {
            entry.setLinkName(Files.readSymbolicLink(file).toString());
        } else {
            entry.setSize(Files.size(file));
            entry.setMode(Files.isExecutable(file) ? EXECUTABLE : READABLE);
        }
        entry.setLastModifiedTime(date);
        out.putArchiveEntry(entry);
        if (!link) {
            Files.copy(file, out);
        }
        out.closeArchiveEntry();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Writes checksums as {@code sha256sum -c} reads them. */
    static void writeSums(Path to, List<Path> files) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path file : files) {
            lines.append(sha256(file)).append("  ").append(file.getFileName()).append('\n');
        }
        Files.writeString(to, lines, StandardCharsets.UTF_8);
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DigestInputStream digested = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            digested.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
