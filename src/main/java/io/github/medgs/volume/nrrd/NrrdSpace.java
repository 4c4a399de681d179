package io.github.medgs.volume.nrrd;

import io.github.medgs.InputException;
import io.github.medgs.volume.raw.Conventions;
import io.github.medgs.volume.raw.TextHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * What a NRRD says of the space round it: a vector for each axis that lies in space, or spacings alone, an origin, and
 * units.
 *
 * @param name of the space, lower case, "" where there is none
 * @param directions one per axis, null for an axis that is not space; null altogether where the header has none
 */
record NrrdSpace(String name, List<Vector3d> directions) {

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    static NrrdSpace of(NrrdHeader header, int dimension, List<String> notes) {
        String space = header.field("space");
        String name = space == null ? "" : space.toLowerCase(Locale.ROOT);
        return new NrrdSpace(name, directions(header, name, dimension, notes));
    }

    /** To patient millimetres, RAS+, from {@code count} axes beginning with the first spatial one. */
    Matrix4d affine(NrrdHeader header, int first, int count, long[] sizes, List<String> notes) {
        Vector3d[] steps = {new Vector3d(1, 0, 0), new Vector3d(0, 1, 0), new Vector3d(0, 0, 1)};
        Vector3d scale = units(header, notes);
        Vector3d origin = origin(header);
        if (origin != null) {
            origin.mul(scale);
        }
        if (directions != null) {
            NrrdSpacing.noteDisagreement(header, first, directions.subList(first, first + count), scale, notes);
            for (int axis = 0; axis < count; axis++) {
                steps[axis] = new Vector3d(directions.get(first + axis)).mul(scale);
            }
            if (count == 2) {
                steps[2] = new Vector3d(steps[0]).cross(steps[1]).normalize();
            }
        } else {
            NrrdSpacing spacing = NrrdSpacing.of(header, first, count, sizes, notes);
            for (int axis = 0; axis < count; axis++) {
                steps[axis].mul(spacing.steps()[axis]).mul(header.field("units") == null ? scale : new Vector3d(1));
            }
            origin = origin == null ? spacing.origin() : origin;
        }
        if (origin == null) {
            notes.add("the header gives no origin: the first voxel is at (0, 0, 0)");
            origin = new Vector3d();
        }
        Matrix4d affine = toRas(Conventions.affine(steps[0], steps[1], steps[2], origin), notes);
        if (!Conventions.isInvertible(affine)) {
            throw new InputException(header.path().toString(), "has space directions that do not span space",
                    "correct the header");
        }
        return affine;
    }

    // Millimetres per unit of each of the space's axes.
    private static Vector3d units(NrrdHeader header, List<String> notes) {
        List<String> units = quoted(header.field("space units"));
        Vector3d scale = new Vector3d(1);
        for (int axis = 0; axis < Math.min(3, units.size()); axis++) {
            scale.setComponent(axis, millimetres(units.get(axis), notes));
        }
        return scale;
    }

    /** The words of a field, each perhaps in quotes. */
    static List<String> quoted(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(text == null ? "" : text);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words;
    }

    /** Millimetres per unit of length; an unknown unit is taken as millimetres, and that is noted. */
    static double millimetres(String unit, List<String> notes) {
        double millimetres = switch (unit.strip().toLowerCase(Locale.ROOT)) {
            case "mm", "millimeter", "millimeters", "millimetre", "millimetres", "", "???", "none" -> 1;
            case "m", "meter", "meters", "metre", "metres" -> 1000;
            case "cm", "centimeter", "centimeters", "centimetre", "centimetres" -> 10;
            case "dm", "decimeter", "decimeters", "decimetre", "decimetres" -> 100;
            case "um", "µm", "μm", "micron", "microns", "micrometer", "micrometers", "micrometre", "micrometres" -> 1e-3;
            case "nm", "nanometer", "nanometers", "nanometre", "nanometres" -> 1e-6;
            case "in", "inch", "inches" -> 25.4;
            default -> Double.NaN;
        };
        String note = Double.isNaN(millimetres)
                ? "the unit of length \"" + unit + "\" is unknown and was taken as millimetres"
                : "lengths are in " + unit + " and were turned into millimetres";
        if (millimetres != 1 && !notes.contains(note)) {
            notes.add(note);
        }
        return Double.isNaN(millimetres) ? 1 : millimetres;
    }

