package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OpticalFlowTest {

    private static final float GAMMA = 0.6f;
    private static final float ZETA_SQUARED = 0.0025f;
    private static final float EPSILON_SQUARED = 1e-4f;

    @Test
    void theDataTermIsTheGradientOfTheLinearisedEnergy() {
        Random random = new Random(3);
        for (int trial = 0; trial < 50; trial++) {
            float[][] one = new float[10][1];
            for (float[] value : one) {
                value[0] = (float) random.nextGaussian() * 0.2f;
            }
            float[] system = new float[5];
            OpticalFlow.dataTerm(0, one[0], one[1], one[2], one[3], one[4], one[5], one[6], one[7], one[8], one[9],
                    GAMMA, ZETA_SQUARED, EPSILON_SQUARED, system);
            double du = one[8][0];
            double dv = one[9][0];
            double byU = system[0] * du + system[1] * dv - system[3];
            double byV = system[1] * du + system[2] * dv - system[4];
            double h = 1e-5;
            assertEquals((energy(one, du + h, dv) - energy(one, du - h, dv)) / (2 * h), byU, 1e-4 * (1 + Math.abs(byU)));
            assertEquals((energy(one, du, dv + h) - energy(one, du, dv - h)) / (2 * h), byV, 1e-4 * (1 + Math.abs(byV)));
        }
    }

    /** The energy's formula in double precision. */
    private static double energy(float[][] one, double du, double dv) {
        double residual = one[0][0];
        double gx = one[1][0];
        double gy = one[2][0];
        double gxx = one[5][0];
        double gxy = one[6][0];
        double gyy = one[7][0];
        double brightness = residual + gx * du + gy * dv;
        double changeX = one[3][0] + gxx * du + gxy * dv;
        double changeY = one[4][0] + gxy * du + gyy * dv;
        double n0 = 1 / (gx * gx + gy * gy + ZETA_SQUARED);
        double nx = 1 / (gxx * gxx + gxy * gxy + ZETA_SQUARED);
        double ny = 1 / (gxy * gxy + gyy * gyy + ZETA_SQUARED);
        return Math.sqrt(n0 * brightness * brightness + EPSILON_SQUARED)
                + GAMMA * Math.sqrt(nx * changeX * changeX + ny * changeY * changeY + EPSILON_SQUARED);
    }

    @Test
    void relaxationComesToRestWhereTheEquationsHold() {
        int height = 7;
        int width = 6;
        int n = height * width;
        Random random = new Random(11);
        float[] system = new float[5 * n];
        float[] diffusivity = new float[n];
        float[] baseU = new float[n];
        float[] baseV = new float[n];
        float[] priorU = new float[n];
        float[] priorV = new float[n];
        for (int i = 0; i < n; i++) {
            float x = (float) random.nextGaussian();
            float y = (float) random.nextGaussian();
            system[5 * i] = x * x;
            system[5 * i + 1] = x * y;
            system[5 * i + 2] = y * y;
            system[5 * i + 3] = x;
            system[5 * i + 4] = y;
            diffusivity[i] = 0.5f + random.nextFloat();
            baseU[i] = random.nextFloat();
            baseV[i] = random.nextFloat();
            priorU[i] = random.nextFloat();
            priorV[i] = random.nextFloat();
        }
        float beta = 0.3f;
        float[] u = baseU.clone();
        float[] v = baseV.clone();
        float[] equations = new float[OpticalFlow.EQUATION * n];
        for (int i = 0; i < n; i++) {
            OpticalFlow.equation(i / width, i % width, height, width, system, diffusivity, baseU, baseV, priorU, priorV,
                    beta, equations);
        }
        for (int sweep = 0; sweep < 400; sweep++) {
            for (int colour = 0; colour < 2; colour++) {
                for (int row = 0; row < height; row++) {
                    for (int column = row + colour & 1; column < width; column += 2) {
                        int i = row * width + column;
                        OpticalFlow.relax(i, column > 0 ? i - 1 : i, column < width - 1 ? i + 1 : i,
                                row > 0 ? i - width : i, row < height - 1 ? i + width : i, equations, u, v, 1.6f);
                    }
                }
            }
        }
        float[] left = new float[2 * n];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int i = row * width + column;
                float du = u[i] - baseU[i];
                float dv = v[i] - baseV[i];
                float sumU = system[5 * i] * du + system[5 * i + 1] * dv - system[5 * i + 3] + beta * (u[i] - priorU[i]);
                float sumV = system[5 * i + 1] * du + system[5 * i + 2] * dv - system[5 * i + 4]
                        + beta * (v[i] - priorV[i]);
                int[][] neighbours = {{row, column - 1}, {row, column + 1}, {row - 1, column}, {row + 1, column}};
                for (int[] at : neighbours) {
                    if (at[0] >= 0 && at[0] < height && at[1] >= 0 && at[1] < width) {
                        int j = at[0] * width + at[1];
                        float weight = 0.5f * (diffusivity[i] + diffusivity[j]);
                        sumU += weight * (u[i] - u[j]);
                        sumV += weight * (v[i] - v[j]);
                    }
                }
                left[2 * i] = sumU;
                left[2 * i + 1] = sumV;
            }
        }
        assertArrayEquals(new float[2 * n], left, 2e-4f);
    }

    @Test
    void continuityIsTheGradientOfItsPenaltyAndQuadraticWhereItDoesNotLetGo() {
        float beta = 0.7f;
        double delta = 0.5;
        float[] priorU = {0.3f};
        float[] priorV = {-0.2f};
        for (double x : new double[] {0.3, 0.35, 1, -4}) {
            for (double y : new double[] {-0.2, 0.1, 3}) {
                float[] u = {(float) x};
                float[] v = {(float) y};
                float drawn = OpticalFlow.continuity(0, u, v, priorU, priorV, beta, (float) (delta * delta));
                double step = 1e-4;
                double slope = (penalty(x + step - 0.3, y + 0.2, beta, delta) - penalty(x - step - 0.3, y + 0.2, beta, delta))
                        / (2 * step);
                assertEquals(slope, drawn * (x - 0.3), 1e-5, x + " " + y);
                assertEquals(beta, OpticalFlow.continuity(0, u, v, priorU, priorV, beta, Float.POSITIVE_INFINITY));
            }
        }
    }

    private static double penalty(double x, double y, double beta, double delta) {
        return beta * delta * Math.sqrt(x * x + y * y + delta * delta);
    }

    @Test
    void derivativesAreExactForCubicsInsideAndLinesAtTheEnds() {
        float[] cubic = new float[9];
        float[] line = new float[9];
        for (int i = 0; i < 9; i++) {
            cubic[i] = 0.01f * i * i * i - 0.05f * i * i + 0.2f * i;
            line[i] = 0.3f * i;
        }
        for (int i = 2; i < 7; i++) {
            assertEquals(0.03f * i * i - 0.1f * i + 0.2f, OpticalFlow.derivative(cubic, i, 1, i, 9), 1e-5f);
        }
        assertEquals(0.3f, OpticalFlow.derivative(line, 1, 1, 1, 9), 1e-6f);
        assertEquals(0.15f, OpticalFlow.derivative(line, 0, 1, 0, 9), 1e-6f, "half, as if the border's value went on");
    }
}
