package io.github.medgs.volume.dicom.codec;

/**
 * The coefficients of one code-block of JPEG 2000 (T.800, annex D): bit plane by bit plane, each in up to three passes
 * over stripes of four rows. Magnitudes have one bit behind the point: the middle of what is not known yet.
 */
final class BlockDecoder {

    static final int RUN_LENGTH = 17;
    static final int UNIFORM = 18;

    // Styles of a code-block (T.800, table A.19).
    static final int BYPASS = 1;
    static final int RESET = 2;
    static final int TERMINATE = 4;
    static final int CAUSAL = 8;
    static final int SYMBOLS = 32;

    private static final int SIGNIFICANT = 1;
    private static final int NEGATIVE = 2;
    private static final int VISITED = 4;
    private static final int REFINED = 8;

    private final MqDecoder mq = new MqDecoder();
    private final RawBits raw = new RawBits();
    private final int style;
    private int width;
    private int height;
    private int stride;
    private int band;
    private byte[] flags = new byte[0];
    private int[] magnitudes = new int[0];
    private boolean bypassing;

    /** @param style of all code-blocks */
    BlockDecoder(int style) {
        this.style = style;
    }

    /**
     * Decodes a block.
     *
     * @param band 0 for LL and LH, 1 for HL, 2 for HH
     * @param planes bit planes that may hold something
     * @param target output: twice the signed coefficients, row by row from offset on
     */
    void decode(CodeBlock block, int band, int planes, int[] target, int offset, int step) throws CodecException {
        this.width = block.x1 - block.x0;
        this.height = block.y1 - block.y0;
        this.stride = width + 2;
        this.band = band;
        flags = new byte[stride * (height + 2)];
        magnitudes = new int[width * height];
        mq.resetContexts();
        int plane = planes - 1;
        int kind = 2;
        int pass = 0;
        for (CodeBlock.Segment segment : block.segments) {
            byte[] bytes = segment.bytes();
            bypassing = (style & BYPASS) != 0 && pass >= 10 && kind < 2;
            if (bypassing) {
                raw.start(bytes);
            } else {
                mq.start(bytes, 0, bytes.length);
            }
            for (int n = 0; n < segment.passes; n++) {
                if (plane < 0 || plane > 29) {
                    throw new CodecException("its JPEG 2000 picture holds more bit planes than it says");
                }
                pass(kind, plane);
                pass++;
                kind = (kind + 1) % 3;
                plane -= kind == 0 ? 1 : 0;
                if ((style & RESET) != 0) {
                    mq.resetContexts();
                }
            }
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int magnitude = magnitudes[y * width + x];
                boolean negative = (flags[(y + 1) * stride + x + 1] & NEGATIVE) != 0;
                target[offset + y * step + x] = negative ? -magnitude : magnitude;
            }
        }
    }

    private void pass(int kind, int plane) throws CodecException {
        for (int top = 0; top < height; top += 4) {
            int bottom = Math.min(top + 4, height);
            for (int x = 0; x < width; x++) {
                switch (kind) {
                    case 0 -> significance(x, top, bottom, plane);
                    case 1 -> refinement(x, top, bottom, plane);
                    default -> cleanup(x, top, bottom, plane);
                }
            }
        }
        if (kind == 2) {
            if ((style & SYMBOLS) != 0) {
                int symbol = 0;
                for (int n = 0; n < 4; n++) {
                    symbol = symbol << 1 | mq.decode(UNIFORM);
                }
                if (symbol != 10) {
                    throw new CodecException("its JPEG 2000 picture lacks the mark behind a pass");
                }
            }
            for (int n = 0; n < flags.length; n++) {
                flags[n] &= ~VISITED;
            }
        }
    }

    private int bit(int context) {
        return bypassing ? raw.bit() : mq.decode(context);
    }

    private void significance(int x, int top, int bottom, int plane) {
        for (int y = top; y < bottom; y++) {
            int at = (y + 1) * stride + x + 1;
            int context = (flags[at] & SIGNIFICANT) == 0 ? zeroContext(at, y, bottom) : 0;
            if (context > 0) {
                if (bit(context) == 1) {
                    becomeSignificant(x, y, at, bottom, plane);
                }
                flags[at] |= VISITED;
            }
        }
    }

    private void refinement(int x, int top, int bottom, int plane) {
        for (int y = top; y < bottom; y++) {
            int at = (y + 1) * stride + x + 1;
            if ((flags[at] & (SIGNIFICANT | VISITED)) == SIGNIFICANT) {
                int context = (flags[at] & REFINED) != 0 ? 16 : zeroContext(at, y, bottom) > 0 ? 15 : 14;
                magnitudes[y * width + x] += bit(context) == 1 ? 1 << plane : -(1 << plane);
                flags[at] |= REFINED;
            }
        }
    }

    private void cleanup(int x, int top, int bottom, int plane) {
        int y = top;
        if (bottom - top == 4 && isQuiet(x, top, bottom)) {
            if (mq.decode(RUN_LENGTH) == 0) {
                return;
            }
            y += mq.decode(UNIFORM) << 1;
            y += mq.decode(UNIFORM);
            becomeSignificant(x, y, (y + 1) * stride + x + 1, bottom, plane);
            y++;
        }
        for (; y < bottom; y++) {
            int at = (y + 1) * stride + x + 1;
            if ((flags[at] & (SIGNIFICANT | VISITED)) == 0 && mq.decode(zeroContext(at, y, bottom)) == 1) {
                becomeSignificant(x, y, at, bottom, plane);
            }
        }
    }

    // Whether nothing in a column of a stripe, or round it, is significant.
    private boolean isQuiet(int x, int top, int bottom) {
        for (int y = top; y < bottom; y++) {
            int at = (y + 1) * stride + x + 1;
            if ((flags[at] & (SIGNIFICANT | VISITED)) != 0 || zeroContext(at, y, bottom) != 0) {
                return false;
            }
        }
        return true;
    }

    private void becomeSignificant(int x, int y, int at, int bottom, int plane) {
        boolean below = seesBelow(y, bottom);
        int horizontal = Math.clamp(sign(at - 1) + sign(at + 1), -1, 1);
        int vertical = Math.clamp(sign(at - stride) + (below ? sign(at + stride) : 0), -1, 1);
        // Thirteen contexts mirrored into five (T.800, table D.3).
        boolean mirrored = horizontal < 0 || horizontal == 0 && vertical < 0;
        int h = Math.abs(horizontal);
        int v = mirrored ? -vertical : vertical;
        int context = h == 0 ? 9 + Math.abs(v) : 12 + v;
        int negative = bypassing ? raw.bit() : mq.decode(context) ^ (mirrored ? 1 : 0);
        flags[at] |= (byte) (SIGNIFICANT | (negative == 1 ? NEGATIVE : 0));
        magnitudes[y * width + x] = 3 << plane;
    }

    private int sign(int at) {
        return (flags[at] & SIGNIFICANT) == 0 ? 0 : (flags[at] & NEGATIVE) == 0 ? 1 : -1;
    }

    // Where blocks are causal, the next stripe is not looked at.
    private boolean seesBelow(int y, int bottom) {
        return (style & CAUSAL) == 0 || y < bottom - 1;
    }

    private int zeroContext(int at, int y, int bottom) {
        int horizontal = (flags[at - 1] & 1) + (flags[at + 1] & 1);
        int vertical = flags[at - stride] & 1;
        int diagonal = (flags[at - stride - 1] & 1) + (flags[at - stride + 1] & 1);
        if (seesBelow(y, bottom)) {
            vertical += flags[at + stride] & 1;
            diagonal += (flags[at + stride - 1] & 1) + (flags[at + stride + 1] & 1);
        }
        if (band == 2) {
            int straight = Math.min(2, horizontal + vertical);
            return diagonal >= 3 ? 8 : diagonal == 2 ? 6 + Math.min(1, straight) : 3 * diagonal + straight;
        }
        int first = band == 1 ? vertical : horizontal;
        int second = band == 1 ? horizontal : vertical;
        return first == 2 ? 8 : first == 1 ? second > 0 ? 7 : diagonal > 0 ? 6 : 5
                : second > 0 ? 2 + second : Math.min(2, diagonal);
    }

    /** Bits that bypass the arithmetic decoder: behind a byte 0xFF the next has one bit less; ones behind the end. */
    private static final class RawBits {

        private byte[] data;
        private int position;
        private int current;
        private int left;

        void start(byte[] bytes) {
            data = bytes;
            position = 0;
            current = 0;
            left = 0;
        }

        int bit() {
            if (left == 0) {
                left = current == 0xFF ? 7 : 8;
                current = position < data.length ? data[position++] & 0xFF : 0xFF;
            }
            left--;
            return current >> left & 1;
        }
    }
}
