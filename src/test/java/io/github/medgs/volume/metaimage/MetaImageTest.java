package io.github.medgs.volume.metaimage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetaImageTest {

    private static final String HEADER = """
            ObjectType = Image
            NDims = 3
            BinaryData = True
            BinaryDataByteOrderMSB = False
            CompressedData = False
            TransformMatrix = 0 1 0 -1 0 0 0 0 1
            Offset = 10 20 30
            ElementSpacing = 0.5 0.25 3
            DimSize = 2 2 2
            ElementType = MET_UCHAR
            """;
    private static final String LOCAL = "ElementDataFile = LOCAL\n";
    private static final byte[] EIGHT = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final float[] EIGHT_READ = {1, 2, 3, 4, 5, 6, 7, 8};

    @TempDir
    Path folder;

    @Test
    void eachRunOfTheMatrixIsTheDirectionOfAnAxis() throws IOException {
        Volume volume = load(HEADER + LOCAL, EIGHT).volume();
        assertArrayEquals(EIGHT_READ, volume.voxels());
        // One step along i is 0.5 mm to the back (LPS +y), one along j 0.25 mm to the right (LPS -x).
        assertEquals(0, volume.indexToPatient().transformPosition(new Vector3d(1, 0, 0))
                .distance(-10, -20.5, 30), 1e-12);
        assertEquals(0, volume.indexToPatient().transformPosition(new Vector3d(0, 1, 1))
                .distance(-9.75, -20, 33), 1e-12);
    }

    /** Without it the readers of ITK and VTK have a volume of zeros, and no error. */
    @Test
    void theSizeOfWhatIsPackedStandsBeforeIt() throws IOException {
        Path file = folder.resolve("packed.mha");
        VolumeFiles.write(load(HEADER + LOCAL, EIGHT).volume(), file);
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int header = text.indexOf(LOCAL) + LOCAL.length();
        assertTrue(text.contains("CompressedData = True\nCompressedDataSize = " + (bytes.length - header) + "\n"),
                text.substring(0, header));
        assertArrayEquals(EIGHT_READ, VolumeFiles.read(file).voxels());
    }

    @Test
    void aHeaderThatContradictsItselfIsRefused() throws IOException {
        assertRefused(HEADER + "ElementSpacing = 5 5 5\n" + LOCAL, EIGHT, "gives its field ElementSpacing twice");
        assertRefused(HEADER + "Position = 10 20 35\n" + LOCAL, EIGHT, "says in Offset and in Position two different");
        assertRefused(HEADER + "Rotation = 1 0 0 0 1 0 0 0 1\n" + LOCAL, EIGHT, "in TransformMatrix and in Rotation");
        // What is only said again, in other words or of no account here.
        load(HEADER + "ElementSpacing = 0.5 0.25 3\nOrigin = 10.0 20 30.0004\nComment = a\nComment = b\n" + LOCAL, EIGHT);
        Volume thin = load(HEADER + "ElementSize = 0.5 0.25 2\n" + LOCAL, EIGHT).volume();
        assertEquals(3, thin.spacing(2), 1e-12);
    }

    @Test
    void compressedBigEndianChannelsAndPairs() throws IOException {
        assertArrayEquals(EIGHT_READ,
                load(HEADER.replace("CompressedData = False", "CompressedData = True") + LOCAL, zlib(EIGHT)).volume()
                        .voxels());
        String shorts = HEADER.replace("MET_UCHAR", "MET_SHORT").replace("2 2 2", "2 2 1");
        assertEquals(0x0102, load(shorts.replace("MSB = False", "MSB = True") + LOCAL, EIGHT).volume().voxels()[0]);
        assertEquals(0x0201, load(shorts + LOCAL, EIGHT).volume().voxels()[0]);
        String channels = HEADER.replace("2 2 2", "2 2 1") + "ElementNumberOfChannels = 2\n";
        assertArrayEquals(new float[] {2, 4, 6, 8},
                VolumeFiles.read(write("c.mha", channels + LOCAL, EIGHT), 1).voxels());
        byte[] prefixed = {9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8};
        Files.write(folder.resolve("data.raw"), prefixed);
        for (String skip : new String[] {"4", "-1"}) {
            assertArrayEquals(EIGHT_READ, load(HEADER + "HeaderSize = " + skip + "\nElementDataFile = data.raw\n",
                    new byte[0]).volume().voxels());
        }
    }

    @Test
    void dataLiesInSeveralFilesOrAsText() throws IOException {
        Files.write(folder.resolve("a1.raw"), new byte[] {1, 2, 3, 4});
        Files.write(folder.resolve("a2.raw"), new byte[] {5, 6, 7, 8});
        for (String names : new String[] {"LIST\na1.raw\na2.raw\n", "LIST 2\na1.raw\n\na2.raw", "a%d.raw 1 2 1\n"}) {
            assertArrayEquals(EIGHT_READ, load(HEADER + "ElementDataFile = " + names, new byte[0]).volume().voxels(), names);
        }
        Files.write(folder.resolve("b.raw"), EIGHT);
        for (String name : new String[] {"\"b.raw\"", ".\\b.raw", "./b.raw"}) {
            assertArrayEquals(EIGHT_READ, load(HEADER + "\nElementDataFile = " + name + "\n", new byte[0]).volume().voxels(),
                    name);
        }
        assertArrayEquals(EIGHT_READ, load(HEADER.replace("BinaryData = True", "BinaryData = False") + LOCAL,
                "1 2 3 4 5 6 7 8\n".getBytes(StandardCharsets.US_ASCII)).volume().voxels());
    }

    @Test
    void missingFieldsAreNoted() throws IOException {
        LoadedVolume bare = load("NDims = 2\nDimSize = 4 2\nElementType = MET_UCHAR\n" + LOCAL, EIGHT);
        assertEquals(1, bare.volume().nz());
        assertTrue(bare.notes().toString().contains("no spacing"), bare.notes().toString());
        assertTrue(bare.notes().toString().contains("in LPS"), bare.notes().toString());
    }

    @Test
    void badHeadersAreRefusedInWords() {
        assertRefused(HEADER.replace("2 2 2", "2 2 3") + LOCAL, EIGHT, "cut short");
        assertRefused(HEADER.replace("2 2 2", "99999 99999 99999") + LOCAL, EIGHT, "more than");
        assertRefused(HEADER.replace("2 2 2", "0 2 2") + LOCAL, EIGHT, "0 voxels");
        assertRefused(HEADER.replace("2 2 2", "2 2") + LOCAL, EIGHT, "NDims");
        assertRefused(HEADER.replace("MET_UCHAR", "MET_OTHER") + LOCAL, EIGHT, "MET_OTHER");
        assertRefused(HEADER.replace("BinaryData = True", "BinaryData = False") + LOCAL, EIGHT, "is damaged: it holds");
        assertRefused(HEADER + "ElementByteOrderMSB = True\n" + LOCAL, EIGHT, "two different byte orders");
        assertRefused(HEADER.replace("0.5 0.25 3", "0.5 0.25") + LOCAL, EIGHT, "2 numbers instead of 3");
        assertRefused(HEADER.replace("0 1 0 -1", "0 0 0 -1") + LOCAL, EIGHT, "span space");
        assertRefused(HEADER.replace("0.5 0.25 3", "0.5 nan 3") + LOCAL, EIGHT, "ElementSpacing");
        assertRefused(HEADER.replace("0.5 0.25 3", "0.5 0 3") + LOCAL, EIGHT, "span space");
        assertRefused(HEADER, EIGHT, "without an end");
        assertRefused(HEADER + "ElementDataFile = ../../etc/passwd\n", EIGHT, "outside its folder");
        assertRefused(HEADER + "ElementDataFile = LIST\n", new byte[0], "without a name");
        assertRefused(HEADER.replace("CompressedData = False", "CompressedData = True") + LOCAL, EIGHT, "damaged");
        assertRefused(HEADER + "ElementNumberOfChannels = 0\n" + LOCAL, EIGHT, "0 values per voxel");
    }

    private Path write(String name, String header, byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(data);
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private LoadedVolume load(String header, byte[] data) throws IOException {
        return VolumeFiles.load(write("volume.mha", header, data), ReadOptions.DEFAULT);
    }

    private void assertRefused(String header, byte[] data, String words) {
        String message = assertThrows(InputException.class, () -> load(header, data)).getMessage();
        assertTrue(message.contains(words), message);
    }

    private static byte[] zlib(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void voxelsThatBelongToAnotherHeaderAreNotReplaced() throws IOException {
        Volume volume = load(HEADER + LOCAL, EIGHT).volume();
        Path own = folder.resolve("own.mhd");
        VolumeFiles.write(volume, own);
        VolumeFiles.requireWritable(own);
        VolumeFiles.write(volume, own);
        if (Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode('\u00dc')) {
            Path umlaut = folder.resolve("\u00dc.mhd");
            VolumeFiles.write(volume, umlaut);
            VolumeFiles.requireWritable(umlaut);
            VolumeFiles.write(volume, umlaut);
        }
        Path other = folder.resolve("other.mhd");
        byte[] precious = {9, 8, 7};
        Files.write(folder.resolve("other.raw"), precious);
        assertEquals("other.raw", assertThrows(InputException.class, () -> VolumeFiles.requireWritable(other)).getMessage()
                .replaceAll(".*in (other.raw), and a file of that name is there and is not its own.*", "$1"));
        assertThrows(InputException.class, () -> VolumeFiles.write(volume, other));
        Files.writeString(other, HEADER + "ElementDataFile = own.raw\n");
        assertThrows(InputException.class, () -> VolumeFiles.write(volume, other));
        assertArrayEquals(precious, Files.readAllBytes(folder.resolve("other.raw")));
    }
}
