package io.github.medgs.volume;

import org.joml.Matrix4d;
import org.joml.Matrix4dc;
import org.joml.Vector3d;

/**
 * Where voxels lie: the sizes of a regular grid, and the affine from voxel index to patient millimetres (RAS+).
 *
 * @param indexToPatient copied, so that nobody can move a grid from outside
 */
public record Grid(int nx, int ny, int nz, Matrix4dc indexToPatient) {

    public Grid {
        if (nx < 1 || ny < 1 || nz < 1) {
            throw new IllegalArgumentException("grid " + nx + " x " + ny + " x " + nz);
        }
        indexToPatient = new Matrix4d(indexToPatient);
    }

    /** The number of voxels. */
    public long count() {
        return (long) nx * ny * nz;
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

    /** Distance in millimetres between neighbouring voxels along an axis. */
    public double spacing(int axis) {
        return new Vector3d(
                indexToPatient.get(axis, 0), indexToPatient.get(axis, 1), indexToPatient.get(axis, 2)).length();
    }

    /** Volume of one voxel in cubic millimetres. */
    public double voxelVolume() {
        return Math.abs(indexToPatient.determinant3x3());
    }

    /** Whether two grids agree: equal sizes, and no corner farther apart than a hundredth of the smallest spacing. */
    public boolean sameAs(Grid other) {
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

    /** The grid in words, for messages: sizes, spacings, the first voxel's place, and where each axis points. */
    public String describe() {
        return nx + " x " + ny + " x " + nz + " voxels of " + Words.number(spacing(0)) + " x " + Words.number(spacing(1)) + " x "
                + Words.number(spacing(2)) + " mm, first at (" + Words.number(indexToPatient.m30()) + ", "
                + Words.number(indexToPatient.m31()) + ", " + Words.number(indexToPatient.m32()) + "), axes towards "
                + orientation();
    }

    /**
     * Where the three index axes point, one letter each, by their largest component: R or L, A or P, S or I. "RAS" is
     * the identity; "~" in front says that an axis is more than a degree oblique.
     */
    public String orientation() {
        String positive = "RAS";
        String negative = "LPI";
        StringBuilder letters = new StringBuilder();
        boolean oblique = false;
        for (int axis = 0; axis < 3; axis++) {
            int largest = 0;
            for (int component = 1; component < 3; component++) {
                if (Math.abs(indexToPatient.get(axis, component)) > Math.abs(indexToPatient.get(axis, largest))) {
                    largest = component;
                }
            }
            double value = indexToPatient.get(axis, largest);
            letters.append((value < 0 ? negative : positive).charAt(largest));
            oblique |= Math.abs(value) < Math.cos(Math.toRadians(1)) * spacing(axis);
        }
        return (oblique ? "~" : "") + letters;
    }
}
