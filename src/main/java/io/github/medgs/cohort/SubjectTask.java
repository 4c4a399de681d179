package io.github.medgs.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.medgs.InputException;
import io.github.medgs.StopRequest;
import io.github.medgs.files.ThisProcess;
import io.github.medgs.reconstruction.Reconstruction;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The work on one subject, wherever it is done: takes the lock, sees whether there is anything to do, runs, and leaves the
 * outcome in {@code subject.json}. Neither exits nor throws for what is wrong with a subject.
 *
 * @param folder of the cohort, a path that every machine knows
 * @param again whether a subject that is done is done again
 */
public record SubjectTask(Subject subject, String folder, SubjectRunner runner, boolean again) implements Serializable {

    private static final String STAYS = "; its earlier result stays";

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
     * @param outOfMemory whether it failed because memory ran out, which others in the same process may have taken
     */
    public record Outcome(String id, Ending ending, String reason, double seconds, boolean outOfMemory)
            implements Serializable {}

    /**
     * Does what there is to do. A thread that is interrupted meanwhile leaves the subject as {@link Ending#STOPPED}.
     *
     * @param threads for this subject alone
     */
    public Outcome run(int threads, StopRequest stop) {
        try {
            SubjectFolder own = subjectFolder();
            if (own.whyNot(again) != null) {
                return outcome(Ending.FAILED, own.whyNot(again), 0);
            }
            try (SubjectFolder.Held held = own.tryLock()) {
                return held == null ? outcome(Ending.BUSY, null, 0) : run(own, threads, stop);
            }
        } catch (IOException | RuntimeException e) {
            return Thread.currentThread().isInterrupted() ? outcome(Ending.STOPPED, null, 0)
                    : outcome(Ending.FAILED, reason(e), 0);
        }
    }

