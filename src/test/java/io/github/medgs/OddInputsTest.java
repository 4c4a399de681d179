package io.github.medgs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inputs that bend the rules, made by the scripts in ../shared/cases: each is right, or refused in words that are true
 * and help. The table of verdicts in files.md is what this test saw.
 */
class OddInputsTest {

    private static final Path CASES = Path.of("../shared/cases");
    private static final Path DOCUMENT = Path.of("src/site/markdown/files.md");

    @TempDir
    Path folder;

    /** Runs a script, or skips the test where it, or a Python with its modules, is not there. */
    private Path made(String script) throws IOException, InterruptedException {
        assumeTrue(Files.isRegularFile(CASES.resolve(script)), "no " + script + " here");
        File output = folder.resolve("output.txt").toFile();
        for (String python : new String[] {"/usr/bin/python3", "python3"}) {
            Path made = folder.resolve("made");
            try {
                if (new ProcessBuilder(python, CASES.resolve(script).toString(), made.toString())
                        .redirectErrorStream(true).redirectOutput(output).start().waitFor() == 0) {
                    return made;
                }
            } catch (IOException e) {
                // No such Python: the next one.
            }
        }
        assumeTrue(false, "no Python with numpy, nibabel and pydicom: " + Files.readString(output.toPath()));
        return null;
    }

    /** Holds the document's table of a script to the verdicts, or writes it. */
    private void document(String script, Map<String, String> verdicts) throws IOException {
        StringBuilder table = new StringBuilder("| case | verdict |\n|---|---|\n");
        verdicts.forEach((name, verdict) -> table.append("| `").append(name).append("` | ")
                .append(verdict.replace("|", "\\|")).append(" |\n"));
        String text = Files.readString(DOCUMENT);
        String begin = "<!-- odd inputs: " + script + " -->\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("<!-- end -->", from);
        if (Boolean.getBoolean("medgs.document")) {
            Files.writeString(DOCUMENT, text.substring(0, from) + table + text.substring(to));
        } else {
            assertEquals(text.substring(from, to), table.toString(), "mvn test -Dtest=OddInputsTest"
                    + " -Dmedgs.document=true writes the table anew");
        }
    }

    /** Where a case differs from 4 x 3 x 2 voxels of 0.5 x 0.6 x 2 mm in LPS from (10, 20, 30): or words of its refusal. */
    private static final Map<String, Object> RIGHT = new HashMap<>();

    private record Right(double spacing, double x, double y, double z, String axes) {}

    static {
        RIGHT.put("units_um.nrrd", new Right(0.0005, 0.01, 0.02, 0.03, "LPS"));
        RIGHT.put("units_microns.nrrd", new Right(0.0005, 0.01, 0.02, 0.03, "LPS"));
        RIGHT.put("units_m.nrrd", new Right(500, 10_000, 20_000, 30_000, "LPS"));
        RIGHT.put("units_cm.nrrd", new Right(5, 100, 200, 300, "LPS"));
        RIGHT.put("ras.nrrd", new Right(0.5, -10, -20, 30, "RAS"));
        RIGHT.put("las.nrrd", new Right(0.5, 10, -20, 30, "LAS"));
        RIGHT.put("rot.mha", new Right(0.5, 10, 20, 30, "PRS"));
        RIGHT.put("negspacing.mha", new Right(0.5, 10, 20, 30, "LAS"));
        RIGHT.put("unit_dim2.nrrd", new Right(0.5, 0, 0, 0, "LPS"));
        RIGHT.put("2d.mha", new Right(0.5, 0, 0, 0, "LPS"));
        RIGHT.put("comma_locale.nrrd", "space directions");
        RIGHT.put("zero_dir.nrrd", "do not span space");
        RIGHT.put("noendian_gz.nrrd", "no field \"endian\"");
        RIGHT.put("rgb.nrrd", "colours");
        RIGHT.put("datafile/up.nhdr", "outside its folder: ../up.raw");
        RIGHT.put("zerospacing.mha", "do not span space");
        RIGHT.put("zeromatrix.mha", "do not span space");
        RIGHT.put("msb3.mha", "two different byte orders");
        RIGHT.put("4d_short.mha", "3 numbers instead of 4");
    }

