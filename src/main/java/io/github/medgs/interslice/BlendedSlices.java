package io.github.medgs.interslice;

import io.github.medgs.kernel.BlendedPicture;
import io.github.medgs.kernel.ImageSampling;
import java.util.Arrays;

/** Predicts a slice by blending what lies straight across the slices with what lies along their motion. */
final class BlendedSlices implements SlicePredictor {

    private final KeptSlices slices;
    private final Blend blend;
    private final StackMotion motion;
    private final float[] bends;
    private final float[] corrections;
    private final float corrected;
    private BlendedPicture.Stack stack;

    /**
     * @param motion needed when the blend has a share along the motion
     * @param bends see {@link SplineBends}; needed when the blend has a share of the spline
     */
    BlendedSlices(KeptSlices slices, Blend blend, StackMotion motion, float[] bends) {
        this(slices, blend, motion, bends, null, 0f);
    }

    private BlendedSlices(KeptSlices slices, Blend blend, StackMotion motion, float[] bends, float[] corrections,
            float corrected) {
        this.slices = slices;
        this.blend = blend;
        this.motion = motion;
        this.bends = bends;
        this.corrections = corrections;
        this.corrected = corrected;
    }

    /**
     * These with something added along the motion: in full half way between two slices, and less towards them, as a
     * parabola.
     *
     * @param corrections in the slices' layout, those of the gap after slice k where slice k is
     * @param share of them
     */
    BlendedSlices corrected(float[] corrections, float share) {
        return new BlendedSlices(slices, blend, motion, bends, corrections, share);
    }

    private float correction(double fraction) {
        return (float) (4 * fraction * (1 - fraction) * corrected);
    }

    Blend blend() {
        return blend;
    }

    /** Made when it is first asked for: the motion takes as much room again. */
    @Override
    public synchronized BlendedPicture.Stack stack() {
        if (stack == null) {
            float[] none = new float[1];
            boolean moves = blend.motionLinear() + blend.motionCubic() > 0;
            stack = new BlendedPicture.Stack(slices.values(), moves ? motion.allColumns() : none,
                    moves ? motion.allRows() : none, blend.spline() > 0 ? bends : none,
                    corrections == null ? none : corrections);
        }
        return stack;
    }

    @Override
    public float[] describe(int slice, double fraction) {
        slices.requireInside(slice, fraction);
        float[] across = new float[4];
        float[] along = new float[4];
        weights(slice, fraction, across, along);
        float[] out = new float[BlendedPicture.FLOATS];
        for (int n = 0; n < 4; n++) {
            out[BlendedPicture.SLICES + n] = slices.start(slice - 1 + n) / slices.pixels();
            out[BlendedPicture.ACROSS + n] = across[n];
            out[BlendedPicture.ALONG + n] = along[n];
        }
        out[BlendedPicture.FRACTION] = (float) fraction;
        out[BlendedPicture.SPLINE] = blend.spline();
        out[BlendedPicture.GAP] = slices.gap(slice);
        out[BlendedPicture.CORRECTION] = correction(fraction);
        return out;
    }

    private void weights(int slice, double fraction, float[] across, float[] along) {
        float[] cubic = slices.cubicWeights(slice, fraction);
        float[] line = {0f, (float) (1 - fraction), (float) fraction, 0f};
        for (int n = 0; n < 4; n++) {
            across[n] = blend.linear() * line[n] + blend.cubic() * cubic[n];
            along[n] = blend.motionLinear() * line[n] + blend.motionCubic() * cubic[n];
        }
    }

    @Override
    public void predict(int slice, double fraction, float[] out) {
        unclamped(slice, fraction, out);
        for (int p = 0; p < slices.pixels(); p++) {
            out[p] = Math.clamp(out[p], 0f, 1f);
        }
    }

    /** The same without its end: cubics may go beyond what they run through. */
    void unclamped(int slice, double fraction, float[] out) {
        slices.requireInside(slice, fraction);
        float[] across = new float[4];
        float[] along = new float[4];
        weights(slice, fraction, across, along);
        addAcross(slice, across, (float) fraction, out);
        if (blend.motionLinear() + blend.motionCubic() > 0) {
            addAlong(slice, along, (float) fraction, out);
        }
    }

