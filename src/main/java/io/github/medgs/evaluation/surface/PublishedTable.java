package io.github.medgs.evaluation.surface;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.evaluation.Spread;
import io.github.medgs.files.Csv;
import io.github.medgs.page.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The paper's Table 1 of one's own cases, as CSV, JSON and a page: every method's Chamfer and HD95 by case, their mean and
 * spread, and beside them the paper's.
 *
 * @param methods as {@code --methods} names them
 * @param cases in the order asked for
 */
public record PublishedTable(List<String> methods, List<Case> cases) {

    /** What can be compared with the paper's figures, and what cannot. */
    public static final String COMPARABLE = "The paper's figures are of six other prostates, on surfaces that were rescaled and"
            + " registered to references from another program, in a unit that depends on the header's spacing; and two samplings"
            + " of one and the same surface are as far apart as the row 'the reference itself' says. So compare methods with each"
            + " other within one column, and the order of the methods with the paper's order; do not compare a figure of one with"
            + " a figure of the other.";

    private static final String NOTHING = "-";

    /**
     * One mask.
     *
     * @param floor two samplings of the reference
     * @param scores one for each method
     */
    public record Case(String name, SampledDistances floor, List<PublishedProtocol.Score> scores) {}

    /** One line per case and method; a method without a surface has no numbers. */
    public String csv() {
        StringBuilder csv = new StringBuilder("case,method,chamfer_mm,hd95_mm,seconds\n");
        for (Case one : cases) {
            csv.append(line(one, "the reference itself", one.floor(), 0));
            one.scores().forEach(score -> csv.append(line(one, score.method(), score.distances(), score.seconds())));
        }
        return csv.toString();
    }

    private static String line(Case one, String method, SampledDistances distances, double seconds) {
        return String.format(Locale.ROOT, "%s,%s,%s,%s,%.2f\n", Csv.quoted(one.name()), Csv.quoted(method),
                distances == null ? "" : String.format(Locale.ROOT, "%.5f", distances.chamfer()),
                distances == null ? "" : String.format(Locale.ROOT, "%.5f", distances.hd95()), seconds);
    }

    public String json() throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        root.put("what", "each method saw every slice of a mask; 50,000 samples on its surface and on the mask's, both"
                + " directions; millimetres; not rescaled, not registered");
        root.put("comparable", COMPARABLE);
        ArrayNode all = root.putArray("cases");
        for (Case one : cases) {
            ObjectNode node = all.addObject().put("case", one.name());
            put(node.putObject("referenceItself"), one.floor());
            ArrayNode scores = node.putArray("methods");
            for (PublishedProtocol.Score score : one.scores()) {
                ObjectNode row = scores.addObject().put("method", score.method());
                put(row, score.distances());
                row.put("seconds", score.seconds());
            }
        }
        ArrayNode means = root.putArray("means");
        for (int m = 0; m < methods.size(); m++) {
            ObjectNode node = means.addObject().put("method", name(m));
            put(node.putObject("chamferMm"), chamfer(m));
            put(node.putObject("hd95Mm"), hd95(m));
            PublishedFigures published = PublishedFigures.of(methods.get(m));
            if (published != null) {
                put(node.putObject("paperChamferMm"), published.chamfer());
                put(node.putObject("paperHd95Mm"), published.hd95());
            }
        }
        return mapper.writeValueAsString(root) + "\n";
    }

    private static void put(ObjectNode node, SampledDistances distances) {
        if (distances == null) {
            node.putNull("chamferMm").putNull("hd95Mm");
        } else {
            node.put("chamferMm", distances.chamfer()).put("hd95Mm", distances.hd95());
        }
    }

    private static void put(ObjectNode node, Spread spread) {
        node.put("count", spread.count());
        node.put("mean", spread.count() > 0 ? spread.mean() : null);
        node.put("deviation", spread.count() > 1 ? spread.deviation() : null);
    }

    /** One line per method for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int m = 0; m < methods.size(); m++) {
            PublishedFigures published = PublishedFigures.of(methods.get(m));
            lines.add(String.format(Locale.ROOT, "  %-18s Chamfer %s mm, HD95 %s mm%s%s", name(m), chamfer(m).text(3),
                    hd95(m).text(3), published == null ? "" : " (the paper's six: " + published.chamfer().text(3) + " and "
                    + published.hd95().text(3) + ")", chamfer(m).count() < cases.size()
                    ? ", no surface in " + (cases.size() - chamfer(m).count()) + " of " + cases.size() : ""));
        }
        return lines;
    }

    public String html() {
        Page page = new Page("Surfaces of whole masks, by the paper's measure");
        page.paragraph("Each method saw every slice of a mask and drew " + PublishedProtocol.BETWEEN + " for each interval."
                + " 50,000 samples on its surface and on the mask's, from each to the nearest of the other's: Chamfer is the mean"
                + " of both directions' means, HD95 the 95th percentile of both together, in millimetres; lower is better.");
        page.paragraph(COMPARABLE);
        List<String> head = new ArrayList<>(List.of("method"));
        cases.forEach(one -> head.add(one.name()));
        head.addAll(List.of("mean", "the paper's six"));
        page.heading("Chamfer / HD95, mm");
        List<List<String>> rows = new ArrayList<>();
        List<String> floor = new ArrayList<>(List.of("the reference itself"));
        cases.forEach(one -> floor.add(text(one.floor())));
        floor.addAll(List.of(NOTHING, NOTHING));
        rows.add(floor);
        for (int m = 0; m < methods.size(); m++) {
            List<String> row = new ArrayList<>(List.of(name(m)));
            for (Case one : cases) {
                row.add(text(one.scores().get(m).distances()));
            }
            PublishedFigures published = PublishedFigures.of(methods.get(m));
            row.add(chamfer(m).text(3) + " / " + hd95(m).text(3));
            row.add(published == null ? NOTHING : published.chamfer().text(3) + " / " + published.hd95().text(3));
            rows.add(row);
        }
        page.table(head, rows);
        return page.html();
    }

    private static String text(SampledDistances distances) {
        return distances == null ? NOTHING
                : String.format(Locale.ROOT, "%.3f / %.3f", distances.chamfer(), distances.hd95());
    }

    private String name(int method) {
        return cases.getFirst().scores().get(method).method();
    }

    private Spread chamfer(int method) {
        return Spread.of(cases.stream().map(one -> one.scores().get(method).distances())
                .map(distances -> distances == null ? Double.NaN : distances.chamfer()).toList());
    }

    private Spread hd95(int method) {
        return Spread.of(cases.stream().map(one -> one.scores().get(method).distances())
                .map(distances -> distances == null ? Double.NaN : distances.hd95()).toList());
    }
}
