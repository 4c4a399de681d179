package io.github.medgs.volume.metaimage;

import io.github.medgs.InputException;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.raw.Conventions;
import io.github.medgs.volume.raw.DataFiles;
import io.github.medgs.volume.raw.TextHeader;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * The fields of a MetaImage header by name, and where it ends: with the line that names the data.
 *
 * @param twice the names of those that are given twice, with two values
 * @param list the lines after that, where it says that they name files
 */
record MetaImageHeader(Path path, Map<String, String> fields, Set<String> twice, List<String> list, long end) {

    private static final int MOST_FIELDS = 10_000;
    private static final int MOST_LINES = 100_000;

    /** How far apart two of a header's numbers may be that say the same. */
    private static final double ROUNDED = 1e-3;

    static MetaImageHeader read(Path path) {
        Map<String, String> fields = new HashMap<>();
        Set<String> twice = new HashSet<>();
        try (TextHeader header = new TextHeader(path)) {
            for (String line = header.line(); line != null; line = header.line()) {
                int equals = line.indexOf('=');
                if (line.isBlank()) {
                    continue;
                }
                if (equals < 1) {
                    break;
                }
                String name = line.substring(0, equals).strip();
                // Tracked ultrasound has fields for every frame, thousands of them, that are not needed here.
                if (!name.startsWith("Seq_Frame") && fields.size() < MOST_FIELDS) {
                    String value = line.substring(equals + 1).strip();
                    String before = fields.put(name.toLowerCase(Locale.ROOT), value);
                    if (before != null && !before.equals(value)) {
                        twice.add(name.toLowerCase(Locale.ROOT));
                    }
                }
                if (name.equalsIgnoreCase("ElementDataFile")) {
                    long end = header.position();
                    List<String> list = DataFiles.isList(fields.get("elementdatafile")) ? rest(header) : List.of();
                    return new MetaImageHeader(path, fields, twice, list, end);
                }
            }
        }
        throw new InputException(path.toString(), "has a MetaImage header without an end (ElementDataFile)",
                "copy or download it again");
    }

    private static List<String> rest(TextHeader header) {
        List<String> lines = new ArrayList<>();
        for (String line = header.line(); line != null && lines.size() < MOST_LINES; line = header.line()) {
            lines.add(line);
        }
        return lines;
    }

