package io.github.medgs.volume.nrrd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Segment;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.joml.Matrix4d;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NrrdTest {

    private static final String HEADER = """
            NRRD0004
            # a comment
            type: uint8
            dimension: 3
            space: left-posterior-superior
            sizes: 2 2 2
            space directions: (0.5,0,0) (0,0.5,0) (0,0,3)
            kinds: domain domain domain
            encoding: raw
            space origin: (10,20,30)
            key:=value
            """;
    private static final byte[] EIGHT = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final float[] EIGHT_READ = {1, 2, 3, 4, 5, 6, 7, 8};

    @TempDir
    Path folder;

    @Test
    void attachedRawAndGzip() throws IOException {
        Volume volume = load(HEADER, EIGHT).volume();
        assertArrayEquals(EIGHT_READ, volume.voxels());
        assertPlace(volume, 1, 1, 1, -10.5, -20.5, 33);
        assertArrayEquals(EIGHT_READ, load(HEADER.replace("raw", "gzip"), gzip(EIGHT)).volume().voxels());
        assertArrayEquals(EIGHT_READ, load(HEADER.replace("\n", "\r\n"), EIGHT).volume().voxels(), "DOS line ends");
    }

    @Test
    void spacesAreTurnedIntoRas() throws IOException {
        assertPlace(load(HEADER.replace("left-posterior", "right-anterior"), EIGHT).volume(), 1, 1, 1, 10.5, 20.5, 33);
        assertPlace(load(HEADER.replace("left-posterior-superior", "LAS"), EIGHT).volume(), 1, 1, 1, -10.5, 20.5, 33);
        LoadedVolume unknown = load(HEADER.replace("space: left-posterior-superior", "space dimension: 3"), EIGHT);
        assertPlace(unknown.volume(), 1, 1, 1, -10.5, -20.5, 33);
        assertTrue(unknown.notes().toString().contains("LPS was taken"));
    }

    @Test
    void channelsAndTimePointsAreFrames() throws IOException {
        String channels = HEADER.replace("dimension: 3", "dimension: 4").replace("sizes: ", "sizes: 2 ")
                .replace("directions: ", "directions: none ").replace("kinds: ", "kinds: vector ");
        byte[] sixteen = new byte[16];
        for (int n = 0; n < 16; n++) {
            sixteen[n] = (byte) (n + 1);
        }
        assertArrayEquals(new float[] {2, 4, 6, 8, 10, 12, 14, 16},
                VolumeFiles.read(write("c.nrrd", channels, sixteen), 1).voxels());
        String times = HEADER.replace("dimension: 3", "dimension: 4").replace("sizes: 2 2 2", "sizes: 2 2 2 2")
                .replace("(0,0,3)", "(0,0,3) none").replace("kinds: domain", "kinds: domain list");
        assertArrayEquals(new float[] {9, 10, 11, 12, 13, 14, 15, 16},
                VolumeFiles.read(write("t.nrrd", times, sixteen), 1).voxels());
    }

    @Test
    void aFourthAxisOfSpaceIsFrames() throws IOException {
        byte[] sixteen = new byte[16];
        for (int n = 0; n < 16; n++) {
            sixteen[n] = (byte) (n + 1);
        }
        // As ITK writes an image of four dimensions, and as the format's own spaces with time are written.
        String itk = HEADER.replace("dimension: 3", "dimension: 4").replace("space: left-posterior-superior", "space dimension: 4")
                .replace("sizes: 2 2 2", "sizes: 2 2 2 2").replace("kinds: domain", "kinds: domain domain")
                .replace("(0.5,0,0) (0,0.5,0) (0,0,3)", "(0.5,0,0,0) (0,0.5,0,0) (0,0,3,0) (0,0,0,2)")
                .replace("(10,20,30)", "(10,20,30,40)");
        for (String space : List.of("space dimension: 4", "space: left-posterior-superior-time", "space: LPST",
                "space: scanner-xyz-time", "space: 3D-right-handed-time")) {
            LoadedVolume loaded = load(itk.replace("space dimension: 4", space), sixteen);
            assertArrayEquals(EIGHT_READ, loaded.volume().voxels());
            assertPlace(loaded.volume(), 1, 1, 1, -10.5, -20.5, 33);
            assertEquals(2, loaded.frames());
            assertTrue(loaded.notes().contains("its 4 dimensions were read as volumes one after the other"),
                    loaded.notes().toString());
            boolean named = List.of("space: left-posterior-superior-time", "space: LPST").contains(space);
            assertEquals(!named, loaded.notes().toString().contains("LPS was taken"), space);
        }
        String ras = itk.replace("space dimension: 4", "space: right-anterior-superior-time");
        assertPlace(load(ras, sixteen).volume(), 1, 1, 1, 10.5, 20.5, 33);
        assertArrayEquals(new float[] {9, 10, 11, 12, 13, 14, 15, 16}, VolumeFiles.read(write("t.nrrd", itk, sixteen), 1).voxels());
        String first = itk.replace("(0.5,0,0,0) (0,0.5,0,0) (0,0,3,0) (0,0,0,2)", "(0,0,0,2) (0.5,0,0,0) (0,0.5,0,0) (0,0,3,0)");
        assertArrayEquals(new float[] {1, 3, 5, 7, 9, 11, 13, 15}, load(first, sixteen).volume().voxels());
        for (String mixed : List.of("(0,0,0.1,2)", "(1,1,1,0)")) {
            assertRefused(itk.replace("(0,0,0,2)", mixed), sixteen, "fourth space axis");
        }
        assertRefused(itk.replace("(0,0,3,0)", "(0,0,3,0.1)"), sixteen, "fourth space axis");
        assertRefused(itk.replace("(0,0,3,0)", "(0,0,0,1)"), sixteen, "fourth space axis");
    }

    @Test
    void detachedDataLiesBesideItsHeader() throws IOException {
        Files.write(folder.resolve("volume.raw"), EIGHT);
        Path header = write("volume.nhdr", HEADER + "data file: volume.raw\n", new byte[0]);
        assertArrayEquals(EIGHT_READ, VolumeFiles.read(header).voxels());
        byte[] prefixed = new byte[12];
        System.arraycopy(EIGHT, 0, prefixed, 4, 8);
        Files.write(folder.resolve("volume.raw"), prefixed);
        write("volume.nhdr", HEADER + "data file: volume.raw\nbyte skip: 4\n", new byte[0]);
        assertArrayEquals(EIGHT_READ, VolumeFiles.read(header).voxels());
        write("volume.nhdr", HEADER + "data file: volume.raw\nbyte skip: -1\n", new byte[0]);
        assertArrayEquals(EIGHT_READ, VolumeFiles.read(header).voxels());
        for (String outside : new String[] {"../volume.raw", "/etc/hostname", "a/../../b", "."}) {
            assertRefused(HEADER + "data file: " + outside + "\n", EIGHT, "outside its folder");
        }
        assertRefused(HEADER + "data file: gone.raw\n", EIGHT, "not there");
        // Beside the header is where the system finds it, not where the path seems to lead.
        Files.createSymbolicLink(folder.resolve("link"), Files.createDirectories(folder.resolve("real/sub")));
        Files.write(folder.resolve("real/volume.raw"), new byte[] {9, 9, 9, 9, 9, 9, 9, 9});
        write("real/volume.nhdr", HEADER + "data file: volume.raw\n", new byte[0]);
        assertEquals(9, VolumeFiles.read(folder.resolve("link/../volume.nhdr")).voxels()[0]);
        assertRefused(HEADER + "data file: s%03d.raw 1 3 1\n", EIGHT, "s001.raw, which is not there");
    }

    @Test
    void dataLiesInSeveralFiles() throws IOException {
        Files.write(folder.resolve("s08.raw"), new byte[] {'#', '\n', 1, 2, 3, 4});
        Files.write(folder.resolve("s10.raw"), new byte[] {'\n', 5, 6, 7, 8});
        for (String names : new String[] {"data file: LIST\ns08.raw\ns10.raw\n", "datafile: LIST 2\n./s08.raw\ns10.raw\n",
            "data file: s%02d.raw 8 10 2\n", "data file: s%02d.raw 8 10 2 2\n"}) {
            Path header = write("volume.nhdr", HEADER + "line skip: 1\n" + names, new byte[0]);
            assertArrayEquals(EIGHT_READ, VolumeFiles.read(header).voxels(), names);
        }
        assertRefused(HEADER + "data file: s%02d.raw 10 8 1\n", EIGHT, "s%02d.raw 10 8 1");
        assertRefused(HEADER + "data file: LIST\n../s08.raw\n", EIGHT, "outside its folder");
        assertRefused(HEADER + "data file: LIST\ns08.raw\ns08.raw\ns08.raw\n", EIGHT, "shared out equally");
        assertRefused(HEADER + "data file: LIST\n", EIGHT, "without a name");
        for (int n = 1; n <= 4; n++) {
            Files.write(folder.resolve("t" + n + ".raw"), new byte[] {1, 2, 3, 4});
        }
        // Of two slices in four files, half of each would have been read.
        assertRefused(HEADER + "data file: t%d.raw 1 4 1\n", EIGHT, "names 4 data files, and each holds more");
    }

    @Test
    void voxelsStandInManyEncodings() throws IOException {
        assertArrayEquals(EIGHT_READ, load(HEADER.replace("raw", "ascii"), "1 2,3\n4 5\t6 7 8".getBytes(
                StandardCharsets.US_ASCII)).volume().voxels());
        assertArrayEquals(EIGHT_READ, load(HEADER.replace("raw", "hex"), "01 0203\n04050607 08".getBytes(
                StandardCharsets.US_ASCII)).volume().voxels());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (var out = new org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream(packed)) {
            out.write(EIGHT);
        }
        assertArrayEquals(EIGHT_READ, load(HEADER.replace("raw", "bz2"), packed.toByteArray()).volume().voxels());
        float[] odd = load(HEADER.replace("raw", "ascii").replace("uint8", "float"),
                "nan -NaN inf +INF -inf infinity 7 8".getBytes(StandardCharsets.US_ASCII)).volume().voxels();
        assertArrayEquals(new float[] {Float.NaN, Float.NaN, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 7, 8}, odd);
        ByteArrayOutputStream sparse = new ByteArrayOutputStream();
        try (var out = new org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream(sparse)) {
            out.write(new byte[1 << 24]);
        }
        assertEquals(1 << 24, load(HEADER.replace("raw", "bz2").replace("2 2 2", "256 256 256"), sparse.toByteArray())
                .volume().voxels().length);
        assertRefused(HEADER.replace("raw", "ascii"), "1 2 3 4 5 6 7".getBytes(StandardCharsets.US_ASCII),
                "claims 8 numbers, and there are 7");
        assertRefused(HEADER.replace("raw", "ascii"), "1 2 3 4 5 6 7 256".getBytes(StandardCharsets.US_ASCII), "\"256\"");
        assertRefused(HEADER.replace("raw", "hex"), "0102030405060".getBytes(StandardCharsets.US_ASCII), "cut short");
        assertRefused(HEADER.replace("raw", "hex"), "01x2".repeat(8).getBytes(StandardCharsets.US_ASCII), "\"x\"");
    }

    @Test
    void lengthsMayBeInOtherUnitsAndSpacingsStandAlone() throws IOException {
        LoadedVolume metres = load(HEADER + "space units: \"m\" \"m\" \"m\"\n", EIGHT);
        LoadedVolume plain = load(HEADER, EIGHT);
        assertEquals(1000 * plain.volume().spacing(2), metres.volume().spacing(2), 1e-6);
        assertEquals(1000 * plain.volume().indexToPatient().m30(), metres.volume().indexToPatient().m30(), 1e-6);
        assertTrue(metres.notes().toString().contains("in m "), metres.notes().toString());
        assertTrue(load(HEADER + "space units: \"furlong\" \"mm\" \"mm\"\n", EIGHT).notes().toString()
                .contains("\"furlong\" is unknown"));
        String bare = "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 2 2 2\nencoding: raw\n";
        assertPlace(load(bare + "spacings: 0.5 0.6 2\naxis mins: 10 20 30\n", EIGHT).volume(), 1, 1, 1, -10.5, -20.6, 32);
        assertPlace(load(bare + "axis mins: 10 20 30\naxis maxs: 11 22 33\ncenterings: node node node\n", EIGHT).volume(),
                1, 1, 1, -11, -22, 33);
        assertPlace(load(bare + "axis mins: 10 20 30\naxis maxs: 11 22 33\ncenterings: cell cell cell\n", EIGHT).volume(),
                1, 1, 1, -10.75, -21.5, 32.25);
        LoadedVolume turned = load(bare + "axis mins: 10 20 30\naxis maxs: 8 22 33\ncenterings: cell cell cell\n", EIGHT);
        assertPlace(turned.volume(), 1, 1, 1, -8.5, -21.5, 32.25);
        assertTrue(turned.notes().toString().contains("axis i is negative"), turned.notes().toString());
        assertPlace(load(bare + "spacings: 1 1 -2\n", EIGHT).volume(), 1, 1, 1, -1, -1, -2);
        assertPlace(load(bare + "spacings: 1 1 1\nspace: RAS\nspace origin: (1,2,3)\n", EIGHT).volume(), 1, 0, 0, 2, 2, 3);
        assertRefused(HEADER.replace("(0,0,3)", "(0,5 0 0)"), EIGHT, "(0,5 0 0)");
        assertRefused(HEADER + "type: int8\n", EIGHT, "twice");
        double[] steps = {plain.volume().spacing(0), plain.volume().spacing(1), plain.volume().spacing(2)};
        for (String same : List.of("spacings: " + steps[0] + " nan " + -steps[2] + "\n",
                "spacings: nan nan " + steps[2] / 10 + "\nunits: \"\" \"\" \"cm\"\n")) {
            assertEquals(plain.notes(), load(HEADER + same, EIGHT).notes());
        }
        LoadedVolume other = load(HEADER + "spacings: nan nan " + 2 * steps[2] + "\n", EIGHT);
        assertTrue(other.notes().toString().contains("two different distances"), other.notes().toString());
        assertEquals(steps[2], other.volume().spacing(2));
    }

    @Test
    void segmentsOfSlicerHaveNames() throws IOException {
        LoadedVolume loaded = load(HEADER + "Segment0_ID:=Segment_1\nSegment0_Name:=left: kidney\nSegment0_LabelValue:=3\n"
                + "Segment0_Color:=1 0.5 0\nSegment1_ID:=Segment_2\nSegment1_Layer:=1\n", EIGHT);
        assertEquals(java.util.List.of(new Segment(3, "left: kidney", 0xFF8000)), loaded.segments());
    }

    @Test
    void badHeadersAreRefusedInWords() throws IOException {
        assertRefused(HEADER.replace("2 2 2", "2 2 3"), EIGHT, "cut short");
        assertRefused(HEADER.replace("2 2 2", "100000 100000 100000"), EIGHT, "more than");
        assertRefused(HEADER.replace("2 2 2", "2 2 x"), EIGHT, "sizes is \"2 2 x\"");
        assertRefused(HEADER.replace("2 2 2", "2 2"), EIGHT, "dimension");
        assertRefused(HEADER + "byte skip: 1.5\n", EIGHT, "byte skip is \"1.5\"");
        assertRefused(HEADER + "line skip: nan\n", EIGHT, "line skip is \"nan\"");
        assertRefused(HEADER.replace("2 2 2", "2 2 -2"), EIGHT, "-2 voxels");
        assertRefused(HEADER.replace("raw", "zrl"), EIGHT, "zrl");
        assertRefused(HEADER.replace("kinds: domain", "kinds: RGB-color"), EIGHT, "colours (rgb-color)");
        assertRefused(HEADER.replace("uint8", "block"), EIGHT, "block");
        assertRefused(HEADER.replace("uint8", "int16"), EIGHT, "\"endian\"");
        assertRefused(HEADER.replace("(0,0,3)", "(0,0,0)"), EIGHT, "span space");
        assertRefused(HEADER.replace("(0,0,3)", "(0,0"), EIGHT, "space directions");
        assertRefused(HEADER.replace("raw", "gzip"), EIGHT, "damaged");
        assertRefused(HEADER.replace("NRRD0004", "NRRD0009"), EIGHT, "version 1 to 5");
        assertRefused("NRRD0004\ntype: uint8\n", EIGHT, "no field");
        Path packed = Files.write(folder.resolve("packed.nrrd.gz"), gzip((HEADER + "\n").getBytes(StandardCharsets.UTF_8)));
        assertTrue(assertThrows(InputException.class, () -> VolumeFiles.read(packed)).getMessage().contains("gunzip"));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Matrix4d affine = new Matrix4d().translate(3, -7, 100.25).rotateXYZ(0.3, 1.2, -2).scale(0.7, -0.9, 4.5);
        Volume volume = new Volume(2, 1, 2, new float[] {Float.NaN, -0f, 1e-30f, -3.5f}, affine);
        Path path = folder.resolve("volume.nrrd");
        VolumeFiles.write(volume, path);
        assertArrayEquals(volume.voxels(), VolumeFiles.read(path).voxels());
        assertTrue(affine.equals(new Matrix4d(VolumeFiles.read(path).indexToPatient()), 1e-12));
        Volume labels = volume.withVoxels(new float[] {0, 1, 2, 255});
        VolumeFiles.write(labels, path, ScalarType.UINT8);
        assertArrayEquals(labels.voxels(), VolumeFiles.read(path).voxels());
        assertEquals("8-bit unsigned integers", VolumeFiles.load(path, ReadOptions.DEFAULT).storedAs());
    }

    private static void assertPlace(Volume volume, int i, int j, int k, double x, double y, double z) {
        assertEquals(0, volume.indexToPatient().transformPosition(new Vector3d(i, j, k)).distance(x, y, z), 1e-9);
    }

    private Path write(String name, String header, byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(header.contains("\r\n") ? new byte[] {'\r', '\n'} : new byte[] {'\n'});
        bytes.writeBytes(data);
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private LoadedVolume load(String header, byte[] data) throws IOException {
        return VolumeFiles.load(write("volume.nrrd", header, data), ReadOptions.DEFAULT);
    }

    private void assertRefused(String header, byte[] data, String words) {
        String message = assertThrows(InputException.class, () -> load(header, data)).getMessage();
        assertTrue(message.contains(words), message);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
