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

    private final int width;
    private final int height;

    ContourMorphing(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * Adds what lies between two regions to the slices between.
     *
     * @param between output: the slices between, united with what is there
     */
    void add(boolean[] first, boolean[] second, boolean[][] between) {
        int[] shift = alignment(first, second);
        boolean[] aligned = moved(second, -shift[0], -shift[1]);
        boolean[][] shapes = new boolean[between.length + 2][];
        shapes[0] = first;
        shapes[shapes.length - 1] = aligned;
        halve(shapes, 0, shapes.length - 1);
        for (int n = 1; n <= between.length; n++) {
            double share = (double) n / (between.length + 1);
            boolean[] placed = moved(shapes[n], (int) Math.round(share * shift[0]), (int) Math.round(share * shift[1]));
            for (int p = 0; p < placed.length; p++) {
                between[n - 1][p] |= placed[p];
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
    private int[] alignment(boolean[] first, boolean[] second) {
        double[] from = centroid(first);
        double[] to = centroid(second);
        int[] best = {(int) Math.round(to[0] - from[0]), (int) Math.round(to[1] - from[1])};
        long most = shared(first, second, best[0], best[1]);
        long asTheyLie = shared(first, second, 0, 0);
        if (asTheyLie > most) {
            best = new int[2];
            most = asTheyLie;
        }
        boolean better = true;
        while (better) {
            better = false;
            for (int[] step : new int[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
                long overlap = shared(first, second, best[0] + step[0], best[1] + step[1]);
                if (overlap > most) {
                    most = overlap;
                    best = new int[] {best[0] + step[0], best[1] + step[1]};
                    better = true;
                }
            }
        }
        return best;
    }

    private double[] centroid(boolean[] region) {
        double columns = 0;
        double rows = 0;
        long count = 0;
        for (int p = 0; p < region.length; p++) {
            if (region[p]) {
                columns += p % width;
                rows += p / width;
                count++;
            }
        }
        return new double[] {columns / count, rows / count};
    }

    private long shared(boolean[] first, boolean[] second, int columns, int rows) {
        long shared = 0;
        for (int row = Math.max(0, -rows); row < Math.min(height, height - rows); row++) {
            for (int column = Math.max(0, -columns); column < Math.min(width, width - columns); column++) {
                shared += first[row * width + column] && second[(row + rows) * width + column + columns] ? 1 : 0;
            }
        }
        return shared;
    }

    private boolean[] moved(boolean[] region, int columns, int rows) {
        if (columns == 0 && rows == 0) {
            return region;
        }
        boolean[] moved = new boolean[region.length];
        for (int p = 0; p < region.length; p++) {
            int column = p % width + columns;
            int row = p / width + rows;
            if (region[p] && column >= 0 && column < width && row >= 0 && row < height) {
                moved[row * width + column] = true;
            }
        }
        return moved;
    }

    /** The pixel of a region that is nearest to its centroid, as a region. */
    boolean[] point(boolean[] region) {
        double[] centre = centroid(region);
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int p = 0; p < region.length; p++) {
            double distance = Math.hypot(p % width - centre[0], p / width - centre[1]);
            if (region[p] && distance < least) {
                least = distance;
                best = p;
            }
        }
        boolean[] point = new boolean[region.length];
        point[best] = true;
        return point;
    }

    /** Regions that hang together by edges of pixels. */
    List<boolean[]> regions(boolean[] slice) {
        List<boolean[]> regions = new ArrayList<>();
        boolean[] left = slice.clone();
        for (int p = 0; p < left.length; p++) {
            if (left[p]) {
                boolean[] seed = new boolean[left.length];
                seed[p] = true;
                boolean[] region = reached(seed, left);
                for (int q = 0; q < left.length; q++) {
                    left[q] &= !region[q];
                }
                regions.add(region);
            }
        }
        return regions;
    }

    private boolean[] reached(boolean[] seed, boolean[] within) {
        int[] queue = new int[seed.length];
        int end = 0;
        boolean[] reached = seed.clone();
        for (int p = 0; p < seed.length; p++) {
            if (seed[p]) {
                queue[end++] = p;
            }
        }
        for (int n = 0; n < end; n++) {
            int p = queue[n];
            for (int q : new int[] {p % width > 0 ? p - 1 : -1, p % width + 1 < width ? p + 1 : -1, p - width, p + width}) {
                if (q >= 0 && q < seed.length && within[q] && !reached[q]) {
                    reached[q] = true;
                    queue[end++] = q;
                }
            }
        }
        return reached;
    }
}
