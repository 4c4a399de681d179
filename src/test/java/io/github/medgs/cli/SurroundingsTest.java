package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.FolderLock;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies round a run: shells, locales, pipes, links, rights, other runs. */
class SurroundingsTest {

    private static final String KIDNEY = "sample-volumes/kidney-mask.nii.gz";

    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    private int run(Object... arguments) {
        return Main.commandLine().setErr(new PrintWriter(errors, true)).execute(
                java.util.Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }

    @Test
    @Timeout(60)
    void aPipeIsRefusedByNameAndNeverWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe.nii");
        assumeTrue(shell("mkfifo '" + pipe + "'").startsWith("0"), "no mkfifo here");
        assertEquals(Main.INPUT_AT_FAULT, run("info", pipe));
        assertEquals(Main.INPUT_AT_FAULT, run("convert", pipe, folder.resolve("a.nii")));
        assertEquals(Main.INPUT_AT_FAULT, run("train", KIDNEY, "--mask", pipe, "-o", folder.resolve("out")));
        assertEquals(Main.INPUT_AT_FAULT, run("convert", KIDNEY, pipe, "--force"));
        assertEquals(4, errors.toString().lines().filter(line -> line.contains("pipe.nii: is a pipe")).count(),
                errors.toString());
        assertTrue(Files.exists(pipe), "the pipe stays");
        // A name without an ending is one of a folder of slices.
        assertTrue(shell("mkfifo '" + folder.resolve("slices") + "'").startsWith("0"));
        assertEquals(Main.INPUT_AT_FAULT, run("convert", KIDNEY, folder.resolve("slices")));
        assertEquals(Main.INPUT_AT_FAULT, run("convert", KIDNEY, "/dev/null"));
        assertEquals(2, errors.toString().lines().filter(line -> line.contains("is a pipe or a device, and slices are")).count(),
                errors.toString());
    }

    @Test
    void theRootIsNoFolderForResults() {
        for (String[] command : new String[][] {{"train", KIDNEY}, {"phantom", "sphere"},
            {"evaluate", "interpolation", KIDNEY}, {"compare", KIDNEY, KIDNEY}}) {
            String[] words = java.util.Arrays.copyOf(command, command.length + 2);
            words[command.length] = "-o";
            words[command.length + 1] = "/";
            assertEquals(Main.INPUT_AT_FAULT, run((Object[]) words), errors.toString());
        }
        assertEquals(Main.INPUT_AT_FAULT, run("convert", KIDNEY, "/"));
        assertEquals(5, errors.toString().lines().count(), errors.toString());
        assertFalse(errors.toString().contains("fault of the program"), errors.toString());
    }

    /** As an unset variable of a shell leaves it: Java would take it for the current folder. */
    @Test
    void anEmptyNameIsNoPlace() {
        for (String[] command : new String[][] {{"info", ""}, {"convert", KIDNEY, ""}, {"reconstruct", KIDNEY, "-o", ""},
            {"train", KIDNEY, "--mask", "", "-o", folder.resolve("out").toString()}, {"compare", KIDNEY, "", "-o", "out"},
            {"evaluate", "interpolation", KIDNEY, "--predicted", "other=", "-o", "out"}, {"cohort", "status", ""}}) {
            assertEquals(Main.INPUT_AT_FAULT, run((Object[]) command), errors.toString());
        }
        assertEquals(7, errors.toString().lines().filter(line -> line.startsWith("medgs: Invalid value for ")
                && line.contains("an empty name; give the name of a file or folder")).count(), errors.toString());
        assertEquals(7, errors.toString().lines().count(), errors.toString());
    }

