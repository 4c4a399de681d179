package io.github.medgs.interslice;

/**
 * Values of an image between its pixels. Coordinates are in pixels, pixel centres at whole numbers; outside, the
 * border's value continues. An image is height x width floats, row by row, from {@code start} in its array.
 */
final class ImageSampling {

    private ImageSampling() {}

    /**
     * Bilinear interpolation of the four pixels around a point.
     *
     * @param image input
     * @param start index of the image's first pixel
     * @param row vertical coordinate, any finite value
     * @param column horizontal coordinate, any finite value
     */
    static float linear(float[] image, int start, int height, int width, float row, float column) {
        float r = Math.min(Math.max(row, 0f), height - 1f);
        float c = Math.min(Math.max(column, 0f), width - 1f);
        int r0 = (int) r;
        int c0 = (int) c;
        float fr = r - r0;
        float fc = c - c0;
        int top = start + r0 * width;
        int bottom = start + Math.min(r0 + 1, height - 1) * width;
        int c1 = Math.min(c0 + 1, width - 1);
        float above = image[top + c0] + fc * (image[top + c1] - image[top + c0]);
        float below = image[bottom + c0] + fc * (image[bottom + c1] - image[bottom + c0]);
        return above + fr * (below - above);
    }

    /**
     * {@link #linear} of both fields of a motion at many points, each moved by its own last values: at (rows[i] - shift
     * v[i], columns[i] - shift u[i]). A row of points at once, since the processor works on several while each waits for
     * its own pixels.
     *
     * @param columnField input, height x width; {@code rowField} likewise
     * @param u input and output, values of the first field; {@code v} of the second
     */
    static void linear(float[] columnField, float[] rowField, int height, int width, float[] rows, float[] columns,
            float shift, float[] u, float[] v, int count) {
        for (int i = 0; i < count; i++) {
            float r = Math.min(Math.max(rows[i] - shift * v[i], 0f), height - 1f);
            float c = Math.min(Math.max(columns[i] - shift * u[i], 0f), width - 1f);
            int r0 = (int) r;
            int c0 = (int) c;
            float fr = r - r0;
            float fc = c - c0;
            int top = r0 * width;
            int bottom = Math.min(r0 + 1, height - 1) * width;
            int c1 = Math.min(c0 + 1, width - 1);
            float above = columnField[top + c0] + fc * (columnField[top + c1] - columnField[top + c0]);
            float below = columnField[bottom + c0] + fc * (columnField[bottom + c1] - columnField[bottom + c0]);
            u[i] = above + fr * (below - above);
            above = rowField[top + c0] + fc * (rowField[top + c1] - rowField[top + c0]);
            below = rowField[bottom + c0] + fc * (rowField[bottom + c1] - rowField[bottom + c0]);
            v[i] = above + fr * (below - above);
        }
    }

    /**
     * Bicubic interpolation (Catmull-Rom: the cubic convolution kernel with a = -1/2) of the sixteen pixels around a
     * point. It keeps the contrast that bilinear interpolation of a warped image loses.
     *
     * @param image input
     * @param start index of the image's first pixel
     * @param row vertical coordinate, any finite value
     * @param column horizontal coordinate, any finite value
     */
    static float cubic(float[] image, int start, int height, int width, float row, float column) {
        float r = Math.min(Math.max(row, 0f), height - 1f);
        float c = Math.min(Math.max(column, 0f), width - 1f);
        int r1 = (int) r;
        int c1 = (int) c;
        float fr = r - r1;
        float fc = c - c1;
        int c0 = Math.max(c1 - 1, 0);
        int c2 = Math.min(c1 + 1, width - 1);
        int c3 = Math.min(c1 + 2, width - 1);
        float w0 = fc * (fc * (1f - 0.5f * fc) - 0.5f);
        float w1 = fc * fc * (1.5f * fc - 2.5f) + 1f;
        float w2 = fc * (fc * (2f - 1.5f * fc) + 0.5f);
        float w3 = fc * fc * (0.5f * fc - 0.5f);
        int row0 = start + Math.max(r1 - 1, 0) * width;
        int row1 = start + r1 * width;
        int row2 = start + Math.min(r1 + 1, height - 1) * width;
        int row3 = start + Math.min(r1 + 2, height - 1) * width;
        float v0 = w0 * image[row0 + c0] + w1 * image[row0 + c1] + w2 * image[row0 + c2] + w3 * image[row0 + c3];
        float v1 = w0 * image[row1 + c0] + w1 * image[row1 + c1] + w2 * image[row1 + c2] + w3 * image[row1 + c3];
        float v2 = w0 * image[row2 + c0] + w1 * image[row2 + c1] + w2 * image[row2 + c2] + w3 * image[row2 + c3];
        float v3 = w0 * image[row3 + c0] + w1 * image[row3 + c1] + w2 * image[row3 + c2] + w3 * image[row3 + c3];
        return fr * (fr * (1f - 0.5f * fr) - 0.5f) * v0
                + (fr * fr * (1.5f * fr - 2.5f) + 1f) * v1
                + fr * (fr * (2f - 1.5f * fr) + 0.5f) * v2
                + fr * fr * (0.5f * fr - 0.5f) * v3;
    }

    /**
     * Adds weighted values of {@link #cubic} at a row of points: sums[i] += weight cubic(rows[i] + shift rowShifts[i],
     * columns[i] + shift columnShifts[i]).
     */
    static void addCubic(float[] image, int start, int height, int width, float weight, float[] rows, float[] rowShifts,
            float[] columns, float[] columnShifts, float shift, float[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * cubic(image, start, height, width, rows[i] + shift * rowShifts[i],
                    columns[i] + shift * columnShifts[i]);
        }
    }
}
