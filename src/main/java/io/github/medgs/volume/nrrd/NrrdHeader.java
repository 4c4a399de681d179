package io.github.medgs.volume.nrrd;

import io.github.medgs.InputException;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.raw.DataFiles;
import io.github.medgs.volume.raw.TextHeader;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The fields of a NRRD header by name, and where the header ends.
 *
 * @param keys the key/value pairs ({@code key:=value}), which other programs add
 * @param list the names of data files, where they stand in the header line by line
 */
record NrrdHeader(Path path, Map<String, String> fields, Map<String, String> keys, List<String> list, long end) {

    private static final int MOST_LINES = 100_000;
    private static final Pattern ESCAPED = Pattern.compile("\\\\(n|\\\\)");

    static NrrdHeader read(Path path) {
        NrrdHeader header = new NrrdHeader(path, new HashMap<>(), new HashMap<>(), new ArrayList<>(), 0);
        try (TextHeader text = new TextHeader(path)) {
            String line = text.line();
            if (line == null || !line.matches("NRRD000[1-5]\\s*")) {
                throw new InputException(path.toString(), "is not a NRRD of version 1 to 5", "export it again");
            }
            line = text.line();
            for (int n = 0; line != null && !line.isBlank() && n < MOST_LINES; n++) {
                header.add(line);
                line = text.line();
            }
            return new NrrdHeader(path, header.fields, header.keys, header.list, text.position());
        }
    }

    private void add(String line) {
        String last = fields.get("datafile");
        if (last != null && DataFiles.isList(last)) {
            // A list of files is the header's last field: what follows are names.
            list.add(line);
            return;
        }
        int colon = line.indexOf(':');
        if (colon < 1 || line.startsWith("#")) {
            return;
        }
        String name = line.substring(0, colon);
        if (line.startsWith(":=", colon)) {
            // Two characters stand for a backslash and for a line break, which a name in one line takes as a blank.
            keys.put(name.strip(), ESCAPED.matcher(line.substring(colon + 2).strip())
                    .replaceAll(escape -> escape.group(1).equals("n") ? " " : "\\\\"));
            return;
        }
        // "field: value" by the format's definition; some writers leave the blank out.
        String value = line.substring(colon + 1).strip();
        String before = fields.put(normalised(name), value);
        if (before != null && !before.equals(value)) {
            throw new InputException(path.toString(), "gives its field \"" + name + "\" twice: \"" + before + "\" and \""
                    + value + "\"", "leave the wrong one out of the header");
        }
    }

    // "data file" and "datafile" are one field, as are "byte skip" and "byteskip".
    private static String normalised(String field) {
        return field.toLowerCase(Locale.ROOT).replace(" ", "");
    }

    /** What another program wrote under this key, or null. */
    String key(String name) {
        return keys.get(name);
    }

    /** A field, or null. */
    String field(String name) {
        return fields.get(normalised(name));
    }

    String required(String name) {
        String value = field(name);
        if (value == null || value.isEmpty()) {
            throw new InputException(path.toString(), "has no field \"" + name + "\" in its header", "export it again");
        }
        return value;
    }

    long[] sizes() {
        long[] sizes = TextHeader.wholeNumbers(path, "sizes", required("sizes"));
        long[] dimension = TextHeader.wholeNumbers(path, "dimension", required("dimension"));
        if (dimension.length != 1 || dimension[0] != sizes.length || sizes.length < 1 || sizes.length > 7) {
            throw TextHeader.badField(path, "dimension", required("dimension"));
        }
        return sizes;
    }

    ScalarType type() {
        String type = required("type").toLowerCase(Locale.ROOT);
        return switch (type) {
            case "signed char", "int8", "int8_t" -> ScalarType.INT8;
            case "uchar", "unsigned char", "uint8", "uint8_t" -> ScalarType.UINT8;
            case "short", "short int", "signed short", "signed short int", "int16", "int16_t" -> ScalarType.INT16;
            case "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t" -> ScalarType.UINT16;
            case "int", "signed int", "int32", "int32_t" -> ScalarType.INT32;
            case "uint", "unsigned int", "uint32", "uint32_t" -> ScalarType.UINT32;
            case "longlong", "long long", "long long int", "signed long long", "signed long long int", "int64",
                    "int64_t" -> ScalarType.INT64;
            case "ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t" -> ScalarType.UINT64;
            case "float" -> ScalarType.FLOAT32;
            case "double" -> ScalarType.FLOAT64;
            default -> throw new InputException(path.toString(), "holds voxels of type \"" + type
                    + "\", which are not read", "convert it to integers or floats");
        };
    }

    ByteOrder order(ScalarType type) {
        boolean text = field("encoding") != null && field("encoding").toLowerCase(Locale.ROOT).matches("text|txt|ascii");
        String endian = type.bytes() == 1 || text ? "little" : required("endian").toLowerCase(Locale.ROOT);
        return switch (endian) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw TextHeader.badField(path, "endian", endian);
        };
    }
}
