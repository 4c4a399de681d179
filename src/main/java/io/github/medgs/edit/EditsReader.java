package io.github.medgs.edit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.medgs.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A list of edits from JSON. An unknown key, a missing one or a wrong value is an error that names the key. */
final class EditsReader {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int DEEPEST = 32;
    private static final Set<String> MOVES = Set.of("translateMm", "rotate", "scale");
    private static final List<String> CHANGES =
            List.of("translateMm", "rotate", "scale", "setIntensity", "scaleIntensity", "fade", "delete");
    private static final List<String> SELECTIONS =
            List.of("mask", "label", "box", "sphere", "polygon", "intensity", "and", "or", "not");

    private final String source;
    private final Selection within;
    private boolean lps;

    /** @param within what every edit is held to, and what one without a selection selects; {@code null} for neither */
    EditsReader(String source, Selection within) {
        this.source = source;
        this.within = within;
    }

    Edits read(String json) {
        JsonNode root;
        try {
            // Some editors begin a text with a mark of its byte order.
            root = MAPPER.readTree(json.startsWith("\uFEFF") ? json.substring(1) : json);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new InputException(source, "is not valid JSON (" + e.getOriginalMessage() + where + ")", "correct it", e);
        }
        requireKeys(root, "", "frame", "edits");
        lps = readFrame(root);
        JsonNode list = required(root, "", "edits");
        if (!list.isArray()) {
            throw wrong("edits", "an array of edits");
        }
        List<Edit> edits = new ArrayList<>();
        for (int n = 0; n < list.size(); n++) {
            edits.add(edit(list.get(n), "edits[" + n + "]"));
        }
        return new Edits(edits);
    }

    private boolean readFrame(JsonNode root) {
        JsonNode frame = root.get("frame");
        if (frame == null || frame.isTextual() && frame.textValue().equals("RAS")) {
            return false;
        }
        if (!frame.isTextual() || !frame.textValue().equals("LPS")) {
            throw wrong("frame", "\"RAS\" or \"LPS\"");
        }
        return true;
    }

    private Edit edit(JsonNode node, String at) {
        requireKeys(node, at, "select", "fill", "aboutMm", "duplicate", "translateMm", "rotate", "scale",
                "setIntensity", "scaleIntensity", "fade", "delete");
        Change change = change(node, at);
        if (node.has("fill") && !change.leavesHole()) {
            throw new InputException(source + ": key " + at + ".fill", "stands where nothing is taken away", "remove it");
        }
        return new Edit(within(node, at), change,
                node.has("fill") ? fill(node.get("fill"), at + ".fill") : new Fill.Neighbours());
    }

    private Selection within(JsonNode node, String at) {
        if (within != null && !node.has("select")) {
            return within;
        }
        Selection own = selection(required(node, at, "select"), at + ".select", 0);
        return within == null ? own : new Selection.And(List.of(within, own));
    }

    private Change change(JsonNode node, String at) {
        List<String> given = CHANGES.stream().filter(node::has).toList();
        boolean move = !given.isEmpty() && MOVES.containsAll(given);
        if (given.isEmpty() || given.size() > 1 && !move) {
            throw new InputException(source + ": key " + at,
                    given.isEmpty() ? "changes nothing" : "has more than one change: " + String.join(", ", given),
                    "give one of " + String.join(", ", CHANGES) + "; the first three may stand together");
        }
        if (!move) {
            for (String key : List.of("aboutMm", "duplicate")) {
                if (node.has(key)) {
                    throw new InputException(source + ": key " + at + "." + key, "belongs to a move", "remove it");
                }
            }
        }
        String key = given.getFirst();
        String path = at + "." + key;
        JsonNode value = node.get(key);
        return switch (key) {
            case "setIntensity" -> new Change.SetIntensity(number(value, path));
            case "scaleIntensity" -> scaleIntensity(value, path);
            case "fade" -> new Change.Fade(inRange(number(value, path), 0, 1, path));
            case "delete" -> {
                requireTrue(value, path);
                yield new Change.Delete();
            }
            default -> move(node, at);
        };
    }

    private Change.ScaleIntensity scaleIntensity(JsonNode value, String path) {
        if (value.isNumber()) {
            return new Change.ScaleIntensity(number(value, path), 0);
        }
        requireKeys(value, path, "factor", "about");
        return new Change.ScaleIntensity(number(required(value, path, "factor"), path + ".factor"),
                value.has("about") ? number(value.get("about"), path + ".about") : 0);
    }

