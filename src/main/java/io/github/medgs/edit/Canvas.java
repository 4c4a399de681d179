package io.github.medgs.edit;

import io.github.medgs.model.FoldedGaussians;
import java.util.ArrayList;
import java.util.List;

/**
 * What the slices shall show after an edit: on every slice that it touches, and a third and two thirds of the way to the next
 * where the Gaussians can be told so.
 */
final class Canvas {

    /** Pixels round what is touched whose Gaussians may be repainted: as far as a splat's edge reaches. */
    private static final int RIM = 2;

    /**
     * One picture; all arrays are of the rectangle's pixels.
     *
     * @param slice the slice, or the one before
     * @param between whether it lies between two slices
     * @param before the image and the mask head before the edit
     * @param selected where the selection is
     * @param arrives where it comes to
     * @param target what the heads shall show; at first what they showed before
     * @param touched where Gaussians may be repainted
     */
    record Picture(int slice, boolean between, float time, double depth, float[][] before, boolean[] selected,
            boolean[] arrives, float[][] target, boolean[] touched) {}

    private final Rectangle rectangle;
    private final List<Picture> pictures = new ArrayList<>();

    /**
     * @param region what is selected
     * @param destination where it comes to; {@code null} for nowhere
     */
    Canvas(FoldedGaussians gaussians, SliceSpace space, GaussianPlaces places, Region region, Region destination) {
        Region touched = destination == null ? region : (column, row, depth) ->
                region.contains(column, row, depth) || destination.contains(column, row, depth);
        boolean between = GaussianPlaces.anchored(gaussians.form()) && gaussians.form().intensityDegree() > 0;
        int every = between ? 1 : SliceSpace.STEPS_A_GAP;
        Extent extent = new Extent();
        List<Integer> steps = new ArrayList<>();
        Rectangle whole = new Rectangle(0, 0, space.width(), space.height());
        for (int step = 0; step < space.steps(); step += every) {
            if (extent.add(raster(touched, whole, space.depthOfStep(step)), whole)) {
                steps.add(step);
            }
        }
        rectangle = extent.grown(2 * RIM, whole);
        for (int step : steps) {
            double depth = space.depthOfStep(step);
            float time = space.timeOf(depth);
            float[][] before = new Patch(gaussians, places.near(time), time, rectangle, null).draw();
            pictures.add(new Picture(step / SliceSpace.STEPS_A_GAP, step % SliceSpace.STEPS_A_GAP > 0, time, depth, before, raster(region, rectangle, depth),
                    destination == null ? new boolean[rectangle.pixels()] : raster(destination, rectangle, depth),
                    new float[][] {before[0].clone(), before[1].clone()},
                    grown(raster(touched, rectangle, depth), rectangle, RIM)));
        }
    }

    Rectangle rectangle() {
        return rectangle;
    }

    List<Picture> pictures() {
        return pictures;
    }

    /** The picture on a slice, or {@code null} where the edit does not touch it. */
    Picture onSlice(int slice) {
        for (Picture picture : pictures) {
            if (picture.slice() == slice && !picture.between()) {
                return picture;
            }
        }
        return null;
    }

    /** Which pixels of a slice lie in a region. */
    static boolean[] raster(Region region, Rectangle rectangle, double depth) {
        boolean[] in = new boolean[rectangle.pixels()];
        for (int p = 0; p < in.length; p++) {
            in[p] = region.contains(rectangle.left() + p % rectangle.width(), rectangle.top() + p / rectangle.width(),
                    depth);
        }
        return in;
    }

    /** Those pixels and all within a number of pixels of them, diagonally too. */
    static boolean[] grown(boolean[] pixels, Rectangle rectangle, int by) {
        boolean[] grown = new boolean[pixels.length];
        for (int p = 0; p < pixels.length; p++) {
            if (!pixels[p]) {
                continue;
            }
            int column = p % rectangle.width();
            int row = p / rectangle.width();
            for (int r = Math.max(0, row - by); r <= Math.min(rectangle.height() - 1, row + by); r++) {
                for (int c = Math.max(0, column - by); c <= Math.min(rectangle.width() - 1, column + by); c++) {
                    grown[r * rectangle.width() + c] = true;
                }
            }
        }
        return grown;
    }

    /** The smallest rectangle round pixels. */
    private static final class Extent {

        private int left = Integer.MAX_VALUE;
        private int top = Integer.MAX_VALUE;
        private int right = -1;
        private int bottom = -1;

        boolean add(boolean[] pixels, Rectangle of) {
            boolean any = false;
            for (int p = 0; p < pixels.length; p++) {
                if (pixels[p]) {
                    any = true;
                    left = Math.min(left, p % of.width());
                    right = Math.max(right, p % of.width());
                    top = Math.min(top, p / of.width());
                    bottom = Math.max(bottom, p / of.width());
                }
            }
            return any;
        }

        Rectangle grown(int by, Rectangle within) {
            if (right < 0) {
                return new Rectangle(0, 0, 0, 0);
            }
            int fromColumn = Math.max(0, left - by);
            int fromRow = Math.max(0, top - by);
            return new Rectangle(fromColumn, fromRow, Math.min(within.width() - 1, right + by) - fromColumn + 1,
                    Math.min(within.height() - 1, bottom + by) - fromRow + 1);
        }
    }
}
