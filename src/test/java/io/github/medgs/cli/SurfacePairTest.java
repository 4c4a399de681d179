package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.surface.Fields;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Which structure belongs to which: compare and evaluate surface on two balls, in every kind of file. */
class SurfacePairTest {

    private static final int SIZE = 24;

    @TempDir
    Path folder;

    private int count;
    private String said;

    @BeforeEach
    void files() throws Exception {
        mask("kidney", 1, 0);
        mask("lesion", 0, 1);
        mask("lesion2", 0, 2);
        mask("lesion255", 0, 255);
        mask("both", 1, 2);
        mask("all", 1, 1);
        mask("empty", 0, 0);
        VolumeFiles.write(volume((x, y, z) -> Math.clamp(0.5 + Math.max(kidney(x, y, z), lesion(x, y, z)), 0, 1)),
                folder.resolve("field.nii.gz"));
        medgs(0, "mesh", at("lesion.nii.gz"), "-o", at("lesion.stl"));
        medgs(0, "mesh", at("all.nii.gz"), "-o", at("both.stl"));
    }

    @Test
    void whatDoesNotTellLabelsApartMeetsTheOneLabelThatWasAskedFor() throws Exception {
        assertEquals(List.of("2 surface against label 2 stable"), compared("lesion.stl", "both.nii.gz", "--label", "2"));
        assertTrue(said.contains("lesion.stl does not tell labels apart: all of it is taken, whatever --label says"), said);
        assertEquals(List.of("2 surface against label 2 stable"), compared("both.nii.gz", "lesion.stl", "--label", "2"));
        assertEquals(List.of("2 label 2 stable"), compared("lesion2.nii.gz", "lesion.stl"));
        assertEquals(List.of("1 field stable"), compared("both.stl", "field.nii.gz"));
        assertTrue(said.lines().count() == 2, said);
    }

    @Test
    void whatDoesNotTellLabelsApartMeetsAllOfThemTogether() throws Exception {
        assertEquals(List.of("1 all labels together stable"), compared("both.stl", "both.nii.gz"));
        assertEquals(List.of("1 all labels together stable"), compared("both.nii.gz", "field.nii.gz"));
        assertTrue(said.contains("field.nii.gz does not tell labels apart: all of "), said);
        // The mesh of the lesion alone: no label of the mask is taken for it.
        assertEquals(List.of("1 all labels together enlarging"), compared("lesion.stl", "both.nii.gz"));
        assertEquals(List.of("1 surface against labels 1, 2 together stable"),
                compared("both.stl", "both.nii.gz", "--label", "1", "--label", "2"));
    }

    @Test
    void eachFilesOnlyLabelMeetsTheOthers() throws Exception {
        assertEquals(List.of("1 label 1 stable"), compared("lesion255.nii.gz", "lesion.nii.gz"));
        assertTrue(said.contains("label 255 of ") && said.contains("each has but one"), said);
        // By number where numbers were asked for.
        assertEquals(List.of("1 label 1 gone", "2 label 2 new"),
                compared("lesion.nii.gz", "lesion2.nii.gz", "--label", "1", "--label", "2"));
    }

    @Test
    void whatOneFileLacksIsGoneOrNew() throws Exception {
        assertEquals(List.of("1 label 1 gone"), compared("lesion.nii.gz", "empty.nii.gz"));
        assertEquals(List.of("1 label 1 new", "2 label 2 new"), compared("empty.nii.gz", "both.nii.gz"));
        assertEquals(List.of("2 label 2 gone"), compared("both.nii.gz", "kidney.nii.gz", "--label", "2"));
        assertEquals(List.of("2 label 2 new"), compared("kidney.nii.gz", "both.nii.gz", "--label", "2"));
        assertEquals(List.of("1 surface gone"), compared("lesion.stl", "empty.nii.gz"));
        assertEquals(List.of("1 surface gone"), compared("lesion.stl", "empty.nii.gz", "--label", "2"));
        for (List<String> neither : List.of(List.of("empty.nii.gz", "empty.nii.gz"),
                List.of("empty.nii.gz", "empty.nii.gz", "--label", "1"),
                List.of("both.nii.gz", "kidney.nii.gz", "--label", "2", "--label", "7"),
                List.of("lesion.stl", "kidney.nii.gz", "--label", "2"))) {
            List<String> command = new ArrayList<>(List.of("compare", at(neither.get(0)), at(neither.get(1)), "-o", at("no")));
            command.addAll(neither.subList(2, neither.size()));
            assertEquals(1, medgs(2, command.toArray(String[]::new)).size(), neither::toString);
        }
        // To be measured against a reference, a surface has to be there.
        medgs(2, "evaluate", "surface", at("empty.nii.gz"), at("lesion.nii.gz"), "-o", at("no.json"));
        medgs(2, "evaluate", "surface", at("kidney.nii.gz"), at("both.nii.gz"), "--label", "2", "-o", at("no.json"));
    }

