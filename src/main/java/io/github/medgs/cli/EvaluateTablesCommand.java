package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.tornado.TornadoEngine;
import io.github.medgs.evaluation.tables.CellResult;
import io.github.medgs.evaluation.tables.TablesRun;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.FolderLock;
import io.github.medgs.reconstruction.RunListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs evaluate tables}: the tables of the documents, from a folder of volumes; {@code benchmarks/tables} calls it. */
@Command(name = "tables", description = "Measure what the tables of a page still lack, cell by cell, cheap ones first, and draw"
        + " the tables from all finished cells. Interrupted, the same command goes on.", mixinStandardHelpOptions = true)
final class EvaluateTablesCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "the volumes; without it the page is drawn and nothing is run")
    private Path folder;

    @Option(names = "--cases", paramLabel = "FILE", required = true, description = "the list of cases: JSON, see benchmarks/README.md")
    private Path cases;

    @Option(names = "--cells", paramLabel = "DIR", required = true, description = "where finished cells are kept, a small file each")
    private Path cells;

    @Option(names = "--page", paramLabel = "FILE", required = true, description = "Markdown page whose tables are drawn anew between their marks; made where it is missing")
    private Path page;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "only these tables or cases; several by comma")
    private List<String> only = List.of();

    @Option(names = "--methods", paramLabel = "NAME", split = ",", description = "only these methods; several by comma")
    private List<String> methods = List.of();

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "1", description = "how many seeds, from 0, where a method is random (default: ${DEFAULT-VALUE})")
    private int seeds;

    @Option(names = "--steps", paramLabel = "N", description = "draw the published schedules of paper and funsr together to N steps: rows of their own, which name the steps (default: whole schedules)")
    private Integer steps;

    @Option(names = "--list", description = "say what would be run, and run nothing")
    private boolean list;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        TablesRun run = new TablesRun(cases, cells);
        check(run);
        TablesRun.checkPage(page);
        if (folder == null) {
            draw(run, console);
            return Main.DONE;
        }
        TablesRun.Wanted wanted = new TablesRun.Wanted(folder, new LinkedHashSet<>(only), new LinkedHashSet<>(methods), seeds,
                steps == null ? Integer.MAX_VALUE : steps);
        TablesRun.Plan plan = run.plan(wanted);
        console.say(plan.done() + " cells are finished, " + plan.words().size() + " are to be run"
                + (plan.missing() > 0 ? ", " + plan.missing() + " cannot be: their volumes are not in " + folder : ""));
        if (list) {
            plan.words().forEach(console::say);
            return Main.DONE;
        }
        return run(run, wanted, plan, console);
    }

    private int run(TablesRun run, TablesRun.Wanted wanted, TablesRun.Plan plan, Console console) throws IOException {
        try (Engine engine = plan.trains() ? engineOptions.open(console) : null; FolderLock _ = FolderLock.of(cells, "cells");
                Interrupt interrupt = new Interrupt()) {
            try (RunListener.Progress progress = console.begin("tables", plan.effort())) {
                run.run(wanted, engine, engineOptions.threads(), provenance(engine, engineOptions.threads()),
                        interrupt, progress::to, console::say, console::say);
            } catch (CancellationException e) {
                draw(run, console);
                console.say("interrupted; finished cells are kept: go on with the same command");
                return Main.INTERRUPTED;
            }
            draw(run, console);
        }
        return Main.DONE;
    }

    private void draw(TablesRun run, Console console) throws IOException {
        AtomicFile.writeText(page, run.page(page, table -> command() + " --only " + table));
        console.say("wrote " + page);
    }

    /** What runs cells of this list: of the documents' own, the script in front of this command. */
    private String command() {
        return cases.equals(Path.of("benchmarks/cases.json")) ? "benchmarks/tables VOLUMES"
                : "medgs evaluate tables VOLUMES --cases ... --cells ... --page ...";
    }

    private void check(TablesRun run) {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new InputException(folder.toString(), "is no folder", "give the folder of the volumes");
        }
        if (folder == null && list) {
            throw new InputException("--list", "needs the folder of the volumes", "give FOLDER before it");
        }
        for (String name : only) {
            if (!run.names().contains(name)) {
                throw new InputException("--only " + name, "is neither a table nor a case",
                        "choose among " + String.join(", ", run.names()));
            }
        }
        for (String name : methods) {
            if (!TablesRun.methods().contains(name)) {
                throw new InputException("--methods " + name, "is in no table",
                        "choose among " + String.join(", ", TablesRun.methods()));
            }
        }
        if (seeds < 1 || seeds > 1000) {
            throw new InputException("--seeds " + seeds, "is no number of seeds", "give 1 to 1000");
        }
        if (steps != null && steps < 1) {
            throw new InputException("--steps " + steps, "is no number of steps", "give 1 or more");
        }
    }

    private static CellResult.Provenance provenance(Engine engine, int threads) {
        return new CellResult.Provenance(processor() + ", " + threads + (threads == 1 ? " thread" : " threads"),
                Runtime.version().toString(), engineOf(engine),
                System.getProperty("medgs.commit", "unknown"));
    }

    /** A device by its name: what it took and how it rounds hang on it. */
    private static String engineOf(Engine engine) {
        if (engine == null) {
            return "none";
        }
        return engine.name().equals(TornadoEngine.NAME) ? engine.description() : engine.name();
    }

    /** The processor's name where the system says it. */
    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith("model name")).map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst().orElseGet(() -> System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.name") + " " + System.getProperty("os.arch");
        }
    }
}
