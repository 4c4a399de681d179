package io.github.medgs.volume.dicom.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Fuzz targets of the decoders of compressed frames. As plain tests they read their corpora, in {@code
 * src/test/resources/io/github/medgs/volume/dicom/codec/CodecFuzzTestInputs}. To search for new inputs, one target at a
 * time:
 *
 * <pre>JAZZER_FUZZ=1 mvn test -Dtest=CodecFuzzTest#jpeg</pre>
 *
 * <p>A decoder may fill the samples or throw a {@link CodecException}; anything else is a finding. Frames are as large as
 * they say themselves, up to a limit, and of 8 by 8 values where they say nothing.
 */
class CodecFuzzTest {

    private static final long MOST_VALUES = 1 << 16;

    @FuzzTest(maxDuration = "5m")
    void jpeg(byte[] frame) {
        decode(new JpegCodec(), frame);
    }

    @FuzzTest(maxDuration = "5m")
    void jpegLs(byte[] frame) {
        decode(new JpegLsCodec(), frame);
    }

    @FuzzTest(maxDuration = "5m")
    void jpeg2000(byte[] frame) {
        decode(new Jpeg2000Codec(), frame);
    }

    @FuzzTest(maxDuration = "5m")
    void runLengths(byte[] frame) {
        decode(new RleCodec(frame.length % 2 == 0 ? 16 : 8), frame);
    }

    private static void decode(Codec codec, byte[] frame) {
        try {
            Codec.Header header = codec.header(frame);
            int rows = header == null ? 8 : header.rows();
            int columns = header == null ? 8 : header.columns();
            long values = (long) rows * columns;
            if (values <= MOST_VALUES && frame.length >= codec.leastBytes(values)) {
                codec.decode(frame, rows, columns, new int[(int) values]);
            }
        } catch (CodecException e) {
            // The one allowed refusal.
        }
    }
}
