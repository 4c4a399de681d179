package io.github.medgs.cohort;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.InputException;
import io.github.medgs.cli.CommandLineRunner;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.joml.Matrix4d;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Many small subjects through the command, and what their folders say. */
class CohortTest {

    private static final List<String> SHORT = List.of("--preset", "quick", "--set", "iterations=4", "--engine", "vector");

    /** Flags that a cohort and a run both have, each for itself. */
    private static final List<String> ITS_OWN = List.of("--force", "--quiet", "--verbose", "--json", "--help", "--version");

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void volumes() throws IOException {
        out = folder.resolve("out");
        Files.createDirectories(folder.resolve("data"));
        for (int n = 1; n <= 3; n++) {
            float[] image = new float[12 * 10 * 6];
            float[] mask = new float[image.length];
            for (int v = 0; v < image.length; v++) {
                int x = v % 12 - 6;
                int y = v / 12 % 10 - 5;
                mask[v] = x * x + y * y < 9 + n ? n == 2 && x < 0 ? 2 : 1 : 0;
                image[v] = 100 * mask[v] + 7 * ((v * n) % 5);
            }
            VolumeFiles.write(new Volume(12, 10, 6, image, new Matrix4d().scaling(1, 1, 3)), image(n));
            VolumeFiles.write(new Volume(12, 10, 6, mask, new Matrix4d().scaling(1, 1, 3)), mask(n));
        }
    }

    private Path image(int n) {
        return folder.resolve("data/s" + n + ".nii.gz");
    }

    private Path mask(int n) {
        return folder.resolve("data/s" + n + "-mask.nii.gz");
    }

