package io.github.medgs.evaluation.surface;

import io.github.medgs.interslice.DistanceTransform;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.training.TrainingData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

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
        KeptSlices slices = KeptSlices.of(kept.stack(), kept.mask());
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
                between(slices.inside(s), slices.inside(s + 1), width, height, between);
            }
            for (int i = 0; i < between.length * pixels; i++) {
                field[from * pixels + i] = between[i / pixels][i % pixels] ? 1 : 0;
            }
        }
        return field;
    }

    private static void between(boolean[] before, boolean[] after, int width, int height, boolean[][] between) {
        if (between.length == 0) {
            return;
        }
        int[] labelsBefore = new int[before.length];
        int[] labelsAfter = new int[after.length];
        List<PixelRegion> first = PixelRegion.of(before, width, labelsBefore);
        List<PixelRegion> second = PixelRegion.of(after, width, labelsAfter);
        List<SortedSet<Integer>> ofFirst = partners(first.size(), labelsBefore, labelsAfter);
        List<SortedSet<Integer>> ofSecond = partners(second.size(), labelsAfter, labelsBefore);
        List<Map<Integer, PixelRegion>> portionsOfSecond = new ArrayList<>();
        for (int region = 0; region < second.size(); region++) {
            portionsOfSecond.add(portions(second.get(region), ofSecond.get(region), first));
        }
        for (int region = 0; region < first.size(); region++) {
            PixelRegion whole = first.get(region);
            if (ofFirst.get(region).isEmpty()) {
                ContourMorphing.add(whole, whole.point(), width, height, between);
            }
            Map<Integer, PixelRegion> portions = portions(whole, ofFirst.get(region), second);
            for (int partner : ofFirst.get(region)) {
                ContourMorphing.add(portions.get(partner), portionsOfSecond.get(partner).get(region), width, height, between);
            }
        }
        for (int region = 0; region < second.size(); region++) {
            if (ofSecond.get(region).isEmpty()) {
                ContourMorphing.add(second.get(region).point(), second.get(region), width, height, between);
            }
        }
    }

    /** For each region the numbers of those of the other slice that share a pixel with it. */
    private static List<SortedSet<Integer>> partners(int regions, int[] labels, int[] others) {
        List<SortedSet<Integer>> partners = new ArrayList<>();
        for (int region = 0; region < regions; region++) {
            partners.add(new TreeSet<>());
        }
        for (int p = 0; p < labels.length; p++) {
            if (labels[p] >= 0 && others[p] >= 0) {
                partners.get(labels[p]).add(others[p]);
            }
        }
        return partners;
    }

    /** A region divided: for each of its partners the part that is nearer to what they share than to the others'. */
    private static Map<Integer, PixelRegion> portions(PixelRegion region, SortedSet<Integer> partners, List<PixelRegion> others) {
        Map<Integer, PixelRegion> portions = new HashMap<>();
        if (partners.size() == 1) {
            portions.put(partners.first(), region);
            return portions;
        }
        int[] nearest = new int[region.inside().length];
        double[] least = new double[nearest.length];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int partner : partners) {
            double[] distances = DistanceTransform.squared(shared(region, others.get(partner)), true,
                    new int[] {region.width(), region.height()}, new double[] {1, 1});
            for (int p = 0; p < nearest.length; p++) {
                // A pixel as near to both goes to the earlier one.
                if (distances[p] < least[p]) {
                    least[p] = distances[p];
                    nearest[p] = partner;
                }
            }
        }
        for (int partner : partners) {
            portions.put(partner, region.part(nearest, partner));
        }
        return portions;
    }

    private static boolean[] shared(PixelRegion region, PixelRegion other) {
        boolean[] shared = new boolean[region.inside().length];
        for (int p = 0; p < shared.length; p++) {
            shared[p] = region.inside()[p] && other.contains(region.column(p), region.row(p));
        }
        return shared;
    }
}
