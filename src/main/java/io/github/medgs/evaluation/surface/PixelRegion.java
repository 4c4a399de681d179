package io.github.medgs.evaluation.surface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Some pixels of a picture, within the rectangle about them: of many small regions none takes a whole picture.
 *
 * @param left first column of the rectangle, {@code top} its first row, in the picture
 * @param inside row by row of the rectangle
 */
record PixelRegion(int left, int top, int width, int height, boolean[] inside) {

    /**
     * Regions that hang together by edges of pixels, in the order of their first pixels.
     *
     * @param labels output: of each pixel the number of its region, or -1
     */
    static List<PixelRegion> of(boolean[] picture, int width, int[] labels) {
        Arrays.fill(labels, -1);
        List<PixelRegion> regions = new ArrayList<>();
        int[] queue = new int[picture.length];
        for (int p = 0; p < picture.length; p++) {
            if (picture[p] && labels[p] < 0) {
                int count = reach(picture, width, p, regions.size(), labels, queue);
                regions.add(of(queue, count, width));
            }
        }
        return regions;
    }

    /** @return how many pixels stand in the queue: all of a region */
    private static int reach(boolean[] picture, int width, int seed, int label, int[] labels, int[] queue) {
        int end = 0;
        queue[end++] = seed;
        labels[seed] = label;
        for (int n = 0; n < end; n++) {
            int p = queue[n];
            for (int q : new int[] {p % width > 0 ? p - 1 : -1, p % width + 1 < width ? p + 1 : -1, p - width, p + width}) {
                if (q >= 0 && q < picture.length && picture[q] && labels[q] < 0) {
                    labels[q] = label;
                    queue[end++] = q;
                }
            }
        }
        return end;
    }

    /** @param width of the picture */
    private static PixelRegion of(int[] pixels, int count, int width) {
        int left = width;
        int right = 0;
        int top = Integer.MAX_VALUE;
        int bottom = 0;
        for (int n = 0; n < count; n++) {
            left = Math.min(left, pixels[n] % width);
            right = Math.max(right, pixels[n] % width + 1);
            top = Math.min(top, pixels[n] / width);
            bottom = Math.max(bottom, pixels[n] / width + 1);
        }
        boolean[] inside = new boolean[(right - left) * (bottom - top)];
        for (int n = 0; n < count; n++) {
            inside[(pixels[n] / width - top) * (right - left) + pixels[n] % width - left] = true;
        }
        return new PixelRegion(left, top, right - left, bottom - top, inside);
    }

    /** Those of its pixels that an array of the same rectangle numbers so, within the rectangle about them; at least one. */
    PixelRegion part(int[] numbers, int number) {
        int[] pixels = new int[inside.length];
        int count = 0;
        for (int p = 0; p < inside.length; p++) {
            if (inside[p] && numbers[p] == number) {
                pixels[count++] = p;
            }
        }
        PixelRegion part = of(pixels, count, width);
        return new PixelRegion(left + part.left, top + part.top, part.width, part.height, part.inside);
    }

    /** The pixel that is nearest to the centroid. */
    PixelRegion point() {
        double[] centre = centroid();
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int p = 0; p < inside.length; p++) {
            double distance = Math.hypot(column(p) - centre[0], row(p) - centre[1]);
            if (inside[p] && distance < least) {
                least = distance;
                best = p;
            }
        }
        return new PixelRegion(column(best), row(best), 1, 1, new boolean[] {true});
    }

    /** Mean column and row. */
    double[] centroid() {
        double columns = 0;
        double rows = 0;
        long count = 0;
        for (int p = 0; p < inside.length; p++) {
            if (inside[p]) {
                columns += column(p);
                rows += row(p);
                count++;
            }
        }
        return new double[] {columns / count, rows / count};
    }

    /** How many pixels lie so many columns and rows from one of another region. */
    long shared(PixelRegion other, int columns, int rows) {
        long shared = 0;
        for (int p = 0; p < inside.length; p++) {
            shared += inside[p] && other.contains(column(p) + columns, row(p) + rows) ? 1 : 0;
        }
        return shared;
    }

    boolean contains(int column, int row) {
        return column >= left && column < left + width && row >= top && row < top + height
                && inside[(row - top) * width + column - left];
    }

    /** Column in the picture of a pixel of the rectangle. */
    int column(int p) {
        return left + p % width;
    }

    /** Row in the picture. */
    int row(int p) {
        return top + p / width;
    }
}
