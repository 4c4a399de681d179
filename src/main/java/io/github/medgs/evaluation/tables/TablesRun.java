package io.github.medgs.evaluation.tables;

import io.github.medgs.StopRequest;
import io.github.medgs.engine.Engine;
import io.github.medgs.files.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * The tables of a list of cases: runs the cells that have not been run, cheap ones first, and draws the page.
 *
 * <p>A finished cell is one small file. What is interrupted begins again, or goes on from its checkpoint.
 */
public final class TablesRun {

    /** How long a method takes against the linear one, roughly: only the order of the work and the time to go hang on it. */
    private static final Map<String, Long> EFFORT = Map.ofEntries(Map.entry("linear", 1L), Map.entry("cubic", 1L),
            Map.entry("iso", 1L), Map.entry("shape", 2L), Map.entry("spline", 3L), Map.entry("poisson", 8L),
            Map.entry("thresholded-poisson", 8L), Map.entry("flow", 10L), Map.entry("mixed", 10L), Map.entry("learned", 12L),
            Map.entry("mci", 20L), Map.entry("motion", 40L), Map.entry("mask", 150L), Map.entry("default", 300L),
            Map.entry("joint", 300L), Map.entry("funsr", 20_000L), Map.entry("paper", 10_000L));

    private final List<TableCase> cases;
    private final CellFolder cells;

    /**
     * What is to be run.
     *
     * @param volumes folder of the volumes
     * @param only names of tables or cases or both; empty for all
     * @param methods names of methods; empty for all
     * @param seeds how many, from 0, where a method is random
     * @param steps longer schedules than this are drawn together to it
     */
    public record Wanted(Path volumes, Set<String> only, Set<String> methods, int seeds, int steps) {

        private boolean has(StudyTable table, TableCase one, TableMethod method) {
            boolean tables = StudyTable.ALL.stream().anyMatch(known -> only.contains(known.name()));
            boolean cases = only.stream().anyMatch(name -> StudyTable.ALL.stream().noneMatch(known -> known.name().equals(name)));
            return (!tables || only.contains(table.name())) && (!cases || only.contains(one.name()))
                    && (methods.isEmpty() || methods.contains(method.name()));
        }
    }

    /**
     * A piece of work and its size.
     *
     * @param trains false too where another table has the measurement already
     */
    private record Work(Cell cell, long effort, boolean trains) {}

    /**
     * @param list the cases
     * @param cells the folder of finished cells
     */
    public TablesRun(Path list, Path cells) throws IOException {
        this.cases = TableCase.read(list);
        this.cells = new CellFolder(cells);
    }

    /** Names of the tables and cases, for {@link Wanted#only}. */
    public List<String> names() {
        List<String> names = new ArrayList<>(StudyTable.ALL.stream().map(StudyTable::name).toList());
        cases.stream().map(TableCase::name).distinct().forEach(names::add);
        return names;
    }

    /** Names of all methods, for {@link Wanted#methods}. */
    public static List<String> methods() {
        return StudyTable.ALL.stream().flatMap(table -> table.methods().stream()).map(TableMethod::name).distinct().toList();
    }

    /**
     * The cells to run.
     *
     * @param effort of all of them together
     * @param missing how many cannot be run, as their volume is not in the folder
     */
    public record Plan(List<String> words, long effort, int done, int missing, boolean trains) {}

    public Plan plan(Wanted wanted) throws IOException {
        List<Work> work = work(wanted);
        int done = 0;
        int missing = 0;
        for (Cell cell : asked(wanted)) {
            done += cells.find(cell) != null ? 1 : 0;
            missing += cells.find(cell) == null && !cell.on().isIn(wanted.volumes()) ? 1 : 0;
        }
        return new Plan(work.stream().map(one -> one.cell().words()).toList(),
                work.stream().mapToLong(Work::effort).sum(), done, missing,
                work.stream().anyMatch(Work::trains));
    }

