package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would change a figure of {@code evaluate} without a word is said or refused. */
class EvaluateTroubleTest {

    private static final int SLICES = 13;

    @TempDir
    Path folder;

    private Path image;
    private Path mask;
    private String said;

    /** A block in slices 5 to 7, in a ramp of noise-free tissue. */
    @BeforeEach
    void volumes() throws IOException {
        float[] voxels = new float[16 * 16 * SLICES];
        float[] inside = new float[voxels.length];
        for (int n = 0; n < voxels.length; n++) {
            int k = n / 256;
            inside[n] = k >= 5 && k <= 7 && Math.abs(n % 16 - 8) < 4 && Math.abs(n / 16 % 16 - 8) < 4 ? 1 : 0;
            voxels[n] = 10 * (n % 16) + k + 40 * inside[n];
        }
        image = write("image.nii", voxels);
        mask = write("mask.nii", inside);
    }

    private Path write(String name, float[] voxels) throws IOException {
        Path file = folder.resolve(name);
        VolumeFiles.write(new Volume(16, 16, SLICES, voxels, new Matrix4d()), file);
        return file;
    }

    private int evaluate(Object... arguments) {
        List<Object> words = new ArrayList<>(List.of(arguments));
        words.addFirst("evaluate");
        return medgs(words.toArray());
    }

