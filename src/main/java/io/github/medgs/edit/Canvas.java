package io.github.medgs.edit;

import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadRows;
import java.util.ArrayList;
import java.util.Arrays;
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
     * @param before every head ({@link HeadRows}) before the edit
     * @param selected where the selection is
     * @param holes for the image and for masks where something has to fill its place: with the rim, which shows half of what is taken
     *     away and would run into the hole; for masks (second) between slices also where a step before or after shows it
     * @param arrives where it comes to
     * @param ends where a structure that comes here may end: between slices also where a step before or after shows it
     * @param target what the heads shall show; at first what they showed before. NaN where anything will do
     * @param touched where the edit may show: Gaussians that stand there may be repainted
     */
    record Picture(int slice, boolean between, float time, double depth, float[][] before, boolean[] selected,
            boolean[][] holes, boolean[] arrives, boolean[] ends, float[][] target, boolean[] touched) {}

    private final Rectangle rectangle;
    private final List<Picture> pictures = new ArrayList<>();

    /**
     * @param region what is selected
     * @param destination where it comes to; {@code null} for nowhere
     */
    Canvas(FoldedGaussians gaussians, HeadRows heads, SliceSpace space, GaussianPlaces places, Region region, Region destination) {
        boolean between = GaussianPlaces.anchored(gaussians.form()) && gaussians.form().intensityDegree() > 0;
        Region touched = destination == null ? region : (column, row, depth) ->
                region.contains(column, row, depth) || destination.contains(column, row, depth);
        Extent extent = new Extent();
        Rectangle whole = new Rectangle(0, 0, space.width(), space.height());
        boolean[] found = new boolean[space.steps()];
        for (int step = 0; step < found.length; step += between ? 1 : SliceSpace.STEPS_A_GAP) {
            found[step] = extent.add(raster(touched, whole, space.depthOfStep(step)), whole);
        }
        rectangle = extent.grown(3 * RIM, whole);
        boolean[][] selected = new boolean[found.length][rectangle.pixels()];
        boolean[][] arrives = new boolean[found.length][rectangle.pixels()];
        boolean[][] either = new boolean[found.length][rectangle.pixels()];
        for (int step = 0; step < found.length; step++) {
            if (found[step]) {
                selected[step] = raster(region, rectangle, space.depthOfStep(step));
                arrives[step] = destination == null ? arrives[step]
                        : raster(destination, rectangle, space.depthOfStep(step));
                add(either[step], selected[step]);
                add(either[step], arrives[step]);
            }
        }
        for (int step = 0; step < found.length; step += between ? 1 : SliceSpace.STEPS_A_GAP) {
            boolean slice = step % SliceSpace.STEPS_A_GAP == 0;
            boolean[] near = between ? near(either, step, 0) : either[step];
            // What is repainted in one gap shows in the next one, too, and shall not change there.
            if (any(near) || between && any(near(either, step, 1))) {
                double depth = space.depthOfStep(step);
                float time = space.timeOf(depth);
                float[][] before = new Patch(gaussians, heads, places.near(time), time, rectangle, null).draw();
                boolean[][] rims = {selected[step], arrives[step]};
                if (!slice) {
                    rims = new boolean[][] {union(selected, step - 1, step + 1), union(arrives, step - 1, step + 1)};
                }
                pictures.add(new Picture(step / SliceSpace.STEPS_A_GAP, !slice, time, depth, before, selected[step],
                        new boolean[][] {grown(selected[step], rectangle, 1), grown(rims[0], rectangle, 1)},
                        arrives[step], rims[1],
                        copy(before), grown(near, rectangle, RIM)));
            }
        }
    }

    private static float[][] copy(float[][] heads) {
        float[][] copy = heads.clone();
        Arrays.setAll(copy, head -> heads[head].clone());
        return copy;
    }

    /**
     * What is touched anywhere in the gap that a step lies in, with its ends; of a slice, in both its gaps.
     *
     * @param gaps how many more gaps to either side count
     */
    private static boolean[] near(boolean[][] steps, int step, int gaps) {
        int before = (Math.floorDiv(step - 1, SliceSpace.STEPS_A_GAP) - gaps) * SliceSpace.STEPS_A_GAP;
        int after = (Math.ceilDiv(step + 1, SliceSpace.STEPS_A_GAP) + gaps) * SliceSpace.STEPS_A_GAP;
        return union(steps, before, after);
    }

    /** What any of the steps shows. */
    private static boolean[] union(boolean[][] steps, int from, int to) {
        boolean[] union = new boolean[steps[0].length];
        for (int step = Math.max(0, from); step <= Math.min(steps.length - 1, to); step++) {
            add(union, steps[step]);
        }
        return union;
    }

    private static void add(boolean[] to, boolean[] pixels) {
        for (int p = 0; p < to.length; p++) {
            to[p] |= pixels[p];
        }
    }

    private static boolean any(boolean[] pixels) {
        for (boolean pixel : pixels) {
            if (pixel) {
                return true;
            }
        }
        return false;
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