    @Test
    void aFieldOfEverythingIsNotPrintedAsOneLabel() throws Exception {
        medgs(0, "evaluate", "surface", at("field.nii.gz"), at("both.nii.gz"), "--label", "2", "-o", at("score.json"));
        assertEquals("field against label 2", json("score.json").at("/structures/0/name").asText());
        assertTrue(said.contains("field.nii.gz does not tell labels apart: all of it is taken, whatever --label says"), said);
        assertTrue(said.contains("\nfield against label 2: ASSD"), said);
        medgs(0, "evaluate", "surface", at("field.nii.gz"), at("both.nii.gz"), "-o", at("score.json"));
        assertEquals("all labels together", json("score.json").at("/structures/0/name").asText());
        medgs(0, "evaluate", "surface", at("lesion255.nii.gz"), at("lesion.nii.gz"), "-o", at("score.json"));
        assertEquals(1, json("score.json").at("/structures/0/dice").asDouble(), 1e-9);
    }

    @Test
    void aMasksVolumeIsThatOfItsVoxels() throws Exception {
        double voxels = voxels("lesion");
        // Its own mesh, which has that volume, against it; the bare surface round the voxels has some 4 % less.
        medgs(0, "evaluate", "surface", at("lesion.stl"), at("lesion.nii.gz"), "-o", at("score.json"));
        JsonNode score = json("score.json").at("/structures/0");
        assertEquals(voxels, score.get("referenceVolumeMm3").asDouble(), 1e-9);
        assertEquals(0, score.get("volumeError").asDouble(), 1e-3);
        medgs(0, "evaluate", "surface", at("both.nii.gz"), at("both.stl"), "-o", at("score.json"));
        assertEquals(0, json("score.json").at("/structures/0/volumeError").asDouble(), 1e-3);
        medgs(0, "compare", at("lesion.nii.gz"), at("lesion.stl"), "-o", at("out"));
        JsonNode change = json("out/compare.json").at("/structures/0");
        assertEquals(voxels, change.get("baselineVolumeMm3").asDouble(), 1e-9);
        assertEquals(0, change.get("relativeChange").asDouble(), 1e-3);
        // Of one voxel the surface has a sixth.
        Volume dot = volume((x, y, z) -> x == 0.5 && y == 0.5 && z == 0.5 ? 1 : 0);
        VolumeFiles.write(dot, folder.resolve("dot.nii.gz"));
        medgs(0, "evaluate", "surface", at("dot.nii.gz"), at("lesion.nii.gz"), "-o", at("score.json"));
        assertEquals(1, json("score.json").at("/structures/0/volumeMm3").asDouble(), 1e-9);
    }

    /** Without half of its triangles it encloses nothing, whatever sum they give; without one of them next to the same. */
    @Test
    void anOpenMeshHasNoVolumeThatIsMadeUp() throws Exception {
        TriangleMesh whole = MeshFiles.read(folder.resolve("lesion.stl")).mesh();
        without(whole, whole.triangleCount() / 2, "half.ply");
        assertEquals(List.of("1 surface unmeasured"), compared("half.ply", "lesion.stl"));
        assertTrue(said.contains("half.ply: is not closed ("), said);
        assertTrue(said.contains(" - mm3 -> "), said);
        assertFalse(json("out0/compare.json").at("/structures/0").has("baselineVolumeMm3"));
        medgs(0, "evaluate", "surface", at("lesion.stl"), at("half.ply"), "-o", at("score.json"));
        JsonNode score = json("score.json").at("/structures/0");
        assertTrue(score.get("warnings").toString().contains("half.ply: is not closed ("), score.toString());
        assertFalse(score.has("volumeError") || score.has("referenceVolumeMm3") || score.has("dice"), score.toString());
        assertTrue(said.contains("Dice -, volume - %"), said);
        without(whole, 1, "nearly.ply");
        assertEquals(List.of("1 surface stable"), compared("nearly.ply", "lesion.stl"));
        assertTrue(said.contains("nearly.ply: is not closed (3 open edges)"), said);
        assertEquals(0, json("out1/compare.json").at("/structures/0/relativeChange").asDouble(), 0.02);
    }