    private Outcome run(SubjectFolder own, int threads, StopRequest stop) throws IOException {
        try {
            String key = SubjectFolder.key(subject);
            SubjectState before = own.state();
            boolean current = before != null && key.equals(before.key());
            if (!again && current && before.phase() == SubjectState.Phase.DONE && own.holds(before.outputs())) {
                return outcome(Ending.NOTHING_TO_DO, null, before.seconds());
            }
            // What ended on the way goes on; anything else that stands there is out of date.
            boolean resume = current && before.phase() != SubjectState.Phase.DONE;
            return attempt(own, before, key, resume, threads, stop);
        } catch (IOException | RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                return outcome(Ending.STOPPED, null, 0);
            }
            if (isOurs(e)) {
                try (SubjectLog log = new SubjectLog(own.path().resolve(SubjectFolder.LOG), () -> {})) {
                    log.trace(e);
                }
            }
            String reason = reason(e);
            boolean stays = !recordFailure(own, reason) && own.holds(own.state().outputs());
            return outcome(Ending.FAILED, stays ? reason + STAYS : reason, 0);
        }
    }

    /** Records, without running it, that it failed; nothing when it is done, or somebody works on it. */
    public Outcome fail(String reason) {
        try {
            SubjectFolder own = subjectFolder();
            if (own.whyNot(again) != null) {
                // A state there would make the next cohort take the folder for its own.
                return outcome(Ending.FAILED, own.whyNot(again), 0);
            }
            try (SubjectFolder.Held held = own.tryLock()) {
                if (held == null || !recordFailure(own, reason)) {
                    return outcome(held == null ? Ending.BUSY : Ending.NOTHING_TO_DO, null, 0);
                }
            }
        } catch (IOException | RuntimeException e) {
            return outcome(Ending.FAILED, reason + "; and " + reason(e), 0);
        }
        return outcome(Ending.FAILED, reason, 0);
    }

    /** Writes it into a held folder, from whose checkpoint a later run may go on as before; {@code false} if it is done. */
    private boolean recordFailure(SubjectFolder own, String reason) throws IOException {
        SubjectState before = own.state();
        if (before != null && before.phase() == SubjectState.Phase.DONE) {
            return false;
        }
        own.write(state(SubjectState.Phase.FAILED, before == null ? null : before.key(),
                System.currentTimeMillis() / 1000, 0, reason, null, null));
        return true;
    }

    private Outcome attempt(SubjectFolder own, SubjectState before, String key, boolean resume, int threads,
            StopRequest stop) throws IOException {
        long began = System.nanoTime();
        long started = System.currentTimeMillis() / 1000;
        // Until the folder is this run's own, what stands there is that of an earlier one, for whoever has its key again.
        boolean done = before != null && before.phase() == SubjectState.Phase.DONE;
        String left = before == null || done ? null : before.key();
        if (!done) {
            own.write(state(SubjectState.Phase.RUNNING, left, started, 0, null, null, null));
        }
        AtomicBoolean begun = new AtomicBoolean(resume);
        try (SubjectLog log = new SubjectLog(own.path().resolve(SubjectFolder.LOG), () -> {
            if (!begun.getAndSet(true)) {
                writeUnchecked(own, state(SubjectState.Phase.RUNNING, key, started, 0, null, null, null));
            }
        })) {
            try {
                Reconstruction.Result result = run(own, resume, threads, log, stop);
                double seconds = (System.nanoTime() - began) / 1e9;
                if (!result.finished()) {
                    return outcome(Ending.STOPPED, null, seconds);
                }
                own.write(state(SubjectState.Phase.DONE, key, started, seconds, null, own.checksums(),
                        Figures.of(own.path(), result)));
                return outcome(Ending.DONE, null, seconds);
            } catch (Throwable e) {
                // Whatever it is: the other subjects go on. Told to stop, it says nothing of the subject.
                double seconds = (System.nanoTime() - began) / 1e9;
                if (Thread.currentThread().isInterrupted()) {
                    return outcome(Ending.STOPPED, null, seconds);
                }
                String reason = reason(e);
                if (isOurs(e)) {
                    log.trace(e);
                }
                log.say("failed: " + reason);
                boolean stays = done && !begun.get() && own.holds(before.outputs());
                if (!stays) {
                    own.write(state(SubjectState.Phase.FAILED, begun.get() ? key : left, started, seconds, reason, null, null));
                }
                return new Outcome(subject.id(), Ending.FAILED, stays ? reason + STAYS : reason, seconds, isOutOfMemory(e));
            }
        }
    }

    private Reconstruction.Result run(SubjectFolder own, boolean resume, int threads, SubjectLog log,
            StopRequest stop) throws IOException {
        try {
            return runner.run(subject, own.path(), resume, threads, log, stop);
        } catch (InputException e) {
            if (!resume) {
                throw e;
            }
            log.say("what stands there cannot be gone on with (" + e.getMessage() + "): starting anew");
            return runner.run(subject, own.path(), false, threads, log, stop);
        }
    }

    private SubjectFolder subjectFolder() {
        return SubjectFolder.of(Path.of(folder), subject.id());
    }

    private SubjectState state(SubjectState.Phase phase, String key, long started, double seconds, String reason,
            Map<String, String> outputs, JsonNode figures) {
        return new SubjectState(subject.id(), phase, key, ThisProcess.NUMBER + "@" + ThisProcess.MACHINE, started, seconds,
                reason, outputs, figures, subject.extra(), subject.arguments());
    }

    private static void writeUnchecked(SubjectFolder own, SubjectState state) {
        try {
            own.write(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOutOfMemory(Throwable thrown) {
        return thrown instanceof OutOfMemoryError || thrown.getCause() != null && isOutOfMemory(thrown.getCause());
    }

    private static boolean isOurs(Throwable e) {
        return !(e instanceof InputException || e instanceof IOException || e instanceof UncheckedIOException
                || isOutOfMemory(e));
    }

    private static String reason(Throwable e) {
        if (isOutOfMemory(e)) {
            return "does not fit into the memory that Java may take (" + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB); give it more with " + ThisProcess.withHeap(8) + ", or a smaller volume";
        }
        if (e instanceof FileSystemException file && file.getReason() == null) {
            // Its message is the path alone.
            return file.getFile() + (e instanceof AccessDeniedException
                    ? ": may not be read or written: permission denied; ask its owner for the right"
                    : e instanceof NoSuchFileException ? ": is not there" : ": " + e.getClass().getSimpleName());
        }
        String text = e.getMessage() == null || isOurs(e) ? e.toString() : e.getMessage();
        return (isOurs(e) ? "a fault of the program, see log.txt: " : "") + text.replaceAll("\\s+", " ");
    }

    private Outcome outcome(Ending ending, String reason, double seconds) {
        return new Outcome(subject.id(), ending, reason, seconds, false);
    }
}
