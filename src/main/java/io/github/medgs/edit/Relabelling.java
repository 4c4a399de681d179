package io.github.medgs.edit;

import io.github.medgs.model.HeadRows;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.LabelSlices;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * The labels of the slices that a model was learnt from, as an edit leaves them. Where something was taken away or comes,
 * and where the edit wants another winner among the channels, a pixel gets the structure that is drawn there now; every
 * other pixel keeps its label.
 */
final class Relabelling {

    private final LabelSlices labels;
    private final LabelSlices left;
    private final TrainedModel edited;
    private final SliceSpace space;
    private final Canvas canvas;
    private final boolean leavesHole;

    /** @param leavesHole whether what was selected is gone from its place */
    Relabelling(TrainedModel before, TrainedModel after, SliceSpace space, Canvas canvas, boolean leavesHole) {
        this.labels = before.labels();
        this.edited = after;
        this.space = space;
        this.canvas = canvas;
        this.leavesHole = leavesHole;
        this.left = left();
    }

    /** The labels without those that go, so that what fills a hole gets its name from what surrounds it. */
    private LabelSlices left() {
        short[] index = labels.index().clone();
        for (Canvas.Picture picture : canvas.pictures()) {
            for (int p = 0; !picture.between() && p < picture.selected().length; p++) {
                if (goes(picture, p)) {
                    index[pixel(picture.slice(), p)] = 0;
                }
            }
        }
        return with(index);
    }

    private boolean goes(Canvas.Picture picture, int p) {
        return leavesHole && picture.selected()[p] || picture.arrives()[p];
    }

    private LabelSlices with(short[] index) {
        return new LabelSlices(labels.type(), labels.labels(), labels.channels(), index, labels.width(), labels.height());
    }

    /** @param move the affine of (column, row, depth), for a move */
    LabelSlices labels(Matrix4d move) {
        short[] index = labels.index().clone();
        HeadRows heads = new HeadRows(edited);
        GaussianPlaces places = new GaussianPlaces(edited.gaussians(), space);
        Matrix4d back = move == null ? null : new Matrix4d(move).invert();
        for (Canvas.Picture picture : canvas.pictures()) {
            if (picture.between()) {
                continue;
            }
            float[][] now = new Patch(edited.gaussians(), heads, places.near(picture.time()), picture.time(),
                    canvas.rectangle(), null).draw();
            for (int p = 0; p < picture.selected().length; p++) {
                if (goes(picture, p) || winner(picture.target(), p) != winner(picture.before(), p)) {
                    // Where nothing is left, what runs on from the neighbours has no name.
                    int channel = Float.isNaN(picture.target()[0][p]) ? -1 : winner(now, p);
                    index[pixel(picture.slice(), p)] = (short) (channel < 0 ? 0 : 1 + structure(picture, p, channel, back));
                }
            }
        }
        return with(index);
    }

    // As LabelRenderer decides: the channel that is drawn highest, or the background, which has what they leave of 1.
    private static int winner(float[][] heads, int p) {
        int winner = -1;
        float best = 0;
        float sum = 0;
        for (int head = 1; head < heads.length; head++) {
            float value = Math.max(0f, heads[head][p]);
            sum += value;
            if (head == 1 || value > best) {
                best = value;
                winner = head - 1;
            }
        }
        return best < 1 - sum ? -1 : winner;
    }

    private int structure(Canvas.Picture picture, int p, int channel, Matrix4d back) {
        int found = -1;
        if (picture.arrives()[p]) {
            Rectangle rectangle = canvas.rectangle();
            Vector3d from = back.transformPosition(new Vector3d(rectangle.left() + p % rectangle.width(),
                    rectangle.top() + p / rectangle.width(), picture.depth()));
            int column = Math.clamp(Math.round(from.x), 0, labels.width() - 1);
            int row = Math.clamp(Math.round(from.y), 0, labels.height() - 1);
            found = nearest(labels, channel, space.nearestSlice(from.z), row * labels.width() + column);
        }
        int own = pixel(picture.slice(), p) % labels.pixels();
        found = found >= 0 ? found : nearest(left, channel, picture.slice(), own);
        return found >= 0 ? found : nearest(labels, channel, picture.slice(), own);
    }

    // In the slice itself, else in those beside it.
    private int nearest(LabelSlices among, int channel, int slice, int pixel) {
        double aspect = edited.geometry().aspect();
        int found = among.nearest(channel, slice, slice, pixel, aspect);
        return found >= 0 ? found : among.nearest(channel, Math.max(0, slice - 1),
                Math.min(among.count() - 1, slice + 1), pixel, aspect);
    }

    // Of the whole stack.
    private int pixel(int slice, int p) {
        Rectangle rectangle = canvas.rectangle();
        return slice * labels.pixels() + (rectangle.top() + p / rectangle.width()) * labels.width() + rectangle.left()
                + p % rectangle.width();
    }
}
