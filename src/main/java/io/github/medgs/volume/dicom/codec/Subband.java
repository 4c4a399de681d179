package io.github.medgs.volume.dicom.codec;

/**
 * A subband of a tile: where it lies in its own coordinates (T.800, B.5), and how its coefficients are scaled.
 *
 * @param kind 0 for LL and LH, 1 for HL, 2 for HH: what contexts and gains follow
 * @param right whether it holds the high frequencies of rows
 * @param low whether it holds those of columns
 * @param planes bit planes that its code-blocks may have
 * @param step what a unit stands for
 */
record Subband(int kind, boolean right, boolean low, int x0, int y0, int x1, int y1, int planes, double step) {

    /** @param level how many times the tile was halved for this band, at least one but for the picture itself */
    static Subband of(Jpeg2000Header header, int[] tile, int resolution, int orientation) throws CodecException {
        int level = resolution == 0 ? header.levels : header.levels - resolution + 1;
        int right = orientation & 1;
        int low = orientation >> 1;
        int index = resolution == 0 ? 0 : 3 * resolution - 3 + orientation;
        boolean derived = header.quantisationStyle == 1;
        if (!derived && index >= header.steps.length || header.steps.length == 0) {
            throw Jpeg2000Header.damaged();
        }
        int coded = header.steps[derived ? 0 : index];
        int exponent = (coded >> 11) - (derived ? header.levels - level : 0);
        int gain = right + low;
        double step = header.quantisationStyle == 0 ? 1
                : Math.scalb(1 + (coded & 2047) / 2048.0, header.bits + gain - exponent);
        return new Subband(right + low == 2 ? 2 : right, right == 1, low == 1, shrunk(tile[0], level, right),
                shrunk(tile[1], level, low), shrunk(tile[2], level, right), shrunk(tile[3], level, low),
                header.guardBits + exponent - 1, step);
    }

    // The first of a band's samples that is not left of a place: every 2^level-th, from half of that on for high ones.
    private static int shrunk(int place, int level, int high) {
        long half = level == 0 ? 0 : (long) high << level - 1;
        return (int) ((place - half + (1L << level) - 1) >> level);
    }
}
