package io.github.medgs.volume;

import org.joml.Matrix4d;
import org.joml.Matrix4dc;
import org.joml.Vector3d;

/**
 * How a grid's voxels are another's: with its axes in another order, some of them reversed, and some voxels cut off or
 * added at the ends. Programs do so to each other's files all the time, and no value changes by it.
 *
 * @param axis for each axis of the source, which axis of the target it is
 * @param sign 1, or -1 where it runs the other way
 * @param offset source index of the target's voxel 0: source = sign * target + offset
 */
record GridMapping(int[] axis, int[] sign, int[] offset) {

    /** How far a voxel may be from its partner, as a share of the smallest spacing; see {@link Grid#sameAs}. */
    private static final double TOLERANCE = 0.01;

    /** The mapping from a target's voxels to a source's, or null where their voxels are not the same places. */
    static GridMapping of(Grid target, Grid source) {
        if (!target.isRegular() || !source.isRegular()) {
            return null;
        }
        Matrix4dc toSource = new Matrix4d(source.indexToPatient()).invert().mul(target.indexToPatient());
        int[] axis = new int[3];
        int[] sign = new int[3];
        int[] offset = new int[3];
        boolean[] taken = new boolean[3];
        for (int m = 0; m < 3; m++) {
            for (int t = 1; t < 3; t++) {
                axis[m] = Math.abs(toSource.get(t, m)) > Math.abs(toSource.get(axis[m], m)) ? t : axis[m];
            }
            double place = toSource.get(3, m);
            if (taken[axis[m]] || !(Math.abs(place) < Integer.MAX_VALUE / 4)) {
                return null;
            }
            taken[axis[m]] = true;
            sign[m] = toSource.get(axis[m], m) < 0 ? -1 : 1;
            offset[m] = (int) Math.rint(place);
        }
        GridMapping mapping = new GridMapping(axis, sign, offset);
        return mapping.holds(target, source) ? mapping : null;
    }

    // At the source's corners: then between them too.
    private boolean holds(Grid target, Grid source) {
        double tolerance = TOLERANCE * Math.min(source.spacing(0), Math.min(source.spacing(1), source.spacing(2)));
        for (int corner = 0; corner < 8; corner++) {
            Vector3d index = new Vector3d();
            Vector3d there = new Vector3d();
            for (int m = 0; m < 3; m++) {
                index.setComponent(m, (corner >> m & 1) * (source.size(m) - 1.0));
                there.setComponent(axis[m], sign[m] * (index.get(m) - offset[m]));
            }
            Vector3d place = source.indexToPatient().transformPosition(index);
            if (!(place.distance(target.indexToPatient().transformPosition(there)) <= tolerance)) {
                return false;
            }
        }
        return true;
    }

    /** The index of the source's voxel at a place of the target, or -1 outside of it. */
    int source(Grid source, int i, int j, int k) {
        int index = 0;
        int step = 1;
        for (int m = 0; m < 3; m++) {
            int at = sign[m] * (axis[m] == 0 ? i : axis[m] == 1 ? j : k) + offset[m];
            if (at < 0 || at >= source.size(m)) {
                return -1;
            }
            index += step * at;
            step *= source.size(m);
        }
        return index;
    }

    /** In words: "axes in the order j, i, k, axis k reversed, 32 x 32 x 10 voxels of the image covered". */
    String words(Grid target, Grid source) {
        StringBuilder text = new StringBuilder();
        if (axis[0] != 0 || axis[1] != 1) {
            text.append("axes in the order ").append(letter(axis[0])).append(", ").append(letter(axis[1])).append(", ")
                    .append(letter(axis[2]));
        }
        for (int m = 0; m < 3; m++) {
            if (sign[m] < 0) {
                text.append(text.isEmpty() ? "" : ", ").append("axis ").append(letter(axis[m])).append(" reversed");
            }
        }
        int[] covered = new int[3];
        boolean all = true;
        for (int m = 0; m < 3; m++) {
            int first = sign[m] > 0 ? -offset[m] : offset[m] - source.size(m) + 1;
            int size = target.size(axis[m]);
            covered[axis[m]] = Math.max(0, Math.min(size, first + source.size(m)) - Math.max(0, first));
            all &= covered[axis[m]] == size && source.size(m) == size;
        }
        if (!all) {
            text.append(text.isEmpty() ? "" : ", ").append(covered[0] + " x " + covered[1] + " x " + covered[2] + " of its "
                    + target.nx() + " x " + target.ny() + " x " + target.nz() + " voxels covered");
        }
        return text.toString();
    }

    private static char letter(int axis) {
        return "ijk".charAt(axis);
    }
}
