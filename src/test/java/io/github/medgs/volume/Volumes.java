package io.github.medgs.volume;

import org.joml.Matrix4d;
import org.joml.Vector3d;

/** Small volumes for tests. */
final class Volumes {

    private Volumes() {}

    /** Voxel (i, j, k) holds i + 10 j + 100 k, so that a value says where it came from. */
    static Volume numbered(int nx, int ny, int nz, Matrix4d indexToPatient) {
        float[] voxels = new float[nx * ny * nz];
        for (int k = 0, n = 0; k < nz; k++) {
            for (int j = 0; j < ny; j++) {
                for (int i = 0; i < nx; i++) {
                    voxels[n++] = i + 10 * j + 100 * k;
                }
            }
        }
        return new Volume(nx, ny, nz, voxels, indexToPatient);
    }

    /** An affine of given spacings, axes along the patient's. */
    static Matrix4d spacings(double i, double j, double k) {
        return new Matrix4d().scale(i, j, k);
    }

    /** An oblique affine of given spacings; a negative spacing mirrors its axis. */
    static Matrix4d oblique(double i, double j, double k) {
        return new Matrix4d().translate(-31.5, 12.25, 407)
                .rotate(0.4, new Vector3d(0.3, -0.8, 0.52).normalize())
                .scale(i, j, k);
    }

    static float[] constant(int count, float value) {
        float[] values = new float[count];
        java.util.Arrays.fill(values, value);
        return values;
    }
}
