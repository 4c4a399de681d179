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
    private final FoldedGaussians edited;
    private final HeadRows heads;
    private final SliceSpace space;
    private final Canvas canvas;

    Retouching(TrainedModel before, TrainedModel after, SliceSpace space, Canvas canvas) {
        this.before = before;
        this.edited = after.gaussians();
        this.heads = new HeadRows(after);
        this.space = space;
        this.canvas = canvas;
    }

    /** {@code null} where there are none, or where an edit may show on any of them. */
    AcquiredSlices slices() {
        AcquiredSlices acquired = before.acquired();
        if (acquired == null || !before.image() || !GaussianPlaces.anchored(edited.form())) {
            return null;
        }
        GaussianPlaces places = new GaussianPlaces(edited, space);
        float[][] slices = new float[acquired.count()][];
        for (Canvas.Picture picture : canvas.pictures()) {
            if (!picture.between()) {
                float[] now = new Patch(edited, heads, places.near(picture.time()), picture.time(), canvas.rectangle(), null)
                        .draw()[0];
                slices[picture.slice()] = retouched(acquired.intensities(picture.slice()), picture, now);
            }
        }
        return acquired.with(slices);
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
