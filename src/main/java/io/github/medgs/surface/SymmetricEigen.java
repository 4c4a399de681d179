package io.github.medgs.surface;

import org.joml.Matrix3d;

/** Eigenvalues and eigenvectors of symmetric 3 x 3 matrices, by Jacobi rotations: exact to rounding, no library. */
final class SymmetricEigen {

    private SymmetricEigen() {}

    /**
     * @param matrix symmetric
     * @param vectors output: row i is the unit eigenvector of the i-th value, its largest component positive
     * @return eigenvalues, largest first
     */
    static double[] decompose(Matrix3d matrix, double[][] vectors) {
        double[][] a = new double[3][3];
        double[][] v = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                a[i][j] = matrix.get(i, j);
            }
        }
        for (int sweep = 0; sweep < 50; sweep++) {
            double off = Math.abs(a[0][1]) + Math.abs(a[0][2]) + Math.abs(a[1][2]);
            if (off <= 1e-15 * (Math.abs(a[0][0]) + Math.abs(a[1][1]) + Math.abs(a[2][2]))) {
                break;
            }
            rotate(a, v, 0, 1);
            rotate(a, v, 0, 2);
            rotate(a, v, 1, 2);
        }
        double[] values = {a[0][0], a[1][1], a[2][2]};
        Integer[] order = {0, 1, 2};
        java.util.Arrays.sort(order, (i, j) -> Double.compare(values[j], values[i]));
        double[] sorted = new double[3];
        for (int i = 0; i < 3; i++) {
            sorted[i] = values[order[i]];
            for (int axis = 0; axis < 3; axis++) {
                vectors[i][axis] = v[axis][order[i]];
            }
            pointForward(vectors[i]);
        }
        return sorted;
    }

    /** One Jacobi rotation that makes a[p][q] zero; v collects the rotations. */
    private static void rotate(double[][] a, double[][] v, int p, int q) {
        if (a[p][q] == 0) {
            return;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < 3; k++) {
            double akp = a[k][p];
            double akq = a[k][q];
            a[k][p] = c * akp - s * akq;
            a[k][q] = s * akp + c * akq;
        }
        for (int k = 0; k < 3; k++) {
            double apk = a[p][k];
            double aqk = a[q][k];
            a[p][k] = c * apk - s * aqk;
            a[q][k] = s * apk + c * aqk;
            double vkp = v[k][p];
            double vkq = v[k][q];
            v[k][p] = c * vkp - s * vkq;
            v[k][q] = s * vkp + c * vkq;
        }
    }

    private static void pointForward(double[] vector) {
        int largest = 0;
        for (int axis = 1; axis < 3; axis++) {
            if (Math.abs(vector[axis]) > Math.abs(vector[largest]) + 1e-12) {
                largest = axis;
            }
        }
        if (vector[largest] < 0) {
            for (int axis = 0; axis < 3; axis++) {
                vector[axis] = -vector[axis];
            }
        }
    }
}
