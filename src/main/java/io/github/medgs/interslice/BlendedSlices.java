package io.github.medgs.interslice;

/** Predicts a slice by blending what lies straight across the slices with what lies along their motion. */
final class BlendedSlices implements SlicePredictor {

    private final KeptSlices slices;
    private final Blend blend;
    private final StackMotion motion;
    private final float[] bends;

    /**
     * @param motion needed when the blend has a share along the motion
     * @param bends see {@link SplineBends}; needed when the blend has a share of the spline
     */
    BlendedSlices(KeptSlices slices, Blend blend, StackMotion motion, float[] bends) {
        this.slices = slices;
        this.blend = blend;
        this.motion = motion;
        this.bends = bends;
    }

    Blend blend() {
        return blend;
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
        float[] cubic = slices.cubicWeights(slice, fraction);
        float[] line = {0f, (float) (1 - fraction), (float) fraction, 0f};
        float[] across = new float[4];
        float[] along = new float[4];
        for (int n = 0; n < 4; n++) {
            across[n] = blend.linear() * line[n] + blend.cubic() * cubic[n];
            along[n] = blend.motionLinear() * line[n] + blend.motionCubic() * cubic[n];
        }
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

    private void addAlong(int slice, float[] weights, float fraction, float[] out) {
        int height = slices.height();
        int width = slices.width();
        float[] values = slices.values();
        float shift = 2 * fraction - 1;
        float[] half = new float[2];
        float[] u = motion.columns(slice);
        float[] v = motion.rows(slice);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                Trajectory.through(u, v, height, width, row, column, shift, half);
                float firstRow = row - 2 * fraction * half[1];
                float firstColumn = column - 2 * fraction * half[0];
                float secondRow = firstRow + 2 * half[1];
                float secondColumn = firstColumn + 2 * half[0];
                float value = weights[1]
                                * ImageSampling.cubic(values, slices.start(slice), height, width, firstRow, firstColumn)
                        + weights[2] * ImageSampling.cubic(values, slices.start(slice + 1), height, width, secondRow,
                                secondColumn);
                if (weights[0] != 0) {
                    Trajectory.through(motion.columns(slice - 1), motion.rows(slice - 1), height, width, firstRow,
                            firstColumn, 1f, half);
                    value += weights[0] * ImageSampling.cubic(values, slices.start(slice - 1), height, width,
                            firstRow - 2 * half[1], firstColumn - 2 * half[0]);
                }
                if (weights[3] != 0) {
                    Trajectory.through(motion.columns(slice + 1), motion.rows(slice + 1), height, width, secondRow,
                            secondColumn, -1f, half);
                    value += weights[3] * ImageSampling.cubic(values, slices.start(slice + 2), height, width,
                            secondRow + 2 * half[1], secondColumn + 2 * half[0]);
                }
                out[row * width + column] += value;
            }
        }
    }
}
