package io.github.medgs.evaluation.tables;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.medgs.InputException;
import io.github.medgs.files.InputFiles;
import io.github.medgs.files.Sha256;
import io.github.medgs.volume.SliceAxis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
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
record TableCase(@JsonProperty(required = true) String name, String image, String mask,
        @JsonProperty(required = true) String sum, SliceAxis axis, float[] window,
        @JsonProperty(required = true) List<String> tables) {

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();

    private record CaseList(@JsonProperty(required = true) List<TableCase> cases) {}

    TableCase {
        axis = axis == null ? SliceAxis.AUTO : axis;
    }

    /** The cases of a list, checked. */
    static List<TableCase> read(Path file) throws IOException {
        InputFiles.requireFile(file);
        List<TableCase> cases;
        try {
            cases = JSON.readValue(Files.readString(file), CaseList.class).cases();
        } catch (JsonProcessingException e) {
            throw new InputException(file.toString(), "is no list of cases: " + e.getOriginalMessage(),
                    "write it as benchmarks/README.md says", e);
        }
        Set<String> taken = new HashSet<>();
        for (TableCase one : cases) {
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
            }
            if (one.window() != null && (one.window().length != 2 || !(one.window()[0] < one.window()[1]))) {
                throw new InputException(file.toString(), one.name() + " has a window that is not two numbers", "write [LO, HI]");
            }
        }
        return cases;
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
                digest.add(folder.resolve(file));
            }
        }
        return digest.hex();
    }
}