    private Change.Move move(JsonNode node, String at) {
        double[] scale = {1, 1, 1};
        if (node.has("scale")) {
            String path = at + ".scale";
            JsonNode value = node.get("scale");
            scale = value.isNumber() ? new double[] {1, 1, 1} : numbers(value, path, 3);
            if (value.isNumber()) {
                Arrays.fill(scale, number(value, path));
            }
            for (double factor : scale) {
                inRange(factor, 0.1, 10, path);
            }
        }
        double[] axis = {0, 0, 1};
        double degrees = 0;
        if (node.has("rotate")) {
            String path = at + ".rotate";
            requireKeys(node.get("rotate"), path, "axis", "degrees");
            axis = vector(required(node.get("rotate"), path, "axis"), path + ".axis");
            if (axis[0] == 0 && axis[1] == 0 && axis[2] == 0) {
                throw wrong(path + ".axis", "a direction, not three zeros");
            }
            degrees = inRange(number(required(node.get("rotate"), path, "degrees"), path + ".degrees"), -360, 360,
                    path + ".degrees");
        }
        if (node.has("duplicate")) {
            requireTrue(node.get("duplicate"), at + ".duplicate");
        }
        return new Change.Move(scale, axis, degrees,
                node.has("aboutMm") ? vector(node.get("aboutMm"), at + ".aboutMm") : null,
                node.has("translateMm") ? vector(node.get("translateMm"), at + ".translateMm") : new double[3],
                node.has("duplicate"));
    }

    private Selection selection(JsonNode node, String at, int depth) {
        if (depth > DEEPEST) {
            throw new InputException(source + ": key " + at, "is nested too deeply", "write it simpler");
        }
        // A label beside a mask is the mask's.
        List<String> given = SELECTIONS.stream().filter(node::has)
                .filter(key -> !key.equals("label") || !node.has("mask")).toList();
        if (given.size() != 1) {
            // An unknown key alone is named as such before the count is complained of.
            requireKeys(node, at, "mask", "label", "box", "sphere", "polygon", "intensity", "and", "or", "not");
            throw new InputException(source + ": key " + at, given.isEmpty() ? "selects nothing"
                    : "has more than one selection: " + String.join(", ", given),
                    "give one of " + String.join(", ", SELECTIONS) + "; join several by and, or");
        }
        String key = given.getFirst();
        JsonNode value = node.get(key);
        String path = at + "." + key;
        if (key.equals("mask")) {
            requireKeys(node, at, "mask", "label");
            return new Selection.Mask(text(value, path), node.has("label") ? label(node.get("label"), at + ".label") : 0);
        }
        requireKeys(node, at, key);
        return switch (key) {
            case "label" -> new Selection.Structure(structure(value, path));
            case "box" -> box(value, path);
            case "sphere" -> {
                requireKeys(value, path, "centreMm", "radiusMm");
                yield new Selection.Sphere(vector(required(value, path, "centreMm"), path + ".centreMm"),
                        positive(number(required(value, path, "radiusMm"), path + ".radiusMm"), path + ".radiusMm"));
            }
            case "polygon" -> polygon(value, path);
            case "intensity" -> {
                double[] range = ordered(numbers(value, path, 2), path);
                yield new Selection.Intensity(range[0], range[1]);
            }
            case "not" -> new Selection.Not(selection(value, path, depth + 1));
            case "and" -> new Selection.And(selections(value, path, depth));
            default -> new Selection.Or(selections(value, path, depth));
        };
    }

    private List<Selection> selections(JsonNode node, String at, int depth) {
        if (!node.isArray() || node.isEmpty()) {
            throw wrong(at, "an array of selections");
        }
        List<Selection> selections = new ArrayList<>();
        for (int n = 0; n < node.size(); n++) {
            selections.add(selection(node.get(n), at + "[" + n + "]", depth + 1));
        }
        return selections;
    }

    private Selection.Box box(JsonNode node, String at) {
        requireKeys(node, at, "fromMm", "toMm");
        double[] from = vector(required(node, at, "fromMm"), at + ".fromMm");
        double[] to = vector(required(node, at, "toMm"), at + ".toMm");
        for (int axis = 0; axis < 3; axis++) {
            double low = Math.min(from[axis], to[axis]);
            to[axis] = Math.max(from[axis], to[axis]);
            from[axis] = low;
        }
        return new Selection.Box(from, to);
    }

