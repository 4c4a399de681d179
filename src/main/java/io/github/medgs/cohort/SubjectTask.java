package io.github.medgs.cohort;

import io.github.medgs.InputException;
import io.github.medgs.reconstruction.Reconstruction;
import io.github.medgs.reconstruction.RunListener;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * The work on one subject, wherever it is done: takes the lock, sees whether there is anything to do, runs, and leaves the
 * outcome in {@code subject.json}. Neither exits nor throws for what is wrong with a subject.
 *
 * @param folder of the cohort, a path that every machine knows
 * @param again whether a subject that is done is done again
 */
public record SubjectTask(Subject subject, String folder, SubjectRunner runner, boolean again) implements Serializable {

    /** How it went. */
    public enum Ending {
        /** It was done before. */
        NOTHING_TO_DO,
        DONE,
        FAILED,
        /** Somebody else works on it. */
        BUSY,
        /** It was asked to stop, and can go on from a checkpoint. */
        STOPPED
    }

    /**
     * @param reason one line, where it failed
     * @param seconds that it took
     */
    public record Outcome(String id, Ending ending, String reason, double seconds) implements Serializable {}

    /**
     * Does what there is to do.
     *
     * @param threads for this subject alone
     * @throws IOException when its folder cannot be written
     */
    public Outcome run(int threads, BooleanSupplier stop) throws IOException {
        SubjectFolder own = new SubjectFolder(Path.of(folder).resolve(subject.id()));
        try (SubjectFolder.Held held = own.tryLock()) {
            if (held == null) {
                return outcome(Ending.BUSY, null, 0);
            }
            String key = SubjectFolder.key(subject);
            SubjectState before = own.state();
            boolean current = before != null && key.equals(before.key());
            if (!again && current && before.phase() == SubjectState.Phase.DONE && own.holds(before.outputs())) {
                return outcome(Ending.NOTHING_TO_DO, null, before.seconds());
            }
            // What died on the way goes on; anything else that stands there is out of date.
            boolean resume = current && before.phase() == SubjectState.Phase.RUNNING;
            return attempt(own, key, resume, threads, stop);
        }
    }

    private Outcome attempt(SubjectFolder own, String key, boolean resume, int threads, BooleanSupplier stop)
            throws IOException {
        long began = System.nanoTime();
        long started = System.currentTimeMillis() / 1000;
        own.write(state(SubjectState.Phase.RUNNING, key, started, 0, null, null, null));
        try (SubjectLog log = new SubjectLog(own.path().resolve(SubjectFolder.LOG))) {
            Reconstruction.Result result;
            try {
                result = runner.run(subject, own.path(), resume, threads, log, stop);
            } catch (InputException e) {
                if (!resume) {
                    throw e;
                }
                log.say("what stands there cannot be gone on with (" + e.getMessage() + "): starting anew");
                result = runner.run(subject, own.path(), false, threads, log, stop);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            if (!result.finished()) {
                return outcome(Ending.STOPPED, null, seconds);
            }
            own.write(state(SubjectState.Phase.DONE, key, started, seconds, null, own, result));
            return outcome(Ending.DONE, null, seconds);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            double seconds = (System.nanoTime() - began) / 1e9;
            String reason = reason(e);
            own.write(state(SubjectState.Phase.FAILED, key, started, seconds, reason, null, null));
            return outcome(Ending.FAILED, reason, seconds);
        }
    }

    private SubjectState state(SubjectState.Phase phase, String key, long started, double seconds, String reason,
            SubjectFolder own, Reconstruction.Result result) throws IOException {
        return new SubjectState(subject.id(), phase, key, process(), started, seconds, reason,
                own == null ? null : own.checksums(), own == null ? null : Figures.of(own.path(), result),
                subject.extra(), subject.arguments());
    }

    private static String reason(Throwable e) {
        if (e instanceof OutOfMemoryError) {
            return "does not fit into the memory that Java may take (" + (Runtime.getRuntime().maxMemory() >> 20) + " MiB)";
        }
        boolean ours = !(e instanceof InputException || e instanceof IOException);
        String text = e.getMessage() == null || ours ? e.toString() : e.getMessage();
        return (ours ? "a fault of the program: " : "") + text.replaceAll("\\s+", " ");
    }

    private Outcome outcome(Ending ending, String reason, double seconds) {
        return new Outcome(subject.id(), ending, reason, seconds);
    }

    private static String process() {
        String machine = System.getenv().getOrDefault("HOSTNAME", "");
        return ProcessHandle.current().pid() + "@" + (machine.isEmpty() ? "localhost" : machine);
    }
}
