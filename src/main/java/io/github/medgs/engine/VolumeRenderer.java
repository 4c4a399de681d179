package io.github.medgs.engine;

import io.github.medgs.InputException;
import io.github.medgs.model.TimeScale;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.Volume;
import java.util.function.IntConsumer;

/** Draws a trained model as volumes, at any equally spaced positions along its slicing axis. */
public final class VolumeRenderer {

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

    /** What becomes of an image slice between the engine and the volume. */
    public interface Finish {

        /** Whether the engine is to draw a slice at all. */
        default boolean draws(int slice) {
            return true;
        }

        /**
         * Finishes one.
         *
         * @param slice which of the positions it lies at
         * @param pixels input: as the engine drew it, if it did; output: in the input's units
         */
        void slice(int slice, float[] pixels);
    }

    /** Holds a slice to the range that was trained. */
    public static float[] clamped(float[] pixels, IntensityWindow window) {
        for (int p = 0; p < pixels.length; p++) {
            pixels[p] = window.toInput(Math.clamp(pixels[p], 0f, 1f));
        }
        return pixels;
    }

    /**
     * Draws the wanted heads: the image clamped to the range that was trained, the mask as occupancy, of all labels together
     * where the model knows labels.
     *
     * @param positions millimetres from the first slice, equally spaced
     * @param wantMask whether to draw the mask head too, if it was trained
     * @param progress told the number of slices done
     */
    public Rendered render(double[] positions, boolean wantImage, boolean wantMask, IntConsumer progress) {
        return render(positions, wantImage, wantMask, (slice, pixels) -> clamped(pixels, model.window()), progress);
    }

    /** The same with another end to the image's slices. */
    public Rendered render(double[] positions, boolean wantImage, boolean wantMask, Finish finish,
            IntConsumer progress) {
        int pixels = model.geometry().width() * model.geometry().height();
        boolean image = wantImage && model.image();
        boolean mask = wantMask && model.mask() && !model.labelled();
        int values = voxels(positions.length, pixels);
        float[] imageSlices = image ? new float[values] : null;
        float[] maskSlices = mask ? new float[values] : null;
        float[] imagePixels = image ? new float[pixels] : null;
        float[] maskPixels = mask ? new float[pixels] : null;
        TimeScale times = model.timeScale();
        try (ModelRenderer renderer = engine.renderer(model.gaussians())) {
            for (int n = 0; n < positions.length; n++) {
                float[] wanted = image && finish.draws(n) ? imagePixels : null;
                if (wanted != null || mask) {
                    renderer.render(times.ofPosition(positions[n]), wanted, maskPixels);
                }
                if (image) {
                    finish.slice(n, imagePixels);
                    System.arraycopy(imagePixels, 0, imageSlices, n * pixels, pixels);
                }
                for (int p = 0; mask && p < pixels; p++) {
                    maskSlices[n * pixels + p] = model.gaussians().form().occupancy(maskPixels[p]);
                }
                if (image || mask) {
                    progress.accept(n + 1);
                }
            }
        }
        if (wantMask && model.labelled()) {
            float[] inside = new LabelRenderer(engine, model)
                    .render(positions, LabelRenderer.ALL, false, image ? _ -> { } : progress).inside();
            return new Rendered(image ? model.geometry().volumeOf(imageSlices, positions) : null,
                    model.geometry().volumeOf(inside, positions));
        }
        return new Rendered(image ? model.geometry().volumeOf(imageSlices, positions) : null,
                mask ? model.geometry().volumeOf(maskSlices, positions) : null);
    }

    /**
     * How many voxels so many slices have.
     *
     * @throws InputException where no array holds them
     */
    public static int voxels(int slices, int pixels) {
        long voxels = (long) slices * pixels;
        if (voxels > Integer.MAX_VALUE - 8) {
            throw new InputException("the interpolated volume", "would have " + voxels + " voxels, more than fit",
                    "choose a smaller factor or a larger spacing").naming("factor", "spacing");
        }
        return (int) voxels;
    }
}
