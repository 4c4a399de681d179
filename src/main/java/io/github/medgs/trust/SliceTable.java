package io.github.medgs.trust;

import io.github.medgs.volume.Remark;
import io.github.medgs.volume.SliceAxis;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Which slices of a volume were acquired and which drawn, in words that files and programs take.
 *
 * @param expected mean expected absolute error of each slice in the input's units; {@code null} where nobody asked
 * @param returned whether acquired slices stand in the volume as they were, not as the model draws them
 */
public record SliceTable(Provenance provenance, SliceAxis axis, double[] expected, boolean returned) {

    /** {@code slices.csv}: one line for each slice. */
    public String csv() {
        StringBuilder csv = new StringBuilder("index,mm,origin,nearest_acquired_mm,expected_error\n");
        for (int n = 0; n < provenance.count(); n++) {
            csv.append(String.format(Locale.ROOT, "%d,%.6g,%s,%.6g,%s%n", n, provenance.positions()[n],
                    provenance.isAcquired(n) && returned ? "acquired" : "drawn", provenance.distance(n),
                    expected == null ? "" : String.format(Locale.ROOT, "%.6g", expected[n])));
        }
        return csv.toString().replace("\r\n", "\n");
    }

    /** What the volume's own file says. */
    public Remark remark() {
        return remark("MedGS for the JVM: ", acquired() + " of " + provenance.count() + " slices along " + axisName()
                + " acquired, others drawn");
    }

    /** What a file beside it says. */
    public Remark remark(String what) {
        return remark("MedGS for the JVM: ", what);
    }

    private Remark remark(String who, String what) {
        String line = who + what;
        return new Remark(line.substring(0, Math.min(line.length(), Remark.LONGEST_LINE)), json());
    }

    /** How many slices of the volume stand in it as they were acquired. */
    public int acquired() {
        return returned ? provenance.count() - provenance.drawn() : 0;
    }

    private String axisName() {
        return axis.name().toLowerCase(Locale.ROOT);
    }

    private String json() {
        StringJoiner indices = new StringJoiner(",", "[", "]");
        for (int n = 0; n < provenance.count(); n++) {
            if (provenance.isAcquired(n) && returned) {
                indices.add(Integer.toString(n));
            }
        }
        return "{\"medgs\":{\"axis\":\"" + axisName() + "\",\"slices\":" + provenance.count() + ",\"acquired\":" + indices
                + "}}";
    }
}
