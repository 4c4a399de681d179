package io.github.medgs.volume.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Segment;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTableTest {

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><CaretExtension><VolumeInformation Index=\"0\">"
            + "<LabelTable><Label Key=\"0\" Red=\"0\" Green=\"0\" Blue=\"0\" Alpha=\"0\">???</Label>"
            + "<Label Key=\"5\" Red=\"1\" Green=\"0.5\" Blue=\"0\" Alpha=\"1\"><![CDATA[liver & veins]]></Label>"
            + "<Label Key=\"2\"> kidney </Label></LabelTable></VolumeInformation></CaretExtension>";

    @TempDir
    Path folder;

    /** A label map with a comment and a table after its header. */
    private LoadedVolume load(int version, ByteOrder order, String xml) throws Exception {
        byte[] text = xml.getBytes(StandardCharsets.UTF_8);
        int table = (8 + text.length + 15) / 16 * 16;
        NiftiBytes bytes = new NiftiBytes(version, order, ScalarType.UINT8);
        int start = bytes.header.capacity();
        bytes.header.put(start - 4, (byte) 1);
        bytes.offset(start + 16 + table);
        ByteBuffer file = ByteBuffer.allocate(start + 16 + table + 12).order(order);
        file.put(bytes.header.array());
        file.putInt(16).putInt(6).put("a note  ".getBytes(StandardCharsets.US_ASCII));
        file.putInt(table).putInt(0).put(text);
        file.position(start + 16 + table);
        file.put(new byte[] {0, 5, 2, 0, 0, 0, 0, 0, 0, 0, 0, 5});
        Path path = folder.resolve("map.nii");
        Files.write(path, file.array());
        return new NiftiFormat().read(path, ReadOptions.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"1, LITTLE_ENDIAN", "1, BIG_ENDIAN", "2, LITTLE_ENDIAN"})
    void namesAndColoursComeFromTheExtension(int version, String order) throws Exception {
        LoadedVolume map = load(version, order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, XML);

        assertEquals(List.of(new Segment(5, "liver & veins", 0xFF8000), new Segment(2, "kidney", Segment.NO_COLOUR)),
                map.segments());
        assertEquals(5, map.volume().voxels()[1]);
        assertTrue(map.notes().stream().noneMatch(note -> note.contains("label")));
    }

    /** And through NRRD, where 3D Slicer reads them. */
    @ParameterizedTest
    @ValueSource(strings = {"map.nii", "map.nii.gz", "map.seg.nrrd"})
    void whatIsWrittenIsReadAgain(String name) throws Exception {
        List<Segment> segments = List.of(new Segment(2, "left < right & \"up\" \\n", 0x0102FE), new Segment(7, "Größe", 0));
        Volume volume = new Volume(2, 1, 1, new float[] {2, 7}, new Matrix4d());
        VolumeFiles.write(volume, folder.resolve(name), ScalarType.UINT8, Remark.naming(segments));

        LoadedVolume map = VolumeFiles.load(folder.resolve(name), ReadOptions.DEFAULT);

        assertEquals(segments, map.segments());
        assertArrayEquals(volume.voxels(), map.volume().voxels());
        assertEquals(List.of(), map.notes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"</Label>|", "Key=\"5\"|Key=\"five\"", "<LabelTable>|<LabelTable",
            "<CaretExtension>|<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><CaretExtension>&e;"})
    void aDamagedTableIsSaidAndTheVoxelsStay(String part, String damage) throws Exception {
        LoadedVolume map = load(1, ByteOrder.LITTLE_ENDIAN, XML.replace(part, damage == null ? "" : damage));

        assertEquals(List.of(), map.segments());
        assertEquals("the names of its labels cannot be read: its label table is damaged", map.notes().getLast());
        assertEquals(2, map.volume().voxels()[2]);
    }
}
