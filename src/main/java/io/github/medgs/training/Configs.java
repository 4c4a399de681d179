package io.github.medgs.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.github.medgs.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads configurations: a preset, a file laid over it, and single {@code key=value} settings over both.
 *
 * <p>An unknown key, a missing one, a wrong type or a value out of range is an {@link InputException} that names the
 * key.
 */
public final class Configs {

    /** The presets that come with the program, as {@code configs/NAME.json}; what one leaves out is the first one's. */
    public static final List<String> PRESETS = List.of("default", "quick", "mesh", "compact", "paper");

    private static final long LARGEST_FILE = 1 << 20;

    private static final Pattern SETTINGS_BY_COMMA = Pattern.compile("[^,]*,\\s*[\\w.]+\\s*=.*", Pattern.DOTALL);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .withCoercionConfigDefaults(c -> c.setCoercion(CoercionInputShape.String, CoercionAction.Fail))
            .withCoercionConfig(LogicalType.Integer,
                    c -> c.setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .withCoercionConfig(LogicalType.Boolean,
                    c -> c.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
            .withCoercionConfig(LogicalType.Enum,
                    c -> c.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
            .build();

    private Configs() {}

    /**
     * The effective configuration.
     *
     * @param preset name of a preset
     * @param file a JSON file whose keys replace the preset's, or {@code null}
     * @param settings {@code key=value}, keys with dots for nested ones ({@code density.most=50000})
     */
    public static TrainingConfig load(String preset, Path file, List<String> settings) {
        ObjectNode tree = preset(PRESETS.getFirst());
        overlay(tree, preset(preset), "", "preset " + preset);
        ObjectNode over = file == null ? null : read(file);
        if (file != null) {
            overlay(tree, over, "", file.toString());
        }
        for (String setting : settings) {
            apply(tree, setting);
        }
        return bind(tree, key -> {
            boolean inFile = over != null && !over.at("/" + key.replace('.', '/')).isMissingNode();
            return subject(key, settings, inFile ? file.toString() : "preset " + preset);
        });
    }

    /** Binds a whole configuration, such as one saved with a run. */
    public static TrainingConfig parse(String json, String source) {
        return bind(tree(json, source), key -> subject(key, List.of(), source));
    }

    /** A configuration with {@code key=value} settings laid over it. */
    public static TrainingConfig with(TrainingConfig config, List<String> settings) {
        ObjectNode tree = tree(toJson(config), "configuration");
        settings.forEach(setting -> apply(tree, setting));
        return bind(tree, key -> subject(key, settings, "configuration"));
    }

    /** The configuration as JSON, readable by {@link #parse}. */
    public static String toJson(TrainingConfig config) {
        try {
            ObjectNode tree = MAPPER.valueToTree(config);
            lowerCaseTexts(tree);
            return MAPPER.writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The keys whose values differ, each as {@code key was A and is B}; empty when nothing does. */
    static List<String> differences(TrainingConfig before, TrainingConfig now) {
        List<String> differences = new ArrayList<>();
        addDifferences(tree(toJson(before), "configuration"), tree(toJson(now), "configuration"), "", differences);
        return differences;
    }

    private static void addDifferences(ObjectNode before, ObjectNode now, String path, List<String> differences) {
        before.properties().forEach(entry -> {
            String key = path + entry.getKey();
            JsonNode other = now.get(entry.getKey());
            if (entry.getValue() instanceof ObjectNode inner && other instanceof ObjectNode otherInner) {
                addDifferences(inner, otherInner, key + ".", differences);
            } else if (!entry.getValue().equals(other)) {
                differences.add(key + " was " + entry.getValue().asText() + " and is " + other.asText());
            }
        });
    }

    private static ObjectNode preset(String name) {
        if (!PRESETS.contains(name)) {
            throw new InputException("preset " + name, "is not known",
                    "choose one of " + String.join(", ", PRESETS) + ", or give a file").naming("preset", "config");
        }
        try (InputStream in = Configs.class.getResourceAsStream("/configs/" + name + ".json")) {
            return tree(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8), "preset " + name);
        } catch (IOException e) {
            throw new IllegalStateException("preset " + name + " is missing from the jar", e);
        }
    }

    private static ObjectNode read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new InputException(file.toString(), "is not a file", "give a JSON file with configuration keys");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw new InputException(file.toString(), "is too large for a configuration",
                        "give a JSON file with configuration keys");
            }
            String text = Files.readString(file);
            // Some editors begin a text with a mark of its byte order.
            return tree(text.startsWith("\uFEFF") ? text.substring(1) : text, file.toString());
        } catch (IOException e) {
            throw new InputException(file.toString(), "cannot be read as text", "give a JSON file in UTF-8", e);
        }
    }

    private static ObjectNode tree(String json, String source) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new InputException(source, "is not a JSON object", "write { \"key\": value, ... }");
        } catch (JsonProcessingException e) {
            throw new InputException(source, "is not valid JSON (" + e.getOriginalMessage() + where(e) + ")",
                    "correct it", e);
        }
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
    }

    private static void overlay(ObjectNode base, ObjectNode over, String path, String source) {
        over.properties().forEach(entry -> {
            String key = path + entry.getKey();
            JsonNode present = base.get(entry.getKey());
            if (present == null) {
                throw unknownKey(source + ": key " + key, base, path);
            }
            if (present instanceof ObjectNode inner && entry.getValue() instanceof ObjectNode changes) {
                overlay(inner, changes, key + ".", source);
            } else {
                base.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private static void apply(ObjectNode tree, String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw new InputException("setting " + setting, "has no value", "write key=value").naming("set");
        }
        String key = setting.substring(0, equals).strip();
        String[] names = key.split("\\.", -1);
        ObjectNode at = tree;
        for (int i = 0; i < names.length - 1; i++) {
            if (!(at.get(names[i]) instanceof ObjectNode inner)) {
                throw unknownKey("key " + key, at, String.join(".", Arrays.copyOf(names, i)) + (i > 0 ? "." : ""));
            }
            at = inner;
        }
        String last = names[names.length - 1];
        if (!at.has(last)) {
            throw unknownKey("key " + key, at, key.substring(0, key.length() - last.length()));
        }
        String text = setting.substring(equals + 1).strip();
        if (SETTINGS_BY_COMMA.matcher(text).matches()) {
            throw new InputException("setting " + setting, "has several keys", "give each key=value as a setting of its own")
                    .naming("set");
        }
        at.set(last, value(text));
    }

    // A number, true or false as JSON has them; anything else is a name such as "motion".
    private static JsonNode value(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node != null && node.isValueNode()) {
                return node;
            }
        } catch (JsonProcessingException notJson) {
            // falls through: a bare word
        }
        return JsonNodeFactory.instance.textNode(text);
    }

    private static InputException unknownKey(String subject, ObjectNode at, String path) {
        List<String> names = new ArrayList<>();
        at.fieldNames().forEachRemaining(name -> names.add(path + name));
        return new InputException(subject, "is not a configuration key", "use one of " + String.join(", ", names));
    }

    /** A key in a message: the last setting of it, or the key and what else its value is from. */
    private static String subject(String key, List<String> settings, String source) {
        return settings.reversed().stream().filter(setting -> setting.substring(0, setting.indexOf('=')).strip().equals(key))
                .findFirst().map(setting -> "setting " + setting).orElse(source + ": key " + key);
    }

    private static TrainingConfig bind(ObjectNode tree, UnaryOperator<String> subjects) {
        try {
            TrainingConfig config = MAPPER.treeToValue(tree, TrainingConfig.class);
            new ConfigRules(subjects).check(config);
            return config;
        } catch (UnrecognizedPropertyException e) {
            throw new InputException(subjects.apply(path(e)), "is not a configuration key", "remove it", e);
        } catch (InvalidFormatException e) {
            String choices = e.getTargetType().isEnum()
                    ? "one of " + Arrays.stream(e.getTargetType().getEnumConstants())
                            .map(c -> c.toString().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "))
                    : "a value of type " + e.getTargetType().getSimpleName();
            throw new InputException(subjects.apply(path(e)), "cannot be " + e.getValue(), "give " + choices, e);
        } catch (JsonMappingException e) {
            JsonNode value = tree.at("/" + path(e).replace('.', '/'));
            throw new InputException(subjects.apply(path(e)), value.isMissingNode() ? "is missing" : "has a wrong type: " + value,
                    "give a value of the type that the presets have there", e);
        } catch (JsonProcessingException e) {
            throw new InputException("configuration", "is not a configuration (" + e.getOriginalMessage() + ")", "correct it", e);
        }
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream().map(JsonMappingException.Reference::getFieldName).collect(Collectors.joining("."));
    }

    private static void lowerCaseTexts(ObjectNode node) {
        node.properties().forEach(entry -> {
            if (entry.getValue() instanceof ObjectNode inner) {
                lowerCaseTexts(inner);
            } else if (entry.getValue().isTextual()) {
                entry.setValue(JsonNodeFactory.instance.textNode(
                        entry.getValue().textValue().toLowerCase(Locale.ROOT)));
            }
        });
    }

}