    private int cohort(Path table, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of("cohort", table.toString(), "-o", out.toString(),
                "--quiet"));
        arguments.addAll(SHORT);
        arguments.addAll(List.of(more));
        return CommandLineRunner.run(arguments.toArray(String[]::new));
    }

    private Path table(String... rows) throws IOException {
        Path table = folder.resolve("subjects.csv");
        Files.write(table, List.of(rows));
        return table;
    }

    private JsonNode state(String id) throws IOException {
        return new ObjectMapper().readTree(out.resolve(id).resolve("subject.json").toFile());
    }

    @Test
    void eachSubjectIsThatOfASingleRunAndOneThatFailsIsNamed() throws Exception {
        Path table = table("id,image,mask,labels,site,factor", "a,data/s1.nii.gz,data/{id}.nii.gz,,north,3",
                "b,data/s2.nii.gz,data/s2-mask.nii.gz,1;2,south,", "c,data/none.nii.gz,,,south,");
        Files.copy(mask(1), folder.resolve("data/a.nii.gz"));
        assertEquals(3, cohort(table, "--factor", "2"));
        Path single = folder.resolve("single");
        assertEquals(0, CommandLineRunner.run("reconstruct", image(1).toString(), "--mask", mask(1).toString(), "-o",
                single.toString(), "--factor", "3", "--preset", "quick", "--set", "iterations=4", "--engine", "vector",
                "--quiet"));
        for (String file : List.of("model.medgs", "interpolated.nii.gz", "mask.nii.gz", "surface.stl", "preview.png")) {
            assertArrayEquals(Files.readAllBytes(single.resolve(file)), Files.readAllBytes(out.resolve("a/" + file)), file);
        }
        List<String> group = Files.readAllLines(out.resolve("group.csv"));
        // All labels together, then each; where there is but one, it is found by its number all the same.
        assertEquals(7, group.size());
        assertTrue(group.getFirst().startsWith("id,label,status,volume_mm3,") && group.getFirst().endsWith(",site"), group.getFirst());
        assertTrue(group.get(1).startsWith("a,,done,") && group.get(1).endsWith(",north"), group.get(1));
        assertEquals(group.get(1).replace("a,,", "a,1,"), group.get(2));
        assertTrue(group.get(3).startsWith("b,,done,") && group.get(4).startsWith("b,1,done,")
                && group.get(5).startsWith("b,2,done,"), group.toString());
        assertTrue(group.get(6).startsWith("c,,failed,") && group.get(6).contains("does not exist"), group.get(6));
        assertTrue(Files.readString(out.resolve("group.html")).contains("\"id\":\"b\""));
        assertEquals(11, VolumeFiles.read(out.resolve("b/interpolated.nii.gz")).nz());
    }

    @Test
    void eachLabelHasItsNameAndItsOwnDice() throws Exception {
        Path table = table("id,image,mask,labels", "a,data/s2.nii.gz,data/s2-mask.nii.gz,", "b,data/s2.nii.gz,data/s2-mask.nii.gz,2");
        Path names = Files.writeString(folder.resolve("names.json"), "{\"1\": \"kidney\"}");
        assertEquals(0, cohort(table, "--names", names.toString()));
        JsonNode rows = new ObjectMapper().readTree(out.resolve("group.json").toFile());
        assertEquals(List.of("", "1", "2", "", "2"), rows.findValuesAsText("label"));
        assertEquals(List.of("", "kidney", "", "", ""), rows.findValuesAsText("label_name"));
        JsonNode own = new ObjectMapper().readTree(out.resolve("a/report.json").toFile()).get("ownSlices");
        assertEquals(own.get("dice"), rows.at("/0/dice"));
        assertEquals(own.at("/diceOfLabels/1"), rows.at("/1/dice"));
        assertEquals(own.at("/diceOfLabels/2"), rows.at("/2/dice"));
    }

    @Test
    void aSecondRunDoesWhatIsLeftAndWhatIsOutOfDate() throws Exception {
        Path table = table("id,image", "a,data/s1.nii.gz", "b,data/s2.nii.gz");
        assertEquals(0, cohort(table, "--array", "2/2"));
        assertFalse(Files.exists(out.resolve("a")), "the other share");
        assertEquals(0, cohort(table));
        long a = state("a").get("started").asLong();
        byte[] before = Files.readAllBytes(out.resolve("a/subject.json"));
        assertEquals(0, cohort(table));
        assertArrayEquals(before, Files.readAllBytes(out.resolve("a/subject.json")), "nothing to do");
        // A result that was touched, an input that changed: each is done again.
        String key = state("b").get("key").asText();
        byte[] model = Files.readAllBytes(out.resolve("a/model.medgs"));
        Files.write(out.resolve("a/model.medgs"), new byte[3]);
        Files.copy(image(3), image(2), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertEquals(0, cohort(table));
        assertArrayEquals(model, Files.readAllBytes(out.resolve("a/model.medgs")));
        assertFalse(key.equals(state("b").get("key").asText()));
        assertTrue(a > 0);
    }

    @Test
    void whatDiedHalfWayGoesOnAndALockedSubjectIsLeftAlone() throws Exception {
        Path table = table("id,image", "a,data/s1.nii.gz", "b,data/s2.nii.gz");
        assertEquals(0, cohort(table));
        byte[] model = Files.readAllBytes(out.resolve("a/model.medgs"));
        // As a process leaves it that was killed after its checkpoint.
        Path state = out.resolve("a/subject.json");
        Files.writeString(state, Files.readString(state).replace("\"DONE\"", "\"RUNNING\""));
        Files.delete(out.resolve("a/model.medgs"));
        assertEquals(1, CohortStatus.of(out).count(CohortStatus.Phase.WAITING));
        try (SubjectFolder.Held held = new SubjectFolder(out.resolve("a")).tryLock()) {
            assertEquals(1, CohortStatus.of(out).count(CohortStatus.Phase.RUNNING));
            assertEquals(0, cohort(table));
            assertFalse(Files.exists(out.resolve("a/model.medgs")), held + " was not honoured");
        }
        assertEquals(0, cohort(table));
        assertArrayEquals(model, Files.readAllBytes(out.resolve("a/model.medgs")));
        assertEquals(2, CohortStatus.of(out).count(CohortStatus.Phase.DONE));
        assertEquals(0, CommandLineRunner.run("cohort", "status", out.toString()));
    }

    @Test
    void wrongTablesAreRefusedBeforeAnyWork() throws Exception {
        assertEquals(2, cohort(table("id,image", "../a,data/s1.nii.gz")));
        assertEquals(2, cohort(table("id,image", "a,data/s1.nii.gz", "A,data/s2.nii.gz")));
        assertEquals(2, cohort(table("id,image,factor", "a,data/s1.nii.gz,many")));
        assertEquals(2, cohort(table("id,image", "a")));
        assertEquals("has no column id", refused("image", "data/s1.nii.gz"));
        // A column that is nearly called so would be carried along, and the mask not learnt.
        assertEquals("has a column Mask, which counts only when it is written mask",
                refused("id,image,Mask,Label", "a,data/s1.nii.gz,data/s1-mask.nii.gz,1"));
        assertEquals("has a column ID, which counts only when it is written id", refused("ID,Image,Mask", "a,data/s1.nii.gz,"));
        assertEquals("has a column fill_holes, which counts only when it is written fill-holes",
                refused("id,image,fill_holes", "a,data/s1.nii.gz,yes"));
        assertEquals(2, cohort(folder.resolve("no.csv")));
        assertEquals(2, cohort(table("id,image", "a,data/s1.nii.gz"), "--array", "9/8"));
        assertFalse(Files.exists(out));
    }

    /** What is wrong with a table. */
    private String refused(String... rows) throws IOException {
        Path table = table(rows);
        StringWriter errors = new StringWriter();
        assertEquals(2, CommandLineRunner.commandLine().setErr(new PrintWriter(errors, true))
                .execute("cohort", table.toString(), "-o", out.toString(), "--quiet"));
        return errors.toString().replace("medgs: " + table + ": ", "").replaceFirst(";.*\\s*$", "");
    }

    @Test
    void cellsOfYesAndNoAndNamesWithBlanksAreUnderstood() throws Exception {
        Files.writeString(folder.resolve("names.json"), "{\"1\": \"left side\", \"2\": \"right side\"}");
        String head = "id,image,mask,label,names,no-uncertainty";
        assertEquals(0, cohort(table(head, "a,data/s2.nii.gz,data/s2-mask.nii.gz,left side;right side,names.json,1.0",
                "b,data/s1.nii.gz,data/s1-mask.nii.gz,1,,no", "c,data/s2.nii.gz,data/s2-mask.nii.gz,1 2,,Y")));
        assertFalse(Files.exists(out.resolve("a/uncertainty.nii.gz")));
        assertTrue(Files.exists(out.resolve("b/uncertainty.nii.gz")));
        assertFalse(Files.exists(out.resolve("c/uncertainty.nii.gz")));
        assertTrue(Files.readString(out.resolve("a/report.json")).contains("left side"));
        assertEquals(2, cohort(table(head, "a,data/s2.nii.gz,data/s2-mask.nii.gz,1,,perhaps"), "--force"));
    }

    @Test
    void everyFlagOfReconstructReachesItsSubjects() throws Exception {
        CommandLine.Model.CommandSpec reconstruct = CommandLineRunner.commandLine().getSubcommands().get("reconstruct")
                .getCommandSpec();
        CommandLine.Model.CommandSpec shared = CommandLineRunner.commandLine().getSubcommands().get("cohort").getCommandSpec();
        List<String> flags = reconstruct.options().stream().filter(option -> option.arity().max() == 0
                && option.group() == null && shared.findOption(option.longestName()) != null)
                .map(CommandLine.Model.OptionSpec::longestName).filter(flag -> !ITS_OWN.contains(flag)).toList();
        assertTrue(flags.containsAll(List.of("--soft", "--largest", "--fill-holes", "--no-uncertainty", "--resample-mask")),
                flags.toString());
        // None is run: the image is not there.
        assertEquals(3, cohort(table("id,image,mask", "a,none.nii.gz,none.nii.gz"), flags.toArray(String[]::new)));
        for (String flag : flags) {
            assertTrue(state("a").get("arguments").toString().contains("\"" + flag + "\""), flag + " is lost: " + state("a"));
        }
    }

    @Test
    void whatAllRowsShareOfMasksIsNoFaultOfOneWithout() throws Exception {
        assertEquals(0, cohort(table("id,image,mask", "a,data/s1.nii.gz,data/s1-mask.nii.gz", "b,data/s2.nii.gz,"),
                "--label", "1", "--largest", "--mesh-format", "obj", "--no-uncertainty"));
        assertTrue(Files.exists(out.resolve("a/mask.nii.gz")));
        assertTrue(Files.exists(out.resolve("a/surface.obj")));
        assertFalse(Files.exists(out.resolve("b/mask.nii.gz")));
        assertEquals(3, cohort(table("id,image,mask,label", "c,data/s1.nii.gz,,1"), "--no-uncertainty"));
        assertTrue(state("c").toString().contains("speaks of a mask"), state("c").toString());
    }

    @Test
    void imagesOfABidsFolderAreItsSubjects() throws Exception {
        Path bids = folder.resolve("study");
        for (String name : List.of("sub-01/anat/sub-01_T1w", "sub-02/ses-a/anat/sub-02_ses-a_T1w",
                "sub-02/ses-b/anat/sub-02_ses-b_T2w")) {
            Files.createDirectories(bids.resolve(name).getParent());
            Files.copy(image(1), bids.resolve(name + ".nii.gz"));
        }
        List<Map<String, String>> rows = BidsFolder.read(bids, null);
        assertEquals(List.of("sub-01", "sub-02_ses-a"), rows.stream().map(row -> row.get("id")).toList());
        assertEquals("a", rows.get(1).get("ses"));
        assertEquals("sub-02_ses-b", BidsFolder.read(bids, "suffix=T2w,sub=02").getFirst().get("id"));
        assertThrows(InputException.class, () -> BidsFolder.read(bids, "ses=z"));
        assertEquals(0, cohort(bids.resolve(".")));
        assertTrue(Files.exists(out.resolve("sub-02_ses-a/model.medgs")));
        String description = Files.readString(out.resolve("dataset_description.json"));
        assertTrue(description.contains("\"derivative\"") && description.contains("\"Reconstructions of study\""), description);
        Path own = Files.writeString(bids.resolve("dataset_description.json"), "the user's");
        out = bids;
        assertEquals(2, cohort(bids));
        assertEquals("the user's", Files.readString(own));
    }

    @Test
    void theTableIsNotReplacedByTheGroups() throws Exception {
        Path table = Files.move(table("id,image", "a,data/s1.nii.gz"), folder.resolve("group.csv"));
        out = folder;
        assertEquals(2, cohort(table));
        assertTrue(Files.readString(table).startsWith("id,image\n"));
    }

    @Test
    void whatIsNotTheCohortsIsLeftAloneAndTheOthersAreDone() throws Exception {
        Files.createDirectories(out.resolve("a"));
        Path model = Files.writeString(out.resolve("a/model.medgs"), "somebody's");
        Files.writeString(out.resolve("b"), "a file");
        Files.createDirectories(out.resolve("d"));
        Path mask = Files.writeString(out.resolve("d/mask.nii.gz"), "somebody's");
        Path table = table("id,image", "a,data/s1.nii.gz", "b,data/s2.nii.gz", "c,data/s3.nii.gz", "d,data/s3.nii.gz");
        // The second time too: no state that a first one left may count as the cohort's.
        for (int time = 0; time < 2; time++) {
            assertEquals(3, cohort(table, "--no-uncertainty"));
            assertEquals("somebody's", Files.readString(model));
            List<String> group = Files.readAllLines(out.resolve("group.csv"));
            assertTrue(group.get(1).contains("a: holds a run that is not this cohort's"), group.get(1));
            assertTrue(group.get(2).contains("b: is a file, where the subject's folder belongs"), group.get(2));
            assertTrue(group.get(3).startsWith("c,,done"), group.get(3));
            assertTrue(group.get(4).contains("d: holds mask.nii.gz that is not this cohort's"), group.get(4));
            assertEquals("somebody's", Files.readString(mask));
        }
        Files.delete(out.resolve("b"));
        Files.delete(mask);
        assertEquals(0, cohort(table, "--no-uncertainty", "--force"));
    }

    @Test
    void whatEndsBeforeARunBeginsIsRecordedAndTheOthersAreTried() throws Exception {
        Files.createDirectories(out.resolve("a/log.txt"));
        SubjectRunner runner = (subject, own, resume, threads, listener, stop) -> {
            throw new InputException(subject.id(), "was tried", "try another");
        };
        List<Subject> subjects = new java.util.ArrayList<>();
        for (String input : List.of(image(1).toString(), "no\0path", image(2).toString())) {
            subjects.add(new Subject("abc".substring(subjects.size()).substring(0, 1), List.of(input), List.of(), Map.of()));
        }
        List<SubjectTask.Outcome> outcomes = new Cohort(out, subjects, runner)
                .run(new Share(1, 1), new LocalExecution(2), false, outcome -> {}, () -> false);
        assertEquals(3, outcomes.stream().filter(outcome -> outcome.ending() == SubjectTask.Ending.FAILED).count(),
                outcomes.toString());
        List<String> group = Files.readAllLines(out.resolve("group.csv"));
        assertTrue(group.get(1).startsWith("a,,failed,") && group.get(1).contains("log.txt"), group.get(1));
        assertTrue(group.get(2).startsWith("b,,failed,") && group.get(2).contains("fault of the program"), group.get(2));
        assertTrue(Files.readString(out.resolve("b/log.txt")).contains("InvalidPathException"), "no trace");
        assertTrue(group.get(3).startsWith("c,,failed,") && group.get(3).contains("was tried"), group.get(3));
    }

    @Test
    void sharesAreDisjointAndWholeAndKnowTheirScheduler() {
        List<Integer> all = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        TreeSet<Integer> seen = new TreeSet<>();
        for (int i = 1; i <= 4; i++) {
            for (int n : Share.parse(i + "/4", Map.of()).of(all)) {
                assertTrue(seen.add(n));
            }
        }
        assertEquals(10, seen.size());
        assertEquals(new Share(3, 8),
                Share.parse("8", Map.of("SLURM_ARRAY_TASK_ID", "2", "SLURM_ARRAY_TASK_MIN", "0")));
        assertEquals(new Share(3, 8), Share.parse("8", Map.of("SLURM_ARRAY_TASK_ID", "3", "SLURM_ARRAY_TASK_MIN", "1",
                "SLURM_ARRAY_TASK_COUNT", "8")));
        // As sbatch --array=3,4 says of tasks that are submitted again: no share is done for another.
        InputException some = assertThrows(InputException.class, () -> Share.parse("8", Map.of("SLURM_ARRAY_TASK_ID", "3",
                "SLURM_ARRAY_TASK_MIN", "3", "SLURM_ARRAY_TASK_COUNT", "2")));
        assertEquals("the share's index: cannot be told: of Slurm's tasks there are 2, of shares 8;"
                + " write $SLURM_ARRAY_TASK_ID/8 where tasks are numbered from 1", some.getMessage());
        assertEquals(new Share(3, 8), Share.parse("/8", Map.of("SGE_TASK_ID", "3")));
        // Tasks with a step between their numbers.
        for (int task = 0; task < 4; task++) {
            assertEquals(new Share(task + 1, 4), Share.parse("4", Map.of("SLURM_ARRAY_TASK_ID", "" + 2 * task,
                    "SLURM_ARRAY_TASK_MIN", "0", "SLURM_ARRAY_TASK_STEP", "2", "SLURM_ARRAY_TASK_COUNT", "4")));
            assertEquals(new Share(task + 1, 4), Share.parse("4", Map.of("SGE_TASK_ID", "" + (5 + 10 * task),
                    "SGE_TASK_FIRST", "5", "SGE_TASK_STEPSIZE", "10", "SGE_TASK_LAST", "36")));
        }
        assertEquals(new Share(2, 4), Share.parse("4", Map.of("SGE_TASK_ID", "2", "SGE_TASK_FIRST", "undefined",
                "SGE_TASK_STEPSIZE", "undefined", "SGE_TASK_LAST", "undefined")));
        assertTrue(assertThrows(InputException.class, () -> Share.parse("8", Map.of("SGE_TASK_ID", "3", "SGE_TASK_FIRST", "3",
                "SGE_TASK_LAST", "4", "SGE_TASK_STEPSIZE", "1"))).getMessage().contains("of SGE's tasks there are 2, of shares 8"));
        assertEquals(new Share(3, 8), Share.parse("8", Map.of("SGE_TASK_ID", "undefined", "JOB_COMPLETION_INDEX", "2")));
        assertThrows(InputException.class, () -> Share.parse("8", Map.of()));
    }
}
