package io.github.medgs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole or not at all, whatever goes wrong half-way. A disk that is really full: {@code src/test/sh/full-disk.sh}. */
class AtomicFileTest {

    @TempDir
    Path folder;

    private List<String> files() throws IOException {
        return names(folder);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aWriterThatFailsHalfWayLeavesTheEarlierFile() throws IOException {
        Path target = folder.resolve("result");
        AtomicFile.writeText(target, "earlier");
        IOException failure = assertThrows(IOException.class, () -> AtomicFile.write(target, out -> {
            out.write(new byte[200_000]);
            throw new IOException("No space left on device");
        }));
        assertEquals("cannot write " + target + ": No space left on device", failure.getMessage());
        assertEquals("earlier", Files.readString(target));
        assertEquals(List.of("result"), files());
    }

    /** A run that is cancelled has something to keep. */
    @Test
    void anInterruptedThreadLocksAndWrites() throws IOException {
        Thread.currentThread().interrupt();
        try (FolderLock _ = FolderLock.of(folder)) {
            AtomicFile.writeText(folder.resolve("result"), "kept");
        } finally {
            assertTrue(Thread.interrupted(), "and stays interrupted");
        }
        assertEquals("kept", Files.readString(folder.resolve("result")));
        assertEquals(List.of("result"), files());
    }

    @Test
    void aFaultOfTheProgramLeavesTheEarlierFileToo() throws IOException {
        Path target = folder.resolve("result");
        AtomicFile.writeText(target, "earlier");
        assertThrows(IllegalStateException.class, () -> AtomicFile.write(target, out -> {
            out.write(1);
            throw new IllegalStateException();
        }));
        assertThrows(InputException.class, () -> AtomicFile.write(target, out -> out.write(2), written -> {
            throw new InputException(written.toString(), "does not read back", "try again");
        }));
        assertEquals("earlier", Files.readString(target));
        assertEquals(List.of("result"), files());
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Path target = file.resolve("result");
        InputException failure = assertThrows(InputException.class, () -> AtomicFile.writeText(target, "text"));
        assertTrue(failure.getMessage().startsWith(file + ": cannot be a folder"), failure.getMessage());
        assertEquals("in the way", Files.readString(file));
        for (Path place : List.of(target, target.resolve("out"))) {
            InputException before = assertThrows(InputException.class, () -> AtomicFile.requirePlace(place));
            assertTrue(before.getMessage().startsWith(place.getParent() + ": cannot be a folder: " + file + " is a file"),
                    before.getMessage());
        }
        AtomicFile.requirePlace(file.resolveSibling("new/folder/result"));
        assertEquals(List.of("file"), files());
        // And where the file is farther up.
        InputException above = assertThrows(InputException.class, () -> AtomicFile.makeFolder(target.resolve("out")));
        assertTrue(above.getMessage().startsWith(target.resolve("out") + ": cannot be a folder: " + file + " is a file"),
                above.getMessage());
    }

    @Test
    void whatAKilledWriterLeftIsRemovedAndALivingOnesIsNot() throws IOException, InterruptedException {
        Process over = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--version").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        over.waitFor();
        long living = ProcessHandle.current().parent().orElseThrow().pid();
        String here = "-1-" + ThisProcess.MACHINE + ".part";
        Path dead = Files.writeString(folder.resolve(".result." + over.pid() + here), "half");
        Path alive = Files.writeString(folder.resolve(".result." + living + here), "half");
        Path other = Files.writeString(folder.resolve(".other." + over.pid() + here), "half");
        Path elsewhere = Files.writeString(folder.resolve(".result." + over.pid() + "-1-another.machine.part"), "half");
        Path longAgo = Files.writeString(folder.resolve(".result." + living + "-2-another.machine.part"), "half");
        Files.setLastModifiedTime(longAgo, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        AtomicFile.writeText(folder.resolve("result"), "whole");
        assertFalse(Files.exists(dead));
        assertTrue(Files.exists(alive));
        assertTrue(Files.exists(other));
        assertTrue(Files.exists(elsewhere));
        assertFalse(Files.exists(longAgo));
    }

    @Test
    void threadsThatWriteTheSameFileAtOnceLeaveOneOfTheirTexts() throws Exception {
        Path target = folder.resolve("result");
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Callable<Void>> writers = Stream.of("a", "b", "c", "d").map(letter -> (Callable<Void>) () -> {
                for (int n = 0; n < 20; n++) {
                    AtomicFile.writeText(target, letter.repeat(100_000));
                }
                return null;
            }).toList();
            for (Future<Void> writer : pool.invokeAll(writers)) {
                writer.get();
            }
        }
        String text = Files.readString(target);
        assertEquals(text.substring(0, 1).repeat(100_000), text);
        assertEquals(List.of("result"), files());
    }

    @Test
    void blocksThatDoNotReadBackNeverTakeTheirPlace() throws IOException {
        Path target = folder.resolve("blocks");
        BlockFile.write(target, "EIGHTBYT", 1, Map.of("a", BlockFile.text("earlier")));
        BlockFile.Data liar = new BlockFile.Data() {
            @Override
            public long length() {
                return 5;
            }

            @Override
            public void writeTo(java.io.OutputStream out) throws IOException {
                out.write(new byte[4]);
            }
        };
        assertThrows(InputException.class, () -> BlockFile.write(target, "EIGHTBYT", 1, Map.of("a", liar)));
        assertEquals("earlier", BlockFile.read(target, "EIGHTBYT", 1).text("a"));
        assertEquals(List.of("blocks"), files());
    }

    @Test
    void whereNothingCanBeMadeIsSaid() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc on this machine");
        for (Path target : List.of(Path.of("/proc/of-nobody.stl"), Path.of("/proc/of-nobody/a.stl"))) {
            String told = assertThrows(Exception.class, () -> AtomicFile.writeText(target, "x")).getMessage();
            // Who is not root may not even try.
            assertTrue(told.contains("nothing can be made in /proc") || told.contains("permission denied"), told);
        }
    }

