package io.github.medgs.edit;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import java.util.Arrays;

/** Where and when the Gaussians of a model are, and how much of each lies in a region. */
final class GaussianPlaces {

    // Gauss and Hermite's five nodes and weights for the standard normal distribution.
    private static final double[] NODES = {-2.85697001387281, -1.35562617997427, 0, 1.35562617997427, 2.85697001387281};
    private static final double[] WEIGHTS = {
        0.0112574113277207, 0.222075922005613, 0.533333333333333, 0.222075922005613, 0.0112574113277207
    };
    private static final double HALF = 0.5;

    private final FoldedGaussians gaussians;
    private final ModelForm form;
    private final SliceSpace space;
    private final int[] sliceOf;
    private final int[][] bySlice;

    GaussianPlaces(FoldedGaussians gaussians, SliceSpace space) {
        this.gaussians = gaussians;
        this.form = gaussians.form();
        this.space = space;
        this.sliceOf = new int[gaussians.count()];
        this.bySlice = bySlice();
    }

    /** Whether every Gaussian stands on a slice and reaches to the next ones: the hat window on slices. */
    static boolean anchored(ModelForm form) {
        return form.window() == TemporalWindow.HAT && form.timeAxis() == TimeAxis.SLICES;
    }

    private int[][] bySlice() {
        int[] counts = new int[space.slices()];
        for (int g = 0; g < sliceOf.length; g++) {
            sliceOf[g] = anchored(form) ? Math.clamp(Math.round(time(g)), 0, counts.length - 1)
                    : space.nearestSlice(space.depthOf(time(g)));
            counts[sliceOf[g]]++;
        }
        int[][] lists = new int[counts.length][];
        for (int slice = 0; slice < counts.length; slice++) {
            lists[slice] = new int[counts[slice]];
        }
        Arrays.fill(counts, 0);
        for (int g = 0; g < sliceOf.length; g++) {
            lists[sliceOf[g]][counts[sliceOf[g]]++] = g;
        }
        return lists;
    }

    /** A Gaussian's own slice, or the one nearest to its time. */
    int sliceOf(int g) {
        return sliceOf[g];
    }

    /** The Gaussians that may be drawn at a time, in array order. */
    int[] near(float time) {
        int[] near = new int[gaussians.count()];
        int count = 0;
        if (!anchored(form)) {
            for (int g = 0; g < near.length; g++) {
                near[g] = g;
            }
            return near;
        }
        for (int slice = Math.max(0, (int) Math.ceil(time - 1)); slice <= Math.min(bySlice.length - 1, time + 1); slice++) {
            System.arraycopy(bySlice[slice], 0, near, count, bySlice[slice].length);
            count += bySlice[slice].length;
        }
        near = Arrays.copyOf(near, count);
        Arrays.sort(near);
        return near;
    }

    float time(int g) {
        return Folding.time(form.timeAxis() == TimeAxis.SLICES ? 1 : 0, gaussians.get(Layout.TIME, g));
    }

    /** The column at u before (negative: after) the Gaussian's own time. */
    double column(int g, double u) {
        return space.column(gaussians.get(Layout.X, g) + displacement(g, 0, u));
    }

    double row(int g, double u) {
        return space.row(gaussians.get(Layout.Z, g) + displacement(g, 1, u));
    }

    private float displacement(int g, int axis, double u) {
        return Folding.displacement(gaussians.parameters().values(), gaussians.capacity(), g, form.motionRow(), axis,
                form.motionDegree(), (float) u);
    }

    /** Variance along columns, covariance, variance along rows, pixels squared, without the low-pass. */
    double[] covariance(int g) {
        double lambdaX = squaredPixels(Layout.LOG_SCALE_X, g);
        double lambdaZ = squaredPixels(Layout.LOG_SCALE_Z, g);
        double angle = 2 * Math.PI / (1 + StrictMath.exp(-gaussians.get(Layout.ANGLE, g)));
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        return new double[] {
            lambdaX * c * c + lambdaZ * s * s, (lambdaX - lambdaZ) * c * s, lambdaX * s * s + lambdaZ * c * c
        };
    }

    private double squaredPixels(int row, int g) {
        double pixels = form.pixelsPerUnit() * StrictMath.exp(gaussians.get(row, g));
        return pixels * pixels;
    }

    /**
     * Whether at least half of a Gaussian's mass, as its slice shows it at u, lies in a region.
     *
     * @param depth of that slice
     */
    boolean mostlyIn(Region region, int g, double u, double depth) {
        double[] covariance = covariance(g);
        // Cholesky's factor of the covariance.
        double a = Math.sqrt(covariance[0] + Folding.LOW_PASS);
        double b = covariance[1] / a;
        double c = Math.sqrt(Math.max(0, covariance[2] + Folding.LOW_PASS - b * b));
        double column = column(g, u);
        double row = row(g, u);
        double share = 0;
        for (int i = 0; i < NODES.length; i++) {
            for (int j = 0; j < NODES.length; j++) {
                if (region.contains(column + a * NODES[i], row + b * NODES[i] + c * NODES[j], depth)) {
                    share += WEIGHTS[i] * WEIGHTS[j];
                }
            }
        }
        return share >= HALF;
    }

    /** {@link #mostlyIn(Region, int, double, double)} at the Gaussian's own time. */
    boolean mostlyIn(Region region, int g) {
        return mostlyIn(region, g, 0, space.depthOf(time(g)));
    }
}
