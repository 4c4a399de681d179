package io.github.medgs.volume;

/** The two orders of the same values: voxels (i fastest) and slices (column fastest, then row, then slice). */
public final class Slicing {

    private Slicing() {}

    /**
     * @param voxels of the grid, i fastest
     * @param indices the wanted slices along the axis
     * @return slice by slice, row by row
     */
    public static float[] toSlices(float[] voxels, Grid grid, SliceAxis axis, int[] indices) {
        int width = grid.size(axis.columnAxis());
        int height = grid.size(axis.rowAxis());
        int columnStep = stride(grid, axis.columnAxis());
        int rowStep = stride(grid, axis.rowAxis());
        int sliceStep = stride(grid, axis.index());
        float[] slices = new float[indices.length * height * width];
        int target = 0;
        for (int index : indices) {
            for (int row = 0; row < height; row++) {
                int source = index * sliceStep + row * rowStep;
                for (int column = 0; column < width; column++) {
                    slices[target++] = voxels[source + column * columnStep];
                }
            }
        }
        return slices;
    }

    /** The inverse for all slices of a grid. */
    public static float[] toVoxels(float[] slices, Grid grid, SliceAxis axis) {
        int width = grid.size(axis.columnAxis());
        int height = grid.size(axis.rowAxis());
        int count = grid.size(axis.index());
        int columnStep = stride(grid, axis.columnAxis());
        int rowStep = stride(grid, axis.rowAxis());
        int sliceStep = stride(grid, axis.index());
        float[] voxels = new float[slices.length];
        int source = 0;
        for (int slice = 0; slice < count; slice++) {
            for (int row = 0; row < height; row++) {
                int target = slice * sliceStep + row * rowStep;
                for (int column = 0; column < width; column++) {
                    voxels[target + column * columnStep] = slices[source++];
                }
            }
        }
        return voxels;
    }

    /** One row of a slice in a volume's voxels. */
    interface Row {

        /**
         * @param voxel index of the first
         * @param step from one to the next
         */
        void at(int voxel, int step, int count);
    }

    /** Goes through the rows of one slice in order. */
    static void forEachRow(Grid grid, SliceAxis axis, int slice, Row row) {
        int count = grid.size(axis.columnAxis());
        int step = stride(grid, axis.columnAxis());
        for (int r = 0; r < grid.size(axis.rowAxis()); r++) {
            row.at(slice * stride(grid, axis.index()) + r * stride(grid, axis.rowAxis()), step, count);
        }
    }

    private static int stride(Grid grid, int axis) {
        return switch (axis) {
            case 0 -> 1;
            case 1 -> grid.nx();
            default -> grid.nx() * grid.ny();
        };
    }
}
