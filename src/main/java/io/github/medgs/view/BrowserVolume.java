package io.github.medgs.view;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.SlicePositions;
import io.github.medgs.volume.Volume;
import org.joml.Matrix4d;

/** A volume as a browser can hold it: on a regular grid, and not larger than its graphics memory is likely to be. */
final class BrowserVolume {

    /** 48 million voxels: 192 MB as floats, 96 MB as 16-bit integers. */
    private static final long MOST_VOXELS = 48_000_000;

    private BrowserVolume() {}

    static Volume of(Volume volume) {
        return thinned(regular(volume), MOST_VOXELS);
    }

    /** Slices at places of their own become the nearest of them at equal distances. */
    private static Volume regular(Volume volume) {
        Grid grid = volume.grid();
        if (grid.isRegular()) {
            return volume;
        }
        int slices = (int) Math.round(grid.slicePosition(grid.nz() - 1) / grid.spacing(2)) + 1;
        int pixels = grid.nx() * grid.ny();
        float[] voxels = new float[Math.multiplyExact(slices, pixels)];
        for (int k = 0; k < slices; k++) {
            int nearest = SlicePositions.nearest(grid.slicePositions(), k * grid.spacing(2));
            System.arraycopy(volume.voxels(), nearest * pixels, voxels, k * pixels, pixels);
        }
        return new Volume(new Grid(grid.nx(), grid.ny(), slices, grid.indexToPatient()), voxels);
    }

    /** Every n-th voxel along each axis, with the smallest n that is small enough. */
    static Volume thinned(Volume volume, long most) {
        int n = 1;
        while (thinnedCount(volume.nx(), n) * thinnedCount(volume.ny(), n) * thinnedCount(volume.nz(), n) > most) {
            n++;
        }
        if (n == 1) {
            return volume;
        }
        int nx = (int) thinnedCount(volume.nx(), n);
        int ny = (int) thinnedCount(volume.ny(), n);
        int nz = (int) thinnedCount(volume.nz(), n);
        float[] voxels = new float[nx * ny * nz];
        int at = 0;
        for (int k = 0; k < nz; k++) {
            for (int j = 0; j < ny; j++) {
                for (int i = 0; i < nx; i++) {
                    voxels[at++] = volume.voxel(n * i, n * j, n * k);
                }
            }
        }
        return new Volume(new Grid(nx, ny, nz, new Matrix4d(volume.indexToPatient()).scale(n)), voxels);
    }

    private static long thinnedCount(int size, int n) {
        return (size + n - 1) / n;
    }
}
