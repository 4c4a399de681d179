package io.github.medgs.edit;

import io.github.medgs.kernel.Folding;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadRows;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.IntensityWindow;
import org.joml.Matrix3x2d;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/** Paints what an edit wants to see on a canvas, and gives the Gaussians that stay their first intensities of it. */
final class Painter {

    private static final double LEVEL = 1e-9;

    private final TrainedModel model;
    private final HeadRows heads;
    private final SliceSpace space;
    private final GaussianPlaces places;
    private final DrawnSlices slices;
    private final Canvas canvas;
    private final Edit edit;

    Painter(TrainedModel model, SliceSpace space, GaussianPlaces places, DrawnSlices slices, Canvas canvas, Edit edit) {
        this.model = model;
        this.heads = new HeadRows(model);
        this.space = space;
        this.places = places;
        this.slices = slices;
        this.canvas = canvas;
        this.edit = edit;
    }

    /** @param move the affine of (column, row, depth), for a move */
    void paint(Matrix4d move) {
        for (Canvas.Picture picture : canvas.pictures()) {
            switch (edit.change()) {
                case Change.SetIntensity set -> scale(picture, 0, unit(set.value()));
                case Change.ScaleIntensity scale -> scale(picture, (float) scale.factor(), offset(scale));
                case Change.Fade fade -> fill(picture, (float) fade.left());
                case Change.Delete delete -> fill(picture, 0);
                case Change.Move change -> {
                    if (change.leavesHole()) {
                        fill(picture, 0);
                    }
                    arrive(picture, move);
                }
            }
        }
    }

    private void scale(Canvas.Picture picture, float factor, float offset) {
        for (int p = 0; p < picture.selected().length; p++) {
            if (picture.selected()[p]) {
                picture.target()[0][p] = offset + factor * picture.before()[0][p];
            }
        }
    }

    /** What fills the hole; {@code left} of what was there stays. */
    private void fill(Canvas.Picture picture, float left) {
        boolean black = edit.fill() instanceof Fill.None;
        if (black && left == 0) {
            for (int p = 0; p < picture.selected().length; p++) {
                if (picture.selected()[p]) {
                    picture.touched()[p] &= picture.arrives()[p];
                    // Of the image anything will do; of a structure that is gone the neighbours shall show nothing.
                    picture.target()[0][p] = Float.NaN;
                    for (int head = 1; head < heads.count(); head++) {
                        picture.target()[head][p] = 0;
                    }
                }
            }
            return;
        }
        for (int head = 0; head < heads.count(); head++) {
            boolean[] hole = picture.holes()[Math.min(head, 1)];
            float[] filled = picture.before()[head].clone();
            if (black || edit.fill() instanceof Fill.Background) {
                float value = head == 0 && edit.fill() instanceof Fill.Background background ? unit(background.intensity()) : 0;
                for (int p = 0; p < filled.length; p++) {
                    filled[p] = hole[p] ? value : filled[p];
                }
            } else {
                Inpainting.fill(filled, hole, canvas.rectangle().width(), 0);
            }
            for (int p = 0; p < filled.length; p++) {
                float before = picture.before()[head][p];
                picture.target()[head][p] = filled[p] + left * (before - filled[p]);
            }
        }
    }

    private void arrive(Canvas.Picture picture, Matrix4d move) {
        float[][] moved = Math.abs(move.m02()) + Math.abs(move.m12()) < LEVEL ? slice(picture, move)
                : oblique(picture, move);
        for (int p = 0; p < picture.arrives().length; p++) {
            for (int head = 0; head < heads.count(); head++) {
                if (picture.arrives()[p]) {
                    picture.target()[head][p] = moved[head][p];
                } else if (head > 0 && picture.ends()[p]) {
                    // Between slices the mask head knows best where its structure ends.
                    picture.target()[head][p] = Math.max(picture.target()[head][p], moved[head][p]);
                }
            }
        }
    }

    /** The slice at the depth that the move brings here, its splats moved: nothing is sampled, nothing blurred. */
    private float[][] slice(Canvas.Picture picture, Matrix4d move) {
        double depth = (picture.depth() - move.m32()) / move.m22();
        float time = space.timeOf(depth);
        Matrix3x2d within = new Matrix3x2d(move.m00(), move.m01(), move.m10(), move.m11(),
                move.m20() * depth + move.m30(), move.m21() * depth + move.m31());
        return new Patch(model.gaussians(), heads, places.near(time), time, canvas.rectangle(), within).draw();
    }

    /** Where a slice becomes oblique, from the pictures on the slices and half way between them. */
    private float[][] oblique(Canvas.Picture picture, Matrix4d move) {
        Matrix4d back = new Matrix4d(move).invert();
        Rectangle rectangle = canvas.rectangle();
        float[][] drawn = new float[heads.count()][rectangle.pixels()];
        for (int p = 0; p < rectangle.pixels(); p++) {
            if (picture.ends()[p]) {
                Vector3d from = back.transformPosition(new Vector3d(rectangle.left() + p % rectangle.width(),
                        rectangle.top() + p / rectangle.width(), picture.depth()));
                for (int head = 0; head < drawn.length; head++) {
                    drawn[head][p] = slices.at(head, from.x, from.y, from.z);
                }
            }
        }
        return drawn;
    }

    /**
     * Gives a Gaussian of the selection that stays where it is its first intensities.
     *
     * @param edited a copy of the model's Gaussians, changed
     */
    void start(FoldedGaussians edited, int g) {
        switch (edit.change()) {
            case Change.SetIntensity set -> mix(edited, g, 0, 0, unit(set.value()));
            case Change.ScaleIntensity scale -> mix(edited, g, 0, (float) scale.factor(), offset(scale));
            case Change.Fade fade -> fill(edited, g, (float) fade.left());
            case Change.Delete delete -> fill(edited, g, 0);
            case Change.Move move -> {
                if (move.leavesHole()) {
                    fill(edited, g, 0);
                }
            }
        }
    }

    private void fill(FoldedGaussians edited, int g, float left) {
        Canvas.Picture picture = canvas.onSlice(places.sliceOf(g));
        int p = picture == null ? -1 : canvas.rectangle().nearest(places.column(g, 0), places.row(g, 0));
        if (p < 0) {
            return;
        }
        for (int head = 0; head < heads.count(); head++) {
            // The target holds what is left of the picture before, too.
            mix(edited, g, head, left, picture.target()[head][p] - left * picture.before()[head][p]);
        }
    }

    /** Intensity c(u) of a head becomes factor c(u) + offset. */
    private void mix(FoldedGaussians edited, int g, int head, float factor, float offset) {
        ModelForm form = edited.form();
        int row = heads.intensity(head);
        for (int order = 0; order <= form.intensityDegree(); order++) {
            edited.set(row + order, g, factor * edited.get(row + order, g));
        }
        float constant = (offset + 0.5f * factor - 0.5f) / Folding.C0;
        edited.set(row, g, edited.get(row, g) + constant);
    }

    private float offset(Change.ScaleIntensity scale) {
        IntensityWindow window = model.window();
        // In [0, 1]: c' = f c + (about - low)(1 - f) / span, from about + f (input - about).
        return (float) ((scale.about() - window.low()) * (1 - scale.factor()) / ((double) window.high() - window.low()));
    }

    private float unit(double intensity) {
        return model.window().toUnit((float) intensity);
    }
}