    private int medgs(Object... words) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            return Main.run(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
        } finally {
            System.setErr(before);
            said = bytes.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatIsAskedTwiceIsRefused() {
        Path out = folder.resolve("out");
        assertEquals(2, evaluate("sparse", image, mask, "--methods", "iso,iso", "-o", out));
        assertTrue(said.contains("--methods: has iso twice"), said);
        assertEquals(2, evaluate("sparse", image, mask, "--methods", "iso", "--offsets", "0,0", "-o", out));
        assertEquals(2, evaluate("interpolation", image, "--methods", "linear,linear", "-o", out));
        assertEquals(2, evaluate("interpolation", image, "--methods", "linear", "--stride", "2,2", "-o", out));
        assertEquals(2, evaluate("sparse", image, mask, "--methods", "iso", "--offsets", "1,01", "-o", out));
        assertEquals(2, evaluate("interpolation", image, "--methods", "linear", "--predicted", "a=" + image, "--predicted",
                "a=" + mask, "-o", out));
        assertTrue(said.contains("--predicted: has a twice"), said);
        assertEquals(2, evaluate("interpolation", image, folder.resolve("x/../image.nii"), "--methods", "linear", "-o", out));
        assertTrue(said.contains("image.nii: is there twice"), said);
        assertEquals(2, evaluate("surface", mask, "--protocol", "paper", "--methods", "iso,iso", "-o", out));
        assertEquals(2, evaluate("compactness", image, "--presets", "quick,quick", "-o", out));
        assertTrue(said.contains("--presets: has quick twice"), said);
        assertFalse(Files.exists(out));
    }

    @Test
    void optionsOfOtherMethodsAndProtocolsAreNotPassedOver() {
        Path out = folder.resolve("out");
        for (String option : List.of("--config", "--preset")) {
            assertEquals(2, evaluate("interpolation", image, "--methods", "linear,quick", option, "paper", "-o", out));
            assertTrue(said.contains(option + ": is for the method medgs"), said);
        }
        for (String protocol : List.of("sparse", "paper")) {
            assertEquals(2, evaluate("surface", image, mask, "--protocol", protocol, "--frame", "RAS", "-o", out));
            assertTrue(said.contains("--frame: is for --protocol pair"), said);
        }
        assertFalse(Files.exists(out));
    }

    /** Whatever its name: the kept slices are written into the folder. */
    @Test
    void compactnessLosesNothingThatWasInItsFolder() throws IOException {
        Path kept = write("kept.nii.gz", new float[16 * 16 * SLICES]);
        byte[] before = Files.readAllBytes(kept);
        Path floats = Files.writeString(folder.resolve("floats.medgs"), "somebody's");
        List<Object> words = List.of("compactness", kept, "--presets", "compact", "--set", "iterations=2", "--stride", "3", "-o", folder);
        assertEquals(2, evaluate(words.toArray()));
        List<Object> force = new ArrayList<>(words);
        force.add("--force");
        assertEquals(2, evaluate(force.toArray()));
        assertTrue(said.contains("kept.nii.gz: is what is read, and would be lost"), said);
        float[] noise = new float[16 * 16 * SLICES];
        for (int n = 0; n < noise.length; n++) {
            noise[n] = n * 7919L * n % 1009;
        }
        force.set(1, write("noise.nii", noise));
        force.set(3, "quick,compact");
        assertEquals(0, evaluate(force.toArray()), said);
        assertFalse(Arrays.equals(before, Files.readAllBytes(kept)));
        assertEquals("somebody's", Files.readString(floats));
        String csv = Files.readString(folder.resolve("compactness.csv"));
        assertTrue(csv.contains("quick-own-40-not-reached"), csv);
    }

    @Test
    void aListOfNothingIsRefused() {
        Path out = folder.resolve("out");
        for (Object[] words : new Object[][] {{"interpolation", image, "--methods"}, {"interpolation", image, "--stride"},
            {"sparse", image, mask, "--methods"}, {"sparse", image, mask, "--stride"}, {"sparse", image, mask, "--offsets"},
            {"surface", mask, "--protocol", "paper", "--methods"}, {"compactness", image, "--presets"}}) {
            List<Object> all = new ArrayList<>(List.of(words));
            all.addAll(List.of(",", "-o", out));
            assertEquals(2, evaluate(all.toArray()), all.toString());
            assertTrue(said.contains(words[words.length - 1] + ": names nothing"), said);
        }
        assertFalse(Files.exists(out));
        // Beside another program's slices there need be no other method.
        assertEquals(0, evaluate("interpolation", image, "--methods", ",", "--predicted", "mine=" + image, "-o", out), said);
    }

    @Test
    void noStrideIsTooLargeToBeRefused() {
        Path out = folder.resolve("out");
        int most = Integer.MAX_VALUE;
        assertEquals(2, evaluate("interpolation", image, "--methods", "linear", "--stride", most, "-o", out));
        assertTrue(said.contains("has only 13 slices for --stride " + most), said);
        assertEquals(2, evaluate("compactness", image, "--stride", most, "-o", out));
        assertTrue(said.contains("has only 13 slices for --stride " + most), said);
        assertEquals(2, evaluate("sparse", image, mask, "--methods", "iso", "--stride", most, "-o", out));
        assertTrue(said.contains("leaves fewer than three of 13 slices"), said);
    }

    /** A prediction has one frame, whichever of the image's it is of. */
    @Test
    void predictionsOfALaterFrameNeedNoFrames() throws IOException {
        Path both = folder.resolve("both.nii");
        byte[] one = Files.readAllBytes(image);
        byte[] bytes = Arrays.copyOf(one, 2 * one.length - 352);
        System.arraycopy(one, 352, bytes, one.length, one.length - 352);
        // dim[0] and dim[4]: two volumes.
        bytes[40] = 4;
        bytes[48] = 2;
        Files.write(both, bytes);
        assertEquals(0, evaluate("interpolation", both, "--frame-index", 1, "--methods", "linear", "--predicted",
                "mine=" + image, "-o", folder.resolve("out")), said);
    }

    @Test
    void filesThatOnlyHaveTheNameOfAResultStay() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        for (String file : List.of("sparse.csv", "sparse.html", "sparse.png")) {
            Files.writeString(out.resolve(file), "mine");
            assertEquals(2, evaluate("sparse", image, mask, "--methods", "iso", "-o", out));
            assertTrue(said.contains("already holds " + file), said);
            Files.delete(out.resolve(file));
        }
        for (String file : List.of("paper.csv", "paper.html")) {
            Files.writeString(out.resolve(file), "mine");
            assertEquals(2, evaluate("surface", mask, "--protocol", "paper", "--methods", "iso", "-o", out));
            assertTrue(said.contains("already holds " + file), said);
            Files.delete(out.resolve(file));
        }
        for (String file : List.of("compare.csv", "compare.png", "compare.glb", "compare.html", "label-1.ply")) {
            Files.writeString(out.resolve(file), "mine");
            assertEquals(2, medgs("compare", mask, mask, "-o", out));
            assertTrue(said.contains("already holds " + file), said);
            assertEquals("mine", Files.readString(out.resolve(file)));
            assertFalse(Files.exists(out.resolve("compare.json")));
            if (!file.equals("label-1.ply")) {
                Files.delete(out.resolve(file));
            }
        }
        assertEquals(0, medgs("compare", mask, mask, "-o", out, "--force", "--quiet"), said);
        assertTrue(Files.size(out.resolve("label-1.ply")) > 4);
    }

