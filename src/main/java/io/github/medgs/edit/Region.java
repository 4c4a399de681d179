package io.github.medgs.edit;

import org.joml.Matrix4d;
import org.joml.Vector3d;

/** A part of the patient: at any place of the slice space (column, row, depth), in or out. */
@FunctionalInterface
interface Region {

    boolean contains(double column, double row, double depth);

    /** This region after an affine of the slice space. */
    default Region moved(Matrix4d move) {
        Matrix4d back = new Matrix4d(move).invert();
        Vector3d place = new Vector3d();
        return (column, row, depth) -> {
            back.transformPosition(place.set(column, row, depth));
            return contains(place.x, place.y, place.z);
        };
    }
}
