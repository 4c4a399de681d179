package io.github.medgs.evaluation.tables;

import io.github.medgs.InputException;
import io.github.medgs.evaluation.Spread;
import io.github.medgs.evaluation.surface.PublishedFigures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Tables in Markdown, between marks on a page whose sentences are somebody's own. A cell that has not been run says so.
 */
final class TablesPage {

    private static final String NOT_RUN = "not run";
    private static final String NOTHING = "-";
    private static final String MARK_END = ": drawn by benchmarks/tables -->";

    private final List<TableCase> cases;
    private final CellFolder cells;
    private final UnaryOperator<String> command;

    /** @param command what runs a table's missing cells, by the table's name */
    TablesPage(List<TableCase> cases, CellFolder cells, UnaryOperator<String> command) {
        this.cases = cases;
        this.cells = cells;
        this.command = command;
    }

    static List<TableCase> casesOf(StudyTable table, List<TableCase> cases) {
        return cases.stream().filter(one -> one.tables().contains(table.name())).toList();
    }

    /**
     * The page with every block drawn anew; those that it has no marks for come at its end.
     *
     * @param name of the page, for messages
     * @throws InputException when marks of it are no pair: text of its reader's would be lost between them
     */
    String fill(String page, String name) throws IOException {
        String filled = page.isEmpty() ? "# Tables\n" : page;
        if (!hasPlace(page, "where", name)) {
            filled = filled.stripTrailing() + "\n\n" + mark("where") + "\n" + end("where") + "\n";
        }
        for (StudyTable table : StudyTable.ALL) {
            if (!hasPlace(page, table.name(), name)) {
                filled = filled.stripTrailing() + "\n\n## " + table.name() + "\n\n" + mark(table.name()) + "\n"
                        + end(table.name()) + "\n";
            }
        }
        filled = replace(filled, "where", where());
        for (StudyTable table : StudyTable.ALL) {
            filled = replace(filled, table.name(), block(table));
        }
        return filled;
    }

    /** As {@link #fill} refuses it. */
    static void check(String page, String name) {
        hasPlace(page, "where", name);
        StudyTable.ALL.forEach(table -> hasPlace(page, table.name(), name));
    }

    private static String mark(String name) {
        return "<!-- " + name + MARK_END;
    }

    private static String end(String name) {
        return "<!-- end of " + name + " -->";
    }

    /** Whether there is a pair of marks for a block. What is left of one is refused, and so is a second. */
    private static boolean hasPlace(String page, String block, String name) {
        int from = page.indexOf(mark(block));
        int to = page.indexOf(end(block));
        if (from < 0 && to < 0) {
            return false;
        }
        int other = page.indexOf(MARK_END, from + mark(block).length());
        if (from < 0 || to < from || other >= 0 && other < to || page.lastIndexOf(mark(block)) > from
                || page.lastIndexOf(end(block)) > to) {
            throw new InputException(name, "has marks of " + block + " that are no pair", "leave these two lines once, where it"
                    + " belongs, with nothing of yours between: " + mark(block) + " and " + end(block));
        }
        return true;
    }

    private static String replace(String page, String name, String block) {
        int from = page.indexOf(mark(name));
        int to = page.indexOf(end(name), from);
        return page.substring(0, from) + mark(name) + "\n\n" + block.strip() + "\n\n" + page.substring(to);
    }

    /** How many cells there are, and where those that are measured come from. */
    private String where() throws IOException {
        Map<String, Integer> sources = new TreeMap<>();
        int whole = 0;
        int run = 0;
        for (StudyTable table : StudyTable.ALL) {
            for (TableCase one : casesOf(table, cases)) {
                for (int stride : table.strides()) {
                    for (TableMethod method : table.methods()) {
                        for (int steps : steps(table, method)) {
                            List<CellResult> found = found(table, one, stride, method, steps);
                            whole += steps == 0 && one.has(method) ? 1 : 0;
                            run += steps == 0 && !found.isEmpty() ? 1 : 0;
                            found.forEach(result -> sources.merge(result.by().words(), 1, Integer::sum));
                        }
                    }
                }
            }
        }
        StringBuilder text = new StringBuilder(run + " of " + whole + " cells have been run at their whole length.");
        text.append(sources.isEmpty() ? "\n" : " Measurements, shortened ones and further seeds among them:\n\n");
        sources.forEach((words, count) -> text.append("- ").append(count).append(": ").append(words).append('\n'));
        return text.toString();
    }

