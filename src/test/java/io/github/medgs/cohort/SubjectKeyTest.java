package io.github.medgs.cohort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.medgs.volume.Volume;
import io.github.medgs.volume.dicom.DicomBytes;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A subject is out of date when any file has changed that its voxels come from, also one that it does not name. */
class SubjectKeyTest {

    @TempDir
    Path folder;

    @Test
    void dataFilesOfAHeaderCount() throws Exception {
        VolumeFiles.write(volume(), folder.resolve("m.mhd"));
        String data = Files.readAllLines(folder.resolve("m.mhd")).getLast().replaceFirst(".*=\\s*", "");
        changes("m.mhd", data);

        String nrrd = "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 2 2 2\nencoding: raw\n";
        Files.writeString(folder.resolve("listed.nhdr"), nrrd + "data file: LIST\nl1.raw\nl2.raw\n");
        Files.writeString(folder.resolve("numbered.nhdr"), nrrd + "data file: n%d.raw 1 2 1\n");
        for (String name : List.of("l1.raw", "l2.raw", "n1.raw", "n2.raw")) {
            Files.write(folder.resolve(name), new byte[4]);
        }
        changes("listed.nhdr", "l2.raw");
        changes("numbered.nhdr", "n2.raw");
    }

    @Test
    void bothFilesOfAPairCount() throws Exception {
        VolumeFiles.write(volume(), folder.resolve("v.nii"));
        byte[] whole = Files.readAllBytes(folder.resolve("v.nii"));
        byte[] header = Arrays.copyOf(whole, 352);
        header[345] = 'i';
        Files.write(folder.resolve("v.hdr"), header);
        Files.write(folder.resolve("v.img"), whole);
        changes("v.hdr", "v.img");
        changes("v.img", "v.hdr");
    }

    @Test
    void theOtherFilesOfASeriesCountAndWhatElseLiesThereDoesNot() throws Exception {
        for (int n = 0; n < 3; n++) {
            Files.write(folder.resolve("s" + n), new DicomBytes(DicomBytes.EXPLICIT, n + 1, 3 * n).bytes());
        }
        changes("s0", "s2");
        String before = key("s0");
        Files.writeString(folder.resolve("notes.txt"), "seen");
        assertEquals(before, key("s0"));
    }

    private static Volume volume() {
        return new Volume(2, 2, 2, new float[8], new Matrix4d());
    }

    private String key(String input) throws IOException {
        return SubjectFolder.key(new Subject("a", List.of(folder.resolve(input).toString()), List.of(), Map.of()));
    }

    /** The last byte of one file changes the key of a subject whose image is another. */
    private void changes(String input, String file) throws IOException {
        String before = key(input);
        assertEquals(before, key(input));
        byte[] bytes = Files.readAllBytes(folder.resolve(file));
        bytes[bytes.length - 1]++;
        Files.write(folder.resolve(file), bytes);
        assertNotEquals(before, key(input), input + " after a change of " + file);
    }
}
