package io.github.medgs.volume.png;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.InputException;
import io.github.medgs.volume.raw.ByteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code volume.json} beside PNG slices.
 *
 * @param spacingMm millimetres between pixels of a row, between rows, and between slices
 * @param indexToPatient affine from (column, row, slice) to patient millimetres (RAS+), row by row, 12 numbers; or null:
 *     columns towards the patient's left, rows towards the back, slices towards the head
 * @param intensityAtBlack what the pixel value 0 means, or null for 0
 * @param intensityAtWhite what the largest pixel value (255 or 65535) means, or null for that value itself
 * @param remark what the slices are, for people, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Sidecar(double[] spacingMm, double[] indexToPatient, Double intensityAtBlack, Double intensityAtWhite,
        String remark) {

    static final String NAME = "volume.json";

    /** More than any sidecar needs, so that a stranger's file takes no memory. */
    private static final long LARGEST = 1 << 16;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Whether a folder has one, which may be damaged. */
    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(NAME));
    }

    /** The sidecar of a folder, or null where it has none. */
    static Sidecar of(Path folder) {
        if (!isIn(folder)) {
            return null;
        }
        Path path = folder.resolve(NAME);
        try {
            if (Files.size(path) > LARGEST) {
                throw new InputException(path.toString(), "is too large for a sidecar", "keep spacingMm, and little else");
            }
            Sidecar sidecar = JSON.readValue(Files.readAllBytes(path), Sidecar.class);
            check(path, sidecar);
            return sidecar;
        } catch (JsonProcessingException e) {
            throw new InputException(path.toString(), "is not a sidecar: " + e.getOriginalMessage(),
                    "write {\"spacingMm\": [column, row, slice]}", e);
        } catch (IOException e) {
            throw ByteSource.unreadable(path, e);
        }
    }

    private static void check(Path path, Sidecar sidecar) {
        if (sidecar == null || sidecar.spacingMm == null && sidecar.indexToPatient == null) {
            throw new InputException(path.toString(), "gives no spacing", "add \"spacingMm\": [column, row, slice]");
        }
        requireFinite(path, "spacingMm", sidecar.spacingMm, 3);
        requireFinite(path, "indexToPatient", sidecar.indexToPatient, 12);
        for (double spacing : sidecar.spacingMm == null ? new double[0] : sidecar.spacingMm) {
            if (!(spacing > 0)) {
                throw new InputException(path.toString(), "has the spacing " + spacing, "give positive millimetres");
            }
        }
        if ((sidecar.intensityAtBlack == null) != (sidecar.intensityAtWhite == null)) {
            throw new InputException(path.toString(), "gives one intensity of two",
                    "give intensityAtBlack and intensityAtWhite, or neither");
        }
        requireFinite(path, "intensityAtBlack", number(sidecar.intensityAtBlack), 1);
        requireFinite(path, "intensityAtWhite", number(sidecar.intensityAtWhite), 1);
    }

    private static double[] number(Double value) {
        return value == null ? null : new double[] {value};
    }

    private static void requireFinite(Path path, String key, double[] values, int count) {
        if (values == null) {
            return;
        }
        boolean right = values.length == count;
        for (double value : values) {
            right &= Double.isFinite(value);
        }
        if (!right) {
            throw new InputException(path.toString(), "needs " + count + " finite numbers for \"" + key + "\"",
                    "correct the sidecar");
        }
    }

    String toJson() throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }
}
