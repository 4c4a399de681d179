package io.github.medgs.volume;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.medgs.InputException;
import io.github.medgs.files.InputFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names and colours of labels, from a file that some program wrote.
 *
 * <ul>
 *   <li>JSON: an object, or the object {@code labels} in it, of numbers and names, either way round; in place of a name
 *       there may be an object with {@code name} and {@code color} ("#RRGGBB" or three numbers).
 *   <li>ITK-SNAP's label descriptions: {@code IDX R G B A VIS MSH "NAME"}.
 *   <li>3D Slicer's and FreeSurfer's colour tables: {@code NUMBER NAME R G B A}, or every line without the {@code A}.
 * </ul>
 */
public final class LabelNames {

    private static final long LARGEST_FILE = 16L << 20;
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern SNAP =
            Pattern.compile("(-?\\d+)\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)\\s+[\\d.]+\\s+[01]\\s+[01]\\s+\"(.*)\"");
    private static final Pattern TABLE = Pattern.compile("(-?\\d+)\\s+(.+?)\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)(\\s+\\d+)?");

    private LabelNames() {}

    /**
     * The label that somebody means: by its number or, where none has it, by a name that one label alone has.
     *
     * @param occurs whether there is a label of a number; only asked where a name is a number too
     * @param map what holds the labels, for messages
     * @throws InputException when it is no number and no label is called so
     */
    public static long number(String numberOrName, Map<Long, Label> names, LongPredicate occurs, String map) {
        String word = numberOrName.strip();
        long number;
        try {
            number = Long.parseLong(word);
        } catch (NumberFormatException e) {
            return named(word, names, map);
        }
        boolean isName = names.values().stream().anyMatch(label -> label.name().equals(word));
        return isName && !occurs.test(number) ? named(word, names, map) : number;
    }

    private static long named(String word, Map<Long, Label> names, String map) {
        List<Label> called = names.values().stream().filter(label -> label.name().equals(word))
                .sorted(Comparator.comparingLong(Label::id)).toList();
        if (called.size() > 1) {
            throw new InputException(map, "has " + called.size() + " labels called " + word,
                    "give the number of one: " + called.get(0).id() + " or " + called.get(1).id()).naming("label");
        }
        if (called.isEmpty()) {
            throw new InputException(map, "has no label called " + word, names.isEmpty()
                    ? "its labels have no names: give numbers, or a file of names" : "choose among " + names.values().stream()
                            .sorted(Comparator.comparingLong(Label::id)).limit(20).map(Label::name)
                            .collect(Collectors.joining(", ")) + (names.size() > 20 ? ", ..." : ""))
                    .naming("label");
        }
        return called.getFirst().id();
    }

    /** Reads a file of names; number 0 is left out. */
    public static Map<Long, Label> read(Path file) throws IOException {
        InputFiles.requireFile(file);
        if (Files.size(file) > LARGEST_FILE) {
            throw new InputException(file.toString(), "is larger than any table of labels", "give a table of labels");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
        Map<Long, Label> names = text.startsWith("{") ? ofJson(text, file) : ofLines(text, file);
        names.remove(0L);
        if (names.isEmpty()) {
            throw unreadable(file, "names no label", null);
        }
        return names;
    }

    private static Map<Long, Label> ofJson(String text, Path file) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw unreadable(file, "is no JSON", e);
        }
        Map<Long, Label> names = new LinkedHashMap<>();
        (root.path("labels").isObject() ? root.path("labels") : root).properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isIntegralNumber()) {
                put(names, value.asLong(), entry.getKey(), null, file);
            } else if (entry.getKey().matches("-?\\d{1,18}") && value.isTextual()) {
                put(names, Long.parseLong(entry.getKey()), value.asText(), null, file);
            } else if (entry.getKey().matches("-?\\d{1,18}") && value.path("name").isTextual()) {
                put(names, Long.parseLong(entry.getKey()), value.path("name").asText(), color(value.path("color"), file), file);
            } else {
                throw unreadable(file, "says of \"" + entry.getKey() + "\" no number and name", null);
            }
        });
        return names;
    }

    private static Integer color(JsonNode value, Path file) {
        if (value.isMissingNode()) {
            return null;
        }
        if (value.isTextual() && value.asText().matches("#[0-9a-fA-F]{6}")) {
            return Integer.parseInt(value.asText().substring(1), 16);
        }
        if (value.isArray() && value.size() == 3) {
            return rgb(value.get(0).asText(), value.get(1).asText(), value.get(2).asText(), file);
        }
        throw unreadable(file, "has the colour " + value + ", and colours are \"#RRGGBB\" or three numbers up to 255", null);
    }

    private static Map<Long, Label> ofLines(String text, Path file) {
        Map<Long, Label> names = new LinkedHashMap<>();
        String four = null;
        boolean three = false;
        for (String line : text.split("\\R")) {
            String entry = line.strip();
            if (entry.isEmpty() || entry.startsWith("#")) {
                continue;
            }
            Matcher snap = SNAP.matcher(entry);
            Matcher table = TABLE.matcher(entry);
            if (snap.matches()) {
                put(names, number(snap.group(1), file), snap.group(5), rgb(snap.group(2), snap.group(3), snap.group(4), file),
                        file);
            } else if (table.matches()) {
                put(names, number(table.group(1), file), table.group(2).replaceAll("^\"|\"$", ""),
                        rgb(table.group(3), table.group(4), table.group(5), file), file);
                three |= table.group(6) == null;
                four = four == null && table.group(6) != null ? entry : four;
            } else {
                throw unreadable(file, "has the line \"" + entry + "\"", null);
            }
        }
        if (three && four != null) {
            // "5 rib 7 255 0 0" is a rib of some colour, or the seventh rib of another.
            throw new InputException(file.toString(), "has colours of three numbers, and the line \"" + four + "\", which"
                    + " may be read with three or four", "give every line R G B A");
        }
        return names;
    }

    private static long number(String digits, Path file) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw unreadable(file, "has the number " + digits, e);
        }
    }

    private static int rgb(String red, String green, String blue, Path file) {
        int color = 0;
        for (String channel : new String[] {red, green, blue}) {
            if (!channel.matches("\\d{1,3}") || Integer.parseInt(channel) > 255) {
                throw unreadable(file, "has the colour " + red + " " + green + " " + blue, null);
            }
            color = color << 8 | Integer.parseInt(channel);
        }
        return color;
    }

    private static void put(Map<Long, Label> names, long id, String name, Integer color, Path file) {
        String clean = name.replaceAll("\\p{Cntrl}+", " ").strip();
        if (clean.isEmpty() || names.put(id, new Label(id, clean, color == null ? Label.colorOf(id) : color)) != null) {
            throw unreadable(file, clean.isEmpty() ? "has no name for label " + id : "names label " + id + " twice", null);
        }
    }

    private static InputException unreadable(Path file, String what, Throwable cause) {
        return new InputException(file.toString(), what, "give JSON as {\"1\": \"kidney\"}, ITK-SNAP's label descriptions or"
                + " a 3D Slicer colour table", cause);
    }
}
