package io.github.medgs.interslice;

/**
 * The arithmetic of one pixel of variational optical flow between two images, symmetric about their middle.
 *
 * <p>The unknown is half the displacement, v(x) on the grid half way: first(x - v) and second(x + v) show the same
 * thing. With A = first(x - v), B = second(x + v), the energy is
 * <pre>
 *   sum over pixels of  psi(n0 (B - A)^2)
 *                    +  gamma psi(nx (dx (B - A))^2 + ny (dy (B - A))^2)
 *                    +  alpha psi(|grad v|^2)
 *                    +  beta delta psi(|v - prior|^2),     psi(s) = sqrt(s + epsilon^2),
 * </pre>
 * constancy of brightness and of the gradient with a robust penalty (Brox, Bruhn, Papenberg, Weickert 2004), each
 * constraint normalised, n = 1 / (squared length of its gradient + zeta^2), so that it measures a distance in pixels
 * rather than a grey value (Zimmer, Bruhn, Weickert 2011); the prior is what the neighbouring pairs of slices suggest. The
 * psi of the last term has delta for its epsilon, and is beta/2 |v - prior|^2 where delta is infinite.
 * It is linearised about the current v and solved for an increment by relaxation, the nonlinear weights lagging behind.
 */
final class OpticalFlow {

    /** Floats of what {@link #equation} works out. */
    static final int EQUATION = 16;

    private OpticalFlow() {}

    /**
     * First derivative at a pixel: central difference of fourth order, falling back to second order and one-sided
     * towards the ends of the line.
     *
     * @param image input
     * @param index of the pixel
     * @param step from one pixel of the line to the next
     * @param position of the pixel on its line
     * @param length of the line
     */
    static float derivative(float[] image, int index, int step, int position, int length) {
        if (position >= 2 && position < length - 2) {
            return (8f * (image[index + step] - image[index - step])
                    - (image[index + 2 * step] - image[index - 2 * step])) * (1f / 12f);
        }
        int before = position > 0 ? index - step : index;
        int after = position < length - 1 ? index + step : index;
        return 0.5f * (image[after] - image[before]);
    }

    /**
     * The linearised data term of one pixel at the current increment: the symmetric 2 x 2 system
     * {@code [a11 a12; a12 a22] d = [b1; b2]} for the increment d = (columns, rows).
     *
     * @param i the pixel
     * @param residual input, B - A
     * @param gx input, d/dcolumn of A + B
     * @param gy input, d/drow of A + B
     * @param rx input, d/dcolumn of the residual
     * @param ry input, d/drow of the residual
     * @param gxx input, second derivatives of A + B: columns twice
     * @param gxy input, columns and rows
     * @param gyy input, rows twice
     * @param du input, current increment in columns
     * @param dv input, current increment in rows
     * @param gamma weight of gradient constancy
     * @param zetaSquared added to squared gradients before dividing by them
     * @param epsilonSquared softens the square root of the penalty, in squared pixels
     * @param system output, pixel by pixel a11, a12, a22, b1, b2
     */
    static void dataTerm(int i, float[] residual, float[] gx, float[] gy, float[] rx, float[] ry, float[] gxx,
            float[] gxy, float[] gyy, float[] du, float[] dv, float gamma, float zetaSquared,
            float epsilonSquared, float[] system) {
        float x = gx[i];
        float y = gy[i];
        float xx = gxx[i];
        float xy = gxy[i];
        float yy = gyy[i];
        float n0 = 1f / (x * x + y * y + zetaSquared);
        float s0 = residual[i] + x * du[i] + y * dv[i];
        float w0 = n0 / (float) Math.sqrt(n0 * s0 * s0 + epsilonSquared);
        float nx = 1f / (xx * xx + xy * xy + zetaSquared);
        float ny = 1f / (xy * xy + yy * yy + zetaSquared);
        float sx = rx[i] + xx * du[i] + xy * dv[i];
        float sy = ry[i] + xy * du[i] + yy * dv[i];
        float w1 = gamma / (float) Math.sqrt(nx * sx * sx + ny * sy * sy + epsilonSquared);
        float wx = w1 * nx;
        float wy = w1 * ny;
        int s = 5 * i;
        system[s] = w0 * x * x + wx * xx * xx + wy * xy * xy;
        system[s + 1] = w0 * x * y + wx * xx * xy + wy * xy * yy;
        system[s + 2] = w0 * y * y + wx * xy * xy + wy * yy * yy;
        system[s + 3] = -(w0 * x * residual[i] + wx * xx * rx[i] + wy * xy * ry[i]);
        system[s + 4] = -(w0 * y * residual[i] + wx * xy * rx[i] + wy * yy * ry[i]);
    }

