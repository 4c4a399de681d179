package io.github.medgs.volume.png;

import io.github.medgs.InputException;
import io.github.medgs.volume.raw.ByteSource;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
 * @param palette its colours, three characters of 0 to 255 each, or null where pixels are greys
 */
public record PngSlice(Path path, int width, int height, int bits, String palette) {

    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504C5445;
    private static final int PALETTE = 3;
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
        Chunks chunks = chunks(path, buffer);
        if (width < 1 || height < 1 || (long) width * height > Integer.MAX_VALUE - 8
                || (double) width * height * depth / 8 > (double) LARGEST_EXPANSION * chunks.compressed()) {
            throw damaged(path, "it claims " + width + " x " + height + " pixels, and does not hold them", null);
        }
        boolean colours = buffer.get(25) == PALETTE;
        if (colours && chunks.palette() == null) {
            throw damaged(path, "its palette is missing", null);
        }
        return new PngSlice(path, width, height, depth == 16 ? 16 : 8, colours ? chunks.palette() : null);
    }

    /** What the chunks hold: how many bytes of pixels, and the palette or null. */
    private record Chunks(long compressed, String palette) {}

    // Walks the chunks: a length that leaves the file would make a decoder take memory for it.
    private static Chunks chunks(Path path, ByteBuffer buffer) {
        long compressed = 0;
        String palette = null;
        long at = 8;
        while (at + 12 <= buffer.capacity()) {
            long length = Integer.toUnsignedLong(buffer.getInt((int) at));
            int type = buffer.getInt((int) at + 4);
            if (at + 12 + length > buffer.capacity()) {
                break;
            }
            compressed += type == IDAT ? length : 0;
            if (type == PLTE && length <= 768) {
                palette = new String(buffer.array(), (int) at + 8, (int) length, StandardCharsets.ISO_8859_1);
            }
            if (type == IEND) {
                return new Chunks(compressed, palette);
            }
            at += 12 + length;
        }
        throw damaged(path, "it is cut short", null);
    }

    /** Whether it has a palette of other colours than greys. */
    boolean coloured() {
        for (int n = 0; palette != null && n + 2 < palette.length(); n += 3) {
            if (palette.charAt(n) != palette.charAt(n + 1) || palette.charAt(n) != palette.charAt(n + 2)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Decodes into a slice of a volume.
     *
     * @param indices whether pixels are indices of the palette, not the greys that it holds
     * @param target output, {@code height * width} values from offset on, 0 to 255 or 65535
     * @return whether pixels are transparent; they are taken as if they were not
     */
    boolean decode(boolean indices, float[] target, int offset) {
        byte[] bytes = bytes(path);
        if (!check(path, bytes).equals(this)) {
            throw damaged(path, "it changed while it was read", null);
        }
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
        ImageReader reader = readers.next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            return copy(reader.read(0), indices, target, offset);
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

    private boolean copy(BufferedImage image, boolean indices, float[] target, int offset) {
        // Also what a decoder makes of fewer than eight bits.
        boolean indexed = image.getColorModel() instanceof IndexColorModel;
        int[] row = new int[width];
        boolean transparent = false;
        for (int y = 0; y < height; y++) {
            if (indexed && indices) {
                image.getRaster().getPixels(0, y, width, 1, row);
            } else if (indexed) {
                transparent |= paletteRow(image, y, row);
            } else {
                transparent |= bandsRow(image.getRaster(), y, row);
            }
            for (int x = 0; x < width; x++) {
                target[offset + y * width + x] = row[x];
            }
        }
        return transparent;
    }

    private boolean paletteRow(BufferedImage image, int y, int[] row) {
        image.getRGB(0, y, width, 1, row, 0, width);
        boolean transparent = false;
        for (int x = 0; x < width; x++) {
            transparent |= row[x] >>> 24 != 255;
            row[x] = grey(row[x] >> 16 & 255, row[x] >> 8 & 255, row[x] & 255);
        }
        return transparent;
    }

    // The samples themselves: a colour conversion would bend greys along a gamma curve.
    private boolean bandsRow(Raster raster, int y, int[] row) {
        int bands = raster.getNumBands();
        int most = bits == 16 ? 65_535 : 255;
        int[] samples = raster.getPixels(0, y, width, 1, new int[width * bands]);
        boolean transparent = false;
        for (int x = 0; x < width; x++) {
            int at = x * bands;
            transparent |= bands % 2 == 0 && samples[at + bands - 1] != most;
            row[x] = bands < 3 ? samples[at] : grey(samples[at], samples[at + 1], samples[at + 2]);
        }
        return transparent;
    }

    // A colour PNG is accepted where its colours are greys, as many tools write them.
    private int grey(int red, int green, int blue) {
        if (red != green || green != blue) {
            throw new InputException(path.toString(), "is a colour image", "convert it to grey");
        }
        return red;
    }

    private static InputException damaged(Path path, String problem, Exception cause) {
        return new InputException(path.toString(), "is a damaged PNG: " + problem, "copy or export it again", cause);
    }
}
