package io.github.medgs.files;

import io.github.medgs.InputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A file of named blocks, each with a checksum: models and checkpoints.
 *
 * <p>Layout, all numbers little-endian: eight bytes of magic; int32 version; int32 number of blocks; then for each block
 * int32 length of its name, the name in UTF-8, int64 length of its data, the data, and the CRC-32C of name and data as
 * int32. Nothing may follow the last block.
 */
public final class BlockFile {

    private static final int LONGEST_NAME = 256;
    private static final int MOST_BLOCKS = 64;
    private static final int COPY_FLOATS = 1 << 14;

    private BlockFile() {}

    /** Data of a block: written in pieces, so that a large model is never doubled in memory. */
    public interface Data {
        long length();

        void writeTo(OutputStream out) throws IOException;
    }

    /** A block of text in UTF-8. */
    public static Data text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A block of bytes as they are. */
    public static Data bytes(byte[] bytes) {
        return new Data() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }

    /** Length of a file of such blocks. */
    public static long length(Map<String, Data> blocks) {
        return 16 + blocks.entrySet().stream().mapToLong(block -> 16 + block.getValue().length()
                + block.getKey().getBytes(StandardCharsets.UTF_8).length).sum();
    }

    /** A block of bytes, compressed (zlib); {@link Blocks#inflated} reads it. */
    public static Data compressed(byte[] bytes) {
        ByteArrayOutputStream small = new ByteArrayOutputStream(bytes.length / 2 + 64);
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(small)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Data() {
            @Override
            public long length() {
                return small.size();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                small.writeTo(out);
            }
        };
    }

    /** A block of floats: the first {@code columns} of each of the rows that lie {@code capacity} apart. */
    public static Data floats(float[] values, int rows, int capacity, int columns) {
        return new Data() {
            @Override
            public long length() {
                return 4L * rows * columns;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                ByteBuffer buffer = ByteBuffer.allocate(4 * COPY_FLOATS).order(ByteOrder.LITTLE_ENDIAN);
                for (int row = 0; row < rows; row++) {
                    for (int from = 0; from < columns; from += COPY_FLOATS) {
                        int n = Math.min(COPY_FLOATS, columns - from);
                        buffer.clear();
                        buffer.asFloatBuffer().put(values, row * capacity + from, n);
                        out.write(buffer.array(), 0, 4 * n);
                    }
                }
            }
        };
    }

    /** Writes the file whole or not at all, and reads its checksums back before it takes its place. */
    public static void write(Path target, String magic, int version, Map<String, Data> blocks) throws IOException {
        AtomicFile.write(target, out -> {
            ByteBuffer head = little(16);
            head.put(magic(magic)).putInt(version).putInt(blocks.size());
            out.write(head.array());
            for (Map.Entry<String, Data> block : blocks.entrySet()) {
                writeBlock(out, block.getKey(), block.getValue());
            }
        }, written -> read(written, magic, version, false));
    }

    private static void writeBlock(OutputStream out, String name, Data data) throws IOException {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer head = little(12 + nameBytes.length);
        head.putInt(nameBytes.length).put(nameBytes).putLong(data.length());
        out.write(head.array());
        CRC32C checksum = new CRC32C();
        checksum.update(nameBytes);
        data.writeTo(new CheckedOutputStream(out, checksum));
        out.write(little(4).putInt((int) checksum.getValue()).array());
    }

    /**
     * Reads all blocks.
     *
     * @param newest the newest version this program knows
     * @throws InputException when the file is missing, is of another kind, is newer, or is damaged
     */
    public static Blocks read(Path file, String magic, int newest) throws IOException {
        return read(file, magic, newest, true);
    }

