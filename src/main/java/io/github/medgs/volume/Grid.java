package io.github.medgs.volume;

import io.github.medgs.InputException;
import java.util.Arrays;
import org.joml.Matrix4d;
import org.joml.Matrix4dc;
import org.joml.Vector3d;

/**
 * Where voxels lie: the sizes of a grid, and the affine from voxel index to patient millimetres (RAS+). Slices along k
 * may lie at places of their own, as those of a scanner do where one is missing or the distance changes.
 *
 * @param indexToPatient copied, so that nobody can move a grid from outside. Its step along k is exact for a regular
 *     grid, and else gives the direction of the slices and their commonest distance
 * @param slicePositions millimetres of each slice from the first, along the step of k; strictly increasing from 0, or an
 *     {@link IllegalArgumentException}; null for a regular grid
 */
public record Grid(int nx, int ny, int nz, Matrix4dc indexToPatient, double[] slicePositions) {

    public Grid {
        if (nx < 1 || ny < 1 || nz < 1) {
            throw new IllegalArgumentException("grid " + nx + " x " + ny + " x " + nz);
        }
        indexToPatient = new Matrix4d(indexToPatient);
        if (slicePositions != null) {
            slicePositions = slicePositions.clone();
            if (slicePositions.length != nz || slicePositions[0] != 0) {
                throw new IllegalArgumentException(slicePositions.length + " positions for " + nz + " slices");
            }
            SliceGeometry.requireIncreasing(slicePositions);
        }
    }

    /**
     * @param name of what lies on it
     * @throws InputException when its voxels have no size or no place
     */
    public void requireProper(String name) {
        if (!indexToPatient.isFinite() || !(voxelVolume() > 0)) {
            throw new InputException(name, "has voxels without a size or a place: its affine is not of finite numbers, or flat",
                    "give three axes in different directions, in millimetres");
        }
    }

    /** A regular grid. */
    public Grid(int nx, int ny, int nz, Matrix4dc indexToPatient) {
        this(nx, ny, nz, indexToPatient, null);
    }

    /** Whether neighbouring slices are all equally far apart. */
    public boolean isRegular() {
        return slicePositions == null;
    }

    /** Millimetres of a slice along k from the first. */
    public double slicePosition(int k) {
        return slicePositions == null ? k * spacing(2) : slicePositions[k];
    }

    /** Where a place among the voxels lies in the patient (RAS+, mm). */
    public Vector3d place(double i, double j, double k) {
        return indexToPatient.transformPosition(new Vector3d(i, j, steps(k)));
    }

    /**
     * How many steps of the affine a place along k is from the first slice: itself, but where slices lie at places of
     * their own. Between two of those it is linear, and the outermost gaps go on beyond the stack.
     */
    public double steps(double k) {
        if (slicePositions == null || nz == 1) {
            return k;
        }
        int below = Math.clamp((long) Math.floor(k), 0, nz - 2);
        return (slicePositions[below] + (k - below) * gap(below)) / spacing(2);
    }

    /** The inverse of {@link #steps}. */
    public double sliceIndex(double steps) {
        if (slicePositions == null || nz == 1) {
            return steps;
        }
        double position = steps * spacing(2);
        int found = Arrays.binarySearch(slicePositions, position);
        int below = Math.clamp(found >= 0 ? found : -found - 2, 0, nz - 2);
        return below + (position - slicePositions[below]) / gap(below);
    }

    private double gap(int k) {
        return slicePositions[k + 1] - slicePositions[k];
    }

    /** The same grid as if its slices were equally far apart, from the first to the last. */
    public Grid regular() {
        if (slicePositions == null) {
            return this;
        }
        double step = nz == 1 ? 1 : slicePositions[nz - 1] / (nz - 1) / spacing(2);
        return new Grid(nx, ny, nz, new Matrix4d(indexToPatient).scale(1, 1, step));
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

    /** Volume of a voxel of a regular grid, in cubic millimetres. */
    public double voxelVolume() {
        return Math.abs(indexToPatient.determinant3x3());
    }

    /** Volume in cubic millimetres of a voxel of slice k, which reaches half way to the next slices. */
    public double voxelVolume(int k) {
        return voxelVolume() * (steps(k + 0.5) - steps(k - 0.5));
    }

    /**
     * How far apart in mm single-precision numbers are at the grid's farthest corner: coordinates of surfaces, which are
     * such numbers, are no finer than that.
     */
    public float coarseness() {
        double farthest = 0;
        for (int corner = 0; corner < 8; corner++) {
            Vector3d place = place((corner & 1) * (nx - 1.0), (corner >> 1 & 1) * (ny - 1.0), (corner >> 2) * (nz - 1.0));
            farthest = Math.max(farthest, place.absolute().get(place.maxComponent()));
        }
        return Math.ulp((float) farthest);
    }

    /** Whether two grids agree: equal sizes, and no corner farther apart than a hundredth of the smallest spacing. */
    public boolean sameAs(Grid other) {
        if (nx != other.nx || ny != other.ny || nz != other.nz) {
            return false;
        }
        double tolerance = 0.01 * Math.min(spacing(0), Math.min(spacing(1), spacing(2)));
        // Of regular grids the corners say all.
        int step = isRegular() && other.isRegular() ? Math.max(1, nz - 1) : 1;
        for (int k = 0; k < nz; k += step) {
            for (int corner = 0; corner < 4; corner++) {
                double i = (corner & 1) * (nx - 1.0);
                double j = (corner >> 1) * (ny - 1.0);
                if (!(place(i, j, k).distance(other.place(i, j, k)) <= tolerance)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The grid in words, for messages: sizes, spacings, the first voxel's place, and where each axis points. */
    public String describe() {
        return nx + " x " + ny + " x " + nz + " voxels of " + Words.number(spacing(0)) + " x " + Words.number(spacing(1)) + " x "
                + (isRegular() ? Words.number(spacing(2)) + " mm" : betweenSlices()) + ", first at (" + Words.number(indexToPatient.m30()) + ", "
                + Words.number(indexToPatient.m31()) + ", " + Words.number(indexToPatient.m32()) + "), axes towards "
                + orientation();
    }

    private String betweenSlices() {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int k = 1; k < nz; k++) {
            least = Math.min(least, slicePositions[k] - slicePositions[k - 1]);
            most = Math.max(most, slicePositions[k] - slicePositions[k - 1]);
        }
        return Words.number(least) + " to " + Words.number(most) + " mm (slices at places of their own)";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grid that && nx == that.nx && ny == that.ny && nz == that.nz
                && indexToPatient.equals(that.indexToPatient) && Arrays.equals(slicePositions, that.slicePositions);
    }

    @Override
    public int hashCode() {
        return 31 * indexToPatient.hashCode() + Arrays.hashCode(slicePositions);
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