    private String block(StudyTable table) throws IOException {
        List<TableCase> on = casesOf(table, cases);
        if (on.isEmpty()) {
            return "No case of the list is in this table.\n";
        }
        StringBuilder text = new StringBuilder(table.measure().words).append(".\n\n");
        text.append(table.byCase() ? byCase(table, on) : byMethod(table, on));
        int missing = missing(table, on);
        if (missing > 0) {
            text.append('\n').append(missing).append(missing == 1 ? " cell is" : " cells are").append(" not run: `")
                    .append(command.apply(table.name())).append("` runs ").append(missing == 1 ? "it" : "them").append(".\n");
        }
        return text.toString();
    }

    /** A row for each case and stride, a column for each method; at last the means of each stride. */
    private String byCase(StudyTable table, List<TableCase> on) throws IOException {
        List<String> head = new ArrayList<>(List.of("case", "stride"));
        List<Column> columns = columns(table);
        columns.forEach(column -> head.add(column.label()));
        StringBuilder text = head(head);
        for (TableCase one : on) {
            for (int stride : table.strides()) {
                List<String> row = new ArrayList<>(List.of(one.name(), Integer.toString(stride)));
                for (Column column : columns) {
                    row.add(text(table, one, stride, column));
                }
                text.append(row(row));
            }
        }
        for (int stride : on.size() > 1 ? table.strides() : List.<Integer>of()) {
            List<String> row = new ArrayList<>(List.of("mean of " + on.size(), Integer.toString(stride)));
            for (Column column : columns) {
                row.add(mean(table, on, stride, column));
            }
            text.append(row(row));
        }
        return text.toString();
    }

    /** A row for each method, a column for each case, then the mean over cases and what the paper has. */
    private String byMethod(StudyTable table, List<TableCase> on) throws IOException {
        List<String> head = new ArrayList<>(List.of("method"));
        on.forEach(one -> head.add(one.name()));
        head.addAll(List.of("mean", "the paper's"));
        StringBuilder text = head(head);
        int stride = table.strides().getFirst();
        if (table.measure() == Measure.PUBLISHED) {
            text.append(row(floor(table, on, stride)));
        }
        for (Column column : columns(table)) {
            List<String> row = new ArrayList<>(List.of(column.label()));
            for (TableCase one : on) {
                row.add(text(table, one, stride, column));
            }
            row.add(mean(table, on, stride, column));
            row.add(column.steps() > 0 ? NOTHING : published(table, column.method()));
            text.append(row(row));
        }
        return text.toString();
    }

    /** What two samplings of the reference are apart, as any cell of a case has it. */
    private List<String> floor(StudyTable table, List<TableCase> on, int stride) throws IOException {
        List<String> row = new ArrayList<>(List.of("the reference itself"));
        for (TableCase one : on) {
            CellResult any = null;
            for (Column column : columns(table)) {
                List<CellResult> found = found(table, one, stride, column.method(), column.steps());
                any = any == null && !found.isEmpty() ? found.getFirst() : any;
            }
            row.add(any == null ? NOT_RUN : String.format(Locale.ROOT, "%.3f / %.3f", any.value("floorChamfer"),
                    any.value("floorHd95")));
        }
        row.addAll(List.of(NOTHING, NOTHING));
        return row;
    }

