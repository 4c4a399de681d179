package io.github.medgs.edit;

import org.joml.Matrix4d;
import org.joml.Vector3d;

/** Where a move takes a region. */
final class Placement {

    private final SliceSpace space;
    private final Region region;

    Placement(SliceSpace space, Region region) {
        this.space = space;
        this.region = region;
    }

    /** The move as an affine of (column, row, depth): scaled and turned about its fixed point, then translated. */
    Matrix4d affine(Change.Move move) {
        double[] about = move.about() != null ? move.about() : centroid();
        double[] t = move.translation();
        Matrix4d patient = new Matrix4d().translation(t[0] + about[0], t[1] + about[1], t[2] + about[2])
                .mul(rotation(move.axis(), move.degrees()))
                .scale(move.scale()[0], move.scale()[1], move.scale()[2])
                .translate(-about[0], -about[1], -about[2]);
        return space.onSlices(patient);
    }

    /** Rodrigues' formula; StrictMath, so that every machine turns alike. */
    private static Matrix4d rotation(double[] axis, double degrees) {
        // Of an axis as long or as short as numbers get, the length is none.
        double most = Math.max(Math.abs(axis[0]), Math.max(Math.abs(axis[1]), Math.abs(axis[2])));
        Vector3d n = new Vector3d(axis[0] / most, axis[1] / most, axis[2] / most).normalize();
        double angle = degrees * (Math.PI / 180);
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        double v = 1 - c;
        // JOML's constructor takes columns.
        return new Matrix4d(
                c + n.x * n.x * v, n.y * n.x * v + n.z * s, n.z * n.x * v - n.y * s, 0,
                n.x * n.y * v - n.z * s, c + n.y * n.y * v, n.z * n.y * v + n.x * s, 0,
                n.x * n.z * v + n.y * s, n.y * n.z * v - n.x * s, c + n.z * n.z * v, 0,
                0, 0, 0, 1);
    }

    /** Of the region's pixels on all slices, each as thick as half the gaps beside it; patient millimetres. */
    private double[] centroid() {
        Rectangle whole = new Rectangle(0, 0, space.width(), space.height());
        Vector3d sum = new Vector3d();
        double weight = 0;
        for (int slice = 0; slice < space.slices(); slice++) {
            double depth = space.depthOfSlice(slice);
            double thickness = thickness(slice);
            boolean[] in = Canvas.raster(region, whole, depth);
            for (int p = 0; p < in.length; p++) {
                if (in[p]) {
                    sum.add(thickness * (p % whole.width()), thickness * (p / whole.width()), thickness * depth);
                    weight += thickness;
                }
            }
        }
        Vector3d centre = weight == 0 ? sum : sum.div(weight);
        space.toPatient(centre);
        return new double[] {centre.x, centre.y, centre.z};
    }

    private double thickness(int slice) {
        double before = space.depthOfSlice(Math.max(0, slice - 1));
        double after = space.depthOfSlice(Math.min(space.slices() - 1, slice + 1));
        return after > before ? after - before : 1;
    }

    /** The share of the region's pixels that a move takes out of the model's volume. */
    double lost(Matrix4d move) {
        Rectangle whole = new Rectangle(0, 0, space.width(), space.height());
        double last = space.depthOfSlice(space.slices() - 1);
        Vector3d place = new Vector3d();
        long all = 0;
        long out = 0;
        for (int slice = 0; slice < space.slices(); slice++) {
            double depth = space.depthOfSlice(slice);
            boolean[] in = Canvas.raster(region, whole, depth);
            for (int p = 0; p < in.length; p++) {
                if (in[p]) {
                    move.transformPosition(place.set(p % whole.width(), p / whole.width(), depth));
                    all++;
                    out += whole.nearest(place.x, place.y) < 0 || place.z < -1e-6 || place.z > last + 1e-6 ? 1 : 0;
                }
            }
        }
        return all == 0 ? 0 : (double) out / all;
    }
}
