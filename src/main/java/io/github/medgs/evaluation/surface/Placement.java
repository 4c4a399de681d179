package io.github.medgs.evaluation.surface;

import io.github.medgs.surface.TriangleMesh;
import java.util.List;

/**
 * How two surfaces lie to each other: whether they meet at all, and if not, which mirror image of the first would. A mesh
 * whose file does not state its frame is often the wrong way round.
 */
public enum Placement {
    /** They overlap as they are. */
    MEETS,
    /** They overlap with x and y turned: the other of LPS and RAS. */
    OTHER_FRAME,
    /** They overlap with x turned. */
    MIRRORED_X,
    /** They overlap with y turned. */
    MIRRORED_Y,
    /** Neither overlaps. */
    APART;

    /** So much better a mirror image must fit: organs near the middle overlap their own. */
    private static final double BETTER = 1.5;

    /** From it on a mirror image is the same place. */
    private static final double MUCH = 0.4;

    /** Compares bounding boxes by the share of their union that both cover. */
    public static Placement of(TriangleMesh surface, TriangleMesh reference) {
        double[] box = surface.in(reference.frame()).bounds();
        double[] other = reference.bounds();
        double asIs = overlap(box, other, 1, 1);
        record Turn(Placement placement, double overlap) {}
        Turn best = new Turn(APART, 0);
        for (Turn turn : List.of(new Turn(OTHER_FRAME, overlap(box, other, -1, -1)),
                new Turn(MIRRORED_X, overlap(box, other, -1, 1)), new Turn(MIRRORED_Y, overlap(box, other, 1, -1)))) {
            best = turn.overlap() > best.overlap() ? turn : best;
        }
        boolean mirrored = best.overlap() >= MUCH && best.overlap() > BETTER * asIs;
        return mirrored ? best.placement() : asIs > 0 ? MEETS : APART;
    }

    private static double overlap(double[] box, double[] other, int signX, int signY) {
        int[] signs = {signX, signY, 1};
        double both = 1;
        double first = 1;
        double second = 1;
        for (int axis = 0; axis < 3; axis++) {
            double low = signs[axis] > 0 ? box[axis] : -box[3 + axis];
            double high = signs[axis] > 0 ? box[3 + axis] : -box[axis];
            both *= Math.max(0, Math.min(high, other[3 + axis]) - Math.max(low, other[axis]));
            first *= high - low;
            second *= other[3 + axis] - other[axis];
        }
        return both == 0 ? 0 : both / (first + second - both);
    }
}