    @Test
    void volumesOfOneNameAreToldApartByTheirFolders() throws IOException {
        List<Path> patients = new ArrayList<>();
        for (String patient : List.of("p1/scan", "p2/scan", "p2/other")) {
            patients.add(folder.resolve(patient).resolve("ct.nii"));
            Files.createDirectories(patients.getLast().getParent());
            Files.copy(mask, patients.getLast());
        }
        Path alone = Files.copy(mask, folder.resolve("alone.nii"));
        assertEquals(List.of("p1/scan/ct.nii", "p2/scan/ct.nii", "other/ct.nii", "alone.nii"),
                CaseNames.of(List.of(patients.get(0), patients.get(1), patients.get(2), alone)));
        Path out = folder.resolve("out");
        assertEquals(0, evaluate("interpolation", patients.get(0), patients.get(2), "--methods", "linear", "-o", out));
        assertTrue(said.contains("scan/ct.nii, stride 2") && said.contains("other/ct.nii, stride 2"), said);
        for (String file : List.of("summary.csv", "slices.csv", "interpolation.json", "interpolation.html")) {
            assertTrue(Files.readString(out.resolve(file)).contains("other/ct.nii"), file);
        }
    }

    @Test
    void firstSlicesThatMissTheStructureAreLeftOutOfAllOrRefused() throws IOException {
        Path out = folder.resolve("out");
        assertEquals(0, evaluate("sparse", image, mask, "--methods", "iso", "--stride", "4", "--offsets", "all", "-o", out));
        assertTrue(said.contains("nothing on the slices kept at stride 4 from slice 0 on: left out"), said);
        assertTrue(said.contains("mean of 3"), said);
        String page = Files.readString(out.resolve("sparse.html"));
        assertTrue(page.contains("first slice") && page.contains("In the mean over the first kept slices") && page.contains("3 of 3"));
        assertEquals(2, evaluate("sparse", image, mask, "--methods", "iso", "--stride", "4", "--offsets", "1,0", "-o",
                folder.resolve("other")));
        assertTrue(said.contains("has nothing on the kept slices at stride 4 from slice 0"), said);
        assertEquals(2, evaluate("sparse", image, mask, "--methods", "iso", "--stride", "0", "--offsets", "all", "-o",
                folder.resolve("other")));
        assertFalse(Files.exists(folder.resolve("other")));
    }

    @Test
    void voxelsThatAreNoNumberAreTold() throws IOException {
        float[] holes = VolumeFiles.read(image).voxels().clone();
        Arrays.fill(holes, 256, 512, Float.NaN);
        Path odd = write("odd.nii", holes);
        assertEquals(0, evaluate("interpolation", image, "--methods", "linear", "--predicted", "other=" + odd, "-o",
                folder.resolve("out")));
        assertTrue(said.contains("odd.nii: 256 voxels are NaN or infinite"), said);
        assertTrue(Files.readString(folder.resolve("out/interpolation.json")).contains("odd.nii; 256 voxels are NaN"));
        assertEquals(0, evaluate("interpolation", odd, "--methods", "linear", "-o", folder.resolve("more")));
        assertTrue(Files.readString(folder.resolve("more/interpolation.json")).contains("\"nonFiniteVoxels\" : 256"));
        // It ends there, as no kept slice meets the block: scoring a surface takes seconds.
        assertEquals(2, evaluate("sparse", odd, mask, "--methods", "iso", "--stride", "4", "-o", folder.resolve("sparse")));
        assertTrue(said.contains("odd.nii: 256 voxels are NaN or infinite"), said);
    }

    @Test
    void anImageWithoutANumberIsNamedAndNothingToScoreIsSaid() throws IOException {
        float[] none = new float[16 * 16 * SLICES];
        Path still = write("still.nii", none);
        assertEquals(0, evaluate("interpolation", still, "--methods", "linear", "-o", folder.resolve("out")));
        assertTrue(said.contains("linear       nothing to score") && !said.contains("NaN"), said);
        Arrays.fill(none, Float.NaN);
        assertEquals(2, evaluate("interpolation", write("none.nii", none), "--methods", "linear", "-o", folder.resolve("no")));
        assertTrue(said.contains("none.nii: has no finite voxel"), said);
    }

    @Test
    void aPairTakesNoOptionOfAProtocolAndAnImageIsNoMask() throws IOException {
        assertEquals(2, evaluate("surface", mask, mask, "--soft", "-o", folder.resolve("r.json")));
        assertTrue(said.contains("--soft: is for --protocol sparse or paper"), said);
        assertEquals(2, evaluate("surface", mask, "--protocol", "paper", "--stride", "2", "-o", folder.resolve("paper")));
        assertTrue(said.contains("--stride: is for --protocol sparse;"), said);
        float[] grey = new float[16 * 16 * SLICES];
        for (int n = 256; n < 512; n++) {
            grey[n] = n % 256;
        }
        assertEquals(2, evaluate("sparse", image, write("grey.nii", grey), "--methods", "iso", "-o", folder.resolve("out")));
        assertTrue(said.contains("each of its 255 values from 1 to 255 is taken for a label"), said);
    }
}
