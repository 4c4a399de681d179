package io.github.medgs.evaluation.surface;

import io.github.medgs.interslice.DistanceTransform;
import io.github.medgs.training.TrainingData;
import java.util.ArrayList;
import java.util.List;

/**
 * Morphological contour interpolation, as ITK has it: regions of neighbouring slices that overlap belong together and
 * turn into each other by {@link ContourMorphing}.
 *
 * <p>A region with several partners is divided among them, each pixel going to the partner whose share of it is nearest;
 * a region without one shrinks to a point on the next kept slice. The field is 0 or 1.
 *
 * <p>Source: D. Zukic, J. Vicory, M. McCormick, L. Wisse, G. Gerig, P. Yushkevich, S. Aylward, nD morphological contour
 * interpolation, Insight Journal 2016.
 */
public final class MorphologicalContours implements SurfaceMethod {

    @Override
    public String name() {
        return "MCI";
    }

    @Override
    public float[] field(TrainingData kept, double[] positions) {
        int pixels = kept.pixels();
        int width = kept.stack().width();
        int height = kept.stack().height();
        double[] z = kept.stack().positions();
        float[] field = new float[positions.length * pixels];
        for (int s = 0; s < z.length; s++) {
            boolean last = s + 1 == z.length;
            double slack = 1e-6 * (last ? 1 : z[s + 1] - z[s]);
            int from = 0;
            while (from < positions.length && positions[from] < z[s] - slack) {
                from++;
            }
            if (from < positions.length && positions[from] <= z[s] + slack) {
                System.arraycopy(kept.mask(), s * pixels, field, from * pixels, pixels);
                from++;
            }
            int end = from;
            while (!last && end < positions.length && positions[end] < z[s + 1] - slack) {
                end++;
            }
            boolean[][] between = new boolean[end - from][pixels];
            if (!last) {
                between(slice(kept, s), slice(kept, s + 1), width, height, between);
            }
            for (int i = 0; i < between.length * pixels; i++) {
                field[from * pixels + i] = between[i / pixels][i % pixels] ? 1 : 0;
            }
        }
        return field;
    }

    private static boolean[] slice(TrainingData kept, int slice) {
        boolean[] inside = new boolean[kept.pixels()];
        for (int p = 0; p < inside.length; p++) {
            inside[p] = kept.mask()[slice * inside.length + p] >= 0.5f;
        }
        return inside;
    }

    private static void between(boolean[] before, boolean[] after, int width, int height, boolean[][] between) {
        if (between.length == 0) {
            return;
        }
        ContourMorphing morphing = new ContourMorphing(width, height);
        List<boolean[]> first = morphing.regions(before);
        List<boolean[]> second = morphing.regions(after);
        for (boolean[] region : first) {
            List<boolean[]> partners = partners(region, second);
            if (partners.isEmpty()) {
                morphing.add(region, morphing.point(region), between);
            }
            for (boolean[] partner : partners) {
                morphing.add(portion(region, partner, partners, width, height),
                        portion(partner, region, partners(partner, first), width, height), between);
            }
        }
        for (boolean[] region : second) {
            if (partners(region, first).isEmpty()) {
                morphing.add(morphing.point(region), region, between);
            }
        }
    }

    private static List<boolean[]> partners(boolean[] region, List<boolean[]> others) {
        List<boolean[]> partners = new ArrayList<>();
        for (boolean[] other : others) {
            for (int p = 0; p < region.length; p++) {
                if (region[p] && other[p]) {
                    partners.add(other);
                    break;
                }
            }
        }
        return partners;
    }

    /** The part of a region that is nearer to one of its partners than to the others. */
    private static boolean[] portion(boolean[] region, boolean[] partner, List<boolean[]> partners, int width, int height) {
        if (partners.size() == 1) {
            return region;
        }
        int[] sizes = {width, height};
        double[] unit = {1, 1};
        double[] own = DistanceTransform.squared(shared(region, partner), true, sizes, unit);
        boolean[] portion = region.clone();
        boolean earlier = true;
        for (boolean[] other : partners) {
            if (other == partner) {
                earlier = false;
                continue;
            }
            double[] others = DistanceTransform.squared(shared(region, other), true, sizes, unit);
            for (int p = 0; p < portion.length; p++) {
                // A pixel as near to both goes to the earlier one.
                portion[p] &= earlier ? own[p] < others[p] : own[p] <= others[p];
            }
        }
        return portion;
    }

    private static boolean[] shared(boolean[] a, boolean[] b) {
        boolean[] shared = new boolean[a.length];
        for (int p = 0; p < shared.length; p++) {
            shared[p] = a[p] && b[p];
        }
        return shared;
    }
}
