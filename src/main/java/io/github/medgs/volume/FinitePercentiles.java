package io.github.medgs.volume;

/**
 * Exact percentiles of the finite values of an array, in two passes each and without a sorted copy: volumes are large.
 *
 * <p>Floats are ordered by an integer key whose upper half picks a bin in the first pass, its lower half the value
 * within that bin in the second.
 */
final class FinitePercentiles {

    private final float[] values;
    private final int[] upperBins = new int[1 << 16];
    private final int count;

    FinitePercentiles(float[] values) {
        this.values = values;
        int finite = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                upperBins[key(value) >>> 16]++;
                finite++;
            }
        }
        this.count = finite;
    }

    /** The number of finite values. */
    int count() {
        return count;
    }

    /** The value below which a fraction (0 to 1) lies: linear between the order statistics around it. */
    double at(double fraction) {
        double rank = fraction * (count - 1);
        int below = (int) Math.floor(rank);
        double weight = rank - below;
        double lower = orderStatistic(below);
        return weight == 0 ? lower : lower + weight * ((double) orderStatistic(below + 1) - lower);
    }

    private float orderStatistic(int rank) {
        int bin = 0;
        int remaining = rank;
        while (remaining >= upperBins[bin]) {
            remaining -= upperBins[bin++];
        }
        int[] lowerBins = new int[1 << 16];
        for (float value : values) {
            if (Float.isFinite(value) && key(value) >>> 16 == bin) {
                lowerBins[key(value) & 0xFFFF]++;
            }
        }
        int low = 0;
        while (remaining >= lowerBins[low]) {
            remaining -= lowerBins[low++];
        }
        return value(bin << 16 | low);
    }

    // Unsigned order of the keys is the order of the floats: negative floats count down in their bits.
    private static int key(float value) {
        int bits = Float.floatToRawIntBits(value);
        return bits < 0 ? ~bits : bits | Integer.MIN_VALUE;
    }

    private static float value(int key) {
        return Float.intBitsToFloat(key < 0 ? key & Integer.MAX_VALUE : ~key);
    }
}
