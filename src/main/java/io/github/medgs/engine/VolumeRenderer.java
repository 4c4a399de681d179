package io.github.medgs.engine;

import io.github.medgs.InputException;
import io.github.medgs.model.TimeScale;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.Volume;
import java.util.function.IntConsumer;

/** Draws a trained model as volumes, at any equally spaced positions along its slicing axis. */
public final class VolumeRenderer {

    private static final double ROUNDING = 1e-6;
    private static final int MOST_SLICES = 100_000;

    private final Engine engine;
    private final TrainedModel model;

    public VolumeRenderer(Engine engine, TrainedModel model) {
        this.engine = engine;
        this.model = model;
    }

    /**
     * Both heads at the same positions.
     *
     * @param image in the input's units, or {@code null} when that head was not trained
     * @param mask {@linkplain io.github.medgs.model.ModelForm#occupancy occupancy} in [0, 1], or {@code null} likewise
     */
    public record Rendered(Volume image, Volume mask) {}

    /**
     * (F - 1) * factor + 1 positions: every input slice, and factor - 1 equally spaced between each two. Where slices are
     * not equally far apart, a factor-th of their commonest distance: where some are missing, the others are met.
     */
    public double[] positionsByFactor(int factor) {
        double[] slices = model.geometry().positions();
        double spacing = slices.length == 1 ? 0 : slices[slices.length - 1] / (slices.length - 1);
        for (int f = 0; f < slices.length; f++) {
            if (Math.abs(slices[f] - f * spacing) > 1e-3 * spacing) {
                return positionsBySpacing(model.geometry().sourceSpacing() / factor);
            }
        }
        return equallySpaced((slices.length - 1L) * factor + 1, spacing / factor);
    }

    /** Positions a given distance apart, from the first slice to at most the last. */
    public double[] positionsBySpacing(double millimetres) {
        double[] slices = model.geometry().positions();
        return equallySpaced((long) Math.floor(slices[slices.length - 1] / millimetres + ROUNDING) + 1, millimetres);
    }

    private static double[] equallySpaced(long count, double spacing) {
        if (count > MOST_SLICES) {
            throw new InputException("the interpolated volume", "would have " + count + " slices",
                    "choose a smaller --factor or a larger --spacing");
        }
        double[] positions = new double[(int) count];
        for (int n = 0; n < positions.length; n++) {
            positions[n] = n * spacing;
        }
        return positions;
    }

    /**
     * Draws the wanted heads: the image clamped to the range that was trained, the mask as occupancy.
     *
     * @param positions millimetres from the first slice, equally spaced
     * @param wantMask whether to draw the mask head too, if it was trained
     * @param progress told the number of slices done
     */
    public Rendered render(double[] positions, boolean wantImage, boolean wantMask, IntConsumer progress) {
        int pixels = model.geometry().width() * model.geometry().height();
        boolean image = wantImage && model.image();
        boolean mask = wantMask && model.mask();
        long values = (long) positions.length * pixels;
        if (values > Integer.MAX_VALUE - 8) {
            throw new InputException("the interpolated volume", "would have " + values + " voxels, more than fit",
                    "choose a smaller --factor or a larger --spacing");
        }
        float[] imageSlices = image ? new float[(int) values] : null;
        float[] maskSlices = mask ? new float[(int) values] : null;
        float[] imagePixels = image ? new float[pixels] : null;
        float[] maskPixels = mask ? new float[pixels] : null;
        TimeScale times = model.timeScale();
        for (int n = 0; n < positions.length; n++) {
            engine.render(model.gaussians(), times.ofPosition(positions[n]), imagePixels, maskPixels);
            for (int p = 0; p < pixels; p++) {
                if (image) {
                    imageSlices[n * pixels + p] = model.window().toInput(Math.clamp(imagePixels[p], 0f, 1f));
                }
                if (mask) {
                    maskSlices[n * pixels + p] = model.gaussians().form().occupancy(maskPixels[p]);
                }
            }
            progress.accept(n + 1);
        }
        return new Rendered(image ? model.geometry().volumeOf(imageSlices, positions) : null,
                mask ? model.geometry().volumeOf(maskSlices, positions) : null);
    }
}