    @Test
    void aLinkSpeaksFromWhereItReallyLies() throws IOException {
        Files.createDirectories(folder.resolve("real/sub"));
        Path data = Files.createDirectory(folder.resolve("real/data"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("real/sub"));
        Files.createSymbolicLink(folder.resolve("real/sub/result"), Path.of("../data/result"));
        AtomicFile.writeText(folder.resolve("link/result"), "text");
        assertEquals("text", Files.readString(data.resolve("result")));
        assertEquals(List.of("link", "real"), files());

        assertEquals(folder.toRealPath().resolve("real/x"), InputFiles.plain(folder.resolve("link/../x")));
        assertEquals(folder.resolve("link/x"), InputFiles.plain(folder.resolve("link/./x")));
        assertEquals(folder.resolve("x"), InputFiles.plain(folder.resolve("missing/../x")));
        assertEquals(folder.getRoot(), InputFiles.plain(folder.getRoot().resolve("..")));
    }

    @Test
    void whatIsReplacedKeepsItsPermissions() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("unix"), "no Unix rights here");
        Path target = Files.createFile(folder.resolve("result"));
        for (int mode : new int[] {0600, 0664, 0444}) {
            Files.setAttribute(target, "unix:mode", mode);
            AtomicFile.writeText(target, "text");
            assertEquals(mode, (int) Files.getAttribute(target, "unix:mode") & 07777);
        }
        Path slices = Files.createDirectory(folder.resolve("slices"));
        Files.setAttribute(slices, "unix:mode", 02770);
        AtomicFile.writeFolder(slices, into -> AtomicFile.writeText(into.resolve("0000.png"), "first"));
        assertEquals(02770, (int) Files.getAttribute(slices, "unix:mode") & 07777);
    }

    @Test
    void aNameMayBeAsLongAsTheDiskAllows() throws IOException {
        Path target = folder.resolve("e".repeat(255));
        AtomicFile.writeText(target, "text");
        assertEquals("text", Files.readString(target));
        AtomicFile.writeFolder(folder.resolve("\u00e9".repeat(127)), into -> AtomicFile.writeText(into.resolve("a"), "text"));
        assertEquals(2, files().size());
    }

    @Test
    void aFolderAppearsWhole() throws IOException {
        Path target = folder.resolve("slices");
        appearsWhole(target, folder.resolve(".slices.999999999999-1-" + ThisProcess.MACHINE + ".part"));
    }

    /** Somebody's shell may stand in it: it is filled, not replaced by another of its name. */
    @Test
    void anEmptyFolderIsFilledAndStays() throws IOException {
        Path target = Files.createDirectory(folder.resolve("slices"));
        Object key = Files.readAttributes(target, BasicFileAttributes.class).fileKey();
        appearsWhole(target, target.resolve(".files.999999999999-1-" + ThisProcess.MACHINE + ".part"));
        assertEquals(key, Files.readAttributes(target, BasicFileAttributes.class).fileKey());
        // What came there meanwhile is not replaced, and nothing is added to it.
        Path taken = Files.createDirectory(folder.resolve("taken"));
        assertThrows(IOException.class, () -> AtomicFile.writeFolder(taken, into -> {
            AtomicFile.writeText(into.resolve("0000.png"), "first");
            AtomicFile.writeText(into.resolve("0001.png"), "second");
            Files.writeString(taken.resolve("0001.png"), "another's");
        }));
        assertEquals(List.of("0001.png"), names(taken));
        assertEquals("another's", Files.readString(taken.resolve("0001.png")));
    }

    private void appearsWhole(Path target, Path left) throws IOException {
        List<String> before = files();
        IOException failure = assertThrows(IOException.class, () -> AtomicFile.writeFolder(target, into -> {
            AtomicFile.writeText(into.resolve("0000.png"), "first");
            assertFalse(Files.exists(target.resolve("0000.png")));
            throw new IOException("No space left on device");
        }));
        assertEquals("cannot write " + target + ": No space left on device", failure.getMessage());
        assertEquals(before, files());
        assertTrue(before.isEmpty() || names(target).isEmpty());
        // What a process that was killed left is taken away.
        Files.createDirectory(left);
        Files.writeString(left.resolve("0000.png"), "half");
        AtomicFile.writeFolder(target, into -> AtomicFile.writeText(into.resolve("0000.png"), "first"));
        assertEquals(List.of("slices"), files());
        assertEquals(List.of("0000.png"), names(target));
        assertEquals("first", Files.readString(target.resolve("0000.png")));
    }
}
