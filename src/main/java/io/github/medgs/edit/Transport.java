package io.github.medgs.edit;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadRows;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TimeAxis;
import java.util.ArrayList;
import java.util.List;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * Gaussians at a new place.
 *
 * <p><b>Anchored on slices</b> (hat window). A Gaussian is a path through the slices, there from one slice before its
 * own to one after. Moved, the path crosses other slices, and where it crosses one a copy is anchored: at that place,
 * with the weight 1 - |u| that the hat leaves there, and with its path and intensities told anew from there. Moved
 * within the slices, or by whole equal gaps, that is one copy, the same as the original. Moved by a part of a gap the
 * slices before and after give a copy each, and their weights are again a partition of unity on every slice: merely
 * giving a Gaussian a time between slices, or in gaps of another width, would leave places that no hat covers.
 *
 * <p><b>Free in time</b> (the published window). The time moves with the place, and the spread, the path's and the
 * intensities' coefficients follow the ratio of the gaps.
 */
final class Transport {

    private static final double SAME_DEPTH_MM = 1e-6;
    private static final double SAME_TIME = 1e-4;
    private static final double FAINTEST = 1e-3;
    private static final int BISECTIONS = 40;

    private final FoldedGaussians gaussians;
    private final ModelForm form;
    private final HeadRows heads;
    private final SliceSpace space;
    private final GaussianPlaces places;
    private final Region region;
    private final Matrix4d move;
    private final double[] plane;
    private final boolean sameShape;

    /** @param move affine of (column, row, depth) */
    Transport(FoldedGaussians gaussians, HeadRows heads, SliceSpace space, GaussianPlaces places, Region region, Matrix4d move) {
        this.gaussians = gaussians;
        this.form = gaussians.form();
        this.heads = heads;
        this.space = space;
        this.places = places;
        this.region = region;
        this.move = move;
        this.plane = withinSlices(move);
        this.sameShape = Math.abs(plane[0] - 1) + Math.abs(plane[1]) + Math.abs(plane[2]) + Math.abs(plane[3] - 1) < 1e-12;
    }

    /**
     * What the move does to a section by a slice, row by row: the inverse of the upper left of the inverse.
     */
    private static double[] withinSlices(Matrix4d move) {
        Matrix4d back = new Matrix4d(move).invert();
        double determinant = back.m00() * back.m11() - back.m10() * back.m01();
        return new double[] {
            back.m11() / determinant, -back.m10() / determinant, -back.m01() / determinant, back.m00() / determinant
        };
    }

    /** All parameters of every Gaussian that comes to a new place, one array each. */
    List<float[]> copies() {
        List<float[]> copies = new ArrayList<>();
        boolean anchored = GaussianPlaces.anchored(form);
        for (int g = 0; g < gaussians.count(); g++) {
            if (anchored) {
                addCrossings(g, copies);
            } else if (places.mostlyIn(region, g)) {
                addFree(g, copies);
            }
        }
        return copies;
    }

    private void addCrossings(int g, List<float[]> copies) {
        double before = movedDepth(g, 1);
        double after = movedDepth(g, -1);
        for (int slice = 0; slice < space.slices(); slice++) {
            double depth = space.depthOfSlice(slice);
            if (depth < Math.min(before, after) - SAME_DEPTH_MM || depth > Math.max(before, after) + SAME_DEPTH_MM) {
                continue;
            }
            double u = crossing(g, depth);
            if (1 - Math.abs(u) > FAINTEST && places.mostlyIn(region, g, u, sourceDepth(g, u))) {
                copies.add(anchored(g, slice, u));
            }
        }
    }

    private double sourceDepth(int g, double u) {
        return space.depthOf((float) (places.time(g) - u));
    }

    private Vector3d moved(int g, double u) {
        return move.transformPosition(new Vector3d(places.column(g, u), places.row(g, u), sourceDepth(g, u)));
    }

    private double movedDepth(int g, double u) {
        return moved(g, u).z;
    }

