package io.github.medgs.volume.dicom.codec;

/** The code-blocks of one subband within one precinct, and the trees of packet headers over them. */
final class Precinct {

    final Subband band;
    final CodeBlock[] blocks;
    final int across;
    final TagTree inclusion;
    final TagTree zeroPlanes;

    /** @param widthBits of code-blocks, as powers of two; the precinct is from (x0, y0) to (x1, y1) of the subband */
    Precinct(Subband band, int x0, int y0, int x1, int y1, int widthBits, int heightBits) {
        this.band = band;
        int left = Math.max(x0, band.x0());
        int top = Math.max(y0, band.y0());
        int right = Math.min(x1, band.x1());
        int bottom = Math.min(y1, band.y1());
        boolean empty = right <= left || bottom <= top;
        int firstColumn = left >> widthBits;
        int firstRow = top >> heightBits;
        this.across = empty ? 0 : (right - 1 >> widthBits) - firstColumn + 1;
        int down = empty ? 0 : (bottom - 1 >> heightBits) - firstRow + 1;
        this.blocks = new CodeBlock[across * down];
        for (int n = 0; n < blocks.length; n++) {
            int column = firstColumn + n % across;
            int row = firstRow + n / across;
            blocks[n] = new CodeBlock(Math.max(left, column << widthBits), Math.max(top, row << heightBits),
                    Math.min(right, column + 1 << widthBits), Math.min(bottom, row + 1 << heightBits));
        }
        this.inclusion = empty ? null : new TagTree(across, down);
        this.zeroPlanes = empty ? null : new TagTree(across, down);
    }

    /** Reads what a packet says of these blocks, and appends to a list where their bytes go. */
    void readHeader(PacketBits bits, int layer, int style, PacketBody body) throws CodecException {
        for (int n = 0; n < blocks.length; n++) {
            CodeBlock block = blocks[n];
            if (block.included) {
                if (bits.bit() == 0) {
                    continue;
                }
            } else {
                if (inclusion.decode(n % across, n / across, layer + 1, bits) > layer) {
                    continue;
                }
                block.included = true;
                int planes = 1;
                while (zeroPlanes.decode(n % across, n / across, planes, bits) >= planes) {
                    if (++planes > 75) {
                        throw Jpeg2000Header.damaged();
                    }
                }
                block.zeroPlanes = planes - 1;
            }
            int passes = passes(bits);
            while (bits.bit() == 1) {
                if (++block.lengthBits > 31) {
                    throw Jpeg2000Header.damaged();
                }
            }
            while (passes > 0) {
                CodeBlock.Segment segment = block.open(style);
                int taken = Math.min(passes, segment.most - segment.passes);
                int width = block.lengthBits + 31 - Integer.numberOfLeadingZeros(taken);
                if (width > 31) {
                    throw Jpeg2000Header.damaged();
                }
                segment.passes += taken;
                body.add(segment, bits.bits(width));
                passes -= taken;
            }
        }
    }

    // T.800, table B.4.
    private static int passes(PacketBits bits) throws CodecException {
        if (bits.bit() == 0) {
            return 1;
        }
        if (bits.bit() == 0) {
            return 2;
        }
        int two = bits.bits(2);
        if (two < 3) {
            return 3 + two;
        }
        int five = bits.bits(5);
        return five < 31 ? 6 + five : 37 + bits.bits(7);
    }
}
