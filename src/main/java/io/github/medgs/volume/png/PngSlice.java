package io.github.medgs.volume.png;

import io.github.medgs.InputException;
import io.github.medgs.volume.raw.ByteSource;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * One grey slice in a PNG file. Its structure is checked before the decoder sees it: every chunk lies within the file,
 * and the size is one that the file's bytes can hold.
 *
 * @param bits 8 or 16
 */
public record PngSlice(Path path, int width, int height, int bits) {

    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final long LARGEST_EXPANSION = 1032;

    /** Whether bytes begin as a PNG does. */
    public static boolean looksLikeOne(byte[] start) {
        return start.length >= 8 && ByteBuffer.wrap(start).getLong() == SIGNATURE;
    }

    /** Reads what the header says, and checks that it can be true. */
    static PngSlice of(Path path) {
        return check(path, bytes(path));
    }

    private static byte[] bytes(Path path) {
        try {
            if (Files.size(path) > Integer.MAX_VALUE - 8) {
                throw new InputException(path.toString(), "is too large for one slice", "split it");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw ByteSource.unreadable(path, e);
        }
    }

    private static PngSlice check(Path path, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < 33 || buffer.getLong(0) != SIGNATURE || buffer.getInt(8) != 13
                || buffer.getInt(12) != IHDR) {
            throw damaged(path, "it does not begin as a PNG", null);
        }
        int width = buffer.getInt(16);
        int height = buffer.getInt(20);
        int depth = buffer.get(24);
        long compressed = compressedBytes(path, buffer);
        if (width < 1 || height < 1 || (long) width * height > Integer.MAX_VALUE - 8
                || (double) width * height * depth / 8 > (double) LARGEST_EXPANSION * compressed) {
            throw damaged(path, "it claims " + width + " x " + height + " pixels, and does not hold them", null);
        }
        return new PngSlice(path, width, height, depth == 16 ? 16 : 8);
    }

    // Walks the chunks: a length that leaves the file would make a decoder take memory for it.
    private static long compressedBytes(Path path, ByteBuffer buffer) {
        long compressed = 0;
        long at = 8;
        while (at + 12 <= buffer.capacity()) {
            long length = Integer.toUnsignedLong(buffer.getInt((int) at));
            int type = buffer.getInt((int) at + 4);
            if (at + 12 + length > buffer.capacity()) {
                break;
            }
            compressed += type == IDAT ? length : 0;
            if (type == IEND) {
                return compressed;
            }
            at += 12 + length;
        }
        throw damaged(path, "it is cut short", null);
    }

    /**
     * Decodes into a slice of a volume.
     *
     * @param target output, {@code height * width} values from offset on, 0 to 255 or 65535
     */
    void decode(float[] target, int offset) {
        byte[] bytes = bytes(path);
        if (!check(path, bytes).equals(this)) {
            throw damaged(path, "it changed while it was read", null);
        }
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
        ImageReader reader = readers.next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            copy(reader.read(0), target, offset);
        } catch (IOException | RuntimeException e) {
            if (e instanceof InputException ours) {
                throw ours;
            }
            // The decoder answers broken files with whatever exception it trips over.
            throw damaged(path, "its pixels cannot be decoded", e);
        } finally {
            reader.dispose();
        }
    }

    private void copy(BufferedImage image, float[] target, int offset) {
        boolean palette = image.getColorModel() instanceof IndexColorModel;
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            if (palette) {
                paletteRow(image, y, row);
            } else {
                bandsRow(image.getRaster(), y, row);
            }
            for (int x = 0; x < width; x++) {
                target[offset + y * width + x] = row[x];
            }
        }
    }

    // Also what a decoder makes of fewer than eight bits.
    private void paletteRow(BufferedImage image, int y, int[] row) {
        image.getRGB(0, y, width, 1, row, 0, width);
        for (int x = 0; x < width; x++) {
            row[x] = grey(row[x] >>> 24, row[x] >> 16 & 255, row[x] >> 8 & 255, row[x] & 255, 255);
        }
    }

    // The samples themselves: a colour conversion would bend greys along a gamma curve.
    private void bandsRow(Raster raster, int y, int[] row) {
        int bands = raster.getNumBands();
        int most = bits == 16 ? 65_535 : 255;
        int[] samples = raster.getPixels(0, y, width, 1, new int[width * bands]);
        for (int x = 0; x < width; x++) {
            int at = x * bands;
            int alpha = bands % 2 == 0 ? samples[at + bands - 1] : most;
            row[x] = bands < 3 ? grey(alpha, samples[at], samples[at], samples[at], most)
                    : grey(alpha, samples[at], samples[at + 1], samples[at + 2], most);
        }
    }

    // A colour PNG is accepted where its colours are greys, as many tools write them; transparency shows black.
    private int grey(int alpha, int red, int green, int blue, int most) {
        if (red != green || green != blue) {
            throw new InputException(path.toString(), "is a colour image", "convert it to grey");
        }
        return (int) ((long) red * alpha / most);
    }

    private static InputException damaged(Path path, String problem, Exception cause) {
        return new InputException(path.toString(), "is a damaged PNG: " + problem, "copy or export it again", cause);
    }
}