    private void addAcross(int slice, float[] weights, float fraction, float[] out) {
        float[] values = slices.values();
        int before = slices.start(slice - 1);
        int first = slices.start(slice);
        int second = slices.start(slice + 1);
        int after = slices.start(slice + 2);
        float gap = slices.gap(slice);
        float spline = blend.spline();
        for (int p = 0; p < slices.pixels(); p++) {
            float value = weights[0] * values[before + p] + weights[1] * values[first + p]
                    + weights[2] * values[second + p] + weights[3] * values[after + p];
            if (spline > 0) {
                value += spline * AcrossSlices.spline(values[first + p], values[second + p], bends[first + p],
                        bends[second + p], fraction, gap);
            }
            out[p] = value;
        }
    }

    /**
     * One of the four slices about a gap, brought to its middle along the motion (cubic sampling).
     *
     * @param which 0 to 3, of the slices k - 1 to k + 2; one that the stack has
     * @param out height x width
     */
    void brought(int slice, int which, float[] out) {
        float[] weights = new float[4];
        weights[which] = 1;
        Arrays.fill(out, 0f);
        new BlendedSlices(slices, blend, motion, bends).addAlong(slice, weights, 0.5f, out);
    }

    /** What is added in the middle of each gap, or {@code null}; see {@link #corrected}. */
    float[] corrections() {
        return corrections;
    }

    /** The share of it that is added. */
    float correctedShare() {
        return corrected;
    }

    private void addAlong(int slice, float[] weights, float fraction, float[] out) {
        Row row = new Row(slices.width());
        for (int r = 0; r < slices.height(); r++) {
            row.addAlong(r, slice, weights, fraction, out);
        }
    }

    /** A row of pixels at once: scratch memory of one thread. */
    private final class Row {

        private final int width;
        private final float[] rows;
        private final float[] columns;
        private final float[] halfRows;
        private final float[] halfColumns;
        private final float[] secondRows;
        private final float[] secondColumns;
        private final float[] sums;

        Row(int width) {
            this.width = width;
            this.rows = new float[width];
            this.columns = new float[width];
            this.halfRows = new float[width];
            this.halfColumns = new float[width];
            this.secondRows = new float[width];
            this.secondColumns = new float[width];
            this.sums = new float[width];
        }

        void addAlong(int row, int slice, float[] weights, float fraction, float[] out) {
            Arrays.fill(rows, row);
            for (int column = 0; column < width; column++) {
                columns[column] = column;
            }
            through(slice, rows, columns, 2 * fraction - 1);
            // From here on where the trajectories meet the slice before, and the one after.
            for (int i = 0; i < width; i++) {
                rows[i] = row - 2 * fraction * halfRows[i];
                columns[i] = i - 2 * fraction * halfColumns[i];
                secondRows[i] = rows[i] + 2 * halfRows[i];
                secondColumns[i] = columns[i] + 2 * halfColumns[i];
            }
            Arrays.fill(sums, 0f);
            addSamples(slices.values(), slice, weights[1], rows, columns, 0f);
            addSamples(slices.values(), slice + 1, weights[2], secondRows, secondColumns, 0f);
            float correction = correction(fraction);
            if (correction != 0) {
                addSamples(corrections, slice, correction, rows, columns, 1f);
            }
            if (weights[0] != 0) {
                through(slice - 1, rows, columns, 1f);
                addSamples(slices.values(), slice - 1, weights[0], rows, columns, -2f);
            }
            if (weights[3] != 0) {
                through(slice + 1, secondRows, secondColumns, -1f);
                addSamples(slices.values(), slice + 2, weights[3], secondRows, secondColumns, 2f);
            }
            for (int i = 0; i < width; i++) {
                out[row * width + i] += sums[i];
            }
        }

        /** Half displacements of an interval at points, see {@link Trajectories#through}. */
        private void through(int interval, float[] rows, float[] columns, float shift) {
            Trajectories.through(motion.columns(interval), motion.rows(interval), slices.height(), width, rows, columns,
                    shift, halfColumns, halfRows);
        }

        /** Adds the weighted values of a slice at points moved along by so many half displacements. */
        private void addSamples(float[] of, int slice, float weight, float[] rows, float[] columns, float halves) {
            addCubic(of, slices.start(slice), slices.height(), width, weight, rows, halfRows,
                    columns, halfColumns, halves, sums);
        }
    }

    /**
     * Adds weighted values of {@link ImageSampling#cubic} at a row of points: sums[i] += weight cubic(rows[i] + shift rowShifts[i],
     * columns[i] + shift columnShifts[i]).
     */
    private static void addCubic(float[] image, int start, int height, int width, float weight, float[] rows, float[] rowShifts,
            float[] columns, float[] columnShifts, float shift, float[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * ImageSampling.cubic(image, start, height, width, rows[i] + shift * rowShifts[i],
                    columns[i] + shift * columnShifts[i]);
        }
    }
}
