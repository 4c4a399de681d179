package io.github.medgs.evaluation.tables;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.github.medgs.InputException;
import io.github.medgs.files.InputFiles;
import io.github.medgs.files.Sha256;
import io.github.medgs.volume.SliceAxis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A volume of the tables.
 *
 * @param name as the tables call it; its own within a table
 * @param image its file below the folder of the volumes; {@code null} where there is a mask alone
 * @param mask of it, {@code null} where no table needs one
 * @param sum SHA-256 of the image and then the mask, in hexadecimal: cells of other bytes are not this case's
 * @param axis its slicing axis
 * @param window intensities that become 0 and 1; {@code null} for the automatic one
 * @param tables names of those that it is in
 */
record TableCase(@JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL) String name, String image, String mask,
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL) String sum, SliceAxis axis, float[] window,
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL) List<String> tables) {

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .withCoercionConfigDefaults(c -> c.setCoercion(CoercionInputShape.String, CoercionAction.Fail))
            .withCoercionConfig(LogicalType.Enum, c -> c.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
            .build();

    private record CaseList(@JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL) List<TableCase> cases) {}

    TableCase {
        axis = axis == null ? SliceAxis.AUTO : axis;
    }

    /** The cases of a list, checked. */
    static List<TableCase> read(Path file) throws IOException {
        String text = InputFiles.text(file);
        CaseList list;
        try {
            list = JSON.readValue(text, CaseList.class);
        } catch (JsonProcessingException e) {
            throw noList(file, e.getOriginalMessage(), e);
        }
        if (list == null) {
            throw noList(file, "it holds null", null);
        }
        Set<String> taken = new HashSet<>();
        Map<String, String> cells = new HashMap<>();
        for (TableCase one : list.cases()) {
            one.checkValues(file);
            for (String table : one.tables()) {
                StudyTable of = StudyTable.ALL.stream().filter(known -> known.name().equals(table)).findFirst().orElseThrow(
                        () -> new InputException(file.toString(), one.name() + " is in a table " + table + " that there is not",
                                "choose among " + StudyTable.ALL.stream().map(StudyTable::name).toList()));
                boolean surfaces = of.measure() != Measure.INTERPOLATION;
                if (surfaces && one.mask() == null || one.image() == null && one.mask() == null
                        || !surfaces && one.image() == null) {
                    throw new InputException(file.toString(), one.name() + " has no " + (surfaces ? "mask" : "image")
                            + " for the table " + table, "name its file");
                }
                if (!taken.add(table + "/" + one.name())) {
                    throw new InputException(file.toString(), one.name() + " is twice in the table " + table,
                            "give each case a name of its own");
                }
                // Files of cells know a name by its letters and digits alone.
                String other = cells.putIfAbsent(new Cell(of, one, of.strides().getFirst(), of.methods().getFirst(), 0, 0).id(),
                        one.name());
                if (other != null) {
                    throw new InputException(file.toString(), one.name() + " and " + other + " would share the files of their"
                            + " cells in the table " + table, "give one of them a name with other letters or digits");
                }
            }
        }
        return list.cases();
    }

    private static InputException noList(Path file, String reason, Exception cause) {
        return new InputException(file.toString(), "is no list of cases: " + reason, "write it as benchmarks/README.md says", cause);
    }

    private void checkValues(Path file) {
        for (String name : new String[] {image, mask}) {
            try {
                Path.of(name == null ? "" : name);
            } catch (InvalidPathException e) {
                throw new InputException(file.toString(), this.name + " has a file whose name cannot be one: " + e.getReason(),
                        "write its path below the folder of the volumes", e);
            }
        }
        if (window != null && (window.length != 2 || !(window[0] < window[1]) || Float.isInfinite(window[0])
                || Float.isInfinite(window[1]))) {
            throw new InputException(file.toString(), name + " has a window that is not two numbers", "write [LO, HI]");
        }
    }

    /** Whether a method has what it needs of it. */
    boolean has(TableMethod method) {
        return image != null || !method.name().equals("joint");
    }

    /** Whether its files are in the folder. */
    boolean isIn(Path folder) {
        return (image == null || Files.exists(folder.resolve(image))) && (mask == null || Files.exists(folder.resolve(mask)));
    }

    /** Bytes of its image, or of its mask: how much work it is, roughly. */
    long bytes(Path folder) throws IOException {
        return Files.size(folder.resolve(image == null ? mask : image));
    }

    /** Refuses files with other bytes than the list says. */
    void check(Path folder) throws IOException {
        String found = sumOf(folder);
        if (!found.equals(sum)) {
            throw new InputException(folder.resolve(image == null ? mask : image).toString(), "has not the bytes that the list"
                    + " of cases names: its sum is " + found, "use that file, or make it a case of its own");
        }
    }

    private String sumOf(Path folder) throws IOException {
        Sha256 digest = new Sha256();
        for (String file : new String[] {image, mask}) {
            if (file != null) {
                InputFiles.requireFile(folder.resolve(file));
                digest.add(folder.resolve(file));
            }
        }
        return digest.hex();
    }
}