    /**
     * Runs what is to be run.
     *
     * @param engine needed where the plan trains
     * @param by where the figures come from; of cells without training the engine is not named
     * @param progress hears the effort done
     * @param begins hears of every cell before it is worked on
     * @param finished hears of every finished cell's figures
     */
    public void run(Wanted wanted, Engine engine, int threads, CellResult.Provenance by, StopRequest stop,
            LongConsumer progress, Consumer<String> begins, Consumer<String> finished) throws IOException {
        CellRunner runner = new CellRunner(wanted.volumes(), engine, threads, stop);
        long before = 0;
        for (Work work : work(wanted)) {
            if (stop.getAsBoolean()) {
                throw new CancellationException("stopped");
            }
            Cell cell = work.cell();
            cell.on().check(wanted.volumes());
            begins.accept(cell.words());
            long began = System.nanoTime();
            long base = before;
            CellResult twin = twin(cell);
            if (twin != null) {
                cells.write(cell, CellResult.of(cell, twin.values(), twin.seconds(), twin.by()));
                before += work.effort();
                progress.accept(before);
                finished.accept("  as in the table " + twin.table());
                continue;
            }
            Map<String, Double> values = runner.run(cell, cells.checkpoint(cell),
                    share -> progress.accept(base + Math.round(share * work.effort())));
            double seconds = (System.nanoTime() - began) / 1e9;
            cells.write(cell, CellResult.of(cell, values, seconds, cell.method().trains() ? by
                    : new CellResult.Provenance(by.machine(), by.java(), "none", by.commit())));
            before += work.effort();
            progress.accept(before);
            finished.accept(String.format(Locale.ROOT, "  %s, %.1f s", figures(cell, values), seconds));
        }
    }

    /** The same measurement where another table has it already, or {@code null}. */
    private CellResult twin(Cell cell) throws IOException {
        for (StudyTable table : StudyTable.ALL) {
            CellResult result = table.measure() != cell.table().measure() ? null
                    : cells.find(new Cell(table, cell.on(), cell.stride(), cell.method(), cell.seed(), cell.steps()));
            if (result != null) {
                return result;
            }
        }
        return null;
    }

    /**
     * The page with every block between its marks replaced by what the cells say; a page that is not there begins here.
     *
     * @param page Markdown in UTF-8; not written
     * @param command what runs a table's missing cells, by the table's name
     */
    public String page(Path page, UnaryOperator<String> command) throws IOException {
        return new TablesPage(cases, cells, command).fill(text(page), page.toString());
    }

    /** Refuses a page that cannot be drawn, before anything is measured for it. */
    public static void checkPage(Path page) {
        TablesPage.check(text(page), page.toString());
    }

    private static String text(Path page) {
        return Files.exists(page) ? InputFiles.text(page) : "";
    }

    private static String figures(Cell cell, Map<String, Double> values) {
        List<String> figures = new ArrayList<>();
        values.forEach((name, value) -> {
            if (name.equals(cell.table().measure().first) || name.equals(cell.table().measure().second)) {
                figures.add(name + " " + (value == null ? "-" : String.format(Locale.ROOT, "%.4f", value)));
            }
        });
        return String.join(", ", figures);
    }

    private List<Work> work(Wanted wanted) throws IOException {
        List<Work> work = new ArrayList<>();
        for (Cell cell : asked(wanted)) {
            if (cells.find(cell) == null && cell.on().isIn(wanted.volumes())) {
                double share = cell.steps() > 0 ? (double) cell.steps() / cell.method().schedule() : 1;
                long effort = Math.max(1, Math.round(share * EFFORT.get(cell.method().name())
                        * cell.on().bytes(wanted.volumes()) / 1000.0));
                boolean taken = twin(cell) != null;
                work.add(new Work(cell, taken ? 1 : effort, !taken && cell.method().trains()));
            }
        }
        // Stable: what is as cheap comes in the order of the page. Every first seed before any second one.
        work.sort(Comparator.comparing((Work one) -> one.cell().seed()).thenComparing(Work::effort));
        return work;
    }

    private List<Cell> asked(Wanted wanted) {
        List<Cell> asked = new ArrayList<>();
        for (StudyTable table : StudyTable.ALL) {
            for (TableCase one : TablesPage.casesOf(table, cases)) {
                for (int stride : table.strides()) {
                    for (TableMethod method : table.methods()) {
                        int steps = wanted.steps() < method.schedule() ? wanted.steps() : 0;
                        for (int seed = 0; seed < (method.trains() ? wanted.seeds() : 1); seed++) {
                            if (wanted.has(table, one, method) && one.has(method)) {
                                asked.add(new Cell(table, one, stride, method, seed, steps));
                            }
                        }
                    }
                }
            }
        }
        return asked;
    }
}