    private static String published(StudyTable table, TableMethod method) {
        if (table.measure() == Measure.PUBLISHED) {
            PublishedFigures figures = PublishedFigures.of(method.name());
            return figures.chamfer().text(3) + " / " + figures.hd95().text(3);
        }
        return table.published().getOrDefault(method.label(), NOTHING);
    }

    /** A method at its whole schedule (0 steps) or at one drawn together. */
    private record Column(TableMethod method, int steps) {

        String label() {
            return steps == 0 ? method.label() : method.label() + String.format(Locale.ROOT, ", %,d steps", steps);
        }
    }

    private List<Column> columns(StudyTable table) throws IOException {
        List<Column> columns = new ArrayList<>();
        for (TableMethod method : table.methods()) {
            for (int steps : steps(table, method)) {
                columns.add(new Column(method, steps));
            }
        }
        return columns;
    }

    /** 0 for the whole schedule, and each shorter one that some cell of this table and method was run with. */
    private TreeSet<Integer> steps(StudyTable table, TableMethod method) throws IOException {
        TreeSet<Integer> steps = new TreeSet<>(List.of(0));
        // A file's name may say more steps than there are.
        for (int shortened : cells.shortened(table).headSet(Math.max(1, method.schedule()))) {
            for (TableCase one : casesOf(table, cases)) {
                for (int stride : table.strides()) {
                    if (!found(table, one, stride, method, shortened).isEmpty()) {
                        steps.add(shortened);
                    }
                }
            }
        }
        return steps;
    }

    /** The cells of all seeds that have been run. */
    private List<CellResult> found(StudyTable table, TableCase one, int stride, TableMethod method, int steps)
            throws IOException {
        List<CellResult> found = new ArrayList<>();
        for (int seed : cells.seeds(table)) {
            CellResult result = method.trains() || seed == 0 ? cells.find(new Cell(table, one, stride, method, seed, steps)) : null;
            if (result != null) {
                found.add(result);
            }
        }
        return found;
    }

    private String text(StudyTable table, TableCase one, int stride, Column column) throws IOException {
        if (!one.has(column.method())) {
            return NOTHING;
        }
        List<CellResult> found = found(table, one, stride, column.method(), column.steps());
        return found.isEmpty() ? NOT_RUN : text(table, found) + (found.size() > 1 ? " (" + found.size() + " seeds)" : "");
    }

    private static String text(StudyTable table, List<CellResult> results) {
        Measure measure = table.measure();
        return Spread.of(results.stream().map(result -> result.value(measure.first)).toList()).text(measure.firstDecimals)
                + " / " + Spread.of(results.stream().map(result -> result.value(measure.second)).toList())
                        .text(measure.secondDecimals);
    }

    /** Over the cases, each once by the mean of its seeds; only where every case has been run and has a figure. */
    private String mean(StudyTable table, List<TableCase> on, int stride, Column column) throws IOException {
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        for (TableCase one : on) {
            List<CellResult> found = found(table, one, stride, column.method(), column.steps());
            if (found.isEmpty()) {
                return NOTHING;
            }
            first.add(Spread.of(found.stream().map(result -> result.value(table.measure().first)).toList()).mean());
            second.add(Spread.of(found.stream().map(result -> result.value(table.measure().second)).toList()).mean());
        }
        Spread spread = Spread.of(first);
        return spread.count() < on.size() ? NOTHING
                : spread.text(table.measure().firstDecimals) + " / " + Spread.of(second).text(table.measure().secondDecimals);
    }

    private int missing(StudyTable table, List<TableCase> on) throws IOException {
        int missing = 0;
        for (TableCase one : on) {
            for (int stride : table.strides()) {
                for (TableMethod method : table.methods()) {
                    missing += one.has(method) && found(table, one, stride, method, 0).isEmpty() ? 1 : 0;
                }
            }
        }
        return missing;
    }

    private static StringBuilder head(List<String> names) {
        return new StringBuilder(row(names)).append("|").append("---|".repeat(names.size())).append('\n');
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList()) + " |\n";
    }
}
