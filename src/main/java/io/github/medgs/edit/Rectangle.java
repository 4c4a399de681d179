package io.github.medgs.edit;

/** A part of a slice: {@code width * height} pixels from (left, top). */
record Rectangle(int left, int top, int width, int height) {

    int pixels() {
        return width * height;
    }

    /** The index of the pixel nearest to a place of the slice, or -1 outside. */
    int nearest(double column, double row) {
        int c = (int) Math.floor(column + 0.5) - left;
        int r = (int) Math.floor(row + 0.5) - top;
        return c >= 0 && c < width && r >= 0 && r < height ? r * width + c : -1;
    }
}
