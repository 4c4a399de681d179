package io.github.medgs.evaluation.surface;

import java.util.ArrayList;
import java.util.List;

/**
 * One region turning into another over some slices: both brought to lie over each other, and between them medians of
 * dilations of what they share.
 *
 * <p>The first region shrinks to the part that both share by the reversed sequence of that part's dilations within it,
 * the second grows from there; of the unions of the two, the median is the one that differs from both regions by equally
 * many pixels. It stands half way; then each half is done likewise.
 */
final class ContourMorphing {

    private final int left;
    private final int top;
    private final int width;
    private final int height;

    /** In the rectangle that both regions, and all between them, lie in. */
    private ContourMorphing(int left, int top, int right, int bottom) {
        this.left = left;
        this.top = top;
        this.width = right - left;
        this.height = bottom - top;
    }

    /**
     * Adds what lies between two regions to the slices between.
     *
     * @param width of a slice
     * @param between output: the slices between, united with what is there
     */
    static void add(PixelRegion first, PixelRegion second, int width, int height, boolean[][] between) {
        int[] shift = alignment(first, second);
        int columns = shift[0];
        int rows = shift[1];
        ContourMorphing morphing = new ContourMorphing(
                Math.max(0, Math.min(first.left() + Math.min(0, columns), second.left() - Math.max(0, columns))),
                Math.max(0, Math.min(first.top() + Math.min(0, rows), second.top() - Math.max(0, rows))),
                Math.min(width, Math.max(first.left() + first.width() + Math.max(0, columns),
                        second.left() + second.width() - Math.min(0, columns))),
                Math.min(height, Math.max(first.top() + first.height() + Math.max(0, rows),
                        second.top() + second.height() - Math.min(0, rows))));
        boolean[][] shapes = new boolean[between.length + 2][];
        shapes[0] = morphing.moved(first, 0, 0);
        shapes[shapes.length - 1] = morphing.moved(second, -columns, -rows);
        morphing.halve(shapes, 0, shapes.length - 1);
        for (int n = 1; n <= between.length; n++) {
            double share = (double) n / (between.length + 1);
            PixelRegion shape = new PixelRegion(morphing.left, morphing.top, morphing.width, morphing.height, shapes[n]);
            boolean[] placed =
                    morphing.moved(shape, (int) Math.round(share * columns), (int) Math.round(share * rows));
            for (int p = 0; p < placed.length; p++) {
                between[n - 1][shape.row(p) * width + shape.column(p)] |= placed[p];
            }
        }
    }

    private void halve(boolean[][] shapes, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = from + to >>> 1;
        shapes[middle] = median(shapes[from], shapes[to]);
        halve(shapes, from, middle);
        halve(shapes, middle, to);
    }

    private boolean[] median(boolean[] first, boolean[] second) {
        boolean[] shared = new boolean[first.length];
        for (int p = 0; p < shared.length; p++) {
            shared[p] = first[p] && second[p];
        }
        List<boolean[]> shrinking = dilations(shared, first).reversed();
        List<boolean[]> growing = dilations(shared, second);
        int steps = Math.max(shrinking.size(), growing.size()) - 1;
        boolean[] best = null;
        long least = Long.MAX_VALUE;
        for (int n = 0; n <= steps; n++) {
            boolean[] union = at(shrinking, n, steps).clone();
            boolean[] grown = at(growing, n, steps);
            long unlike = 0;
            for (int p = 0; p < union.length; p++) {
                union[p] |= grown[p];
                unlike += (union[p] != first[p] ? 1 : 0) - (union[p] != second[p] ? 1 : 0);
            }
            if (Math.abs(unlike) < least) {
                least = Math.abs(unlike);
                best = union;
            }
        }
        return best;
    }

    private static boolean[] at(List<boolean[]> sequence, int step, int steps) {
        return sequence.get(steps == 0 ? 0 : Math.round((float) step * (sequence.size() - 1) / steps));
    }

    /** The seed's dilations by a cross within a region, from the seed to all of the region that it reaches. */
    private List<boolean[]> dilations(boolean[] seed, boolean[] within) {
        List<boolean[]> sequence = new ArrayList<>(List.of(seed));
        boolean grows = true;
        while (grows) {
            boolean[] last = sequence.getLast();
            boolean[] next = last.clone();
            grows = false;
            for (int p = 0; p < next.length; p++) {
                if (within[p] && !last[p] && touches(last, p)) {
                    next[p] = true;
                    grows = true;
                }
            }
            if (grows) {
                sequence.add(next);
            }
        }
        return sequence;
    }

    private boolean touches(boolean[] region, int p) {
        int column = p % width;
        return column > 0 && region[p - 1] || column + 1 < width && region[p + 1]
                || p >= width && region[p - width] || p + width < region.length && region[p + width];
    }

    /** By how many columns and rows the second region lies away from where it covers the first best. */
    private static int[] alignment(PixelRegion first, PixelRegion second) {
        double[] from = first.centroid();
        double[] to = second.centroid();
        int[] best = {(int) Math.round(to[0] - from[0]), (int) Math.round(to[1] - from[1])};
        long most = first.shared(second, best[0], best[1]);
        long asTheyLie = first.shared(second, 0, 0);
        if (asTheyLie > most) {
            best = new int[2];
            most = asTheyLie;
        }
        boolean better = true;
        while (better) {
            better = false;
            for (int[] step : new int[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
                long overlap = first.shared(second, best[0] + step[0], best[1] + step[1]);
                if (overlap > most) {
                    most = overlap;
                    best = new int[] {best[0] + step[0], best[1] + step[1]};
                    better = true;
                }
            }
        }
        return best;
    }

    /** What of a region lies in the rectangle after a move. */
    private boolean[] moved(PixelRegion region, int columns, int rows) {
        boolean[] moved = new boolean[width * height];
        for (int p = 0; p < region.inside().length; p++) {
            int column = region.column(p) + columns - left;
            int row = region.row(p) + rows - top;
            if (region.inside()[p] && column >= 0 && column < width && row >= 0 && row < height) {
                moved[row * width + column] = true;
            }
        }
        return moved;
    }
}
