package io.github.medgs.volume;

import org.joml.Matrix4d;
import org.joml.Matrix4dc;
import org.joml.Vector3d;

/**
 * Voxels on a regular grid, and where that grid lies in the patient.
 *
 * <p>Voxel (i, j, k) is at {@code voxels[i + nx * (j + ny * k)]}: i runs fastest, as in NIfTI. The affine takes a voxel
 * index to patient millimetres in RAS+ (x to the patient's right, y to the front, z to the head), whatever convention
 * the file used.
 */
public final class Volume {

    private final int nx;
    private final int ny;
    private final int nz;
    private final float[] voxels;
    private final Matrix4dc indexToPatient;

    /**
     * @param voxels nx * ny * nz values, kept, not copied
     * @param indexToPatient affine from voxel index to patient millimetres (RAS+), copied
     */
    public Volume(int nx, int ny, int nz, float[] voxels, Matrix4dc indexToPatient) {
        if (nx < 1 || ny < 1 || nz < 1 || (long) nx * ny * nz != voxels.length) {
            throw new IllegalArgumentException(
                    "grid " + nx + " x " + ny + " x " + nz + " does not fit " + voxels.length + " voxels");
        }
        this.nx = nx;
        this.ny = ny;
        this.nz = nz;
        this.voxels = voxels;
        this.indexToPatient = new Matrix4d(indexToPatient);
    }

    public int nx() {
        return nx;
    }

    public int ny() {
        return ny;
    }

    public int nz() {
        return nz;
    }

    /** The number of voxels along an axis (0, 1 or 2). */
    public int size(int axis) {
        return switch (axis) {
            case 0 -> nx;
            case 1 -> ny;
            case 2 -> nz;
            default -> throw new IllegalArgumentException("axis " + axis);
        };
    }

    /** The voxels themselves, i fastest. */
    public float[] voxels() {
        return voxels;
    }

    public float voxel(int i, int j, int k) {
        return voxels[index(i, j, k)];
    }

    public int index(int i, int j, int k) {
        return i + nx * (j + ny * k);
    }

    /** Affine from voxel index to patient millimetres, RAS+. */
    public Matrix4dc indexToPatient() {
        return indexToPatient;
    }

    /** Distance in millimetres between neighbouring voxels along an axis. */
    public double spacing(int axis) {
        Vector3d column = new Vector3d(
                indexToPatient.get(axis, 0), indexToPatient.get(axis, 1), indexToPatient.get(axis, 2));
        return column.length();
    }

    /** Volume of one voxel in cubic millimetres. */
    public double voxelVolume() {
        return Math.abs(indexToPatient.determinant3x3());
    }

    /**
     * Whether two volumes lie on the same grid: equal sizes, and no corner voxel farther apart than a hundredth of the
     * smallest spacing.
     */
    public boolean sameGrid(Volume other) {
        if (nx != other.nx || ny != other.ny || nz != other.nz) {
            return false;
        }
        double tolerance = 0.01 * Math.min(spacing(0), Math.min(spacing(1), spacing(2)));
        for (int corner = 0; corner < 8; corner++) {
            double i = (corner & 1) * (nx - 1.0);
            double j = (corner >> 1 & 1) * (ny - 1.0);
            double k = (corner >> 2) * (nz - 1.0);
            Vector3d here = indexToPatient.transformPosition(new Vector3d(i, j, k));
            Vector3d there = other.indexToPatient.transformPosition(new Vector3d(i, j, k));
            if (!(here.distance(there) <= tolerance)) {
                return false;
            }
        }
        return true;
    }

    /** A volume on the same grid with other voxels. */
    public Volume withVoxels(float[] values) {
        return new Volume(nx, ny, nz, values, indexToPatient);
    }

    /** The grid in words, for messages: sizes, spacings, origin. */
    public String describeGrid() {
        return String.format(java.util.Locale.ROOT, "%d x %d x %d voxels of %.4g x %.4g x %.4g mm, first at (%.4g, %.4g, %.4g)",
                nx, ny, nz, spacing(0), spacing(1), spacing(2),
                indexToPatient.m30(), indexToPatient.m31(), indexToPatient.m32());
    }
}
