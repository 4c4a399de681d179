package io.github.medgs.volume.dicom.codec;

/** Marker segments of JPEG and JPEG-LS, which begin alike (T.81, annex B): a marker, two bytes of length, the rest. */
final class JpegMarkers {

    static final int START_OF_IMAGE = 0xD8;
    static final int END_OF_IMAGE = 0xD9;
    static final int START_OF_SCAN = 0xDA;
    static final int QUANTISATION = 0xDB;
    static final int RESTART_INTERVAL = 0xDD;
    static final int HUFFMAN = 0xC4;
    static final int BASELINE = 0xC0;
    static final int EXTENDED = 0xC1;
    static final int LOSSLESS = 0xC3;
    static final int JPEG_LS_FRAME = 0xF7;
    static final int JPEG_LS_PRESET = 0xF8;

    private final byte[] data;
    private int position;
    private int marker;
    private int segment;
    private int end;

    JpegMarkers(byte[] data) throws CodecException {
        this.data = data;
        if (data.length < 4 || (data[0] & 0xFF) != 0xFF || (data[1] & 0xFF) != START_OF_IMAGE) {
            throw new CodecException("its compressed picture does not begin as JPEG does");
        }
        this.position = 2;
    }

    /** Steps to the next marker segment; the marker's second byte. */
    int next() throws CodecException {
        // Any number of fill bytes may stand before a marker.
        while (position < data.length && (data[position] & 0xFF) == 0xFF) {
            position++;
        }
        if (position + 3 > data.length || position < 3 || (data[position - 1] & 0xFF) != 0xFF) {
            throw new CodecException("its compressed picture ends within its header");
        }
        marker = data[position++] & 0xFF;
        if (marker == END_OF_IMAGE) {
            throw new CodecException("its compressed picture holds no scan");
        }
        segment = position + 2;
        end = position + (data[position] & 0xFF) * 256 + (data[position + 1] & 0xFF);
        if (end < segment || end > data.length) {
            throw new CodecException("a segment of its compressed picture is longer than the picture");
        }
        position = end;
        return marker;
    }

    /** Bytes of the segment. */
    int length() {
        return end - segment;
    }

    /** A byte of the segment. */
    int at(int offset) throws CodecException {
        if (offset < 0 || offset >= end - segment) {
            throw new CodecException("a segment of its compressed picture is too short");
        }
        return data[segment + offset] & 0xFF;
    }

    /** Two bytes of the segment. */
    int shortAt(int offset) throws CodecException {
        return at(offset) << 8 | at(offset + 1);
    }

    /** Where the segment ends, and after a scan's header its entropy-coded bytes begin. */
    int end() {
        return end;
    }

    /** The size that a frame header states. */
    Codec.Header frame() throws CodecException {
        if (at(5) != 1) {
            throw new CodecException("its compressed picture has " + at(5) + " colours, and the file claims one");
        }
        int rows = shortAt(1);
        int columns = shortAt(3);
        if (rows < 1 || columns < 1 || at(0) < 2 || at(0) > 16) {
            throw new CodecException("its compressed picture claims " + columns + " x " + rows + " pixels of " + at(0)
                    + " bits");
        }
        return new Codec.Header(rows, columns, at(0));
    }

    static CodecException otherSize(Codec.Header header) {
        return new CodecException("a compressed picture has " + header.columns() + " x " + header.rows()
                + " pixels, unlike the first");
    }
}
