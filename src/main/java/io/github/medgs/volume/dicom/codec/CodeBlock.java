package io.github.medgs.volume.dicom.codec;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A code-block of JPEG 2000: where it lies in its subband, and the coded passes that packets have brought for it. */
final class CodeBlock {

    final int x0;
    final int y0;
    final int x1;
    final int y1;
    final List<Segment> segments = new ArrayList<>(1);
    boolean included;
    int zeroPlanes;
    int lengthBits = 3;

    CodeBlock(int x0, int y0, int x1, int y1) {
        this.x0 = x0;
        this.y0 = y0;
        this.x1 = x1;
        this.y1 = y1;
    }

    /** Passes that one run of the decoder reads. */
    static final class Segment {

        final int most;
        int passes;
        private final ByteArrayOutputStream data = new ByteArrayOutputStream(0);

        Segment(int most) {
            this.most = most;
        }

        void add(byte[] bytes, int from, int count) {
            data.write(bytes, from, count);
        }

        byte[] bytes() {
            return data.toByteArray();
        }
    }

    /** The segment that takes the next pass; how many a segment holds follows from the style (T.800, D.4). */
    Segment open(int style) {
        Segment last = segments.isEmpty() ? null : segments.getLast();
        if (last == null || last.passes == last.most) {
            int most = (style & BlockDecoder.TERMINATE) != 0 ? 1
                    : (style & BlockDecoder.BYPASS) == 0 ? Integer.MAX_VALUE
                    : last == null ? 10 : last.most == 2 ? 1 : 2;
            last = new Segment(most);
            segments.add(last);
        }
        return last;
    }
}