    /** The u from -1 to 1 at which the moved path is at a depth; the nearer end where it does not come there. */
    private double crossing(int g, double depth) {
        if (Math.abs(movedDepth(g, 0) - depth) < SAME_DEPTH_MM) {
            return 0;
        }
        double low = -1;
        double high = 1;
        double atLow = movedDepth(g, low) - depth;
        double atHigh = movedDepth(g, high) - depth;
        if (atLow > 0 == atHigh > 0) {
            return Math.abs(atLow) < Math.abs(atHigh) ? low : high;
        }
        for (int n = 0; n < BISECTIONS; n++) {
            double middle = 0.5 * (low + high);
            if (movedDepth(g, middle) - depth > 0 == atLow > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /** The copy of a Gaussian that stands on a slice, where its moved path crosses it. */
    private float[] anchored(int g, int slice, double u) {
        float[] copy = Editor.parameters(gaussians, g);
        Vector3d here = moved(g, u);
        place(copy, g, here.x, here.y);
        copy[Layout.TIME] = slice;
        if (u != 0) {
            for (int row : heads.opacities()) {
                copy[row] = fainter(copy[row], 1 - Math.abs(u));
            }
        }
        double uPlus = crossing(g, space.depthOf(slice - 1f));
        double uMinus = crossing(g, space.depthOf(slice + 1f));
        boolean sheared = move.m20() != 0 || move.m21() != 0;
        if (u == 0 && !sheared && Math.abs(uPlus - 1) < SAME_TIME && Math.abs(uMinus + 1) < SAME_TIME) {
            turnMotion(copy, 1);
            return copy;
        }
        Vector3d after = moved(g, uPlus);
        Vector3d before = moved(g, uMinus);
        float f = form.pixelsPerUnit();
        bend(copy, form.motionRow(), form.motionDegree(), 2, before.x / f, here.x / f, after.x / f);
        bend(copy, form.motionRow() + 1, form.motionDegree(), 2, -before.y / f, -here.y / f, -after.y / f);
        for (int head = 0; head < heads.count(); head++) {
            int row = heads.intensity(head);
            double now = intensity(g, row, u);
            copy[row] = (float) now;
            bend(copy, row + 1, form.intensityDegree(), 1, intensity(g, row, uMinus), now, intensity(g, row, uPlus));
        }
        return copy;
    }

    /** The coefficients of orders 1 and 2 of the parabola through what is at u = -1, 0 and 1; higher ones are zero. */
    private static void bend(float[] copy, int first, int degree, int step, double before, double now, double after) {
        for (int order = 1; order <= degree; order++) {
            double coefficient = order == 1 ? 0.5 * (after - before) : order == 2 ? 0.5 * (after + before) - now : 0;
            copy[first + (order - 1) * step] = (float) coefficient;
        }
    }

    private double intensity(int g, int firstRow, double u) {
        return Folding.intensityCoefficient(gaussians.parameters().values(), gaussians.capacity(), g, firstRow,
                form.intensityDegree(), (float) u);
    }

    private void addFree(int g, List<float[]> copies) {
        Vector3d here = moved(g, 0);
        float time = space.timeOf(here.z);
        boolean physical = form.timeAxis() == TimeAxis.PHYSICAL;
        if (physical && !(time > 0 && time < 1)) {
            return;
        }
        float[] copy = Editor.parameters(gaussians, g);
        place(copy, g, here.x, here.y);
        copy[Layout.TIME] = physical ? (float) StrictMath.log(time / (1 - time)) : time;
        double gap = gapAt(sourceDepth(g, 0)) * Math.abs(move.m22());
        double ratio = gapAt(here.z) / gap;
        copy[Layout.SPREAD] -= (float) StrictMath.log(ratio);
        turnMotion(copy, ratio);
        if (form.motionDegree() >= 1) {
            copy[form.motionRow()] -= (float) (move.m20() * gap * ratio / form.pixelsPerUnit());
            copy[form.motionRow() + 1] += (float) (move.m21() * gap * ratio / form.pixelsPerUnit());
        }
        for (int head = 0; head < heads.count(); head++) {
            double power = 1;
            for (int order = 1; order <= form.intensityDegree(); order++) {
                power *= ratio;
                copy[heads.intensity(head) + order] *= (float) power;
            }
        }
        copies.add(copy);
    }

    /** Millimetres that a unit of the model's time is at a depth. */
    private double gapAt(double depth) {
        float time = space.timeOf(depth);
        float step = form.timeAxis() == TimeAxis.PHYSICAL ? 0.5f / Math.max(1, space.slices() - 1) : 0.5f;
        double gap = (space.depthOf(time + step) - space.depthOf(time - step)) / (2 * step);
        return gap > 0 ? gap : 1;
    }

    /** Position, widths and angle; the widths' covariance becomes B C B^T. */
    private void place(float[] copy, int g, double column, double row) {
        copy[Layout.X] = form.worldX(column);
        copy[Layout.Z] = form.worldZ(row);
        if (sameShape) {
            return;
        }
        double[] c = places.covariance(g);
        double a = plane[0] * plane[0] * c[0] + 2 * plane[0] * plane[1] * c[1] + plane[1] * plane[1] * c[2];
        double b = plane[0] * plane[2] * c[0] + (plane[0] * plane[3] + plane[1] * plane[2]) * c[1]
                + plane[1] * plane[3] * c[2];
        double d = plane[2] * plane[2] * c[0] + 2 * plane[2] * plane[3] * c[1] + plane[3] * plane[3] * c[2];
        double middle = 0.5 * (a + d);
        double half = Math.sqrt(0.25 * (a - d) * (a - d) + b * b);
        copy[Layout.LOG_SCALE_X] = logScale(middle + half);
        copy[Layout.LOG_SCALE_Z] = logScale(Math.max(middle - half, 1e-6 * middle));
        // From -1/2 to 1/2 turn at most; half a turn more is the same ellipse, far from where the sigmoid ends.
        double turns = 0.5 + 0.5 * StrictMath.atan2(2 * b, a - d) / (2 * Math.PI);
        copy[Layout.ANGLE] = (float) StrictMath.log(turns / (1 - turns));
    }

    private float logScale(double squaredPixels) {
        return (float) (0.5 * StrictMath.log(squaredPixels) - StrictMath.log(form.pixelsPerUnit()));
    }

    /** The path's coefficients, turned as the slice is, those of order i times ratio^i. */
    private void turnMotion(float[] copy, double ratio) {
        double power = 1;
        for (int order = 1; order <= form.motionDegree(); order++) {
            power *= ratio;
            int row = form.motionRow() + 2 * (order - 1);
            if (sameShape && power == 1) {
                continue;
            }
            double x = copy[row];
            double z = copy[row + 1];
            copy[row] = (float) (power * (plane[0] * x - plane[1] * z));
            copy[row + 1] = (float) (power * (plane[3] * z - plane[2] * x));
        }
    }

    private float fainter(float raw, double factor) {
        if (form.compositing() == Compositing.NORMALISED) {
            return (float) (raw + StrictMath.log(factor));
        }
        double opacity = factor / (1 + StrictMath.exp(-raw));
        return (float) StrictMath.log(opacity / (1 - opacity));
    }
}
