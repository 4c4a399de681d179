package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.cohort.Cohort;
import io.github.medgs.cohort.Execution;
import io.github.medgs.cohort.LocalExecution;
import io.github.medgs.cohort.Share;
import io.github.medgs.cohort.Subject;
import io.github.medgs.cohort.SubjectTask;
import io.github.medgs.cohort.SubjectTask.Ending;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medgs cohort}: many subjects, each as {@code medgs reconstruct} runs it, and one table for the group. */
@Command(name = "cohort",
        description = "Run medgs reconstruct for each row of a table, or each image of a BIDS folder, and write one table"
                + " for the group. Run again, it does what is left. Takes every option of reconstruct: a column of an"
                + " option's name overrides it for its row.",
        mixinStandardHelpOptions = true, subcommands = CohortStatusCommand.class)
final class CohortCommand implements Callable<Integer> {

    static final int SOME_FAILED = 3;

    private static final String SPARK = "spark";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "TABLE.csv|BIDS_DIR", description = "a table with the columns id and image (mask, label, window, ... as you like), or a BIDS folder")
    private Path source;

    @Option(names = {"-o", "--output"}, paramLabel = "DIR", description = "folder for the results: one folder a subject, and the group's files")
    private Path output;

    @Option(names = "--bids-filter", paramLabel = "KEY=VALUE,...", description = "which images of a BIDS folder: suffix (T1w unless you say otherwise) and entities, as in suffix=T2w,ses=01")
    private String filter;

    @Option(names = "--on", paramLabel = "local|spark[:URL]", defaultValue = "local", description = "where subjects run (default: ${DEFAULT-VALUE})")
    private String on;

    @Option(names = "--array", paramLabel = "[I/]N", description = "do the I-th of N shares; I from Slurm, SGE or Kubernetes where it is not given")
    private String array;

    @Option(names = "--threads", paramLabel = "N", description = "threads for all subjects together (default: all that the machine, the scheduler or the container gives)")
    private Integer threads;

    @Option(names = "--force", description = "do subjects again that are done")
    private boolean force;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        // Not picocli's "required": its subcommand needs neither.
        if (source == null || output == null) {
            throw new ParameterException(spec.commandLine(), source == null ? "Missing the table or BIDS folder"
                    : "Missing required option: '--output=DIR'");
        }
        Console console = consoleOptions.console();
        Share share = array == null ? Share.ALL : Share.parse(array, System.getenv());
        SubjectRows rows = SubjectRows.read(source, filter, SharedOptions.given(spec));
        List<Subject> subjects = rows.subjects();
        for (Subject subject : subjects) {
            SubjectCommand.parse(subject, output);
        }
        Cohort cohort = new Cohort(output, subjects, new SubjectCommand());
        cohort.requireApartFrom(source);
        try (Interrupt interrupt = new Interrupt(); Execution execution = execution();
                Course course = new Course(console, share.sizeOf(subjects.size()))) {
            if (rows.bids()) {
                cohort.describe(source, Main.version());
            }
            course.begin(subjects.size(), share);
            List<SubjectTask.Outcome> outcomes =
                    cohort.run(share, execution, force, course::heard, interrupt);
            return course.end(outcomes, output, interrupt.getAsBoolean());
        }
    }

    private Execution execution() {
        if (on.equals("local")) {
            return new LocalExecution(EngineOptions.threads(threads));
        }
        if (on.equals(SPARK) || on.startsWith(SPARK + ":")) {
            return SparkByName.open(on.equals(SPARK) ? null : on.substring(SPARK.length() + 1));
        }
        throw new InputException("--on " + on, "is no place to run", "choose local or spark[:MASTER_URL]");
    }

    /** What is said while subjects end, one after the other. */
    private static final class Course implements AutoCloseable {

        private final Console console;
        private final Console.Progress progress;
        private int ended;

        Course(Console console, int subjects) {
            this.console = console;
            this.progress = console.begin("subjects", subjects);
        }

        void begin(int all, Share share) {
            console.event("cohort", Map.of("subjects", all, "share", share.index(), "shares", share.count()));
            console.line(all + " subjects" + (share.count() == 1 ? ""
                    : ", of which this is share " + share.index() + " of " + share.count()));
        }

        void heard(SubjectTask.Outcome outcome) {
            console.event("subject", Map.of("id", outcome.id(), "ending", name(outcome.ending()), "seconds",
                    outcome.seconds(), "reason", outcome.reason() == null ? "" : outcome.reason()));
            if (outcome.ending() == Ending.FAILED) {
                console.line(outcome.id() + " failed: " + outcome.reason());
            } else if (outcome.ending() == Ending.DONE) {
                console.line(outcome.id() + " done, " + Console.clock(outcome.seconds()));
            }
            progress.to(++ended);
        }

        int end(List<SubjectTask.Outcome> outcomes, Path output, boolean interrupted) {
            Map<String, Object> counts = new LinkedHashMap<>();
            for (Ending ending : Ending.values()) {
                counts.put(name(ending), count(outcomes, ending));
            }
            console.event("group", counts);
            long done = count(outcomes, Ending.DONE);
            long before = count(outcomes, Ending.NOTHING_TO_DO);
            long failed = count(outcomes, Ending.FAILED);
            long busy = count(outcomes, Ending.BUSY);
            console.line(done + failed + busy == 0 && !interrupted ? "nothing to do: all " + before + " are done"
                    : done + " done" + (before > 0 ? ", " + before + " were done before" : "")
                            + (failed > 0 ? ", " + failed + " failed" : "")
                            + (busy > 0 ? ", " + busy + " are being done by somebody else" : ""));
            console.line("wrote " + output.resolve("group.html"));
            if (interrupted) {
                console.line("interrupted: go on with the same command");
                return Main.INTERRUPTED;
            }
            return failed > 0 ? SOME_FAILED : Main.DONE;
        }

        private static String name(Ending ending) {
            return ending.name().toLowerCase(Locale.ROOT);
        }

        private static long count(List<SubjectTask.Outcome> outcomes, Ending ending) {
            return outcomes.stream().filter(outcome -> outcome.ending() == ending).count();
        }

        @Override
        public void close() {
            progress.close();
        }
    }
}