    /** Those with other voxels than 100 k + 10 j + i: the bytes 0 to 71 in a row, one of three values each. */
    private static final Map<String, Integer> STEP_OF_BYTES = Map.of("listlast.nrrd", 1, "dir_nan.nrrd", 3,
            "kinds_no_dir.nrrd", 3);

    @Test
    void nrrdAndMetaImageHeadersThatBendTheRules() throws IOException, InterruptedException {
        Path made = made("nrrd_mha_cases.py");
        Map<String, String> verdicts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.filter(Files::isRegularFile).filter(file -> !file.toString().endsWith(".raw")).toList()) {
                String name = made.relativize(file).toString();
                verdicts.put(name, verdict(made, name, RIGHT.get(name)));
            }
        }
        assertTrue(verdicts.size() > 60);
        document("nrrd_mha_cases.py", verdicts);
    }

    private static String verdict(Path made, String name, Object right) {
        try {
            LoadedVolume loaded = VolumeFiles.load(made.resolve(name), ReadOptions.DEFAULT);
            assertTrue(!(right instanceof String), name + " should be refused");
            check(name, loaded.volume(), right == null ? new Right(0.5, 10, 20, 30, "LPS") : (Right) right);
            return "read" + (loaded.notes().isEmpty() ? "" : ": " + String.join("; ", loaded.notes()));
        } catch (InputException e) {
            String message = e.getMessage().replace(made.resolve(name).toString() + ": ", "").replace(made + "/", "");
            assertTrue(right instanceof String words && message.contains(words), name + ": " + message);
            return "refused: " + message;
        }
    }

    private static void check(String name, Volume volume, Right right) {
        boolean bare = name.equals("kinds_no_dir.nrrd");
        Grid grid = volume.grid();
        assertEquals(right.spacing(), grid.spacing(0), 1e-6 * right.spacing(), name);
        assertEquals(right.spacing() * 1.2, grid.spacing(1), 1e-6 * right.spacing(), name);
        boolean flat = grid.nz() == 1;
        assertEquals(flat && !name.startsWith("4d") ? 1 : right.spacing() * 4, grid.spacing(2), 1e-6 * right.spacing(), name);
        assertEquals(bare ? 0 : right.x(), -grid.indexToPatient().m30(), 1e-6, name);
        assertEquals(bare ? 0 : right.y(), -grid.indexToPatient().m31(), 1e-6, name);
        assertEquals(bare ? 0 : right.z(), grid.indexToPatient().m32(), 1e-6, name);
        assertEquals(right.axes(), grid.orientation(), name);
        for (int n = 0; n < volume.voxels().length; n++) {
            Integer step = STEP_OF_BYTES.get(name);
            int expected = step != null ? step * n : 100 * (n / 12) + 10 * (n / 4 % 3) + n % 4;
            assertEquals(expected, volume.voxels()[n], name + " voxel " + n);
        }
    }

    @Test
    void masksOnTheSameVoxelsInAnotherOrder() throws IOException, InterruptedException {
        Path made = made("flipped_mask.py");
        Volume image = VolumeFiles.read(made.resolve("dicom"));
        Map<String, String> verdicts = new TreeMap<>();
        float[] expected = null;
        for (String name : List.of("same", "dcm2niix_like", "canonical_ras", "permuted", "cropped_like_slicer")) {
            List<String> notes = new ArrayList<>();
            Mask mask = new Mask(VolumeFiles.read(made.resolve(name + ".nii.gz")), name, Set.of())
                    .onto(image.grid(), false, notes);
            float[] inside = mask.inside(notes);
            int marked = 0;
            for (float voxel : inside) {
                marked += voxel > 0 ? 1 : 0;
            }
            assertEquals(64, marked, name);
            expected = expected == null ? inside : expected;
            assertArrayEquals(expected, inside, name);
            verdicts.put(name, String.format(Locale.ROOT, "used, %d voxels inside%s", marked,
                    notes.isEmpty() ? "" : ": " + String.join("; ", notes)));
        }
        assertNotNull(expected);
        document("flipped_mask.py", verdicts);
    }

    /** Slices, first and last slice's first voxel, and millimetres between slices; or words of the refusal. */
    private static final Map<String, Object> RIGHT_DICOM = new TreeMap<>();

    private record Stack(int slices, int first, int last, double step) {}

    static {
        Stack eight = new Stack(8, -1024, -324, 3);
        Stack four = new Stack(4, -1024, -724, 3);
        for (String name : List.of("same_sop", "same_sop/3.dcm", "mixed_rgb", "mixed_rgb/ct0.dcm", "mixed_seg",
                "mixed_seg/ct7.dcm", "mixed_cut", "slope_missing", "localizer", "localizer_size", "sliceloc", "iopnoise")) {
            RIGHT_DICOM.put(name, eight);
        }
        for (String name : List.of("nouid", "time_gap", "nested", "imager", "mono1", "twoseries/b2.dcm",
                "implicit_as_explicit")) {
            RIGHT_DICOM.put(name, four);
        }
        RIGHT_DICOM.put("named_file", new Stack(2, -924, -524, 12));
        RIGHT_DICOM.put("named_file/b.dcm", new Stack(1, -524, -524, 3));
        RIGHT_DICOM.put("slope0", new Stack(8, 0, 700, 3));
        RIGHT_DICOM.put("localizer/scout.dcm", new Stack(1, -1024, -1024, 3));
        RIGHT_DICOM.put("rounded", new Stack(16, -1024, 476, 0.625));
        RIGHT_DICOM.put("mosaic", "is a Siemens mosaic (many slices in one picture) that does not say how many slices");
        RIGHT_DICOM.put("enhanced1", new Stack(4, -1000, -400, 3));
        RIGHT_DICOM.put("padding", new Stack(4, -3024, -3024, 3));
        RIGHT_DICOM.put("one", new Stack(1, -1024, -1024, 3));
        RIGHT_DICOM.put("two", new Stack(2, -1024, -924, 3));
        RIGHT_DICOM.put("twoseries", "holds 2 image series");
        RIGHT_DICOM.put("mixed_rgb/dose.dcm", "holds colour pixels");
        RIGHT_DICOM.put("mixed_cut/other.dcm", "is cut short");
    }

    @Test
    void dicomFoldersAsTheyAre() throws IOException, InterruptedException {
        Path made = made("dicom_cases.py");
        try (Stream<Path> cases = Files.list(made)) {
            assertEquals(RIGHT_DICOM.keySet().stream().filter(name -> !name.contains("/")).toList(),
                    cases.map(path -> path.getFileName().toString()).sorted().toList());
        }
        Map<String, String> verdicts = new TreeMap<>();
        RIGHT_DICOM.forEach((name, right) -> verdicts.put(name, dicomVerdict(made, name, right)));
        document("dicom_cases.py", verdicts);
    }

    private static String dicomVerdict(Path made, String name, Object right) {
        LoadedVolume loaded;
        try {
            loaded = VolumeFiles.load(made.resolve(name), ReadOptions.DEFAULT);
        } catch (InputException e) {
            String message = e.getMessage().replace(made + "/", "").replaceFirst("^\\S+: ", "");
            assertTrue(right instanceof String words && message.contains(words), name + ": " + message);
            return "refused: " + message;
        }
        assertTrue(right instanceof Stack, name + " should be refused");
        Volume volume = loaded.volume();
        Stack stack = (Stack) right;
        assertEquals(stack.slices(), volume.nz(), name);
        assertEquals(stack.first(), volume.voxel(0, 0, 0), name);
        // The slice without a rescale is in the middle; the last has one.
        assertEquals(stack.last(), volume.voxel(0, 0, volume.nz() - 1), name);
        assertEquals(stack.step(), volume.spacing(2), 0.05 * Math.min(1, stack.step()), name);
        assertEquals(0.5, volume.spacing(0), 1e-6, name);
        assertEquals(0.7, volume.spacing(1), 1e-6, name);
        return String.format(Locale.ROOT, "read, %d x %d x %d%s%s", volume.nx(), volume.ny(), volume.nz(),
                loaded.frames() == 1 ? "" : ", the first of " + loaded.frames(), loaded.notes().isEmpty() ? ""
                        : ": " + String.join("; ", loaded.notes()).replace(made + "/", ""));
    }
}
