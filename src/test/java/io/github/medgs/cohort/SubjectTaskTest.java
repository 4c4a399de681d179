package io.github.medgs.cohort;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.cohort.SubjectState.Phase;
import io.github.medgs.cohort.SubjectTask.Ending;
import io.github.medgs.reconstruction.Reconstruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an attempt leaves of the one before it. */
class SubjectTaskTest {

    /** As a run does whose image cannot be read. */
    private static final SubjectRunner WITHOUT_INPUT = (subject, own, resume, threads, listener, stop) -> {
        throw new InputException("image", "does not exist", "check the path");
    };
    private static final SubjectRunner STOPPED = (subject, own, resume, threads, listener, stop) ->
            new Reconstruction.Result(false, 0, null, null, "stopped before it began", List.of());
    private static final SubjectRunner BEGINS_AND_FAILS = (subject, own, resume, threads, listener, stop) -> {
        listener.begin("training", 1).close();
        throw new IOException(resume ? "went on" : "began anew");
    };

    @TempDir
    Path folder;

    private Path image;
    private Subject subject;
    private SubjectFolder own;

    @BeforeEach
    void aSubjectWithAResult() throws IOException {
        image = Files.writeString(folder.resolve("image"), "voxels");
        subject = new Subject("a", List.of(image.toString()), List.of(image.toString()), Map.of());
        own = SubjectFolder.of(folder, "a");
        Files.createDirectories(own.path());
        Files.writeString(own.path().resolve("model.medgs"), "learnt");
    }

    private void left(Phase phase) throws IOException {
        own.write(new SubjectState("a", phase, SubjectFolder.key(subject), "1@here", 7, 2, null, own.checksums(), null,
                Map.of(), List.of()));
    }

    private SubjectTask.Outcome run(SubjectRunner runner, boolean again) {
        return new SubjectTask(subject, folder.toString(), runner, again).run(1, () -> false);
    }

    @Test
    void whileItsInputIsAwayAFinishedSubjectStaysSo() throws IOException {
        left(Phase.DONE);
        byte[] done = Files.readAllBytes(own.path().resolve(SubjectFolder.STATE));
        Path away = Files.move(image, folder.resolve("away"));
        for (boolean again : new boolean[] {false, true}) {
            SubjectTask.Outcome outcome = run(WITHOUT_INPUT, again);
            assertEquals(Ending.FAILED, outcome.ending());
            assertEquals("image: does not exist; check the path; its earlier result stays", outcome.reason());
            assertArrayEquals(done, Files.readAllBytes(own.path().resolve(SubjectFolder.STATE)));
        }
        assertTrue(Files.readString(own.path().resolve(SubjectFolder.LOG)).contains("failed: image: does not exist"));
        assertEquals(Ending.STOPPED, run(STOPPED, false).ending());
        assertArrayEquals(done, Files.readAllBytes(own.path().resolve(SubjectFolder.STATE)));
        Files.move(away, image);
        assertEquals(Ending.NOTHING_TO_DO, run(WITHOUT_INPUT, false).ending());
    }

    @Test
    void whileItsInputIsAwayASubjectKeepsItsCheckpoint() throws IOException {
        left(Phase.RUNNING);
        Path away = Files.move(image, folder.resolve("away"));
        assertEquals("image: does not exist; check the path", run(WITHOUT_INPUT, false).reason());
        assertEquals(Phase.FAILED, own.state().phase());
        Files.move(away, image);
        assertEquals("went on", run(BEGINS_AND_FAILS, false).reason());
    }

    @Test
    void aResultThatIsTouchedOrReplacedIsNone() throws IOException {
        left(Phase.DONE);
        Files.writeString(image, "other voxels");
        assertEquals("began anew", run(BEGINS_AND_FAILS, false).reason());
        assertEquals(Phase.FAILED, own.state().phase());
        assertEquals(SubjectFolder.key(subject), own.state().key());
        left(Phase.DONE);
        Files.writeString(own.path().resolve("model.medgs"), "touched");
        assertEquals("image: does not exist; check the path", run(WITHOUT_INPUT, false).reason());
        assertEquals(Phase.FAILED, own.state().phase());
        assertNull(own.state().key());
    }
}
