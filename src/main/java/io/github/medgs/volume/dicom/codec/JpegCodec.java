package io.github.medgs.volume.dicom.codec;

/**
 * JPEG (T.81) in the forms that DICOM files use: lossless with any of its predictors, 2 to 16 bits (process 14), and
 * sequential by cosine transform, 8 or 12 bits (processes 1, 2 and 4). One component, Huffman codes.
 */
public final class JpegCodec implements Codec {

    @Override
    public Header header(byte[] data) throws CodecException {
        JpegMarkers markers = new JpegMarkers(data);
        while (true) {
            int marker = markers.next();
            if (isFrame(marker)) {
                return markers.frame();
            }
        }
    }

    // Frames of all kinds: those between C0 and CF but for tables of codes and of arithmetic conditioning.
    private static boolean isFrame(int marker) throws CodecException {
        boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame && marker != JpegMarkers.BASELINE && marker != JpegMarkers.EXTENDED && marker != JpegMarkers.LOSSLESS) {
            throw new CodecException("its compressed picture is JPEG of a kind that is not read (SOF "
                    + (marker - 0xC0) + ")");
        }
        return frame;
    }

    @Override
    public long leastBytes(long values) {
        // A block of 64 values takes at least two bits.
        return values / 256;
    }

    @Override
    public void decode(byte[] data, int rows, int columns, int[] samples) throws CodecException {
        JpegMarkers markers = new JpegMarkers(data);
        HuffmanBits.Table[] tables = new HuffmanBits.Table[8];
        int[][] quantisation = new int[4][];
        Header frame = null;
        int kind = 0;
        int interval = 0;
        int chosen = 0;
        while (true) {
            int marker = markers.next();
            if (isFrame(marker)) {
                kind = marker;
                frame = markers.frame();
                if (frame.rows() != rows || frame.columns() != columns) {
                    throw JpegMarkers.otherSize(frame);
                }
                chosen = markers.at(8) & 3;
            } else if (marker == JpegMarkers.HUFFMAN) {
                readTables(markers, tables);
            } else if (marker == JpegMarkers.QUANTISATION) {
                readQuantisation(markers, quantisation);
            } else if (marker == JpegMarkers.RESTART_INTERVAL) {
                interval = markers.shortAt(0);
            } else if (marker == JpegMarkers.START_OF_SCAN) {
                break;
            }
        }
        if (frame == null || markers.at(0) != 1) {
            throw new CodecException("its compressed picture has no frame header, or several colours");
        }
        HuffmanBits bits = new HuffmanBits(data, markers.end());
        HuffmanBits.Table first = table(tables, markers.at(2) >> 4 & 3);
        if (kind == JpegMarkers.LOSSLESS) {
            new JpegLossless(bits, first, frame, markers.at(3), markers.at(5) & 15, interval).decode(samples);
        } else {
            new JpegCosine(bits, first, table(tables, 4 + (markers.at(2) & 3)), quantisation[chosen], frame, interval)
                    .decode(samples);
        }
    }

    private static HuffmanBits.Table table(HuffmanBits.Table[] tables, int index) throws CodecException {
        if (tables[index] == null) {
            throw new CodecException("its compressed picture lacks a table of codes");
        }
        return tables[index];
    }

    // Tables of class 0 come first, those of class 1 (the cosine transform's AC) behind them.
    private static void readTables(JpegMarkers markers, HuffmanBits.Table[] tables) throws CodecException {
        int at = 0;
        while (at < markers.length()) {
            int index = (markers.at(at) >> 4 & 1) * 4 + (markers.at(at) & 3);
            int[] counts = new int[16];
            int total = 0;
            for (int n = 0; n < 16; n++) {
                counts[n] = markers.at(at + 1 + n);
                total += counts[n];
            }
            int[] values = new int[total];
            for (int n = 0; n < total; n++) {
                values[n] = markers.at(at + 17 + n);
            }
            tables[index] = new HuffmanBits.Table(counts, values);
            at += 17 + total;
        }
    }

    private static void readQuantisation(JpegMarkers markers, int[][] quantisation) throws CodecException {
        int at = 0;
        while (at < markers.length()) {
            boolean wide = markers.at(at) >> 4 != 0;
            int[] steps = new int[64];
            for (int n = 0; n < 64; n++) {
                steps[n] = wide ? markers.shortAt(at + 1 + 2 * n) : markers.at(at + 1 + n);
            }
            quantisation[markers.at(at) & 3] = steps;
            at += wide ? 129 : 65;
        }
    }
}
