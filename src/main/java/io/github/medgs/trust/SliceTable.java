package io.github.medgs.trust;

import io.github.medgs.volume.Remark;
import io.github.medgs.volume.SliceAxis;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Which slices of a volume were acquired and which drawn, in words that files and programs take.
 *
 * @param expected mean expected absolute error of each slice in the input's units; {@code null} where nobody asked
 * @param returned whether acquired slices stand in the volume as they were, not as the model draws them
 * @param edited for each acquired slice whether somebody changed it since; {@code null} for none
 */
public record SliceTable(Provenance provenance, SliceAxis axis, double[] expected, boolean returned,
        boolean[] edited) {

    /** {@code slices.csv}: one line for each slice. */
    public String csv() {
        StringBuilder csv = new StringBuilder("index,mm,origin,nearest_acquired_mm,expected_error\n");
        for (int n = 0; n < provenance.count(); n++) {
            csv.append(String.format(Locale.ROOT, "%d,%.6g,%s,%.6g,%s\n", n, provenance.positions()[n],
                    isEdited(n) ? "edited" : stands(n) ? "acquired" : "drawn",
                    provenance.distance(n),
                    expected == null ? "" : String.format(Locale.ROOT, "%.6g", expected[n])));
        }
        return csv.toString();
    }

    /** What the volume's own file says. */
    public Remark remark() {
        return remark(acquired() + " of " + provenance.count() + " slices along " + axisName()
                + " acquired, " + (changed() > 0 ? changed() + " edited, " : "") + "others drawn");
    }

    /** What a file beside it says. */
    public Remark remark(String what) {
        String line = "MedGS for the JVM: " + what;
        return new Remark(line.substring(0, Math.min(line.length(), Remark.LONGEST_LINE)), json());
    }

    /** How many slices of the volume stand in it as they were acquired. */
    public int acquired() {
        return returned ? provenance.count() - provenance.drawn() - changed() : 0;
    }

    /** How many stand in it as somebody changed them. */
    public int changed() {
        return (int) IntStream.range(0, provenance.count()).filter(this::isEdited).count();
    }

    /** Whether a slice stands in the volume as it was acquired, or as somebody changed it since, and is not drawn. */
    public boolean stands(int slice) {
        return returned && provenance.isAcquired(slice);
    }

    /** Whether a slice of the volume was acquired and changed since. */
    public boolean isEdited(int slice) {
        return stands(slice) && edited != null && edited[provenance.sources()[slice]];
    }

    private String axisName() {
        return axis.name().toLowerCase(Locale.ROOT);
    }

    private String json() {
        StringJoiner indices = new StringJoiner(",", "[", "]");
        for (int n = 0; n < provenance.count(); n++) {
            if (stands(n) && !isEdited(n)) {
                indices.add(Integer.toString(n));
            }
        }
        return "{\"medgs\":{\"axis\":\"" + axisName() + "\",\"slices\":" + provenance.count() + ",\"acquired\":" + indices
                + "}}";
    }
}
