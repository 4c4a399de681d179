package io.github.medgs.evaluation.longitudinal;

import io.github.medgs.surface.TriangleMesh;

/**
 * How one structure has changed. Numbers that a structure lacks (it is new, or gone, or there are no dates) are NaN.
 *
 * @param baselineVolume cubic millimetres, 0 when new, NaN where its surface is open
 * @param followupVolume cubic millimetres, 0 when gone, NaN likewise
 * @param years between the time points
 * @param centroidShift millimetres between the centres; large for a whole organ when the patient lay differently
 * @param meanDistance mean signed distance of the follow-up's surface to the baseline's, positive outside
 * @param largestGrowth largest signed distance
 * @param largestLoss smallest signed distance
 * @param surface the follow-up's surface, the baseline's where it is gone
 * @param distances signed distance of each of the surface's vertices; null when new or gone
 */
public record StructureChange(long label, String name, Status status, double baselineVolume, double followupVolume,
        double years, double centroidShift, double meanDistance, double largestGrowth, double largestLoss,
        TriangleMesh surface, float[] distances) {

    /** A change of volume by this share is called enlarging or shrinking, as in lesion follow-up. */
    public static final double THRESHOLD = 0.3;

    /** What became of a structure. */
    public enum Status {
        NEW, ENLARGING, STABLE, SHRINKING, GONE,
        /** One of its surfaces is so open that it has no volume. */
        UNMEASURED;

        static Status of(double baselineVolume, double followupVolume) {
            if (baselineVolume == 0) {
                return NEW;
            }
            if (followupVolume == 0) {
                return GONE;
            }
            if (Double.isNaN(baselineVolume) || Double.isNaN(followupVolume)) {
                return UNMEASURED;
            }
            double change = (followupVolume - baselineVolume) / baselineVolume;
            return change >= THRESHOLD ? ENLARGING : change <= -THRESHOLD ? SHRINKING : STABLE;
        }
    }

    /** Cubic millimetres gained. */
    public double absoluteChange() {
        return followupVolume - baselineVolume;
    }

    /** Gain as a share of the baseline, NaN when new. */
    public double relativeChange() {
        return baselineVolume > 0 ? absoluteChange() / baselineVolume : Double.NaN;
    }

    /** Cubic millimetres gained per year. */
    public double changePerYear() {
        return absoluteChange() / years;
    }

    /** Constant yearly growth that gives the change, as a share: (V2 / V1)^(1 / years) - 1. */
    public double growthPerYear() {
        return baselineVolume > 0 ? Math.pow(followupVolume / baselineVolume, 1 / years) - 1 : Double.NaN;
    }
}