    private Selection.Polygon polygon(JsonNode node, String at) {
        requireKeys(node, at, "pointsMm", "depthMm");
        JsonNode points = required(node, at, "pointsMm");
        if (!points.isArray() || points.size() < 3) {
            throw wrong(at + ".pointsMm", "an array of three points or more");
        }
        List<double[]> corners = new ArrayList<>();
        for (int n = 0; n < points.size(); n++) {
            corners.add(vector(points.get(n), at + ".pointsMm[" + n + "]"));
        }
        return new Selection.Polygon(corners,
                ordered(numbers(required(node, at, "depthMm"), at + ".depthMm", 2), at + ".depthMm"));
    }

    private Fill fill(JsonNode node, String at) {
        if (node.isTextual() && node.textValue().equals("neighbours")) {
            return new Fill.Neighbours();
        }
        if (node.isTextual() && node.textValue().equals("none")) {
            return new Fill.None();
        }
        if (!node.isObject()) {
            throw wrong(at, "\"neighbours\", \"none\" or {\"background\": INTENSITY}");
        }
        requireKeys(node, at, "background");
        return new Fill.Background(number(required(node, at, "background"), at + ".background"));
    }

    /** A point or direction: three numbers, turned to RAS where the list is in LPS. */
    private double[] vector(JsonNode node, String at) {
        double[] vector = numbers(node, at, 3);
        if (lps) {
            // 0 - x, not -x: a zero stays a positive zero.
            vector[0] = 0 - vector[0];
            vector[1] = 0 - vector[1];
        }
        return vector;
    }

    private double[] numbers(JsonNode node, String at, int count) {
        if (!node.isArray() || node.size() != count) {
            throw wrong(at, "an array of " + count + " numbers");
        }
        double[] numbers = new double[count];
        for (int n = 0; n < count; n++) {
            numbers[n] = number(node.get(n), at + "[" + n + "]");
        }
        return numbers;
    }

    private double number(JsonNode node, String at) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw wrong(at, "a number");
        }
        return node.doubleValue();
    }

    private double[] ordered(double[] range, String at) {
        if (!(range[0] <= range[1])) {
            throw wrong(at, "a range, the lower end first");
        }
        return range;
    }

    private double positive(double value, String at) {
        if (!(value > 0)) {
            throw wrong(at, "a number above 0");
        }
        return value;
    }

    private double inRange(double value, double low, double high, String at) {
        if (!(value >= low && value <= high)) {
            throw wrong(at, "a number from " + low + " to " + high);
        }
        return value;
    }

    private int label(JsonNode node, String at) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1) {
            throw wrong(at, "a whole number from 1");
        }
        return node.intValue();
    }

    private String structure(JsonNode node, String at) {
        boolean number = node.isIntegralNumber() && node.canConvertToLong();
        if (!number && !(node.isTextual() && !node.textValue().isBlank())) {
            throw wrong(at, "the number or the name of a structure");
        }
        return node.asText();
    }

    private String text(JsonNode node, String at) {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw wrong(at, "the name of a file");
        }
        return node.textValue();
    }

    private void requireTrue(JsonNode node, String at) {
        if (!node.isBoolean() || !node.booleanValue()) {
            throw wrong(at, "true, or nothing at all");
        }
    }

    private JsonNode required(JsonNode node, String at, String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw new InputException(source + ": key " + join(at, key), "is missing", "add it");
        }
        return value;
    }

    private void requireKeys(JsonNode node, String at, String... keys) {
        if (!node.isObject()) {
            throw wrong(at.isEmpty() ? "the whole" : at, "an object with keys " + String.join(", ", keys));
        }
        Set<String> unknown = new TreeSet<>();
        node.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(Set.of(keys));
        if (!unknown.isEmpty()) {
            throw new InputException(source + ": key " + join(at, unknown.iterator().next()), "is not known",
                    "use one of " + String.join(", ", keys));
        }
    }

    private InputException wrong(String at, String wanted) {
        return new InputException(source + ": key " + at, "has a wrong value", "give " + wanted);
    }

    private static String join(String at, String key) {
        return at.isEmpty() ? key : at + "." + key;
    }
}