    private Matrix4d toRas(Matrix4d affine, List<String> notes) {
        return switch (name.replace("-time", "")) {
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

    private Vector3d origin(NrrdHeader header) {
        String text = header.field("space origin");
        return text == null ? null : inSpace(numbers(header, "space origin", text, name));
    }

    private static List<Vector3d> directions(NrrdHeader header, String space, int dimension, List<String> notes) {
        String text = header.field("space directions");
        if (text == null) {
            return null;
        }
        List<double[]> directions = new ArrayList<>();
        String rest = text.strip();
        while (!rest.isEmpty()) {
            int end = rest.startsWith("(") ? rest.indexOf(')') + 1 : Math.min(4, rest.length());
            String word = rest.substring(0, end);
            if (end == 0 || !word.startsWith("(") && !word.equalsIgnoreCase("none")) {
                throw TextHeader.badField(header.path(), "space directions", text);
            }
            directions.add(word.startsWith("(") ? numbers(header, "space directions", word, space) : null);
            rest = rest.substring(end).strip();
        }
        if (directions.size() != dimension) {
            throw TextHeader.badField(header.path(), "space directions", text);
        }
        return withoutTime(header, directions, notes).stream().map(NrrdSpace::inSpace).toList();
    }

    /**
     * The same, null for the axis that runs along the fourth of four space axes alone: time, or the fourth dimension of an
     * ITK image. What mixes the two is no volume.
     */
    private static List<double[]> withoutTime(NrrdHeader header, List<double[]> directions, List<String> notes) {
        List<double[]> given = directions.stream().filter(Objects::nonNull).toList();
        if (given.isEmpty() || given.getFirst().length < 4) {
            return directions;
        }
        long frames = given.stream().filter(NrrdSpace::isTime).count();
        if (frames > 1 || given.size() - frames > 3 || given.stream().anyMatch(axis -> !isTime(axis) && axis[3] != 0)) {
            throw new InputException(header.path().toString(), "has a fourth space axis (time) that is not one axis of its"
                    + " voxels by itself", "export one volume, or volumes one after the other");
        }
        if (frames == 1) {
            notes.add("its " + given.size() + " dimensions were read as volumes one after the other");
        }
        return directions.stream().map(axis -> axis == null || isTime(axis) ? null : axis).toList();
    }

    private static boolean isTime(double[] direction) {
        return direction[0] == 0 && direction[1] == 0 && direction[2] == 0;
    }

    // A missing third lies in the plane, a fourth is time.
    private static Vector3d inSpace(double[] numbers) {
        return numbers == null ? null : new Vector3d(numbers[0], numbers[1], numbers.length > 2 ? numbers[2] : 0);
    }

    // "(1, 0, 0)"; null for three times NaN, which some writers put for "none".
    private static double[] numbers(NrrdHeader header, String field, String text, String space) {
        if (!text.startsWith("(") || !text.endsWith(")")) {
            throw TextHeader.badField(header.path(), field, text);
        }
        double[] numbers = TextHeader.numbers(header.path(), field,
                text.substring(1, text.length() - 1).replace(',', ' '));
        // A count that the space does not have may be a comma within a number.
        boolean right = numbers.length == dimension(header, space);
        if (!right || numbers.length < 2 || numbers.length > 4) {
            throw TextHeader.badField(header.path(), field, text);
        }
        return Double.isNaN(numbers[0]) && Double.isNaN(numbers[1]) ? null : numbers;
    }

    private static int dimension(NrrdHeader header, String space) {
        String text = header.field("space dimension");
        if (text != null) {
            return (int) TextHeader.numbers(header.path(), "space dimension", text, 1)[0];
        }
        return space.endsWith("-time") || space.matches("rast|last|lpst") ? 4 : 3;
    }
}
