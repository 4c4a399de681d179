package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.AcquiredSlices;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Segment;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.dicom.DicomBytes;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code info}, {@code convert} and {@code phantom} as a user runs them. */
class VolumeCommandsTest {

    private static final Path BRAIN = Path.of("sample-volumes/brain.nii.gz");

    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    private int run(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int n = 0; n < words.length; n++) {
            words[n] = arguments[n].toString();
        }
        return Main.commandLine().setErr(new PrintWriter(errors, true)).execute(words);
    }

    private String output(Object... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertEquals(Main.DONE, run(arguments), errors.toString());
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aVolumeGoesThroughEveryFormatUnchanged() {
        Path nrrd = folder.resolve("brain.nrrd");
        Path slices = folder.resolve("slices");
        Path back = folder.resolve("back.nii");
        assertEquals(Main.DONE, run("convert", BRAIN, nrrd, "--quiet"), errors.toString());
        assertEquals(Main.DONE, run("convert", nrrd, slices, "--quiet"), errors.toString());
        assertEquals(Main.DONE, run("convert", slices, back, "--quiet"), errors.toString());
        Volume expected = VolumeFiles.read(BRAIN);
        assertArrayEquals(expected.voxels(), VolumeFiles.read(back).voxels());
        assertTrue(expected.sameGrid(VolumeFiles.read(back)));
        assertTrue(output("info", back).contains("8-bit unsigned"), "the smallest exact type");
    }

    @Test
    void convertSaysWhatSlicesOf16BitsDoNotHold() throws Exception {
        Path labels = folder.resolve("labels.nii");
        VolumeFiles.write(new Volume(2, 2, 1, new float[] {1, 2, 3, 70000}, new Matrix4d()), labels, ScalarType.INT32);
        assertTrue(said("convert", labels, folder.resolve("a")).contains("labels would be labels no more"), errors.toString());
        Path numbers = folder.resolve("numbers.nii");
        VolumeFiles.write(new Volume(2, 2, 1, new float[] {Float.NaN, Float.POSITIVE_INFINITY, -3.5f, 5}, new Matrix4d()), numbers);
        assertTrue(said("convert", numbers, folder.resolve("b")).contains("2 voxels that are no numbers became -3.5"),
                errors.toString());
        assertFalse(said("convert", BRAIN, folder.resolve("c")).contains("16 bits do not"));
        // Slices have a type of their own, and it is theirs that is said.
        Path shares = folder.resolve("shares.nii");
        VolumeFiles.write(new Volume(2, 2, 1, new float[] {0, 0.25f, 0.5f, 1}, new Matrix4d()), shares);
        assertTrue(said("convert", shares, folder.resolve("d"), "--type", "uint8").contains(" from 0 to 1;"));
        assertArrayEquals(new float[] {0, 0.25f, 0.5f, 1}, VolumeFiles.read(folder.resolve("d")).voxels(), 1e-5f);
    }

    @Test
    void convertSaysThatDoublePrecisionIsRounded() throws Exception {
        double[] numbers = {0.1, 0.7};
        ByteBuffer bits = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        bits.asDoubleBuffer().put(numbers);
        Path doubles = folder.resolve("doubles.nii");
        VolumeFiles.write(new Volume(new Grid(2, 1, 1, new Matrix4d()), new StoredVoxels(new float[] {0.1f, 0.7f},
                Storage.plain(ScalarType.FLOAT64), bits.array())), doubles);
        assertTrue(said("convert", doubles, folder.resolve("a.mgz")).contains("rounded to 32 bits"));
        assertFalse(said("convert", doubles, folder.resolve("b.nrrd")).contains("rounded"));
    }

    /** What is left out of the series is not in the segmentation either. */
    @Test
    void convertSaysWhatItSawOfASegmentationsSeriesAndWhichNamesItCut() throws Exception {
        Path series = Files.createDirectory(folder.resolve("series"));
        for (int n = 1; n <= 3; n++) {
            Files.write(series.resolve("s" + n), new DicomBytes(DicomBytes.EXPLICIT, n, 3 * n).text(0x0020000D, "UI", "1.2").bytes());
        }
        Files.createFile(series.resolve("s4"));
        Volume labels = new Volume(VolumeFiles.read(series).grid(), new float[] {1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        Path mask = folder.resolve("mask.nii");
        // 64 characters, the last of them of two UTF-16 units, are not cut.
        String longest = "a".repeat(63) + "\uD83D\uDE00";
        VolumeFiles.write(labels, mask, ScalarType.UINT8, Remark.naming(List.of(new Segment(1, longest + "b", Segment.NO_COLOUR),
                new Segment(2, longest, Segment.NO_COLOUR))));
        Path file = folder.resolve("out.dcm");
        String said = said("convert", mask, file, "--like", series);
        assertTrue(said.contains(series + ": left aside: " + series.resolve("s4") + ": is empty"), said);
        assertTrue(said.contains("the name of label 1 was cut to the 64 characters that DICOM takes: " + longest), said);
        assertFalse(said.contains("label 2"), said);
        assertTrue(VolumeFiles.load(file, ReadOptions.DEFAULT).segments().stream().allMatch(segment -> segment.name().equals(longest)));
    }

    private String said(Object... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertEquals(Main.DONE, run(arguments), errors.toString());
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void convertKeepsAScalingWithoutWhichNothingIsExact() throws Exception {
        short[] stored = {-7, 0, 3, 1000, 32_767, -32_768};
        float[] voxels = new float[stored.length];
        Storage scaled = new Storage(ScalarType.INT16, 0.37, -12);
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = (float) (scaled.slope() * stored[n] + scaled.intercept());
        }
        Volume volume = new Volume(new Grid(3, 2, 1, new Matrix4d()), StoredVoxels.exactly(voxels, scaled));
        Path first = folder.resolve("first.nii");
        VolumeFiles.write(volume, first);
        Path second = folder.resolve("second.nii.gz");
        assertEquals(Main.DONE, run("convert", first, second, "--quiet"), errors.toString());
        assertEquals(ScalarType.INT16, VolumeFiles.read(second).stored().storage().type());
        assertArrayEquals(voxels, VolumeFiles.read(second).voxels());
        Path slices = folder.resolve("slices");
        Path copy = folder.resolve("copy");
        assertEquals(Main.DONE, run("convert", second, slices, "--quiet"), errors.toString());
        assertEquals(Main.DONE, run("convert", slices, copy, "--quiet"), errors.toString());
        assertArrayEquals(VolumeFiles.read(slices).voxels(), VolumeFiles.read(copy).voxels());
        assertArrayEquals(Files.readAllBytes(slices.resolve("0000.png")), Files.readAllBytes(copy.resolve("0000.png")));
        // Whole numbers need no scaling: those stay the smallest type that is exact.
        Path hounsfield = folder.resolve("ct.nii");
        VolumeFiles.write(new Volume(volume.grid(), StoredVoxels.exactly(new float[] {-1024, -3, 0, 5, 70, 3071},
                new Storage(ScalarType.UINT16, 1, -1024))), hounsfield);
        assertEquals(Main.DONE, run("convert", hounsfield, folder.resolve("plain.nii"), "--quiet"));
        assertFalse(VolumeFiles.read(folder.resolve("plain.nii")).stored().storage().scaled());
    }

    @Test
    void scaledNumbersThatFloatsDoNotHoldKeepTheirBits() throws Exception {
        Volume brain = VolumeFiles.read(BRAIN);
        int count = brain.voxels().length;
        Storage storage = new Storage(ScalarType.INT32, 1.5e-8, 0);
        ByteBuffer bits = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < count; n++) {
            bits.putInt((1 << 30) + 3 * n);
        }
        float[] intensities = new float[count];
        storage.decode(bits, 0, count, intensities, 0);
        Path scaled = folder.resolve("scaled.nii");
        VolumeFiles.write(new Volume(brain.grid(), new StoredVoxels(intensities, storage, bits.array())), scaled);
        Path back = folder.resolve("back.nii.gz");
        assertEquals(Main.DONE, run("convert", scaled, back, "--quiet"), errors.toString());
        assertEquals(storage, VolumeFiles.read(back).stored().storage());
        assertArrayEquals(bits.array(), VolumeFiles.read(back).stored().bits());
        // A format without a scaling has the intensities.
        assertEquals(Main.DONE, run("convert", scaled, folder.resolve("back.nrrd"), "--quiet"), errors.toString());
        assertArrayEquals(intensities, VolumeFiles.read(folder.resolve("back.nrrd")).voxels());
        assertEquals(Main.DONE, run("convert", scaled, folder.resolve("slices"), "--quiet"), errors.toString());
    }

    @Test
    void aSeriesIsChosenWhereverOneIsRead() throws Exception {
        Path study = Files.createDirectory(folder.resolve("study"));
        for (int n = 1; n <= 4; n++) {
            Files.write(study.resolve("s" + n), new DicomBytes(DicomBytes.EXPLICIT, n, 3 * n)
                    .text(0x0020000E, "UI", n < 3 ? "1.2.1" : "1.2.2").bytes());
        }
        assertEquals(Main.INPUT_AT_FAULT, run("convert", study, folder.resolve("a.nii")));
        assertEquals(Main.DONE, run("convert", study, folder.resolve("a.nii"), "--series", "1.2.2", "-q"), errors.toString());
        assertEquals(2, VolumeFiles.read(folder.resolve("a.nii")).nz());
    }

    @Test
    void optionsThatSayNothingOfAFileAreToldOf() throws Exception {
        String told = said("convert", BRAIN, folder.resolve("a.nii"), "--spacing-mm", "9,9,9", "--series", "7");
        assertTrue(told.contains("a spacing of its own") && told.contains("no DICOM series"), told);
        Path slices = folder.resolve("slices");
        VolumeFiles.write(new Volume(2, 2, 1, new float[] {1, 2, 3, 4}, new Matrix4d()), slices);
        assertTrue(said("convert", slices, folder.resolve("b.nii"), "--spacing-mm", "9,9,9").contains("a spacing of its own"));
        assertEquals(Main.INPUT_AT_FAULT, run("info", BRAIN, "--frame-index", "-1"));
        assertTrue(errors.toString().contains("--frame-index -1: is no volume of a file; count from 0"), errors.toString());
    }

    @Test
    void convertNeverReplacesAFileUnasked() throws Exception {
        Path there = Files.writeString(folder.resolve("there.nii"), "mine");
        assertEquals(Main.INPUT_AT_FAULT, run("convert", BRAIN, there));
        assertEquals("mine", Files.readString(there));
        assertEquals(Main.INPUT_AT_FAULT, run("convert", BRAIN, folder.resolve("volume.xyz")));
        assertEquals(Main.INPUT_AT_FAULT, run("convert", BRAIN, folder.resolve("a.nii"), "--spacing-mm", "1,2"));
        assertEquals(Main.INPUT_AT_FAULT, run("convert", BRAIN, folder.resolve("a.nii"), "--frame-index", "1"));
        assertFalse(Files.exists(folder.resolve("a.nii")));
        assertEquals(4, errors.toString().lines().count(), errors.toString());
        assertEquals(Main.DONE, run("convert", BRAIN, there, "--force", "--quiet"));
    }

    @Test
    void infoSaysInWordsWhatAFileHolds() throws Exception {
        String volume = output("info", "sample-volumes/kidney-mask.nii.gz");
        assertTrue(volume.contains("96 x 96 x 24 voxels of 1.5 x 1.5 x 5 mm"), volume);
        assertTrue(volume.contains("labels     1 (") && volume.contains(", 2 ("), volume);
        assertTrue(volume.contains("24 along axis k, 5 mm apart"), volume);

        Path mesh = folder.resolve("tetrahedron.stl");
        MeshFiles.write(mesh, new TriangleMesh(new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1},
                new int[] {0, 2, 1, 0, 1, 3, 1, 2, 3, 0, 3, 2}, Frame.LPS));
        String surface = output("info", mesh);
        assertTrue(surface.contains("STL mesh, frame LPS") && surface.contains("closed, volume 0.166667"), surface);

        assertEquals(Main.INPUT_AT_FAULT, run("info", folder.resolve("nothing")));
        assertEquals(Main.INPUT_AT_FAULT, run("info", folder));
    }

    @Test
    void whatAFileCallsThingsIsSpeltAndNotCarriedOut() throws Exception {
        Path file = Files.writeString(folder.resolve("esc.seg.nrrd"), "NRRD0004\ntype: uint8\ndimension: 3\n"
                + "space: left-posterior-superior\nsizes: 2 2 2\nspace directions: (1,0,0) (0,1,0) (0,0,1)\nencoding: raw\n"
                + "space origin: (0,0,0)\nSegment0_ID:=a\nSegment0_Name:=kid\u001b[31mney\nSegment0_LabelValue:=1\n"
                + "Segment0_Layer:=0\n\n\1\1\0\0\0\0\0\0");
        String said = output("info", file);
        assertTrue(said.contains("1 kid\\x1b[31mney"), said);
        assertEquals(0, said.chars().filter(c -> c < ' ' && c != '\n').count(), said);
    }

    @Test
    void infoCountsTheSlicesOfAModelThatWereEdited() throws Exception {
        Volume volume = new Volume(2, 2, 3, new float[12], new Matrix4d());
        ModelForm form = new ModelForm(2, 2, 0, 0, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED, TimeAxis.SLICES);
        TrainedModel model = new TrainedModel(new FoldedGaussians(form, 1), SliceGeometry.of(volume.grid(), SliceAxis.K),
                new IntensityWindow(0, 1), true, false).with(AcquiredSlices.of(volume, SliceAxis.K));
        Path file = folder.resolve("model.medgs");
        ModelFile.write(model, file);
        assertFalse(output("info", file).contains("edited"));
        ModelFile.write(model.with(model.acquired().with(new float[][] {null, {1, 1, 1, 1}, null})), file);
        assertTrue(output("info", file).contains("edited     1 of 3 slices"));
        ModelFile.write(model.withEdited(new boolean[] {true, false, true}), file);
        assertTrue(output("info", file).contains("edited     2 of 3 slices"));
    }

    @Test
    void aPhantomIsAnImageAMaskAndItsTruth() {
        assertEquals(Main.DONE, run("phantom", "sphere", "-o", folder, "--quiet"), errors.toString());
        for (String name : new String[] {"sphere.nii.gz", "sphere-mask.nii.gz", "sphere.json"}) {
            assertTrue(Files.isRegularFile(folder.resolve(name)), name);
        }
        assertEquals(Main.INPUT_AT_FAULT, run("phantom", "liver", "-o", folder));
        assertTrue(errors.toString().contains("choose one of kidney, "), errors.toString());
    }

    @Test
    void aSegmentationReplacesNoSliceOfItsSeries() throws IOException {
        Path series = Files.createDirectory(folder.resolve("series"));
        for (int n = 0; n < 3; n++) {
            Files.write(series.resolve(n + ".dcm"), new DicomBytes(DicomBytes.EXPLICIT, n + 1, 3 * n)
                    .text(0x0020000D, "UI", "1.2").text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4").bytes());
        }
        Volume image = VolumeFiles.read(series);
        float[] inside = new float[image.voxels().length];
        inside[inside.length / 2] = 1;
        Path mask = folder.resolve("mask.nii.gz");
        VolumeFiles.write(image.withVoxels(inside), mask);
        byte[] slice = Files.readAllBytes(series.resolve("1.dcm"));
        for (Path like : List.of(series, series.resolve("0.dcm"), series.resolve("1.dcm"))) {
            assertEquals(Main.INPUT_AT_FAULT, run("convert", mask, series.resolve("1.dcm"), "--like", like, "--force"));
            assertTrue(errors.toString().contains("1.dcm: is what is read, and would be lost"), errors.toString());
        }
        assertArrayEquals(slice, Files.readAllBytes(series.resolve("1.dcm")));
        for (int n = 0; n < 2; n++) {
            assertEquals(Main.DONE, run("convert", mask, series.resolve("mask.dcm"), "--like", series, "--force", "-q"),
                    errors.toString());
        }
    }

    @Test
    void aPhantomReplacesNothingUnasked() throws IOException {
        Path mine = Files.writeString(folder.resolve("sphere-mask.nii.gz"), "mine");
        assertEquals(Main.INPUT_AT_FAULT, run("phantom", "sphere", "--size", "0.2", "-o", folder));
        assertTrue(errors.toString().contains("already holds sphere-mask.nii.gz"), errors.toString());
        assertEquals("mine", Files.readString(mine));
        assertFalse(Files.exists(folder.resolve("sphere.nii.gz")));
        assertEquals(Main.DONE, run("phantom", "sphere", "--size", "0.2", "-o", folder, "--force", "--quiet"), errors.toString());
        assertTrue(Files.size(mine) > 4);
    }
}
