package io.github.medgs.volume;

import org.joml.Matrix4dc;

/**
 * Voxels on a regular grid, and where that grid lies in the patient.
 *
 * <p>Voxel (i, j, k) is at {@code voxels[i + nx * (j + ny * k)]}: i runs fastest, as in NIfTI. The affine takes a voxel
 * index to patient millimetres in RAS+ (x to the patient's right, y to the front, z to the head), whatever convention
 * the file used.
 */
public final class Volume {

    private final Grid grid;
    private final StoredVoxels stored;

    /**
     * @param voxels nx * ny * nz values, kept, not copied
     * @param indexToPatient affine from voxel index to patient millimetres (RAS+), copied
     */
    public Volume(int nx, int ny, int nz, float[] voxels, Matrix4dc indexToPatient) {
        this(new Grid(nx, ny, nz, indexToPatient), voxels);
    }

    /** @param voxels as many values as the grid has voxels, kept, not copied */
    public Volume(Grid grid, float[] voxels) {
        this(grid, StoredVoxels.computed(voxels));
    }

    /** @param stored as many voxels as the grid has, and how a file stores them */
    public Volume(Grid grid, StoredVoxels stored) {
        if (grid.count() != stored.intensities().length) {
            throw new IllegalArgumentException("grid " + grid.nx() + " x " + grid.ny() + " x " + grid.nz()
                    + " does not fit " + stored.intensities().length + " voxels");
        }
        this.grid = grid;
        this.stored = stored;
    }

    public Grid grid() {
        return grid;
    }

    public int nx() {
        return grid.nx();
    }

    public int ny() {
        return grid.ny();
    }

    public int nz() {
        return grid.nz();
    }

    /** The number of voxels along an axis (0, 1 or 2). */
    public int size(int axis) {
        return grid.size(axis);
    }

    /** The voxels themselves, i fastest. */
    public float[] voxels() {
        return stored.intensities();
    }

    public float voxel(int i, int j, int k) {
        return stored.intensities()[index(i, j, k)];
    }

    public int index(int i, int j, int k) {
        return i + grid.nx() * (j + grid.ny() * k);
    }

    /** Affine from voxel index to patient millimetres, RAS+. */
    public Matrix4dc indexToPatient() {
        return grid.indexToPatient();
    }

    /** Distance in millimetres between neighbouring voxels along an axis. */
    public double spacing(int axis) {
        return grid.spacing(axis);
    }

    /** Volume of a voxel of a regular grid, in cubic millimetres. */
    public double voxelVolume() {
        return grid.voxelVolume();
    }

    /** Whether two volumes lie on the same grid; see {@link Grid#sameAs}. */
    public boolean sameGrid(Volume other) {
        return grid.sameAs(other.grid);
    }

    /** The voxels and how a file stores them, to the bit. */
    public StoredVoxels stored() {
        return stored;
    }

    /** The same intensities, to be stored as floats. */
    public Volume asFloats() {
        return withVoxels(voxels());
    }

    /** Says which voxel of one volume is at a place of another: its index, or -1 for none. */
    @FunctionalInterface
    interface Source {
        int index(int i, int j, int k);
    }

    /** These voxels at the places of another grid, to the bit; 0 where there is none. */
    Volume onto(Grid other, Source source) {
        int[] from = new int[(int) other.count()];
        for (int k = 0, n = 0; k < other.nz(); k++) {
            for (int j = 0; j < other.ny(); j++) {
                for (int i = 0; i < other.nx(); i++) {
                    from[n++] = source.index(i, j, k);
                }
            }
        }
        return new Volume(other, stored.gather(from));
    }

    /** A volume on the same grid with other voxels. */
    public Volume withVoxels(float[] values) {
        return new Volume(grid, values);
    }

    /** The grid in words, for messages. */
    public String describeGrid() {
        return grid.describe();
    }
}
