package io.github.medgs.volume.dicom.codec;

/** JPEG-LS (T.87), lossless and near-lossless, one component of 2 to 16 bits. */
public final class JpegLsCodec implements Codec {

    @Override
    public Header header(byte[] data) throws CodecException {
        JpegMarkers markers = new JpegMarkers(data);
        while (true) {
            int marker = markers.next();
            if (marker == JpegMarkers.JPEG_LS_FRAME) {
                return markers.frame();
            }
            if (marker == JpegMarkers.START_OF_SCAN) {
                throw new CodecException("its compressed picture is no JPEG-LS");
            }
        }
    }

    @Override
    public long leastBytes(long values) {
        // One bit of a long run stands for up to 2^15 values, all in one row; a row takes at least a bit.
        return values >> 18;
    }

    @Override
    public void decode(byte[] data, int rows, int columns, int[] samples) throws CodecException {
        JpegMarkers markers = new JpegMarkers(data);
        Header frame = null;
        int[] preset = new int[5];
        while (true) {
            int marker = markers.next();
            if (marker == JpegMarkers.JPEG_LS_FRAME) {
                frame = markers.frame();
                if (frame.rows() != rows || frame.columns() != columns) {
                    throw JpegMarkers.otherSize(frame);
                }
            } else if (marker == JpegMarkers.JPEG_LS_PRESET && markers.at(0) == 1) {
                for (int n = 0; n < 5; n++) {
                    preset[n] = markers.shortAt(1 + 2 * n);
                }
            } else if (marker == JpegMarkers.RESTART_INTERVAL && (markers.length() > 2 || markers.shortAt(0) != 0)) {
                throw new CodecException("its JPEG-LS picture has restart markers, which are not read");
            } else if (marker == JpegMarkers.START_OF_SCAN) {
                break;
            }
        }
        if (frame == null || markers.at(0) != 1) {
            throw new CodecException("its JPEG-LS picture has no frame header, or several colours");
        }
        int near = markers.at(3);
        if (markers.at(5) != 0) {
            throw new CodecException("its JPEG-LS picture is shifted, which is not read");
        }
        JpegLsParameters parameters = JpegLsParameters.of(frame.bits(), near, preset);
        new JpegLsScan(new JpegLsBits(data, markers.end()), parameters, rows, columns).decode(samples);
    }
}
