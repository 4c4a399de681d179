package io.github.medgs.kernel;

/**
 * Values of an image between its pixels, one at a time, for kernels. Coordinates are in pixels, pixel centres at whole numbers; outside, the
 * border's value continues. An image is height x width floats, row by row, from {@code start} in its array.
 */
public final class ImageSampling {

    private ImageSampling() {}

    /** A finite number held to 0 to {@code most}. Cheaper than by Math, which minds NaN and the sign of zero. */
    public static float within(float x, float most) {
        float raised = x > 0f ? x : 0f;
        return raised < most ? raised : most;
    }

    private static int least(int a, int b) {
        return a < b ? a : b;
    }

    /**
     * Bilinear interpolation of the four pixels around a point.
     *
     * @param image input
     * @param start index of the image's first pixel
     * @param row vertical coordinate, any finite value
     * @param column horizontal coordinate, any finite value
     */
    public static float linear(float[] image, int start, int height, int width, float row, float column) {
        float r = within(row, height - 1f);
        float c = within(column, width - 1f);
        int r0 = (int) r;
        int c0 = (int) c;
        float fr = r - r0;
        float fc = c - c0;
        int top = start + r0 * width;
        int bottom = start + least(r0 + 1, height - 1) * width;
        int c1 = least(c0 + 1, width - 1);
        float above = image[top + c0] + fc * (image[top + c1] - image[top + c0]);
        float below = image[bottom + c0] + fc * (image[bottom + c1] - image[bottom + c0]);
        return above + fr * (below - above);
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
    public static float cubic(float[] image, int start, int height, int width, float row, float column) {
        float r = within(row, height - 1f);
        float c = within(column, width - 1f);
        int r1 = (int) r;
        int c1 = (int) c;
        float fr = r - r1;
        float fc = c - c1;
        int c0 = c1 > 0 ? c1 - 1 : 0;
        int c2 = least(c1 + 1, width - 1);
        int c3 = least(c1 + 2, width - 1);
        float w0 = fc * (fc * (1f - 0.5f * fc) - 0.5f);
        float w1 = fc * fc * (1.5f * fc - 2.5f) + 1f;
        float w2 = fc * (fc * (2f - 1.5f * fc) + 0.5f);
        float w3 = fc * fc * (0.5f * fc - 0.5f);
        int row0 = start + (r1 > 0 ? r1 - 1 : 0) * width;
        int row1 = start + r1 * width;
        int row2 = start + least(r1 + 1, height - 1) * width;
        int row3 = start + least(r1 + 2, height - 1) * width;
        float v0 = w0 * image[row0 + c0] + w1 * image[row0 + c1] + w2 * image[row0 + c2] + w3 * image[row0 + c3];
        float v1 = w0 * image[row1 + c0] + w1 * image[row1 + c1] + w2 * image[row1 + c2] + w3 * image[row1 + c3];
        float v2 = w0 * image[row2 + c0] + w1 * image[row2 + c1] + w2 * image[row2 + c2] + w3 * image[row2 + c3];
        float v3 = w0 * image[row3 + c0] + w1 * image[row3 + c1] + w2 * image[row3 + c2] + w3 * image[row3 + c3];
        return fr * (fr * (1f - 0.5f * fr) - 0.5f) * v0
                + (fr * fr * (1.5f * fr - 2.5f) + 1f) * v1
                + fr * (fr * (2f - 1.5f * fr) + 0.5f) * v2
                + fr * fr * (0.5f * fr - 0.5f) * v3;
    }
}
