package io.github.medgs.volume;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.joml.Matrix4d;
import org.joml.Vector4d;

/**
 * All that is needed to put rendered slices back into the patient. Plain numbers and arrays, because model files hold
 * it.
 *
 * @param axis the slicing axis, resolved
 * @param height rows of a slice
 * @param width columns of a slice
 * @param affine the upper three rows of the affine from voxel index to patient millimetres (RAS+), row by row, 12
 *     values; index 0 along the slicing axis is the stack's first slice, and a step is the source volume's
 * @param positions millimetres along the slicing axis from the first slice, one per slice, strictly increasing from 0
 */
public record SliceGeometry(SliceAxis axis, int height, int width, double[] affine, double[] positions) {

    /** How far a gap or a side of a pixel may differ from the others, relatively, and still count as equal. */
    private static final double EQUAL_GAPS = 1e-4;

    public SliceGeometry {
        if (axis == SliceAxis.AUTO || height < 1 || width < 1 || affine.length != 12 || positions.length < 1
                || positions[0] != 0) {
            throw new IllegalArgumentException("not the geometry of a stack of slices: axis " + axis + ", " + height
                    + " x " + width + ", affine of " + affine.length + ", " + positions.length + " positions");
        }
        requireIncreasing(positions);
        affine = affine.clone();
        positions = positions.clone();
    }

    /** All slices of a grid along an axis. */
    public static SliceGeometry of(Grid grid, SliceAxis axis) {
        SliceAxis resolved = axis.resolve(grid);
        return SliceStack.geometryOf(grid, IntStream.range(0, grid.size(resolved.index())).toArray(), resolved);
    }

    /**
     * Slices at new positions as a volume whose voxel order is the source volume's: along axis i or j too.
     *
     * @param slices slice by slice, row by row, {@code (f * height + r) * width + c}
     * @param positionsMm where they lie along the slicing axis, from the stack's first slice; equally spaced. A single
     *     slice keeps the source volume's thickness
     * @return a volume with the exact affine: its first slice is at the first position
     */
    public Volume volumeOf(float[] slices, double[] positionsMm) {
        int count = positionsMm.length;
        if (count < 1 || slices.length != (long) count * height * width) {
            throw new IllegalArgumentException(slices.length + " values are not " + count + " slices of " + height
                    + " x " + width);
        }
        requireIncreasing(positionsMm);
        Grid grid = gridOf(positionsMm);
        return new Volume(grid, Slicing.toVoxels(slices, grid, axis));
    }

    /**
     * The stack's own slices as a volume, each at its own place: in the source volume's order, but where they are not
     * equally far apart along i or j. A grid knows such places along k alone: there columns run along i, rows along j and
     * slices along k.
     *
     * @param slices slice by slice, row by row
     */
    public Volume volumeOf(float[] slices) {
        if (hasEqualGaps(positions)) {
            return volumeOf(slices, positions);
        }
        Matrix4d source = sourceAffine();
        Matrix4d affine = new Matrix4d(source);
        affine.setColumn(0, source.getColumn(axis.columnAxis(), new Vector4d()));
        affine.setColumn(1, source.getColumn(axis.rowAxis(), new Vector4d()));
        affine.setColumn(2, source.getColumn(axis.index(), new Vector4d()));
        return new Volume(new Grid(width, height, positions.length, affine, positions), slices.clone());
    }

    /** The grid of {@link #volumeOf(float[], double[])} without its voxels. */
    public Grid gridOf(double[] positionsMm) {
        int count = positionsMm.length;
        Matrix4d source = sourceAffine();
        int normal = axis.index();
        double spacing = sourceSpacing();
        if (!hasEqualGaps(positionsMm)) {
            throw new IllegalArgumentException("slice positions are not equally spaced: " + Arrays.toString(positionsMm));
        }
        double step = count == 1 ? spacing : (positionsMm[count - 1] - positionsMm[0]) / (count - 1);
        Matrix4d affine = new Matrix4d(source);
        for (int component = 0; component < 3; component++) {
            double along = source.get(normal, component);
            affine.set(normal, component, along * (step / spacing));
            affine.set(3, component, source.get(3, component) + along * (positionsMm[0] / spacing));
        }
        int[] sizes = new int[3];
        sizes[axis.columnAxis()] = width;
        sizes[axis.rowAxis()] = height;
        sizes[normal] = count;
        return new Grid(sizes[0], sizes[1], sizes[2], affine);
    }

    /**
     * The affine from (column, row, millimetres along the slicing axis from the first slice) to patient millimetres,
     * RAS+.
     */
    public Matrix4d slicesToPatient() {
        Matrix4d source = sourceAffine();
        Matrix4d slices = new Matrix4d(source);
        for (int component = 0; component < 3; component++) {
            slices.set(0, component, source.get(axis.columnAxis(), component));
            slices.set(1, component, source.get(axis.rowAxis(), component));
            slices.set(2, component, source.get(axis.index(), component) / sourceSpacing());
        }
        return slices;
    }

    /** Millimetres between neighbouring pixels of a row. */
    public double columnSpacing() {
        return column(axis.columnAxis());
    }

    /** Millimetres between neighbouring rows. */
    public double rowSpacing() {
        return column(axis.rowAxis());
    }

    /** How far rows are apart, in columns: 1 for square pixels, however an affine rounds them. */
    public double aspect() {
        double aspect = rowSpacing() / columnSpacing();
        return Math.abs(aspect - 1) <= EQUAL_GAPS ? 1 : aspect;
    }

    /** Millimetres between neighbouring slices of the source volume. */
    public double sourceSpacing() {
        return column(axis.index());
    }

    private double column(int index) {
        return Math.sqrt(affine[index] * affine[index] + affine[4 + index] * affine[4 + index]
                + affine[8 + index] * affine[8 + index]);
    }

    private Matrix4d sourceAffine() {
        Matrix4d matrix = new Matrix4d();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                matrix.set(column, row, affine[4 * row + column]);
            }
        }
        return matrix;
    }

    /** @throws IllegalArgumentException where one does not lie beyond the last, or is not finite */
    static void requireIncreasing(double[] positions) {
        for (int f = 0; f < positions.length; f++) {
            if (!Double.isFinite(positions[f]) || f > 0 && !(positions[f] > positions[f - 1])) {
                throw new IllegalArgumentException("slice positions do not increase: " + Arrays.toString(positions));
            }
        }
    }

    private static boolean hasEqualGaps(double[] positions) {
        double step = (positions[positions.length - 1] - positions[0]) / Math.max(1, positions.length - 1);
        for (int f = 0; f < positions.length; f++) {
            if (!(Math.abs(positions[f] - (positions[0] + f * step)) <= EQUAL_GAPS * step)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SliceGeometry that && axis == that.axis && height == that.height && width == that.width
                && Arrays.equals(affine, that.affine) && Arrays.equals(positions, that.positions);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(affine) + Arrays.hashCode(positions);
    }
}
