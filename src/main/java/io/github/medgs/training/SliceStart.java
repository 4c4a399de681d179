package io.github.medgs.training;

import io.github.medgs.interslice.StackMotion;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ModelForm;
import io.github.medgs.parallel.Workers;
import java.util.Arrays;

/**
 * Gaussians anchored on the slices they come from: more where the intensity changes, each as wide as the room it has,
 * with the intensity of the pixel it stands on.
 *
 * <p>Places come from error diffusion of the wanted density (Floyd and Steinberg 1976, row by row in alternating
 * direction): as even as a grid where the density is even, and never two in one pixel.
 */
final class SliceStart {

    private final TrainingData data;
    private final TrainingConfig.Start start;
    private final int most;
    private final Heads heads;
    private final int width;
    private final int height;
    private final int pixels;
    private final SmallSections small;
    private final int threads;

    /**
     * @param most cap on the number of Gaussians, on all slices together
     * @param threads how many may be used; nothing depends on it
     */
    SliceStart(TrainingData data, TrainingConfig.Start start, int most, Heads heads, int threads) {
        this.data = data;
        this.start = start;
        this.most = most;
        this.heads = heads;
        this.threads = threads;
        this.width = data.stack().width();
        this.height = data.stack().height();
        this.pixels = data.pixels();
        this.small = data.labels() == null ? null : new SmallSections(data.labels());
    }

    /** How many Gaussians at most this start places on every slice together. */
    static long mostGaussians(int slices, int height, int width, TrainingConfig.Start start, int most) {
        // Error diffusion gives the density's sum, and more where what is carried over the slice's edges was to be taken off:
        // no pixel hands on less than -1/2, of which 11/16 leave at the two ends of a row, and all below the last row.
        long pixels = (long) height * width;
        double perSlice = pixels * meanDensity(slices * pixels, start, most);
        return (long) Math.ceil(slices * Math.min(pixels, perSlice * 1.02 + 2.0 * width + 0.35 * height + 16));
    }

    /** Gaussians per pixel: as asked, or fewer where that would be more than the cap. */
    private static double meanDensity(long voxels, TrainingConfig.Start start, int most) {
        return Math.min(1.0 / start.pixelsPerGaussian(), (double) most / voxels);
    }

    /**
     * Places Gaussians on every slice.
     *
     * @param gaussians with room for {@link #mostGaussians}
     * @param motion the displacement that their motion begins with, or {@code null} for none
     */
    void place(FoldedGaussians gaussians, StackMotion motion) {
        Workers workers = new Workers(threads);
        int slices = data.stack().count();
        Places[] places = new Places[slices];
        workers.forEach(slices, (slice, worker) -> places[slice] = places(slice));
        int[] from = new int[slices + 1];
        for (int slice = 0; slice < slices; slice++) {
            from[slice + 1] = from[slice] + places[slice].pixels().length;
        }
        if (from[slices] > gaussians.capacity()) {
            // To leave the last slices without any would be silent, and wrong.
            throw new IllegalArgumentException(from[slices] + " Gaussians do not fit a table of " + gaussians.capacity());
        }
        workers.forEach(slices, (slice, worker) -> {
            Places here = places[slice];
            for (int g = from[slice]; g < from[slice + 1]; g++) {
                int n = g - from[slice];
                set(gaussians, g, slice, here.pixels()[n] % width, here.pixels()[n] / width, here.density()[n], motion);
            }
        });
        gaussians.setCount(from[slices]);
    }

    /** The pixels of a slice on which Gaussians stand, in their order, and how dense those are to be there. */
    private record Places(int[] pixels, float[] density) {}

    private Places places(int slice) {
        float[] density = density(slice);
        boolean[] sure = small == null ? new boolean[pixels] : small.of(slice);
        for (int p = 0; p < pixels; p++) {
            density[p] = sure[p] ? 1 : density[p];
        }
        float[] wanted = density.clone();
        int[] places = new int[pixels];
        int count = 0;
        for (int row = 0; row < height; row++) {
            boolean leftwards = (row & 1) == 1;
            for (int n = 0; n < width; n++) {
                int column = leftwards ? width - 1 - n : n;
                int p = row * width + column;
                boolean placed = sure[p] || wanted[p] >= 0.5f;
                if (placed) {
                    places[count++] = p;
                }
                diffuse(wanted, wanted[p] - (placed ? 1f : 0f), row, column, leftwards ? -1 : 1);
            }
        }
        if (count == 0) {
            // A slice of a few pixels asks for less than one Gaussian.
            places[count++] = height / 2 * width + width / 2;
        }
        float[] there = new float[count];
        for (int n = 0; n < count; n++) {
            there[n] = density[places[n]];
        }
        return new Places(Arrays.copyOf(places, count), there);
    }

