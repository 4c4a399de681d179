package io.github.medgs.evaluation.tables;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * A measured cell as its file holds it.
 *
 * @param values the figures by name; {@code null} for one that does not exist, such as the distance of no surface
 * @param seconds that it took; not in any table, as it would differ from run to run
 * @param by where it was measured
 */
public record CellResult(String table, @JsonProperty("case") String on, int stride, String method,
        List<String> settings, int seed, int steps, String sum, Map<String, Double> values, double seconds, Provenance by) {

    /**
     * Where a figure comes from.
     *
     * @param engine that trained, or {@code "none"}
     */
    public record Provenance(String machine, String java, String engine, String commit) {

        String words() {
            return machine + ", Java " + java + ", " + (engine.equals("none") ? "no engine" : "engine " + engine) + ", commit "
                    + commit;
        }
    }

    static CellResult of(Cell cell, Map<String, Double> values, double seconds, Provenance by) {
        return new CellResult(cell.table().name(), cell.on().name(), cell.stride(), cell.method().name(),
                cell.method().settings(), cell.seed(), cell.steps(), cell.on().sum(), values, seconds, by);
    }

    /** Whether it was measured for this cell. Its case may have been given other capitals since. */
    boolean isOf(Cell cell) {
        return table.equals(cell.table().name()) && Cell.slug(on).equals(Cell.slug(cell.on().name())) && stride == cell.stride()
                && method.equals(cell.method().name()) && settings.equals(cell.method().settings()) && seed == cell.seed()
                && steps == cell.steps() && sum.equals(cell.on().sum());
    }

    double value(String name) {
        Double value = values.get(name);
        return value == null ? Double.NaN : value;
    }
}