    private void without(TriangleMesh mesh, int triangles, String name) throws Exception {
        MeshFiles.write(folder.resolve(name), new TriangleMesh(mesh.vertices(),
                Arrays.copyOfRange(mesh.triangles(), 3 * triangles, mesh.triangles().length), mesh.frame()));
    }

    @Test
    void structuresAreComparedByNameWhereNumbersSayOtherwise() throws Exception {
        // A folder numbers its masks in the order of their files, so one more file moves the others' numbers.
        masks("before", "Left_Kidney", "lesion");
        masks("after", "aorta", "left kidney", "lesion");
        assertEquals(List.of("1 aorta new", "2 left kidney stable", "3 lesion stable"), compared("before", "after"));
        assertTrue(said.contains("compared by name are left kidney (1 and 2), lesion (2 and 3)"), said);
        assertEquals(List.of("1 Left_Kidney stable", "2 lesion stable", "3 aorta gone"), compared("after", "before"));
        assertTrue(said.contains("aorta, 1 in "), said);
        medgs(0, "evaluate", "surface", at("before"), at("after"), "-o", at("score.json"));
        JsonNode rows = json("score.json").get("structures");
        assertEquals(List.of("aorta", "left kidney", "lesion"), rows.findValuesAsText("name"));
        assertEquals(List.of("1.0", "1.0"), rows.findValuesAsText("dice"));
        assertEquals(at("before"), rows.at("/0/absentFrom").asText());
        // Each has but one, of another number.
        masks("one", "left kidney");
        masks("two", "aorta", "left kidney");
        assertEquals(List.of("1 aorta new", "2 left kidney stable"), compared("one", "two"));
    }

    @Test
    void twoNamesOfOneNumberAreSaid() throws Exception {
        masks("before", "kidney", "lesion");
        masks("after", "kidney", "tumour");
        assertEquals(List.of("1 kidney stable", "2 lesion against tumour stable"), compared("before", "after"));
        assertTrue(said.contains("warning: label 2 is lesion in " + at("before") + " and tumour in "), said);
        assertEquals(List.of("1 kidney stable", "2 lesion stable"), compared("both.nii.gz", "before"));
        assertFalse(said.contains("warning"), said);
        masks("one", "lesion");
        masks("other", "tumour");
        assertEquals(List.of("1 lesion against tumour stable"), compared("one", "other"));
        assertTrue(said.contains("warning: lesion of "), said);
    }

    @Test
    void aFinerGridIsNoGrowth() throws Exception {
        Volume coarse = volume((x, y, z) -> Math.max(Math.abs(x), Math.max(Math.abs(y), Math.abs(z))) < 1 ? 1 : 0);
        VolumeFiles.write(coarse, folder.resolve("coarse.nii.gz"));
        VolumeFiles.write(Fields.sample((x, y, z) -> Math.max(Math.abs(x), Math.max(Math.abs(y), Math.abs(z))) < 1 ? 1 : 0,
                3 * SIZE, 3 * SIZE, 3 * SIZE, Fields.affine(3 * SIZE, 3 * SIZE, 3 * SIZE, 1 / 3.0, 1 / 3.0, 1 / 3.0, false)),
                folder.resolve("fine.nii.gz"));
        assertEquals(List.of("1 label 1 stable"), compared("coarse.nii.gz", "fine.nii.gz"));
        JsonNode change = json("out0/compare.json").at("/structures/0");
        assertEquals(8, change.get("baselineVolumeMm3").asDouble(), 1e-4);
        assertEquals(8, change.get("followupVolumeMm3").asDouble(), 1e-4);
    }

    @Test
    void whatCleaningLeavesHasTheVolumeOfItsVoxels() throws Exception {
        double kidney = voxels("kidney");
        assertEquals(kidney, meshed("kidney", "--largest", "--fill-holes"), 1e-3 * kidney);
        VolumeFiles.write(volume((x, y, z) -> Math.max(kidney(x, y, z), aorta(x, y, z)) > 0 ? 1 : 0), folder.resolve("two.nii.gz"));
        double two = voxels("two");
        assertEquals(kidney, meshed("two", "--largest"), 1e-3 * kidney);
        assertEquals(two, meshed("two", "--fill-holes", "--smooth", "5"), 1e-3 * two);
        VolumeFiles.write(volume((x, y, z) -> kidney(x, y, z) > 0 && kidney(x, y, z) < 4 ? 1 : 0), folder.resolve("hollow.nii.gz"));
        assertEquals(kidney, meshed("hollow", "--fill-holes"), 1e-3 * kidney);
        assertTrue(meshed("hollow") < 0.97 * kidney);
        assertTrue(meshed("kidney", "--level", "0.8") < 0.95 * kidney);
    }

