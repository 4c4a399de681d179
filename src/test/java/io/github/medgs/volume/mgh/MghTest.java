package io.github.medgs.volume.mgh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FreeSurfer's volumes against bytes laid out by hand; compare_volumes.py holds them to nibabel. */
class MghTest {

    @TempDir
    Path folder;

    /** A header for 2 x 3 x 1 voxels of 2, 1 and 4 mm with the centre at (10, 20, 30) and coronal slices. */
    private static ByteBuffer file(int frames, int type, int data) {
        ByteBuffer bytes = ByteBuffer.allocate(284 + data);
        bytes.putInt(1).putInt(2).putInt(3).putInt(1).putInt(frames).putInt(type).putInt(0).putShort((short) 1);
        float[] geometry = {2, 1, 4, -1, 0, 0, 0, 0, -1, 0, 1, 0, 10, 20, 30};
        for (float value : geometry) {
            bytes.putFloat(value);
        }
        return bytes.position(284);
    }

    private LoadedVolume load(ByteBuffer bytes, int frame) throws IOException {
        return VolumeFiles.load(Files.write(folder.resolve("a.mgh"), bytes.array()), new ReadOptions(frame, null));
    }

    @Test
    void everyTypeIsReadBigEndianAndTheCentreIsHalfTheSizes() throws IOException {
        LoadedVolume bytes = load(file(1, 0, 6).put(new byte[] {1, 2, 3, 4, 5, (byte) 250}), 0);
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 250}, bytes.volume().voxels());
        Vector3d centre = bytes.volume().indexToPatient().transformPosition(new Vector3d(1, 1.5, 0.5));
        assertEquals(0, centre.distance(10, 20, 30), 1e-6);
        Vector3d first = bytes.volume().indexToPatient().transformPosition(new Vector3d());
        assertEquals(0, first.distance(12, 18, 31.5), 1e-6);
        ByteBuffer shorts = file(2, 4, 24);
        ByteBuffer ints = file(1, 1, 24);
        ByteBuffer floats = file(1, 3, 24);
        for (int n = 0; n < 6; n++) {
            shorts.putShort((short) (-300 * n));
            ints.putInt(70_000 * n);
            floats.putFloat(0.5f * n);
        }
        for (int n = 0; n < 6; n++) {
            shorts.putShort((short) (n + 1));
        }
        assertArrayEquals(new float[] {0, -300, -600, -900, -1200, -1500}, load(shorts, 0).volume().voxels());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, load(shorts, 1).volume().voxels());
        assertArrayEquals(new float[] {0, 70_000, 140_000, 210_000, 280_000, 350_000}, load(ints, 0).volume().voxels());
        assertArrayEquals(new float[] {0, 0.5f, 1, 1.5f, 2, 2.5f}, load(floats, 0).volume().voxels());
    }

    @Test
    void withoutOrientationItIsCoronalAsFreeSurferHasIt() throws IOException {
        ByteBuffer bytes = file(1, 0, 6);
        bytes.putShort(28, (short) 0);
        LoadedVolume loaded = load(bytes, 0);
        assertEquals("LIA", loaded.volume().grid().orientation());
        assertTrue(loaded.notes().toString().contains("coronal"), loaded.notes().toString());
    }

    @Test
    void whatIsWrongIsSaid() {
        assertTrue(refusal(file(1, 0, 5)).contains("cut short"));
        assertTrue(refusal(file(1, 5, 6)).contains("type 5"));
        assertTrue(refusal(file(1, 0, 6).putFloat(42, 0).putFloat(46, 0)).contains("span space"));
        assertTrue(refusal(file(0, 0, 6)).contains("frames"));
        assertTrue(refusal(file(1, 0, 6).putInt(4, 1 << 30).putInt(8, 1 << 30)).contains("voxels"));
    }

    private String refusal(ByteBuffer bytes) {
        return assertThrows(InputException.class, () -> load(bytes, 0)).getMessage();
    }
}
