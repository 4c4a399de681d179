package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.files.FolderLock;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MeshFormat;
import io.github.medgs.surface.MeshPart;
import io.github.medgs.surface.TriangleMesh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run finds in its folder, and what it takes away. */
class RunFolderTest {

    @TempDir
    Path path;

    @Test
    void surfacesOfARunThatWasKilledBeforeItsReportAreKnown() throws IOException {
        TriangleMesh mesh = new TriangleMesh(new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, new int[] {0, 1, 2}, Frame.LPS);
        RunFolder killed = new RunFolder(path, true, false);
        killed.writeSurfaces(MeshFormat.STL, List.of(MeshPart.ofLabel("label 1", mesh, 1), MeshPart.ofLabel("left lung", mesh, 2),
                MeshPart.ofLabel("Left Lung", mesh, 3)));
        assertTrue(Files.exists(path.resolve("surface-left-lung.stl")));
        assertTrue(Files.exists(path.resolve("surface-Left-Lung-2.stl")));
        Files.writeString(path.resolve("surface-mine.stl"), "the user's");
        new RunFolder(path, true, false).clearDrawn();
        try (Stream<Path> left = Files.list(path)) {
            assertEquals(List.of(path.resolve("surface-mine.stl")), left.toList());
        }
    }

    /** Seen from a process of its own, which the second run that was refused in this one must not let in. */
    @Test
    void aRunInWorkIsCalledOne() throws Exception {
        Files.writeString(path.resolve(RunFolder.CONFIG), "{}");
        String refusal;
        try (FolderLock _ = FolderLock.of(path)) {
            assertThrows(InputException.class, () -> FolderLock.of(path));
            Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                    System.getProperty("java.class.path"), Check.class.getName(), path.toString()).redirectErrorStream(true).start();
            refusal = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        assertEquals(path + ": is being written to by another run; wait for its end, or give another folder",
                refusal.strip());
        assertEquals(path + ": already holds a run; go on with it, replace it, or give another folder",
                assertThrows(InputException.class, () -> new RunFolder(path, false, false).check()).getMessage());
    }

    /** Prints what a folder is refused with. */
    static final class Check {
        public static void main(String[] arguments) throws IOException {
            try {
                new RunFolder(Path.of(arguments[0]), false, false).check();
            } catch (InputException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void aFolderUnderTheNameOfAResultIsRefusedBeforeTheWork() throws IOException {
        Files.createDirectories(path.resolve("preview.png/mine"));
        InputException refusal = assertThrows(InputException.class, () -> new RunFolder(path, false, false).check());
        assertTrue(refusal.getMessage().contains("preview.png: is a folder, where the run writes a file"), refusal.getMessage());
    }
}
