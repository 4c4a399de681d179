package io.github.medgs.volume.raw;

import io.github.medgs.InputException;
import io.github.medgs.files.InputFiles;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * The bytes of a file from some place on, plain or compressed, with the promise that nothing is believed about their
 * number: {@link #require} proves it before anybody takes memory.
 *
 * @param path the file
 * @param start bytes to skip in the file itself, before any decompression
 * @param compression of what follows
 */
public record ByteSource(Path path, long start, Compression compression) {

    /** How the bytes are packed. */
    public enum Compression {
        NONE(1),
        /** Deflate cannot expand more than this. */
        GZIP(1032),
        ZLIB(1032),
        /** A block of 900 000 bytes takes some 40, and stands for 255 equal ones by five of its own. */
        BZIP2(1 << 21),
        /** Two hexadecimal digits for each byte, white space between them ignored. */
        HEX(1);

        private final long largestExpansion;

        Compression(long largestExpansion) {
            this.largestExpansion = largestExpansion;
        }

        /** A claim beyond this many bytes for each stored one needs no counting to be refused. */
        long largestExpansion() {
            return largestExpansion;
        }
    }

    private static final int CHUNK = 1 << 16;

    /** A whole file, gzip or not by its first two bytes. */
    public static ByteSource of(Path path) {
        InputFiles.requireFile(path);
        try (InputStream in = Files.newInputStream(path)) {
            byte[] magic = in.readNBytes(2);
            boolean gzip = magic.length == 2 && (magic[0] & 0xFF) == 0x1F && (magic[1] & 0xFF) == 0x8B;
            return new ByteSource(path, 0, gzip ? Compression.GZIP : Compression.NONE);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** The first bytes, fewer where the source ends. */
    public byte[] first(int count) {
        try (InputStream in = open()) {
            return in.readNBytes(count);
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * The same bytes, those after {@code GZIP} taken for a zlib stream where their first two say so: both are deflate,
     * and writers mix them up.
     */
    public ByteSource asDeflated() {
        byte[] two = new ByteSource(path, start, Compression.NONE).first(2);
        int mark = two.length < 2 ? 0 : (two[0] & 0xFF) << 8 | two[1] & 0xFF;
        boolean zlib = (mark >> 8 & 0xF) == 8 && mark % 31 == 0;
        return new ByteSource(path, start, zlib ? Compression.ZLIB : Compression.GZIP);
    }

    /** The same file from some lines further on. */
    public ByteSource afterLines(long lines) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), CHUNK)) {
            in.skipNBytes(start);
            long at = start;
            for (long seen = 0; seen < lines; at++) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                seen += next == '\n' ? 1 : 0;
            }
            return new ByteSource(path, at, compression);
        } catch (EOFException e) {
            throw new InputException(path.toString(), "has fewer than the " + lines + " lines that its header says stand"
                    + " before the voxels", "copy or download it again", e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * Proves that at least so many bytes follow. Compressed bytes are inflated and counted, not kept; where they end
     * exactly there, their checksum is verified too.
     *
     * @return whether there are more
     * @throws InputException when there are fewer, or they are damaged
     */
    public boolean require(long count) {
        try {
            long stored = Files.size(path) - start;
            if (Math.max(0, stored) * compression.largestExpansion() < count) {
                throw truncated(count, compression == Compression.NONE ? Math.max(0, stored) : -1);
            }
            return compression == Compression.NONE ? stored > count : requireInflated(count);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private boolean requireInflated(long count) throws IOException {
        long seen = 0;
        // One byte beyond the claim makes the stream reach its end, where the checksum stands.
        try (BoundedInputStream in = BoundedInputStream.builder().setInputStream(open()).setMaxCount(count + 1).get()) {
            try {
                IOUtils.consume(in);
            } finally {
                seen = in.getCount();
            }
        } catch (EOFException e) {
            // All of them can be there, and the checksum after them not.
            throw seen < count ? truncated(count, seen) : damaged(e);
        } catch (IOException e) {
            throw damaged(e);
        }
        if (seen < count) {
            throw truncated(count, seen);
        }
        return seen > count;
    }

    /** The bytes as a stream. */
    public InputStream open() throws IOException {
        InputFiles.requireFile(path);
        InputStream file = new BufferedInputStream(Files.newInputStream(path), CHUNK);
        try {
            file.skipNBytes(start);
            return switch (compression) {
                case NONE -> file;
                case GZIP -> new GZIPInputStream(file, CHUNK);
                case ZLIB -> new InflaterInputStream(file);
                case BZIP2 -> new BZip2CompressorInputStream(file, true);
                case HEX -> new HexInputStream(file);
            };
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    InputException truncated(long claimed, long found) {
        return new InputException(path.toString(), "is cut short: its header claims " + claimed + " bytes"
                + (compression == Compression.NONE ? "" : " after decompression")
                + (found < 0 ? " and the file cannot hold them" : ", and there are " + found),
                "copy or download it again");
    }

    InputException damaged(IOException cause) {
        String problem = cause instanceof EOFException
                ? "is cut short: its compressed data ends early"
                : "is damaged: " + cause.getMessage();
        return new InputException(path.toString(), problem, "copy or download it again", cause);
    }

    /** See {@link InputFiles#unreadable}. */
    public static InputException unreadable(Path path, IOException cause) {
        return InputFiles.unreadable(path, cause);
    }
}
