package io.github.medgs.volume.phantom;

import io.github.medgs.volume.Grid;
import org.joml.Matrix4d;

/** Grids for phantoms, centred, with angles that give the same bits on every machine. */
final class Grids {

    private Grids() {}

    /** Axes along the patient's (RAS), the middle of the grid at the origin. */
    static Grid straight(int nx, int ny, int nz, double di, double dj, double dk) {
        return centred(nx, ny, nz, new Matrix4d().scale(di, dj, dk));
    }

    /** Turned about x by one angle, then about z by another, in degrees. */
    static Grid oblique(int nx, int ny, int nz, double di, double dj, double dk, double aboutX, double aboutZ) {
        double cosX = StrictMath.cos(StrictMath.toRadians(aboutX));
        double sinX = StrictMath.sin(StrictMath.toRadians(aboutX));
        double cosZ = StrictMath.cos(StrictMath.toRadians(aboutZ));
        double sinZ = StrictMath.sin(StrictMath.toRadians(aboutZ));
        // Column by column: R_z R_x, then the spacings.
        Matrix4d directions = new Matrix4d(
                cosZ * di, sinZ * di, 0, 0,
                -sinZ * cosX * dj, cosZ * cosX * dj, sinX * dj, 0,
                sinZ * sinX * dk, -cosZ * sinX * dk, cosX * dk, 0,
                0, 0, 0, 1);
        return centred(nx, ny, nz, directions);
    }

    /** The same grid with its middle moved. */
    static Grid shifted(Grid grid, double x, double y, double z) {
        return new Grid(grid.nx(), grid.ny(), grid.nz(), new Matrix4d(grid.indexToPatient()).translateLocal(x, y, z));
    }

    /** The same box round the same middle with so many times as many voxels along each axis, at least two. */
    static Grid finer(Grid grid, double times) {
        if (times == 1) {
            return grid;
        }
        int nx = voxels(grid.nx(), times);
        int ny = voxels(grid.ny(), times);
        int nz = voxels(grid.nz(), times);
        return new Grid(nx, ny, nz, new Matrix4d(grid.indexToPatient())
                .translate((grid.nx() - 1) / 2.0, (grid.ny() - 1) / 2.0, (grid.nz() - 1) / 2.0).scale(1 / times)
                .translate(-(nx - 1) / 2.0, -(ny - 1) / 2.0, -(nz - 1) / 2.0));
    }

    private static int voxels(int before, double times) {
        return Math.max(2, (int) Math.round(before * times));
    }

    private static Grid centred(int nx, int ny, int nz, Matrix4d directions) {
        return new Grid(nx, ny, nz, directions.translate(-(nx - 1) / 2.0, -(ny - 1) / 2.0, -(nz - 1) / 2.0));
    }
}