    /**
     * The diffusivity of the smoothness term at a pixel, {@code alpha / sqrt(|grad u|^2 + |grad v|^2 + epsilon^2)}.
     *
     * @param u input, current field in columns, increment included
     * @param v input, current field in rows, increment included
     * @param epsilonSquared gradients of the field well below its root are penalised quadratically
     */
    static float diffusivity(int row, int column, int height, int width, float[] u, float[] v, float alpha,
            float epsilonSquared) {
        int i = row * width + column;
        int left = column > 0 ? i - 1 : i;
        int right = column < width - 1 ? i + 1 : i;
        int up = row > 0 ? i - width : i;
        int down = row < height - 1 ? i + width : i;
        float ux = 0.5f * (u[right] - u[left]);
        float uy = 0.5f * (u[down] - u[up]);
        float vx = 0.5f * (v[right] - v[left]);
        float vy = 0.5f * (v[down] - v[up]);
        return alpha / (float) Math.sqrt(ux * ux + uy * uy + vx * vx + vy * vy + epsilonSquared);
    }

    /**
     * What draws a pixel to its prior: {@code beta / sqrt(1 + |v - prior|^2 / delta^2)}.
     *
     * @param deltaSquared squared pixels; infinite for {@code beta} wherever the field is
     */
    static float continuity(int i, float[] u, float[] v, float[] priorU, float[] priorV, float beta, float deltaSquared) {
        float x = u[i] - priorU[i];
        float y = v[i] - priorV[i];
        return beta / (float) Math.sqrt(1 + (x * x + y * y) / deltaSquared);
    }

    /**
     * What all relaxations of a pixel have in common while the weights stand still: they are many, and read one cache line.
     *
     * @param system input, see {@link #dataTerm}
     * @param diffusivity input, per pixel; between two pixels their mean counts
     * @param baseU input, field in columns without the increment
     * @param baseV input, field in rows without the increment
     * @param priorU input, where the field in columns is drawn to
     * @param priorV input, where the field in rows is drawn to
     * @param beta input, with which weight, see {@link #continuity}
     * @param equations output, {@value #EQUATION} floats a pixel
     */
    static void equation(int row, int column, int height, int width, float[] system, float[] diffusivity,
            float[] baseU, float[] baseV, float[] priorU, float[] priorV, float beta, float[] equations) {
        int i = row * width + column;
        float here = diffusivity[i];
        // A neighbour outside has no weight.
        float wl = column > 0 ? 0.5f * (here + diffusivity[i - 1]) : 0f;
        float wr = column < width - 1 ? 0.5f * (here + diffusivity[i + 1]) : 0f;
        float wu = row > 0 ? 0.5f * (here + diffusivity[i - width]) : 0f;
        float wd = row < height - 1 ? 0.5f * (here + diffusivity[i + width]) : 0f;
        float sum = wl + wr + wu + wd + beta;
        int s = 5 * i;
        float a11 = system[s] + sum + 1e-6f;
        float a22 = system[s + 2] + sum + 1e-6f;
        float a12 = system[s + 1];
        int e = EQUATION * i;
        equations[e] = wl;
        equations[e + 1] = wr;
        equations[e + 2] = wu;
        equations[e + 3] = wd;
        equations[e + 4] = a11;
        equations[e + 5] = a12;
        equations[e + 6] = a22;
        equations[e + 7] = a11 * a22 - a12 * a12;
        equations[e + 8] = system[s + 3];
        equations[e + 9] = beta * priorU[i];
        equations[e + 10] = sum * baseU[i];
        equations[e + 11] = baseU[i];
        equations[e + 12] = system[s + 4];
        equations[e + 13] = beta * priorV[i];
        equations[e + 14] = sum * baseV[i];
        equations[e + 15] = baseV[i];
    }

    /**
     * One relaxation of one pixel: solves its 2 x 2 system with its four neighbours held. Called for the black pixels
     * of a checkerboard, then for the white ones, it does not depend on the order within a colour.
     *
     * @param i the pixel; {@code left}, {@code right}, {@code up} and {@code down} its neighbours, itself where there is
     *     none
     * @param equations input, see {@link #equation}
     * @param u input and output, field in columns with the increment
     * @param v input and output, field in rows with the increment
     * @param omega over-relaxation, between 1 and 2
     */
    static void relax(int i, int left, int right, int up, int down, float[] equations, float[] u, float[] v,
            float omega) {
        int e = EQUATION * i;
        float wl = equations[e];
        float wr = equations[e + 1];
        float wu = equations[e + 2];
        float wd = equations[e + 3];
        float a12 = equations[e + 5];
        float determinant = equations[e + 7];
        float ru = equations[e + 8] + wl * u[left] + wr * u[right] + wu * u[up] + wd * u[down] + equations[e + 9]
                - equations[e + 10];
        float rv = equations[e + 12] + wl * v[left] + wr * v[right] + wu * v[up] + wd * v[down] + equations[e + 13]
                - equations[e + 14];
        float nextU = (equations[e + 6] * ru - a12 * rv) / determinant;
        float nextV = (equations[e + 4] * rv - a12 * ru) / determinant;
        float bu = equations[e + 11];
        float bv = equations[e + 15];
        float du = u[i] - bu;
        float dv = v[i] - bv;
        u[i] = bu + du + omega * (nextU - du);
        v[i] = bv + dv + omega * (nextV - dv);
    }
}
