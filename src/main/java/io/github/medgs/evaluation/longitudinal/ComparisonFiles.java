package io.github.medgs.evaluation.longitudinal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.Csv;
import io.github.medgs.files.Png;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.MeshPart;
import io.github.medgs.volume.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** A comparison as files: a table, JSON, a picture, and the follow-up's surfaces coloured by distance. */
public final class ComparisonFiles {

    public static final String JSON = "compare.json";
    public static final String CSV = "compare.csv";
    public static final String PICTURE = "compare.png";
    public static final String GLB = "compare.glb";
    public static final String PAGE = "compare.html";

    private ComparisonFiles() {}

    /**
     * Writes everything into a folder: the five files above, and one PLY per structure. Those of an earlier comparison
     * that the new one has no structure for are deleted, as people would take them for its own.
     *
     * @param baseline surfaces of the earlier time point
     * @param warnings what the numbers are not to be read without, a sentence each
     */
    public static void write(Path folder, List<OrganSurface> baseline, List<StructureChange> changes, List<String> warnings)
            throws IOException {
        deleteSurfacesOfOthers(folder, changes);
        AtomicFile.writeText(folder.resolve(JSON), json(changes, warnings));
        AtomicFile.writeText(folder.resolve(CSV), csv(changes));
        AtomicFile.writeText(folder.resolve(PAGE), ComparisonPage.of(baseline, changes, warnings));
        byte[] picture = picture(changes);
        AtomicFile.write(folder.resolve(PICTURE), out -> out.write(picture));
        List<MeshPart> parts = new ArrayList<>();
        for (StructureChange change : changes) {
            byte[] colors = change.distances() == null ? null : DistanceColors.of(change.distances());
            MeshPart part = new MeshPart(change.name(), change.surface(), 0xB0B0B0, colors);
            MeshFiles.write(folder.resolve(surface(change.label())), List.of(part));
            parts.add(part);
        }
        MeshFiles.write(folder.resolve(GLB), parts);
    }

    /** The files of surfaces that {@link #write} makes. */
    public static List<Path> surfaces(Path folder, List<StructureChange> changes) {
        List<Path> files = new ArrayList<>(List.of(folder.resolve(GLB)));
        changes.forEach(change -> files.add(folder.resolve(surface(change.label()))));
        return files;
    }

    private static String surface(long label) {
        return "label-" + label + ".ply";
    }

    /** Before anything is written, and only what the earlier comparison names: other files of such names are not ours. */
    private static void deleteSurfacesOfOthers(Path folder, List<StructureChange> changes) throws IOException {
        if (!Files.isRegularFile(folder.resolve(JSON))) {
            return;
        }
        JsonNode earlier;
        try {
            earlier = new ObjectMapper().readTree(folder.resolve(JSON).toFile());
        } catch (JacksonException e) {
            // No report of ours, so nothing beside it is known to be ours.
            return;
        }
        for (JsonNode structure : earlier.path("structures")) {
            JsonNode label = structure.path("label");
            if (label.isIntegralNumber() && changes.stream().noneMatch(change -> change.label() == label.longValue())) {
                Files.deleteIfExists(folder.resolve(surface(label.longValue())));
            }
        }
    }

    static String csv(List<StructureChange> changes) {
        StringBuilder text = new StringBuilder("label,name,status,baseline_mm3,followup_mm3,change_mm3,change_percent,"
                + "years,change_mm3_per_year,growth_percent_per_year,centroid_shift_mm,mean_distance_mm,"
                + "largest_growth_mm,largest_loss_mm\n");
        for (StructureChange c : changes) {
            text.append(c.label()).append(',').append(Csv.quoted(c.name())).append(',')
                    .append(c.status().name().toLowerCase(Locale.ROOT));
            for (double value : new double[] {c.baselineVolume(), c.followupVolume(), c.absoluteChange(),
                100 * c.relativeChange(), c.years(), c.changePerYear(), 100 * c.growthPerYear(), c.centroidShift(),
                c.meanDistance(), c.largestGrowth(), c.largestLoss()}) {
                text.append(',').append(Double.isFinite(value) ? Words.number(value, 10) : "");
            }
            text.append('\n');
        }
        return text.toString();
    }

    static String json(List<StructureChange> changes, List<String> warnings) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        root.put("registered", false);
        root.put("enlargingFrom", StructureChange.THRESHOLD);
        warnings.forEach(root.withArray("warnings")::add);
        for (StructureChange c : changes) {
            ObjectNode node = root.withArray("structures").addObject();
            node.put("label", c.label());
            node.put("name", c.name());
            node.put("status", c.status().name().toLowerCase(Locale.ROOT));
            put(node, "baselineVolumeMm3", c.baselineVolume());
            put(node, "followupVolumeMm3", c.followupVolume());
            put(node, "changeMm3", c.absoluteChange());
            put(node, "relativeChange", c.relativeChange());
            put(node, "years", c.years());
            put(node, "changeMm3PerYear", c.changePerYear());
            put(node, "growthPerYear", c.growthPerYear());
            put(node, "centroidShiftMm", c.centroidShift());
            put(node, "meanDistanceMm", c.meanDistance());
            put(node, "largestGrowthMm", c.largestGrowth());
            put(node, "largestLossMm", c.largestLoss());
        }
        return mapper.writeValueAsString(root) + "\n";
    }

    /** JSON has no NaN: what does not exist is left out. */
    private static void put(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        }
    }

    // A bar has a height, also where there is no volume.
    private static double bar(double volume) {
        return Double.isNaN(volume) ? 0 : volume;
    }

    static byte[] picture(List<StructureChange> changes) {
        CategoryChart chart = new CategoryChartBuilder().width(900).height(500).title("Volume at both time points")
                .xAxisTitle("structure").yAxisTitle("cubic millimetres").build();
        // Numbers as everywhere else here, and none as 1.4E5.
        chart.getStyler().setYAxisDecimalPattern("#,##0.###").setLocale(Locale.ROOT);
        List<String> names = new ArrayList<>();
        List<Double> before = new ArrayList<>();
        List<Double> after = new ArrayList<>();
        for (StructureChange c : changes) {
            names.add(c.label() + " " + c.name() + " (" + c.status().name().toLowerCase(Locale.ROOT) + ")");
            before.add(bar(c.baselineVolume()));
            after.add(bar(c.followupVolume()));
        }
        chart.addSeries("baseline", names, before);
        chart.addSeries("follow-up", names, after);
        return Png.bytes(BitmapEncoder.getBufferedImage(chart));
    }
}
