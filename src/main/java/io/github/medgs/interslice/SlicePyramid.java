package io.github.medgs.interslice;

import io.github.medgs.kernel.ImageSampling;
import io.github.medgs.parallel.Workers;

/** Every slice of a stack at a series of sizes, each level blurred just enough before it is made smaller. */
final class SlicePyramid {

    private final int[] heights;
    private final int[] widths;
    private final float[][][] images;

    private SlicePyramid(int[] heights, int[] widths, float[][][] images) {
        this.heights = heights;
        this.widths = widths;
        this.images = images;
    }

    static SlicePyramid of(KeptSlices slices, FlowSettings settings, Workers workers) {
        int height = slices.height();
        int width = slices.width();
        int count = slices.count();
        int levels = countLevels(height, width, settings);
        int[] heights = new int[levels];
        int[] widths = new int[levels];
        for (int level = 0; level < levels; level++) {
            double scale = Math.pow(settings.pyramidFactor(), level);
            heights[level] = Math.max(1, (int) Math.round(height * scale));
            widths[level] = Math.max(1, (int) Math.round(width * scale));
        }
        float[][][] images = new float[levels][count][];
        double factor = settings.pyramidFactor();
        float blur = (float) (0.6 * Math.sqrt(1 / (factor * factor) - 1));
        workers.forEach(count, (k, worker) -> {
            float[] scratch = new float[height * width];
            float[] image = new float[height * width];
            System.arraycopy(slices.values(), slices.start(k), image, 0, height * width);
            images[0][k] = image;
            for (int level = 1; level < levels; level++) {
                float[] finer = images[level - 1][k].clone();
                SliceFilter.blur(finer, heights[level - 1], widths[level - 1], blur, scratch);
                images[level][k] =
                        resample(finer, heights[level - 1], widths[level - 1], heights[level], widths[level], 1f);
            }
        });
        return new SlicePyramid(heights, widths, images);
    }

    int levels() {
        return heights.length;
    }

    int height(int level) {
        return heights[level];
    }

    int width(int level) {
        return widths[level];
    }

    /** Slice k at a level; level 0 is the slice's own size. */
    float[] image(int level, int k) {
        return images[level][k];
    }

    /** An image at another size, bilinear, its values times {@code scale}. */
    static float[] resample(float[] image, int height, int width, int newHeight, int newWidth, float scale) {
        float[] out = new float[newHeight * newWidth];
        float rowStep = (float) height / newHeight;
        float columnStep = (float) width / newWidth;
        for (int row = 0; row < newHeight; row++) {
            float r = (row + 0.5f) * rowStep - 0.5f;
            for (int column = 0; column < newWidth; column++) {
                float c = (column + 0.5f) * columnStep - 0.5f;
                out[row * newWidth + column] = scale * ImageSampling.linear(image, 0, height, width, r, c);
            }
        }
        return out;
    }

    private static int countLevels(int height, int width, FlowSettings settings) {
        int levels = 1;
        double side = Math.min(height, width) * settings.pyramidFactor();
        while (side >= settings.coarsestSide()) {
            levels++;
            side *= settings.pyramidFactor();
        }
        return levels;
    }
}