    private double voxels(String name) throws Exception {
        double voxels = 0;
        for (float voxel : VolumeFiles.read(folder.resolve(name + ".nii.gz")).voxels()) {
            voxels += voxel;
        }
        return voxels;
    }

    private double meshed(String mask, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("mesh", at(mask + ".nii.gz"), "-o", at("meshed.stl")));
        command.addAll(List.of(more));
        medgs(0, command.toArray(String[]::new));
        return Measures.signedVolume(MeshFiles.read(folder.resolve("meshed.stl")).mesh());
    }

    @Test
    void surfacesOfAnEarlierComparisonGoWithIt() throws Exception {
        Path out = folder.resolve("again");
        medgs(0, "compare", at("both.nii.gz"), at("both.nii.gz"), "-o", out.toString());
        Path own = Files.writeString(out.resolve("label-9.ply"), "not of a comparison");
        assertTrue(Files.exists(out.resolve("label-2.ply")));
        medgs(0, "compare", at("kidney.nii.gz"), at("kidney.nii.gz"), "-o", out.toString(), "--force");
        assertFalse(Files.exists(out.resolve("label-2.ply")));
        assertTrue(Files.exists(out.resolve("label-1.ply")) && Files.exists(own));
        Files.writeString(out.resolve("compare.json"), "{");
        medgs(0, "compare", at("lesion2.nii.gz"), at("lesion2.nii.gz"), "-o", out.toString(), "--force");
        assertTrue(Files.exists(out.resolve("label-2.ply")));
    }

    private static double kidney(double x, double y, double z) {
        return Fields.sphere(-4, 0, 0, 6).inside(x, y, z);
    }

    private static double lesion(double x, double y, double z) {
        return Fields.sphere(6, 2, 0, 4).inside(x, y, z);
    }

    private static double aorta(double x, double y, double z) {
        return Fields.sphere(5, -7, 0, 3).inside(x, y, z);
    }

    private void mask(String name, int kidney, int lesion) throws Exception {
        VolumeFiles.write(volume((x, y, z) -> lesion(x, y, z) > 0 ? lesion : kidney(x, y, z) > 0 ? kidney : 0),
                folder.resolve(name + ".nii.gz"));
    }

    /** A folder of masks, each named by its file: a kidney, a lesion (also as tumour), and what has another name elsewhere. */
    private void masks(String name, String... structures) throws Exception {
        Files.createDirectory(folder.resolve(name));
        for (String structure : structures) {
            boolean kidney = structure.toLowerCase(Locale.ROOT).contains("kidney");
            VolumeFiles.write(volume((x, y, z) -> (structure.equals("aorta") ? aorta(x, y, z)
                    : kidney ? kidney(x, y, z) : lesion(x, y, z)) > 0 ? 1 : 0),
                    folder.resolve(name).resolve(structure + ".nii.gz"));
        }
    }

    private static Volume volume(Fields.Solid values) {
        return Fields.sample(values, SIZE, SIZE, SIZE, Fields.affine(SIZE, SIZE, SIZE, 1, 1, 1, false));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private JsonNode json(String name) throws Exception {
        return new ObjectMapper().readTree(folder.resolve(name).toFile());
    }

    /** Number, name and status of each row. */
    private List<String> compared(String baseline, String followup, String... more) throws Exception {
        String out = "out" + count++;
        List<String> command = new ArrayList<>(List.of("compare", at(baseline), at(followup), "-o", at(out)));
        command.addAll(List.of(more));
        medgs(0, command.toArray(String[]::new));
        List<String> rows = new ArrayList<>();
        for (JsonNode row : json(out + "/compare.json").get("structures")) {
            rows.add(row.get("label") + " " + row.get("name").asText() + " " + row.get("status").asText());
        }
        return rows;
    }

    private List<String> medgs(int status, String... arguments) {
        StringWriter errors = new StringWriter();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
        try {
            CommandLine command = Main.commandLine().setErr(new PrintWriter(errors, true));
            assertEquals(status, command.execute(arguments), () -> String.join(" ", arguments) + ": " + errors);
        } finally {
            System.setErr(before);
        }
        said = lines.toString(StandardCharsets.UTF_8);
        return errors.toString().lines().toList();
    }
}
