package io.github.medgs.volume.raw;

import io.github.medgs.InputException;
import io.github.medgs.volume.StoredVoxels;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

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
        NONE,
        GZIP,
        ZLIB
    }

    /** Deflate cannot expand more than this; a claim beyond it needs no counting to be refused. */
    private static final long LARGEST_EXPANSION = 1032;

    private static final int CHUNK = 1 << 16;

    /** A whole file, gzip or not by its first two bytes. */
    public static ByteSource of(Path path) {
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
     * Proves that at least so many bytes follow. Compressed bytes are inflated and counted, not kept; where they end
     * exactly there, their checksum is verified too.
     *
     * @throws InputException when there are fewer, or they are damaged
     */
    public void require(long count) {
        try {
            long stored = Files.size(path) - start;
            boolean impossible = compression == Compression.NONE
                    ? stored < count
                    : Math.max(0, stored) * LARGEST_EXPANSION < count;
            if (impossible) {
                throw truncated(count, compression == Compression.NONE ? Math.max(0, stored) : -1);
            }
            if (compression != Compression.NONE) {
                requireInflated(count);
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private void requireInflated(long count) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long seen = 0;
        try (InputStream in = open()) {
            // One byte beyond the claim makes the stream reach its end, where the checksum stands.
            while (seen <= count) {
                int read = in.read(chunk, 0, (int) Math.min(chunk.length, count + 1 - seen));
                if (read < 0) {
                    break;
                }
                seen += read;
            }
        } catch (EOFException e) {
            throw truncated(count, seen);
        } catch (ZipException e) {
            throw damaged(e);
        }
        if (seen < count) {
            throw truncated(count, seen);
        }
    }

    /**
     * Reads scaled voxels; call {@link #require} first.
     *
     * @param skip bytes before the first voxel
     * @param target output, filled
     */
    public StoredVoxels read(long skip, VoxelLayout layout, float[] target) {
        try (InputStream in = open()) {
            in.skipNBytes(skip);
            return layout.decode(path.toString(), in, target);
        } catch (EOFException e) {
            throw truncated(skip + target.length * layout.voxelBytes(), -1);
        } catch (ZipException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** The bytes as a stream. */
    public InputStream open() throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(path), CHUNK);
        try {
            file.skipNBytes(start);
            return switch (compression) {
                case NONE -> file;
                case GZIP -> new GZIPInputStream(file, CHUNK);
                case ZLIB -> new InflaterInputStream(file);
            };
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private InputException truncated(long claimed, long found) {
        return new InputException(path.toString(), "is cut short: its header claims " + claimed + " bytes"
                + (compression == Compression.NONE ? "" : " after decompression")
                + (found < 0 ? " and the file cannot hold them" : ", and there are " + found),
                "copy or download it again");
    }

    private InputException damaged(IOException cause) {
        String problem = cause instanceof EOFException
                ? "is cut short: its compressed data ends early"
                : "is damaged: " + cause.getMessage();
        return new InputException(path.toString(), problem, "copy or download it again", cause);
    }

    /** The user's error for a file that cannot be read at all. */
    public static InputException unreadable(Path path, IOException cause) {
        String reason = switch (cause) {
            case java.nio.file.NoSuchFileException e -> "does not exist";
            case java.nio.file.AccessDeniedException e -> "may not be read";
            default -> Files.isDirectory(path) ? "is a folder" : "cannot be read (" + cause.getMessage() + ")";
        };
        return new InputException(path.toString(), reason, "check the path", cause);
    }
}
