package io.github.medgs.edit;

import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadRows;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.AcquiredSlices;
import java.util.Arrays;

/**
 * The slices that a model was learnt from, as an edit leaves them: given back as they were scanned, they would show what
 * was edited away. Where the edit paints, a slice becomes what the model draws now; next to it what the drawing gained;
 * everywhere else it keeps its bits.
 */
final class Retouching {

    /** Of the window: less than any storage can tell. */
    private static final float UNCHANGED = 1e-6f;

    private final TrainedModel before;
    private final TrainedModel after;
    private final FoldedGaussians edited;
    private final HeadRows heads;
    private final SliceSpace space;
    private final Canvas canvas;

    Retouching(TrainedModel before, TrainedModel after, SliceSpace space, Canvas canvas) {
        this.before = before;
        this.after = after;
        this.edited = after.gaussians();
        this.heads = new HeadRows(after);
        this.space = space;
        this.canvas = canvas;
    }

    /**
     * The edited model with its slices as the edit leaves them; without, but with a mark on those that changed, where it
     * holds none, or where an edit may show on any of them.
     */
    TrainedModel applied() {
        AcquiredSlices acquired = before.acquired();
        if (!before.image()) {
            return after.with((AcquiredSlices) null);
        }
        boolean[] marks = before.edited() == null ? new boolean[space.slices()] : before.edited().clone();
        if (!GaussianPlaces.anchored(edited.form())) {
            Arrays.fill(marks, true);
            return after.withEdited(marks);
        }
        GaussianPlaces places = new GaussianPlaces(edited, space);
        float[][] slices = new float[marks.length][];
        for (Canvas.Picture picture : canvas.pictures()) {
            if (!picture.between()) {
                float[] now = new Patch(edited, heads, places.near(picture.time()), picture.time(), canvas.rectangle(), null)
                        .draw()[0];
                int slice = picture.slice();
                slices[slice] = retouched(
                        acquired == null ? new float[after.geometry().width() * after.geometry().height()]
                                : acquired.intensities(slice), picture, now);
                marks[slice] |= changes(slices[slice]);
            }
        }
        return acquired == null ? after.withEdited(marks) : after.with(acquired.with(slices));
    }

    private static boolean changes(float[] pixels) {
        for (float pixel : pixels) {
            if (!Float.isNaN(pixel)) {
                return true;
            }
        }
        return false;
    }

    private float[] retouched(float[] scanned, Canvas.Picture picture, float[] now) {
        Rectangle rectangle = canvas.rectangle();
        float[] retouched = new float[scanned.length];
        Arrays.fill(retouched, Float.NaN);
        for (int p = 0; p < now.length; p++) {
            int pixel = (rectangle.top() + p / rectangle.width()) * space.width() + rectangle.left()
                    + p % rectangle.width();
            float after = before.window().toInput(Math.clamp(now[p], 0f, 1f));
            if (picture.target()[0][p] != picture.before()[0][p]) {
                retouched[pixel] = after;
            } else if (Math.abs(now[p] - picture.before()[0][p]) > UNCHANGED) {
                retouched[pixel] = scanned[pixel] + after
                        - before.window().toInput(Math.clamp(picture.before()[0][p], 0f, 1f));
            }
        }
        return retouched;
    }
}