    @Test
    void aLinkStaysAndWhatItPointsToIsWritten() throws IOException {
        Path real = Files.createDirectories(folder.resolve("elsewhere")).resolve("real.nii");
        Path link = Files.createSymbolicLink(folder.resolve("link.nii"), Path.of("between.nii"));
        Files.createSymbolicLink(folder.resolve("between.nii"), real);
        assertEquals(Main.DONE, run("convert", KIDNEY, link, "--quiet"), errors.toString());
        assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(folder.resolve("between.nii")));
        assertTrue(Files.isRegularFile(real, java.nio.file.LinkOption.NOFOLLOW_LINKS));
        assertEquals(Main.INPUT_AT_FAULT, run("info", Files.createSymbolicLink(folder.resolve("broken"),
                folder.resolve("nothing"))));
        assertTrue(errors.toString().contains("a link to something that is not there"), errors.toString());
        Path loop = Files.createSymbolicLink(folder.resolve("loop.nii"), Path.of("loop.nii"));
        assertEquals(Main.INPUT_AT_FAULT, run("convert", KIDNEY, loop));
        assertTrue(errors.toString().contains("a link that leads back to itself"), errors.toString());
        assertTrue(Files.isSymbolicLink(loop));
    }

    @Test
    void whatATableNamesLiesWhereTheSystemFindsTheTable() throws IOException {
        Path real = Files.createDirectories(folder.resolve("real/sub")).getParent();
        Files.createSymbolicLink(folder.resolve("link"), Path.of("real/sub"));
        Files.writeString(real.resolve("table.csv"), "id,image\na,a.nii\n");
        Files.createFile(real.resolve("a.nii"));
        SubjectRows rows = SubjectRows.read(folder.resolve("link/../table.csv"), null, Map.of());
        assertEquals(List.of(real.toRealPath().resolve("a.nii").toString()), rows.subjects().getFirst().inputs());
        Path beside = Files.writeString(folder.resolve("table.csv"), "id,image\na,link/../a.nii\n");
        assertEquals(List.of(real.toRealPath().resolve("a.nii").toString()),
                SubjectRows.read(beside, null, Map.of()).subjects().getFirst().inputs());
    }

    @Test
    void whatMayNotBeReadOrWrittenIsSaid() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX rights here");
        assumeFalse("root".equals(System.getProperty("user.name")), "root may do everything");
        Path secret = Files.writeString(folder.resolve("secret.nii"), "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assertEquals(Main.INPUT_AT_FAULT, run("info", secret));
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r--r--r--"));
        assertEquals(Main.INPUT_AT_FAULT, run("info", closed.resolve("a.nii")));
        assertEquals(Main.INPUT_AT_FAULT, run("convert", KIDNEY, closed.resolve("a.nii")));
        assertEquals(Main.INPUT_AT_FAULT, run("phantom", "sphere", "-o", closed.resolve("in")));
        assertThrows(InputException.class, () -> AtomicFile.requirePlace(closed.resolve("in/a.nii")));
        assertThrows(InputException.class, () -> AtomicFile.requireFolderPlace(closed.resolve("in")));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        assertEquals(4, errors.toString().lines().filter(line -> line.contains("permission denied")).count(),
                errors.toString());
    }

    @Test
    void aFileInTheWayOfAFolderIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThrows(InputException.class, () -> AtomicFile.writeText(file.resolve("in"), "y"));
        assertThrows(InputException.class, () -> AtomicFile.writeText(folder, "y"));
    }

    @Test
    void twoRunsIntoOneFolderAtOnceAreRefused() throws IOException {
        Path out = folder.resolve("out");
        try (FolderLock first = FolderLock.of(out)) {
            assertThrows(InputException.class, () -> FolderLock.of(out));
            int status = run("train", KIDNEY, "-o", out, "--set", "iterations=1", "--quiet");
            assertEquals(Main.INPUT_AT_FAULT, status, errors.toString());
            assertTrue(errors.toString().contains("is being written to by another run"), errors.toString());
        }
        FolderLock.of(out).close();
        try (var left = Files.list(out)) {
            assertEquals(List.of(), left.toList());
        }
    }

    /** A disk that is full, or for reading only, gives no lock: {@code full-disk.sh} has one. */
    @Test
    void aFolderThatCannotBeTakenIsNamedAndNotItsLock() {
        Path system = Path.of("/proc/self");
        assumeTrue(Files.isDirectory(system), "no /proc here");
        assertEquals("cannot write /proc/self: nothing can be made in " + system + "; give another place",
                assertThrows(IOException.class, () -> FolderLock.of(system)).getMessage());
    }

    @Test
    void evaluationsAndComparisonsWaitForNobodyEither() throws IOException {
        Path out = folder.resolve("out");
        String[][] commands = {{"compare", KIDNEY, KIDNEY}, {"evaluate", "sparse", "sample-volumes/kidney.nii.gz", KIDNEY},
            {"evaluate", "interpolation", "sample-volumes/kidney.nii.gz", "--methods", "linear"}};
        try (FolderLock first = FolderLock.of(out)) {
            for (String[] command : commands) {
                String[] words = java.util.Arrays.copyOf(command, command.length + 2);
                words[command.length] = "-o";
                words[command.length + 1] = out.toString();
                assertEquals(Main.INPUT_AT_FAULT, run((Object[]) words), errors.toString());
            }
            try (var left = Files.list(out)) {
                assertEquals(1, left.count(), "nothing but the lock");
            }
        }
        assertEquals(commands.length, errors.toString().lines()
                .filter(line -> line.contains("is being written to by another run")).count(), errors.toString());
    }

    @Test
    void aPageIsForThisMachineUnlessOthersAreLetIn() {
        assertEquals(Main.INPUT_AT_FAULT, run("view", KIDNEY, "--no-open", "--bind", "0.0.0.0"));
        assertEquals(Main.INPUT_AT_FAULT, run("train", KIDNEY, "-o", folder.resolve("run"), "--view", "--bind", "0.0.0.0"));
        assertEquals(2, errors.toString().lines().filter(line -> line.contains(
                "--bind 0.0.0.0: would let other machines see the patient's data; leave it out, or add --allow-remote"))
                .count(), errors.toString());
        assertFalse(Files.exists(folder.resolve("run")));
    }

    /** 203.0.113.0/24 is kept for examples: no machine has it. */
    @Test
    void anAddressOfAnotherMachineIsNamedAndNoPort() {
        assertEquals(Main.INPUT_AT_FAULT, run("view", KIDNEY, "--no-open", "--bind", "203.0.113.9", "--allow-remote"));
        assertEquals("medgs: 203.0.113.9: is no address of this machine; give one of its own, or none for this machine alone"
                + " (--bind)", errors.toString().strip());
    }

    /** Sourcing must neither end the shell nor change its options; the script is reached through links. */
    @ParameterizedTest
    @ValueSource(strings = {"bash --norc", "zsh -f", "dash"})
    @Timeout(60)
    void everyShellCanStartIt(String shell) throws Exception {
        String name = shell.split(" ")[0];
        assumeTrue(shell("command -v " + name).startsWith("0"), name + " is not installed");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("tornado-env.sh").toAbsolutePath());
        String home = "\n" + Path.of("").toRealPath() + "\n";
        if (!name.equals("dash")) {
            String sourced = shell("env -u HOME " + shell + " -c '. " + link + " 2>&1; echo \"$MEDGS_HOME\"; type medgs'");
            assertTrue(sourced.contains(home) && sourced.contains("medgs is a"), sourced);
        }
        String started = shell("env -u HOME " + name + " -c '" + link + "; " + link + " printenv MEDGS_HOME'");
        assertTrue(started.startsWith("0") && started.contains(home) && started.contains("JDK in"), started);
    }

    @Test
    @Timeout(120)
    void namesOfAnyLettersAreFoundInAnyLocale() throws Exception {
        Path odd = Files.createDirectories(folder.resolve("Bär é 日"));
        Files.copy(Path.of(KIDNEY), odd.resolve("ä.nii.gz"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = " " + java + " --add-modules jdk.incubator.vector -cp '" + System.getProperty("java.class.path")
                + "' io.github.medgs.cli.Main info '" + odd.resolve("ä.nii.gz") + "'";
        String read = shell("LC_ALL=C.UTF-8" + command);
        assertTrue(read.startsWith("0") && read.contains("96 x 96 x 24"), read);
        String told = shell("LC_ALL=C" + command);
        assertTrue(told.startsWith("2") && told.contains("LC_ALL=C.UTF-8"), told);
    }

    /** Names that no command line says: of files in a folder, in a table, and of structures that become files. */
    @Test
    @Timeout(60)
    void namesThatTheLocaleDoesNotKnowAreToldOrReplaced() throws Exception {
        Path masks = Files.createDirectories(folder.resolve("masks"));
        Path label = folder.resolve("label.nrrd");
        Files.write(label, ("NRRD0004\ntype: uchar\ndimension: 3\nsizes: 3 1 1\nencoding: raw\nspace: LPS\n"
                + "space directions: (1,0,0) (0,1,0) (0,0,1)\nSegment0_Name:=Niere ä\nSegment0_LabelValue:=1\n"
                + "Segment1_Name:=肾\nSegment1_LabelValue:=2\n\n\1\0\2").getBytes(StandardCharsets.UTF_8));
        Files.copy(Path.of(KIDNEY), masks.resolve("肾.nii.gz"));
        Path table = Files.writeString(folder.resolve("t.csv"), "id,image\na,ä.nii.gz\n");
        Path ids = Files.writeString(folder.resolve("ids.csv"), "id,image\nb,none.nii\nMüller,none.nii\n");
        Path lines = Files.write(folder.resolve("lines.txt"), List.of("mesh " + label + " -o " + folder.resolve("of.stl"),
                "convert " + masks + " " + folder.resolve("all.nii"), "cohort " + table + " -o " + folder.resolve("out"),
                "cohort " + ids + " -o " + folder.resolve("out")));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String told = shell("LC_ALL=C " + java + " -cp '" + System.getProperty("java.class.path") + "' '"
                + Lines.class.getName() + "' " + lines);
        assertTrue(told.contains("status 0") && Files.exists(folder.resolve("of-Niere--.stl"))
                && Files.exists(folder.resolve("of--.stl")), told);
        assertEquals(3, told.lines().filter(line -> line.startsWith("medgs: ") && line.contains("LC_ALL=C.UTF-8")).count(), told);
        assertEquals(3, told.lines().filter("status 2"::equals).count(), told);
        assertFalse(Files.exists(folder.resolve("all.nii")));
    }

    /** Commands in one process, each a line of a file. */
    static final class Lines {
        public static void main(String[] file) throws IOException {
            for (String line : Files.readAllLines(Path.of(file[0]))) {
                System.out.println("status " + Main.run(line.split(" ")));
            }
        }
    }

    /** Runs a line in a shell: its status, then all that it wrote. */
    private String shell(String line) throws IOException, InterruptedException {
        File output = folder.resolve("output.txt").toFile();
        Path script = Files.writeString(folder.resolve("line.sh"), line, StandardCharsets.UTF_8);
        Process process = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true)
                .redirectOutput(output).start();
        assertTrue(process.waitFor(100, TimeUnit.SECONDS), line);
        return process.exitValue() + "\n" + Files.readString(output.toPath());
    }
}