    private void diffuse(float[] wanted, float error, int row, int column, int ahead) {
        add(wanted, row, column + ahead, error * 7 / 16);
        add(wanted, row + 1, column - ahead, error * 3 / 16);
        add(wanted, row + 1, column, error * 5 / 16);
        add(wanted, row + 1, column + ahead, error / 16);
    }

    private void add(float[] wanted, int row, int column, float error) {
        if (row < height && column >= 0 && column < width) {
            wanted[row * width + column] += error;
        }
    }

    /** Gaussians per pixel: an even part, and a part that follows the gradient of the image and of the mask. */
    private float[] density(int slice) {
        float[] edges = new float[pixels];
        double sum = heads.hasImage() || data.mask() == null ? addEdges(data.stack().values(), slice, edges) : 0;
        if (heads.hasMask()) {
            for (float[] mask : data.channels()) {
                sum += addEdges(mask, slice, edges);
            }
        }
        double mean = meanDensity(data.stack().values().length, start, most);
        float[] density = new float[pixels];
        double share = sum > 0 ? start.edgeShare() : 0;
        for (int p = 0; p < pixels; p++) {
            double byEdge = sum > 0 ? edges[p] / sum * pixels : 0;
            density[p] = (float) Math.min(1, mean * (1 - share + share * byEdge));
        }
        return density;
    }

    private double addEdges(float[] stack, int slice, float[] edges) {
        int base = slice * pixels;
        double sum = 0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int left = base + row * width + Math.max(0, column - 1);
                int right = base + row * width + Math.min(width - 1, column + 1);
                int above = base + Math.max(0, row - 1) * width + column;
                int below = base + Math.min(height - 1, row + 1) * width + column;
                float du = stack[right] - stack[left];
                float dv = stack[below] - stack[above];
                float magnitude = (float) Math.sqrt(du * du + dv * dv);
                edges[row * width + column] += magnitude;
                sum += magnitude;
            }
        }
        return sum;
    }

    private void set(FoldedGaussians gaussians, int g, int slice, int column, int row, float density,
            StackMotion motion) {
        ModelForm form = gaussians.form();
        int p = slice * pixels + row * width + column;
        double deviation = start.spacings() / Math.sqrt(density) / form.pixelsPerUnit();
        float logScale = (float) StrictMath.log(deviation);
        gaussians.set(Layout.X, g, form.worldX(column));
        gaussians.set(Layout.Z, g, form.worldZ(row));
        gaussians.set(Layout.LOG_SCALE_X, g, logScale);
        gaussians.set(Layout.LOG_SCALE_Z, g, logScale);
        gaussians.set(Layout.ANGLE, g, 0f);
        gaussians.set(Layout.TIME, g, slice);
        gaussians.set(Layout.SPREAD, g, 0f);
        gaussians.set(Layout.IMAGE_OPACITY, g, 0f);
        gaussians.set(Layout.MASK_OPACITY, g, 0f);
        for (int k = form.imageIntensityRow(); k < form.rows(); k++) {
            gaussians.set(k, g, 0f);
        }
        gaussians.set(form.imageIntensityRow(), g, Raw.intensity(data.stack().values()[p]));
        gaussians.set(form.maskIntensityRow(), g, Raw.intensity(data.mask() == null ? 0 : data.channels().getFirst()[p]));
        if (motion != null) {
            float[] terms = new float[4];
            motion.polynomial(slice, row, column, terms);
            for (int k = 0; k < 2 * Math.min(2, form.motionDegree()); k += 2) {
                gaussians.set(form.motionRow() + k, g, terms[k] / form.pixelsPerUnit());
                gaussians.set(form.motionRow() + k + 1, g, -terms[k + 1] / form.pixelsPerUnit());
            }
        }
    }
}
