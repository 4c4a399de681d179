package io.github.medgs.volume.nrrd;

import io.github.medgs.InputException;
import io.github.medgs.volume.raw.Conventions;
import io.github.medgs.volume.raw.TextHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.joml.Matrix4d;
import org.joml.Vector3d;

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
        List<Vector3d> directions = directions(header, all.length);
        boolean[] spatial = spatial(header, directions, all.length);
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
        Matrix4d affine = affine(header, directions, first, count, notes);
        return new NrrdAxes(sizes, product(all, 0, first), product(all, last + 1, all.length), affine);
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

    // Directions say it themselves ("none"); else the kinds; else the first three axes are space.
    private static boolean[] spatial(NrrdHeader header, List<Vector3d> directions, int dimension) {
        boolean[] spatial = new boolean[dimension];
        String kinds = header.field("kinds");
        String[] kind = kinds == null ? new String[0] : kinds.strip().toLowerCase(Locale.ROOT).split("\\s+");
        for (int axis = 0; axis < dimension; axis++) {
            if (directions != null) {
                spatial[axis] = directions.get(axis) != null;
            } else if (kind.length == dimension) {
                spatial[axis] = kind[axis].equals("space") || kind[axis].equals("domain") || kind[axis].equals("???");
            } else {
                spatial[axis] = axis < 3;
            }
        }
        return spatial;
    }

    private static Matrix4d affine(NrrdHeader header, List<Vector3d> directions, int first, int count,
            List<String> notes) {
        Vector3d[] steps = {new Vector3d(1, 0, 0), new Vector3d(0, 1, 0), new Vector3d(0, 0, 1)};
        Vector3d origin = new Vector3d();
        if (directions != null) {
            for (int axis = 0; axis < count; axis++) {
                steps[axis] = directions.get(first + axis);
            }
            if (count == 2) {
                steps[2] = new Vector3d(steps[0]).cross(steps[1]).normalize();
            }
            String text = header.field("space origin");
            if (text == null) {
                notes.add("the header gives no origin: the first voxel is at (0, 0, 0)");
            } else {
                origin = vector(header, "space origin", text);
            }
        } else {
            spacings(header, first, count, steps, notes);
        }
        Matrix4d affine = toRas(header, Conventions.affine(steps[0], steps[1], steps[2], origin), notes);
        if (!Conventions.isInvertible(affine)) {
            throw new InputException(header.path().toString(), "has space directions that do not span space",
                    "correct the header");
        }
        return affine;
    }

    private static void spacings(NrrdHeader header, int first, int count, Vector3d[] steps, List<String> notes) {
        String text = header.field("spacings");
        double[] spacings = text == null ? new double[0] : TextHeader.numbers(header.path(), "spacings", text);
        for (int axis = 0; axis < count; axis++) {
            double spacing = first + axis < spacings.length ? Math.abs(spacings[first + axis]) : Double.NaN;
            boolean usable = spacing > 0 && Double.isFinite(spacing);
            if (!usable) {
                notes.add("the header gives no spacing along axis " + "ijk".charAt(axis) + "; 1 mm was taken");
            }
            steps[axis].mul(usable ? spacing : 1);
        }
    }

    private static Matrix4d toRas(NrrdHeader header, Matrix4d affine, List<String> notes) {
        String space = header.field("space");
        String name = space == null ? "" : space.toLowerCase(Locale.ROOT).replace("-time", "");
        return switch (name) {
            case "right-anterior-superior", "ras", "rast" -> affine;
            case "left-anterior-superior", "las", "last" -> new Matrix4d().scale(-1, 1, 1).mul(affine);
            case "left-posterior-superior", "lps", "lpst" -> Conventions.fromLps(affine);
            default -> {
                notes.add("the header does not say where the patient's left is (space \"" + name
                        + "\"); LPS was taken, as DICOM has it");
                yield Conventions.fromLps(affine);
            }
        };
    }

    // One per axis, null for "none"; null altogether where the header has none.
    private static List<Vector3d> directions(NrrdHeader header, int dimension) {
        String text = header.field("space directions");
        if (text == null) {
            return null;
        }
        List<Vector3d> directions = new ArrayList<>();
        String rest = text.strip();
        while (!rest.isEmpty()) {
            int end = rest.startsWith("(") ? rest.indexOf(')') + 1 : Math.min(4, rest.length());
            String word = rest.substring(0, end);
            if (end == 0 || !word.startsWith("(") && !word.equalsIgnoreCase("none")) {
                throw TextHeader.badField(header.path(), "space directions", text);
            }
            directions.add(word.startsWith("(") ? vector(header, "space directions", word) : null);
            rest = rest.substring(end).strip();
        }
        if (directions.size() != dimension) {
            throw TextHeader.badField(header.path(), "space directions", text);
        }
        return directions;
    }

    private static Vector3d vector(NrrdHeader header, String field, String text) {
        if (!text.startsWith("(") || !text.endsWith(")")) {
            throw TextHeader.badField(header.path(), field, text);
        }
        double[] numbers = TextHeader.numbers(header.path(), field,
                text.substring(1, text.length() - 1).replace(',', ' '));
        if (numbers.length < 2 || numbers.length > 4) {
            throw TextHeader.badField(header.path(), field, text);
        }
        // A fourth number is time, a missing third lies in the plane.
        double[] three = Arrays.copyOf(numbers, 3);
        return new Vector3d(three[0], three[1], three[2]);
    }
}
