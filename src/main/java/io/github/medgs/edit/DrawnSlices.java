package io.github.medgs.edit;

import io.github.medgs.model.HeadRows;
import io.github.medgs.model.TrainedModel;

/** What a model draws on its slices and a third of the way between them, each drawn when it is first asked for. */
final class DrawnSlices {

    private final TrainedModel model;
    private final HeadRows heads;
    private final SliceSpace space;
    private final GaussianPlaces places;
    private final Rectangle whole;
    private final float[][][] drawn;

    DrawnSlices(TrainedModel model, SliceSpace space, GaussianPlaces places) {
        this.model = model;
        this.heads = new HeadRows(model);
        this.space = space;
        this.places = places;
        this.whole = new Rectangle(0, 0, space.width(), space.height());
        this.drawn = new float[space.steps()][][];
    }

    /** Linear between what is drawn nearby: along columns, rows and depth. */
    float at(int head, double column, double row, double depth) {
        int n = space.stepBefore(depth);
        float here = within(head, n, column, row);
        if (drawn.length == 1) {
            return here;
        }
        double fraction = Math.clamp((depth - space.depthOfStep(n)) / (space.depthOfStep(n + 1) - space.depthOfStep(n)), 0, 1);
        return fraction == 0 ? here : (float) (here + fraction * (within(head, n + 1, column, row) - here));
    }

    private float within(int head, int n, double column, double row) {
        if (drawn[n] == null) {
            float time = space.timeOf(space.depthOfStep(n));
            drawn[n] = new Patch(model.gaussians(), heads, places.near(time), time, whole, null).draw();
        }
        double c = Math.clamp(column, 0, space.width() - 1.0);
        double r = Math.clamp(row, 0, space.height() - 1.0);
        int left = Math.min((int) c, Math.max(0, space.width() - 2));
        int top = Math.min((int) r, Math.max(0, space.height() - 2));
        int right = Math.min(left + 1, space.width() - 1);
        int bottom = Math.min(top + 1, space.height() - 1);
        double x = c - left;
        double y = r - top;
        float[] values = drawn[n][head];
        int above = top * space.width();
        int below = bottom * space.width();
        return (float) ((1 - y) * ((1 - x) * values[above + left] + x * values[above + right])
                + y * ((1 - x) * values[below + left] + x * values[below + right]));
    }
}
