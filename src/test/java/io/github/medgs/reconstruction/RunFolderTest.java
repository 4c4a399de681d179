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
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.joml.Matrix4d;
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

    /** Somebody keeps a mask beside the image, and no run is there that it could be of. */
    @Test
    void filesOfSomebodyElseAreNotReplacedUnasked() throws IOException {
        Path image = Files.writeString(path.resolve("image.nii.gz"), "the user's");
        RunFolder folder = new RunFolder(path, false, false);
        folder.check(image);
        for (String name : List.of("mask.nii.gz", "surface.ply", "report.html")) {
            Path theirs = Files.writeString(path.resolve(name), "the user's");
            for (boolean resume : new boolean[] {false, true}) {
                InputException refusal = assertThrows(InputException.class, () -> new RunFolder(path, resume, false).check(image));
                assertEquals(path + ": already holds " + name + ", and no run that it could be of; replace it, or give another"
                        + " folder", refusal.getMessage());
            }
            new RunFolder(path, false, true).check(image);
            Files.delete(theirs);
        }
        // The names of labels are known only once the mask is read.
        folder.checkSurfaces(MeshFormat.STL, List.of("kidney", "left lung"));
        Files.writeString(path.resolve("surface-left-lung.stl"), "the user's");
        assertThrows(InputException.class, () -> folder.checkSurfaces(MeshFormat.STL, List.of("kidney", "left lung")));
        folder.checkSurfaces(MeshFormat.PLY, List.of("kidney", "left lung"));
        new RunFolder(path, false, true).checkSurfaces(MeshFormat.STL, List.of("left lung"));
        // Of a run, whose checkpoint says that there is one, they are its own.
        Files.writeString(path.resolve(RunFolder.CHECKPOINT), "of a run");
        Files.writeString(path.resolve(RunFolder.MASK), "of a run");
        new RunFolder(path, true, false).check(image);
        new RunFolder(path, true, false).checkSurfaces(MeshFormat.STL, List.of("left lung"));
        assertThrows(InputException.class, () -> folder.check(image));
    }

    @Test
    void aFolderThatIsReadIsNotWrittenInto() throws IOException {
        Path slices = Files.createDirectory(path.resolve("slices"));
        Files.writeString(slices.resolve("001.png"), "a slice");
        Files.writeString(slices.resolve(RunFolder.MODEL), "of a run, from when it was taken");
        for (RunFolder folder : List.of(new RunFolder(slices, false, true), new RunFolder(slices, true, false))) {
            InputException refusal = assertThrows(InputException.class, () -> folder.check(path.resolve("slices/../slices")));
            assertTrue(refusal.getMessage().contains("slices: is what is read, and the run writes its files there"),
                    refusal.getMessage());
        }
        new RunFolder(slices.resolve("out"), false, false).check(slices);
        new RunFolder(path, false, false).check(slices);
    }

    @Test
    void whatCannotBeTrainedIsRefusedBeforeTheOldRunGoes() throws IOException {
        float[] labels = new float[8 * 8 * 4];
        for (int n = 0; n < labels.length; n++) {
            labels[n] = n % 8 < 4 ? 1 : 2;
        }
        Volume image = new Volume(8, 8, 4, labels, new Matrix4d());
        for (String name : List.of(RunFolder.MODEL, RunFolder.MASK)) {
            Files.writeString(path.resolve(name), "of the old run");
        }
        InputException refusal = assertThrows(InputException.class, () -> Reconstruction.of(image).mask(image)
                .preset("paper", "iterations=20").engine("reference", null).replace(true).run(path));
        assertTrue(refusal.getMessage().startsWith("density.until: has Gaussians added and removed"), refusal.getMessage());
        try (Stream<Path> left = Files.list(path)) {
            assertEquals(List.of(path.resolve(RunFolder.MASK), path.resolve(RunFolder.MODEL)), left.sorted().toList());
        }
    }
}
