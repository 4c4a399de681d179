package io.github.medgs.volume.nrrd;

import io.github.medgs.InputException;
import java.util.List;
import java.util.Locale;
import org.joml.Matrix4d;

/**
 * Which axes of a NRRD are space, and where they lie.
 *
 * @param sizes of the (up to three) spatial axes
 * @param channels product of the axes before the first spatial one: values side by side for each voxel
 * @param frames product of the axes after the last
 * @param affine to patient millimetres, RAS+
 */
record NrrdAxes(long[] sizes, long channels, long frames, Matrix4d affine) {

    static NrrdAxes of(NrrdHeader header, List<String> notes) {
        long[] all = header.sizes();
        String[] kinds = kinds(header, all.length);
        NrrdSpace space = NrrdSpace.of(header, all.length, notes);
        boolean[] spatial = spatial(kinds, space, all.length);
        int first = 0;
        while (first < all.length && !spatial[first]) {
            first++;
        }
        int last = all.length - 1;
        while (last > first && !spatial[last]) {
            last--;
        }
        int count = last - first + 1;
        if (first == all.length || count > 3 || !allSpatial(spatial, first, last)) {
            throw new InputException(header.path().toString(), "does not have three neighbouring axes in space",
                    "export one volume, with the other axes before or after");
        }
        long[] sizes = {1, 1, 1};
        System.arraycopy(all, first, sizes, 0, count);
        return new NrrdAxes(sizes, product(all, 0, first), product(all, last + 1, all.length),
                space.affine(header, first, count, sizes, notes));
    }

    private static boolean allSpatial(boolean[] spatial, int first, int last) {
        for (int axis = first; axis <= last; axis++) {
            if (!spatial[axis]) {
                return false;
            }
        }
        return true;
    }

    private static long product(long[] sizes, int from, int to) {
        long product = 1;
        for (int axis = from; axis < to; axis++) {
            product = Math.multiplyHigh(product, sizes[axis]) == 0 ? Math.max(product * sizes[axis], -1) : -1;
            if (product < 1) {
                return -1;
            }
        }
        return product;
    }

    // What each axis is, or null where the header does not say.
    private static String[] kinds(NrrdHeader header, int dimension) {
        String text = header.field("kinds");
        String[] kinds = text == null ? new String[0] : text.strip().toLowerCase(Locale.ROOT).split("\\s+");
        for (String kind : kinds) {
            if (kind.endsWith("-color") || kind.equals("complex")) {
                throw new InputException(header.path().toString(), kind.equals("complex") ? "holds complex numbers, which"
                        + " are not read" : "holds colours (" + kind + "), which are not read",
                        "convert it to one number per voxel");
            }
        }
        return kinds.length == dimension ? kinds : null;
    }

    // Directions say it themselves ("none"); else the kinds; else the first three axes are space.
    private static boolean[] spatial(String[] kinds, NrrdSpace space, int dimension) {
        boolean[] spatial = new boolean[dimension];
        for (int axis = 0; axis < dimension; axis++) {
            if (space.directions() != null) {
                spatial[axis] = space.directions().get(axis) != null;
            } else if (kinds != null) {
                spatial[axis] = List.of("space", "domain", "???").contains(kinds[axis]);
            } else {
                spatial[axis] = axis < 3;
            }
        }
        return spatial;
    }
}
