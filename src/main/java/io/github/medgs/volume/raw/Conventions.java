package io.github.medgs.volume.raw;

import org.joml.Matrix3d;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/** Affines from what headers say: directions, spacings, an origin, and the patient axes these are given in. */
public final class Conventions {

    private Conventions() {}

    /**
     * An affine to RAS+ from one given in LPS+, as DICOM, ITK, MetaImage and most NRRD files give theirs: x and y
     * change sign.
     */
    public static Matrix4d fromLps(Matrix4d affine) {
        return new Matrix4d().scale(-1, -1, 1).mul(affine);
    }

    /** An affine from the step along each index axis and the first voxel's place. */
    public static Matrix4d affine(Vector3d i, Vector3d j, Vector3d k, Vector3d origin) {
        return new Matrix4d(
                i.x, i.y, i.z, 0,
                j.x, j.y, j.z, 0,
                k.x, k.y, k.z, 0,
                origin.x, origin.y, origin.z, 1);
    }

    /** Whether an affine is finite and its three axes span space. */
    public static boolean isInvertible(Matrix4d affine) {
        Matrix3d directions = affine.get3x3(new Matrix3d());
        double lengths = directions.getColumn(0, new Vector3d()).length()
                * directions.getColumn(1, new Vector3d()).length()
                * directions.getColumn(2, new Vector3d()).length();
        return affine.isFinite() && lengths > 0 && Double.isFinite(lengths)
                && Math.abs(directions.determinant()) > 1e-6 * lengths;
    }
}
