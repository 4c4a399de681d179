package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MeshFormat;
import io.github.medgs.surface.MeshPart;
import io.github.medgs.surface.TriangleMesh;
import java.io.IOException;
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

    @Test
    void aFolderUnderTheNameOfAResultIsRefusedBeforeTheWork() throws IOException {
        Files.createDirectories(path.resolve("preview.png/mine"));
        InputException refusal = assertThrows(InputException.class, () -> new RunFolder(path, false, false).check());
        assertTrue(refusal.getMessage().contains("preview.png: is a folder, where the run writes a file"), refusal.getMessage());
    }
}
