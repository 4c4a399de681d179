package io.github.medgs.interslice;

/**
 * Exact Euclidean distances on a grid with its own spacing along each axis, by lower envelopes of parabolas, axis by
 * axis, in time proportional to the number of voxels.
 *
 * <p>Source: P. Felzenszwalb and D. Huttenlocher, Distance transforms of sampled functions, Theory of Computing 2012.
 */
public final class DistanceTransform {

    private DistanceTransform() {}

    /**
     * Signed distances from sample centres to the boundary of a mask, positive inside, in the spacing's units.
     *
     * <p>The boundary is taken to run half way between a sample and the nearest one of the other side, so distances to
     * that sample are halved in effect near it: the distance inside is (d - s/2), d being the distance to the nearest
     * outside sample and s the smallest spacing of the axes used; outside likewise, negative.
     *
     * @param inside the mask, x fastest
     * @param sizes samples per axis; an axis of size 1 is not used
     * @return one value per sample; plus or minus infinity where the mask has one side only
     */
    public static float[] signed(boolean[] inside, int[] sizes, double[] spacing) {
        double[] toOutside = squared(inside, false, sizes, spacing);
        double[] toInside = squared(inside, true, sizes, spacing);
        double half = half(sizes, spacing);
        float[] signed = new float[inside.length];
        for (int i = 0; i < signed.length; i++) {
            signed[i] = (float) (inside[i] ? Math.sqrt(toOutside[i]) - half : half - Math.sqrt(toInside[i]));
        }
        return signed;
    }

    /** Half the smallest spacing of the axes used. */
    static double half(int[] sizes, double[] spacing) {
        double half = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < sizes.length; axis++) {
            half = sizes[axis] > 1 ? Math.min(half, spacing[axis] / 2) : half;
        }
        // A single sample has one side only, and nothing to take from its infinite distance.
        return Double.isInfinite(half) ? 0 : half;
    }

    /**
     * Squared distance from each sample to the nearest sample that is on the given side.
     *
     * @return zero on samples of that side; infinity where there is none
     */
    public static double[] squared(boolean[] inside, boolean side, int[] sizes, double[] spacing) {
        double[] distances = new double[inside.length];
        for (int i = 0; i < inside.length; i++) {
            distances[i] = inside[i] == side ? 0 : Double.POSITIVE_INFINITY;
        }
        int stride = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] > 1) {
                alongAxis(distances, stride, sizes[axis], spacing[axis]);
            }
            stride *= sizes[axis];
        }
        return distances;
    }

    private static void alongAxis(double[] distances, int stride, int size, double spacing) {
        Line line = new Line(size, spacing);
        for (int block = 0; block < distances.length; block += stride * size) {
            for (int start = block; start < block + stride; start++) {
                boolean flat = true;
                for (int i = 0; i < size; i++) {
                    line.values[i] = distances[start + i * stride];
                    flat &= line.values[i] == line.values[0];
                }
                // Where all are equal every parabola is lowest at its own sample, and infinity stays.
                if (!flat) {
                    line.transform();
                    for (int i = 0; i < size; i++) {
                        distances[start + i * stride] = line.values[i];
                    }
                }
            }
        }
    }

    /** One line of squared distances, with the scratch memory that its transform takes. */
    static final class Line {

        final double[] values;
        private final double[] result;
        private final double spacing;
        private final int[] apex;
        private final double[] from;

        Line(int size, double spacing) {
            this.values = new double[size];
            this.result = new double[size];
            this.spacing = spacing;
            this.apex = new int[size];
            this.from = new double[size + 1];
        }

        /** Every value becomes the least of all others' plus the squared distance to them. */
        void transform() {
            int parabolas = envelope(values, spacing, apex, from);
            for (int i = 0, p = 0; i < values.length && parabolas > 0; i++) {
                while (p + 1 < parabolas && from[p + 1] < i * spacing) {
                    p++;
                }
                double away = (i - apex[p]) * spacing;
                result[i] = away * away + values[apex[p]];
            }
            if (parabolas > 0) {
                System.arraycopy(result, 0, values, 0, values.length);
            }
        }
    }

    /** The parabolas of the lower envelope, left to right, and where each begins; returns their number. */
    private static int envelope(double[] line, double spacing, int[] apex, double[] from) {
        int count = 0;
        for (int i = 0; i < line.length; i++) {
            if (Double.isInfinite(line[i])) {
                continue;
            }
            double begins = Double.NEGATIVE_INFINITY;
            while (count > 0) {
                double here = i * spacing;
                double there = apex[count - 1] * spacing;
                begins = (line[i] + here * here - line[apex[count - 1]] - there * there) / (2 * (here - there));
                if (begins > from[count - 1]) {
                    break;
                }
                count--;
                begins = Double.NEGATIVE_INFINITY;
            }
            apex[count] = i;
            from[count] = begins;
            count++;
        }
        return count;
    }
}
