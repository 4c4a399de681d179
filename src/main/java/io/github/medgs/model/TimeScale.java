package io.github.medgs.model;

import java.util.Arrays;

/** From millimetres along the slicing axis to the model's time, and what a slice's spacing is in it. */
public final class TimeScale {

    private final TimeAxis axis;
    private final double[] positions;

    /**
     * @param positions of the slices in millimetres, from 0, strictly increasing
     */
    public TimeScale(TimeAxis axis, double[] positions) {
        this.axis = axis;
        this.positions = positions.clone();
    }

    /** Number of slices. */
    public int slices() {
        return positions.length;
    }

    /** The model's time of a slice. */
    public float ofSlice(int slice) {
        return ofPosition(positions[slice]);
    }

    /** The model's time {@code fraction} of the way from a slice to the next. */
    public float between(int slice, double fraction) {
        return ofPosition(positionBetween(slice, fraction));
    }

    /** Millimetres {@code fraction} of the way from a slice to the next. */
    public double positionBetween(int slice, double fraction) {
        return positions[slice] + fraction * (positions[slice + 1] - positions[slice]);
    }

    /** The model's time of a position in millimetres; outside the stack it goes on from the last gap. */
    public float ofPosition(double position) {
        int last = positions.length - 1;
        if (last == 0) {
            return 0f;
        }
        if (axis == TimeAxis.PHYSICAL) {
            return (float) (position / positions[last]);
        }
        int found = Arrays.binarySearch(positions, position);
        int slice = found >= 0 ? found : -found - 2;
        int from = Math.clamp(slice, 0, last - 1);
        return (float) (from + (position - positions[from]) / (positions[from + 1] - positions[from]));
    }

    /** Millimetres of one of the model's times: the inverse of {@link #ofPosition}. */
    public double toPosition(double time) {
        int last = positions.length - 1;
        if (last == 0) {
            return 0;
        }
        if (axis == TimeAxis.PHYSICAL) {
            return time * positions[last];
        }
        int from = Math.clamp((int) Math.floor(time), 0, last - 1);
        return positionBetween(from, time - from);
    }

    /** Mean distance of neighbouring slices in the model's time; 1 for a single slice. */
    public float meanSpacing() {
        return axis == TimeAxis.PHYSICAL && positions.length > 1 ? 1f / (positions.length - 1) : 1f;
    }
}
