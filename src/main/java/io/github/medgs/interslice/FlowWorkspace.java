package io.github.medgs.interslice;

import io.github.medgs.kernel.ImageSampling;

/** The arrays one thread needs to improve the flow of one interval between two slices, and the loops that do it. */
final class FlowWorkspace {

    /** Floats that {@link OpticalFlow#dataTerm} says of a pixel, and how many more arrays there are, of one float each. */
    private static final int SYSTEM = 5;
    private static final int PLANES = 14;

    /** Bytes of a pixel. */
    static final int BYTES = Float.BYTES * (PLANES + SYSTEM + OpticalFlow.EQUATION);

    private static final float OVER_RELAXATION = 1.8f;

    private final FlowSettings settings;
    private final float[] baseU;
    private final float[] baseV;
    private final float[] du;
    private final float[] dv;
    private final float[] residual;
    private final float[] sum;
    private final float[] gx;
    private final float[] gy;
    private final float[] rx;
    private final float[] ry;
    private final float[] gxx;
    private final float[] gxy;
    private final float[] gyy;
    private final float[] diffusivity;
    private final float[] system;
    private final float[] equations;

    /** @param capacity pixels of the largest level */
    FlowWorkspace(int capacity, FlowSettings settings) {
        this.settings = settings;
        baseU = new float[capacity];
        baseV = new float[capacity];
        du = new float[capacity];
        dv = new float[capacity];
        residual = new float[capacity];
        sum = new float[capacity];
        gx = new float[capacity];
        gy = new float[capacity];
        rx = new float[capacity];
        ry = new float[capacity];
        gxx = new float[capacity];
        gxy = new float[capacity];
        gyy = new float[capacity];
        diffusivity = new float[capacity];
        system = new float[SYSTEM * capacity];
        equations = new float[OpticalFlow.EQUATION * capacity];
    }

    /**
     * One linearisation and its relaxation.
     *
     * @param first the slice before, height x width
     * @param second the slice after
     * @param u half displacement in columns, read and improved
     * @param v half displacement in rows, read and improved
     * @param priorU where continuity draws u
     * @param priorV where continuity draws v
     * @param continuity with which weight
     */
    void improve(float[] first, float[] second, int height, int width, float[] u, float[] v, float[] priorU,
            float[] priorV, float continuity) {
        linearise(first, second, height, width, u, v);
        int n = height * width;
        System.arraycopy(u, 0, baseU, 0, n);
        System.arraycopy(v, 0, baseV, 0, n);
        float zetaSquared = settings.noiseFloor() * settings.noiseFloor();
        float dataSquared = settings.dataEpsilon() * settings.dataEpsilon();
        float smoothSquared = settings.smoothnessEpsilon() * settings.smoothnessEpsilon();
        float deltaSquared = settings.continuityEpsilon() * settings.continuityEpsilon();
        boolean letsGo = continuity > 0 && deltaSquared < Float.POSITIVE_INFINITY;
        for (int lag = 0; lag < settings.lags(); lag++) {
            for (int i = 0; i < n; i++) {
                du[i] = u[i] - baseU[i];
                dv[i] = v[i] - baseV[i];
            }
            for (int i = 0; i < n; i++) {
                OpticalFlow.dataTerm(i, residual, gx, gy, rx, ry, gxx, gxy, gyy, du, dv, settings.gradientWeight(),
                        zetaSquared, dataSquared, system);
            }
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    diffusivity[row * width + column] = OpticalFlow.diffusivity(row, column, height, width, u, v,
                            settings.smoothness(), smoothSquared);
                }
            }
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    float beta = letsGo ? OpticalFlow.continuity(row * width + column, u, v, priorU, priorV, continuity,
                            deltaSquared) : continuity;
                    OpticalFlow.equation(row, column, height, width, system, diffusivity, baseU, baseV, priorU, priorV,
                            beta, equations);
                }
            }
            for (int sweep = 0; sweep < settings.sweeps(); sweep++) {
                relax(0, height, width, u, v);
                relax(1, height, width, u, v);
            }
        }
    }

    private void relax(int colour, int height, int width, float[] u, float[] v) {
        for (int row = 0; row < height; row++) {
            int up = row > 0 ? width : 0;
            int down = row < height - 1 ? width : 0;
            int start = row * width;
            int end = start + width - 1;
            for (int i = start + (row + colour & 1); i <= end; i += 2) {
                OpticalFlow.relax(i, i > start ? i - 1 : i, i < end ? i + 1 : i, i - up, i + down, equations, u, v,
                        OVER_RELAXATION);
            }
        }
    }

    private void linearise(float[] first, float[] second, int height, int width, float[] u, float[] v) {
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int i = row * width + column;
                float a = ImageSampling.cubic(first, 0, height, width, row - v[i], column - u[i]);
                float b = ImageSampling.cubic(second, 0, height, width, row + v[i], column + u[i]);
                residual[i] = b - a;
                sum[i] = b + a;
            }
        }
        differentiate(sum, gx, gy, height, width);
        differentiate(residual, rx, ry, height, width);
        differentiate(gx, gxx, gxy, height, width);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int i = row * width + column;
                gyy[i] = OpticalFlow.derivative(gy, i, width, row, height);
            }
        }
    }

    private static void differentiate(float[] image, float[] columns, float[] rows, int height, int width) {
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int i = row * width + column;
                columns[i] = OpticalFlow.derivative(image, i, 1, column, width);
                rows[i] = OpticalFlow.derivative(image, i, width, row, height);
            }
        }
    }
}
