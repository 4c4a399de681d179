package io.github.medgs.volume.dicom.codec;

import java.io.ByteArrayOutputStream;
import java.util.TreeMap;

/**
 * The headers of a JPEG 2000 codestream (T.800, annex A), and the coded bytes of each tile. What may stand in a tile's
 * own header, packed packet headers, changes of progression and regions of interest are not read.
 */
final class Jpeg2000Header {

    private static final int SIZE = 0xFF51;
    private static final int CODING = 0xFF52;
    private static final int QUANTISATION = 0xFF5C;
    private static final int TILE = 0xFF90;
    private static final int DATA = 0xFF93;
    private static final int END = 0xFFD9;

    /** More tiles than a picture of one byte for each has bytes. */
    private static final int MOST_TILES = 65_535;

    final byte[] data;
    int x0;
    int y0;
    int x1;
    int y1;
    int tileX0;
    int tileY0;
    int tileWidth;
    int tileHeight;
    int bits;
    boolean signed;
    int progression;
    int layers;
    int levels;
    int blockWidthBits;
    int blockHeightBits;
    int style;
    boolean reversible;
    int[] precincts;
    int guardBits;
    int quantisationStyle;
    int[] steps;

    /** The bytes of each tile, by its number: all its parts, one behind the other. */
    final TreeMap<Integer, ByteArrayOutputStream> tiles = new TreeMap<>();

    private int position = 2;

    /** Reads the main header. */
    Jpeg2000Header(byte[] data) throws CodecException {
        this.data = data;
        if (data.length < 4 || shortAt(0) != 0xFF4F) {
            throw new CodecException("its compressed picture does not begin as a JPEG 2000 codestream does");
        }
        while (shortAt(position) != TILE) {
            int marker = shortAt(position);
            int length = shortAt(position + 2);
            int at = position + 4;
            if (marker < 0xFF00 || length < 2 || length > data.length - position - 2) {
                throw damaged();
            }
            switch (marker) {
                case SIZE -> readSize(at);
                case CODING -> readCoding(at);
                case QUANTISATION -> readQuantisation(at, length - 2);
                case 0xFF53, 0xFF5D, 0xFF5E, 0xFF5F, 0xFF60, 0xFF50 -> throw new CodecException("its JPEG 2000 picture uses"
                        + " what is not read (marker " + Integer.toHexString(marker) + ")");
                default -> {
                    // Comments, and lengths that are found again on the way.
                }
            }
            position += 2 + length;
        }
        if (x1 == 0 || precincts == null || steps == null) {
            throw damaged();
        }
    }

    private void readSize(int at) throws CodecException {
        x1 = sizeAt(at + 2);
        y1 = sizeAt(at + 6);
        x0 = sizeAt(at + 10);
        y0 = sizeAt(at + 14);
        tileWidth = sizeAt(at + 18);
        tileHeight = sizeAt(at + 22);
        tileX0 = sizeAt(at + 26);
        tileY0 = sizeAt(at + 30);
        int components = shortAt(at + 34);
        int depth = byteAt(at + 36);
        bits = (depth & 127) + 1;
        signed = (depth & 128) != 0;
        if (components != 1 || byteAt(at + 37) != 1 || byteAt(at + 38) != 1) {
            throw new CodecException("its JPEG 2000 picture has " + components + " colours or is subsampled, and the file"
                    + " claims one grey value for each pixel");
        }
        if (x1 <= x0 || y1 <= y0 || tileWidth < 1 || tileHeight < 1 || tileX0 > x0 || tileY0 > y0 || bits > 24
                || (long) tileX0 + tileWidth <= x0 || (long) tileY0 + tileHeight <= y0
                || (long) tilesAcross() * tilesDown() > MOST_TILES) {
            throw damaged();
        }
    }

    private void readCoding(int at) throws CodecException {
        int scod = byteAt(at);
        progression = byteAt(at + 1);
        layers = shortAt(at + 2);
        levels = byteAt(at + 5);
        blockWidthBits = byteAt(at + 6) + 2;
        blockHeightBits = byteAt(at + 7) + 2;
        style = byteAt(at + 8);
        int transform = byteAt(at + 9);
        reversible = transform == 1;
        if (progression > 4 || layers < 1 || levels > 32 || blockWidthBits > 10 || blockHeightBits > 10
                || blockWidthBits + blockHeightBits > 12 || transform > 1 || (style & 0xC0) != 0) {
            throw new CodecException("its JPEG 2000 picture is coded in a way that is not read");
        }
        precincts = new int[levels + 1];
        for (int r = 0; r <= levels; r++) {
            precincts[r] = (scod & 1) != 0 ? byteAt(at + 10 + r) : 0xFF;
            if (r > 0 && ((precincts[r] & 15) == 0 || precincts[r] >> 4 == 0)) {
                throw damaged();
            }
        }
    }

    private void readQuantisation(int at, int length) throws CodecException {
        int sqcd = byteAt(at);
        guardBits = sqcd >> 5;
        quantisationStyle = sqcd & 31;
        if (quantisationStyle > 2 || length < 1) {
            throw damaged();
        }
        boolean narrow = quantisationStyle == 0;
        steps = new int[(length - 1) / (narrow ? 1 : 2)];
        for (int n = 0; n < steps.length; n++) {
            // Exponent and mantissa as in the wide form.
            steps[n] = narrow ? byteAt(at + 1 + n) >> 3 << 11 : shortAt(at + 1 + 2 * n);
        }
    }

    /** Reads all tile-parts. */
    void readTiles() throws CodecException {
        while (position + 2 <= data.length && shortAt(position) == TILE) {
            int tile = shortAt(position + 4);
            long length = Integer.toUnsignedLong(intAt(position + 6));
            int start = position;
            long stop = length == 0 ? data.length - (endsWithMark() ? 2 : 0) : start + length;
            position += 12;
            while (shortAt(position) != DATA) {
                int marker = shortAt(position);
                if (marker != 0xFF58 && marker != 0xFF64) {
                    throw new CodecException("a tile of its JPEG 2000 picture has a header of its own, which is not read");
                }
                position += 2 + shortAt(position + 2);
            }
            position += 2;
            if (stop < position || stop > data.length || tile >= tilesAcross() * tilesDown()) {
                throw damaged();
            }
            tiles.computeIfAbsent(tile, t -> new ByteArrayOutputStream()).write(data, position, (int) stop - position);
            position = (int) stop;
        }
        if (tiles.size() != tilesAcross() * tilesDown()) {
            throw new CodecException("its JPEG 2000 picture has " + tiles.size() + " of its "
                    + tilesAcross() * tilesDown() + " tiles");
        }
    }

    private boolean endsWithMark() throws CodecException {
        return shortAt(data.length - 2) == END;
    }

    int tilesAcross() {
        return (int) (((long) x1 - tileX0 + tileWidth - 1) / tileWidth);
    }

    int tilesDown() {
        return (int) (((long) y1 - tileY0 + tileHeight - 1) / tileHeight);
    }

    private int sizeAt(int at) throws CodecException {
        int size = intAt(at);
        if (size < 0) {
            throw damaged();
        }
        return size;
    }

    private int byteAt(int at) throws CodecException {
        if (at < 0 || at >= data.length) {
            throw damaged();
        }
        return data[at] & 0xFF;
    }

    private int shortAt(int at) throws CodecException {
        return byteAt(at) << 8 | byteAt(at + 1);
    }

    private int intAt(int at) throws CodecException {
        return shortAt(at) << 16 | shortAt(at + 2);
    }

    static CodecException damaged() {
        return new CodecException("the header of its JPEG 2000 picture makes no sense");
    }
}
