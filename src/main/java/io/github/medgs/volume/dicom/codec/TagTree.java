package io.github.medgs.volume.dicom.codec;

/** A tree of least values over a rectangle of leaves, which packet headers refine (T.800, B.10.2). */
final class TagTree {

    private final int[] widths;
    private final int[] starts;
    private final int[] values;
    private final boolean[] known;

    TagTree(int width, int height) {
        int levels = 1;
        for (int w = width, h = height; w > 1 || h > 1; w = (w + 1) / 2, h = (h + 1) / 2) {
            levels++;
        }
        widths = new int[levels];
        starts = new int[levels];
        int total = 0;
        int w = width;
        int h = height;
        for (int level = 0; level < levels; level++) {
            widths[level] = w;
            starts[level] = total;
            total += w * h;
            w = (w + 1) / 2;
            h = (h + 1) / 2;
        }
        values = new int[total];
        known = new boolean[total];
    }

    /** Reads on until a leaf is known, or known to be at least a threshold; its value, or the threshold. */
    int decode(int x, int y, int threshold, PacketBits bits) throws CodecException {
        int least = 0;
        for (int level = widths.length - 1; level >= 0; level--) {
            int node = starts[level] + (y >> level) * widths[level] + (x >> level);
            values[node] = Math.max(values[node], least);
            while (!known[node] && values[node] < threshold) {
                if (bits.bit() == 1) {
                    known[node] = true;
                } else {
                    values[node]++;
                }
            }
            least = values[node];
            if (!known[node]) {
                return threshold;
            }
        }
        return least;
    }
}