    /** @param keep whether the data is wanted, or only that it is whole: then it is never in memory at once */
    private static Blocks read(Path file, String magic, int newest, boolean keep) throws IOException {
        InputFiles.requireFile(file);
        long size = Files.size(file);
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(raw, 1 << 16))) {
            byte[] head = in.readNBytes(16);
            if (head.length < 16 || !Arrays.equals(head, 0, 8, magic(magic), 0, 8)) {
                throw new InputException(file.toString(), "is not a " + magic.strip() + " file",
                        "give a file that this program wrote");
            }
            int version = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(8);
            int count = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
            if (version < 1 || version > newest) {
                throw new InputException(file.toString(), "has version " + version + ", and this program reads up to "
                        + newest, "use a newer program");
            }
            if (count < 0 || count > MOST_BLOCKS) {
                throw damaged(file, "it claims " + count + " blocks");
            }
            Map<String, byte[]> blocks = new LinkedHashMap<>();
            long left = size - 16;
            for (int i = 0; i < count; i++) {
                left = readBlock(in, file, left, blocks, keep);
            }
            if (left != 0) {
                throw damaged(file, left + " bytes follow its end");
            }
            return new Blocks(file, version, blocks);
        } catch (EOFException e) {
            throw damaged(file, "it ends early");
        }
    }

    private static long readBlock(DataInputStream in, Path file, long left, Map<String, byte[]> blocks,
            boolean keep) throws IOException {
        int nameLength = Integer.reverseBytes(in.readInt());
        if (nameLength < 1 || nameLength > LONGEST_NAME || nameLength > left) {
            throw damaged(file, "a block's name is " + nameLength + " bytes long");
        }
        byte[] name = new byte[nameLength];
        in.readFully(name);
        long length = Long.reverseBytes(in.readLong());
        long rest = left - 16 - nameLength - length;
        // Checked against the file's own length before anything of that size is allocated.
        if (length < 0 || length > Integer.MAX_VALUE - 16 || rest < 0) {
            throw damaged(file, "a block claims " + length + " bytes");
        }
        CRC32C checksum = new CRC32C();
        checksum.update(name);
        byte[] data = new byte[keep ? (int) length : (int) Math.min(length, 1 << 16)];
        for (long read = 0; read < length; read += data.length) {
            int n = (int) Math.min(data.length, length - read);
            in.readFully(data, 0, n);
            checksum.update(data, 0, n);
        }
        String key = new String(name, StandardCharsets.UTF_8);
        if ((int) checksum.getValue() != Integer.reverseBytes(in.readInt())) {
            throw damaged(file, "the checksum of its block " + key + " is wrong");
        }
        if (blocks.put(key, data) != null) {
            throw damaged(file, "its block " + key + " stands twice");
        }
        return rest;
    }

    private static InputException damaged(Path file, String how) {
        return new InputException(file.toString(), "is damaged: " + how, "use another copy of it");
    }

    private static byte[] magic(String magic) {
        byte[] bytes = magic.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length != 8) {
            throw new IllegalArgumentException("magic of " + bytes.length + " bytes");
        }
        return bytes;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The blocks of a file that was read. */
    public static final class Blocks {

        private final Path file;
        private final int version;
        private final Map<String, byte[]> data;

        private Blocks(Path file, int version, Map<String, byte[]> data) {
            this.file = file;
            this.version = version;
            this.data = data;
        }

        public int version() {
            return version;
        }

        /** A block as text. */
        public String text(String name) {
            return new String(block(name), StandardCharsets.UTF_8);
        }

        /** Reads a block of floats into rows {@code capacity} apart. */
        public void floats(String name, float[] values, int rows, int capacity, int columns) {
            byte[] block = block(name);
            if (block.length != 4L * rows * columns) {
                throw damaged(file, "its block " + name + " has " + block.length + " bytes, not "
                        + 4L * rows * columns);
            }
            for (int row = 0; row < rows; row++) {
                ByteBuffer.wrap(block, 4 * row * columns, 4 * columns).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer()
                        .get(values, row * capacity, columns);
            }
        }

        /** Whether there is a block of this name. */
        public boolean has(String name) {
            return data.containsKey(name);
        }

        /** A compressed block, which must hold exactly so many bytes. */
        public byte[] inflated(String name, int length) {
            try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(block(name)))) {
                // A megabyte of zeros deflates to a thousandth: a longer claim cannot be true, and takes no memory.
                if (length > 1032L * (data.get(name).length + 1L)) {
                    throw damaged(file, "its block " + name + " is too short");
                }
                byte[] bytes = in.readNBytes(length);
                if (bytes.length < length || in.read() >= 0) {
                    throw damaged(file, "its block " + name + " does not hold " + length + " bytes");
                }
                return bytes;
            } catch (IOException e) {
                throw damaged(file, "its block " + name + " cannot be unpacked");
            }
        }

        /** The names of all blocks, in order. */
        public Set<String> names() {
            return Collections.unmodifiableSet(data.keySet());
        }

        /** A block's bytes, not copied. */
        public byte[] bytes(String name) {
            return block(name);
        }

        /** Length of a block in bytes. */
        public long length(String name) {
            return block(name).length;
        }

        private byte[] block(String name) {
            byte[] block = data.get(name);
            if (block == null) {
                throw damaged(file, "it has no block " + name);
            }
            return block;
        }
    }
}