    /** The first of several names of a field that is there, or null. */
    String field(String... names) {
        for (String name : names) {
            String value = fields.get(name.toLowerCase(Locale.ROOT));
            if (twice.contains(name.toLowerCase(Locale.ROOT))) {
                throw contradiction("gives its field " + name + " twice, with two values");
            }
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private InputException contradiction(String what) {
        return new InputException(path.toString(), what, "leave the wrong one out of the header");
    }

    String required(String name) {
        String value = field(name);
        if (value == null || value.isEmpty()) {
            throw new InputException(path.toString(), "has no field \"" + name + "\" in its header", "export it again");
        }
        return value;
    }

    boolean flag(String... names) {
        String value = field(names);
        return value != null && TextHeader.truth(path, names[0], value);
    }

    long whole(String name, long otherwise) {
        String value = field(name);
        if (value == null) {
            return otherwise;
        }
        long[] numbers = TextHeader.wholeNumbers(path, name, value);
        if (numbers.length != 1) {
            throw TextHeader.badField(path, name, value);
        }
        return numbers[0];
    }

    /** Sizes of all axes, between one and seven. */
    long[] sizes() {
        long[] sizes = TextHeader.wholeNumbers(path, "DimSize", required("DimSize"));
        if (sizes.length < 1 || sizes.length > 7 || sizes.length != whole("NDims", -1)) {
            throw TextHeader.badField(path, "NDims", required("NDims"));
        }
        return sizes;
    }

    ScalarType type() {
        // "_ARRAY" is an older way of saying that there are channels.
        String type = required("ElementType").toUpperCase(Locale.ROOT).replaceFirst("_ARRAY$", "");
        return switch (type) {
            case "MET_CHAR" -> ScalarType.INT8;
            case "MET_UCHAR" -> ScalarType.UINT8;
            case "MET_SHORT" -> ScalarType.INT16;
            case "MET_USHORT" -> ScalarType.UINT16;
            case "MET_INT", "MET_LONG" -> ScalarType.INT32;
            case "MET_UINT", "MET_ULONG" -> ScalarType.UINT32;
            case "MET_LONG_LONG" -> ScalarType.INT64;
            case "MET_ULONG_LONG" -> ScalarType.UINT64;
            case "MET_FLOAT" -> ScalarType.FLOAT32;
            case "MET_DOUBLE" -> ScalarType.FLOAT64;
            default -> throw new InputException(path.toString(), "holds voxels of type " + type
                    + ", which are not read", "convert it to integers or floats");
        };
    }

    ByteOrder order() {
        boolean big = flag("BinaryDataByteOrderMSB", "ElementByteOrderMSB");
        if (big != flag("ElementByteOrderMSB", "BinaryDataByteOrderMSB")) {
            throw contradiction("says in BinaryDataByteOrderMSB and in ElementByteOrderMSB two different byte orders");
        }
        return big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** To patient millimetres, RAS+. Each run of NDims numbers in TransformMatrix is the direction of one axis. */
    Matrix4d affine(int dimensions, List<String> notes) {
        // The size of an element is not how far it is from the next, but comes near where nothing else is said.
        double[] spacing = numbers(dimensions, field("ElementSpacing") != null ? "ElementSpacing" : "ElementSize");
        double[] origin = numbers(dimensions, "Offset", "Position", "Origin");
        double[] matrix = numbers(dimensions * dimensions, "TransformMatrix", "Rotation", "Orientation");
        if (spacing == null) {
            notes.add("the header gives no spacing; 1 mm was taken");
        }
        for (int axis = 0; spacing != null && axis < Math.min(3, spacing.length); axis++) {
            if (spacing[axis] < 0) {
                notes.add("the spacing along axis " + "ijk".charAt(axis) + " is negative: that axis was taken to run the"
                        + " other way");
            }
        }
        if (matrix == null) {
            notes.add("the header gives no directions; the axes were taken along the patient's, in LPS");
        }
        Vector3d[] steps = new Vector3d[3];
        for (int axis = 0; axis < 3; axis++) {
            steps[axis] = new Vector3d().setComponent(axis, 1);
            if (axis < dimensions && matrix != null) {
                for (int component = 0; component < 3; component++) {
                    double value = component < dimensions ? matrix[axis * dimensions + component] : 0;
                    steps[axis].setComponent(component, value);
                }
            }
            steps[axis].mul(axis < dimensions && spacing != null ? spacing[axis] : 1);
        }
        double[] first = origin == null ? new double[3] : Arrays.copyOf(origin, 3);
        if (dimensions < 3) {
            first[2] = 0;
        }
        Matrix4d affine = Conventions.affine(steps[0], steps[1], steps[2], new Vector3d(first[0], first[1], first[2]));
        if (!Conventions.isInvertible(affine)) {
            throw new InputException(path.toString(), "has directions or spacings that do not span space",
                    "correct TransformMatrix and ElementSpacing in the header");
        }
        return Conventions.fromLps(affine);
    }

    // Of several names of one field, which must say the same, or null.
    private double[] numbers(int count, String... names) {
        double[] first = null;
        String said = null;
        for (String name : names) {
            String text = field(name);
            if (first != null && text != null && text.split("\\s+").length != count) {
                // Another program's word for something else.
                continue;
            }
            double[] numbers = text == null ? null : TextHeader.numbers(path, name, text, count);
            for (int n = 0; numbers != null && first != null && n < count; n++) {
                if (Math.abs(numbers[n] - first[n]) > ROUNDED * Math.max(1, Math.abs(first[n]))) {
                    throw contradiction("says in " + said + " and in " + name + " two different things");
                }
            }
            said = first == null ? name : said;
            first = first == null ? numbers : first;
        }
        return first;
    }
}
