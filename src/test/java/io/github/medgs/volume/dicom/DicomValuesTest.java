package io.github.medgs.volume.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that single-precision floats do not hold: large whole numbers, double precision, doses. */
class DicomValuesTest {

    private static final int PIXELS = 6;

    @TempDir
    Path folder;

    // The slices' names run against their places, so that they are read from the last to the first.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void wholeNumbersOf32BitsKeepTheirBits(boolean signed) throws IOException {
        for (int k = 0; k < 4; k++) {
            write("s" + (9 - k), slice(k, signed));
        }
        LoadedVolume loaded = VolumeFiles.load(folder, ReadOptions.DEFAULT);
        assertWhole(loaded.volume(), signed);
        assertTrue(loaded.notes().toString().contains("whole numbers of 16777216 and more"), loaded.notes().toString());
        VolumeFiles.write(loaded.volume(), folder.resolve("out.nii"));
        assertWhole(VolumeFiles.read(folder.resolve("out.nii")), signed);
    }

    private static void assertWhole(Volume volume, boolean signed) {
        assertEquals(Storage.plain(signed ? ScalarType.INT32 : ScalarType.UINT32), volume.stored().storage());
        for (int n = 0; n < 4 * PIXELS; n++) {
            assertEquals(value(n / PIXELS, n % PIXELS, signed), volume.stored().whole(n), "voxel " + n);
        }
    }

    // Those of the two highest slices are small.
    private static long value(int k, int pixel, boolean signed) {
        long value = k > 1 ? 10 * k + pixel : 0x8000_0001L + 2 * (k + 7 * pixel);
        return signed ? (int) value : value;
    }

    @Test
    void smallWholeNumbersOf32BitsNeedNoBitsBesideThem() throws IOException {
        write("s", slice(2, false));
        LoadedVolume loaded = VolumeFiles.load(folder, ReadOptions.DEFAULT);
        assertNull(loaded.volume().stored().bits());
        assertFalse(loaded.notes().toString().contains("16777216"), loaded.notes().toString());
    }

    @Test
    void doublesKeepTheirBits() throws IOException {
        for (int k = 0; k < 3; k++) {
            ByteBuffer doubles = ByteBuffer.allocate(8 * PIXELS).order(ByteOrder.LITTLE_ENDIAN);
            for (int n = 0; n < PIXELS; n++) {
                doubles.putDouble(Math.sqrt(2 + PIXELS * k + n));
            }
            write("s" + k, new DicomBytes(DicomBytes.EXPLICIT, k, 3 * k).number(Tag.BITS_ALLOCATED, 64)
                    .without(Tag.PIXELS).raw(Tag.DOUBLE_PIXELS, "OD", doubles.array()));
        }
        Volume volume = VolumeFiles.read(folder);
        assertDoubles(volume);
        VolumeFiles.write(volume, folder.resolve("out.nrrd"));
        assertDoubles(VolumeFiles.read(folder.resolve("out.nrrd")));
    }

    private static void assertDoubles(Volume volume) {
        assertEquals(Storage.plain(ScalarType.FLOAT64), volume.stored().storage());
        ByteBuffer bits = ByteBuffer.wrap(volume.stored().bits()).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < 3 * PIXELS; n++) {
            assertEquals(Math.sqrt(2 + n), bits.getDouble(8 * n));
        }
    }

    @Test
    void dosesKeepWhatIsStoredAndItsScale() throws IOException {
        write("dose", slice(0, false).text(Tag.SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.481.2")
                .text(Tag.DOSE_SCALING, "DS", "1.5e-8"));
        StoredVoxels stored = VolumeFiles.read(folder.resolve("dose")).stored();
        assertEquals(new Storage(ScalarType.UINT32, 1.5e-8, 0), stored.storage());
        for (int n = 0; n < PIXELS; n++) {
            assertEquals((int) value(0, n, false), ByteBuffer.wrap(stored.bits()).order(ByteOrder.LITTLE_ENDIAN)
                    .getInt(4 * n));
            assertEquals((float) (1.5e-8 * value(0, n, false)), stored.intensities()[n]);
        }
    }

    @Test
    void aDoseScaleOfZeroIsTakenForOneAndThatIsSaid() throws IOException {
        write("zero", slice(0, false).text(Tag.SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.481.2")
                .text(Tag.DOSE_SCALING, "DS", "0"));
        LoadedVolume loaded = VolumeFiles.load(folder.resolve("zero"), ReadOptions.DEFAULT);
        assertFalse(loaded.volume().stored().storage().scaled());
        assertTrue(loaded.notes().toString().contains("slope of 0"), loaded.notes().toString());
    }

    @Test
    void slicesOfDifferentScalesAreRoundedToFloatsAndThatIsSaid() throws IOException {
        for (int k = 0; k < 2; k++) {
            write("s" + k, slice(k, false).text(Tag.SLOPE, "DS", String.valueOf(1 + k))
                    .text(Tag.INTERCEPT, "DS", "0"));
        }
        LoadedVolume loaded = VolumeFiles.load(folder, ReadOptions.DEFAULT);
        assertEquals(Storage.FLOATS, loaded.volume().stored().storage());
        assertTrue(loaded.notes().toString().contains("hold values that floats do not: these were rounded"),
                loaded.notes().toString());
        write("s0", slice(2, false).text(Tag.SLOPE, "DS", "3").text(Tag.INTERCEPT, "DS", "0"));
        write("s1", slice(3, true));
        loaded = VolumeFiles.load(folder, ReadOptions.DEFAULT);
        assertFalse(loaded.notes().toString().contains("rounded"), loaded.notes().toString());
    }

    @Test
    void slicesOfDifferentTypesAreStoredAsTheFirstWhereItHoldsThem() throws IOException {
        for (int k = 2; k < 4; k++) {
            write("s" + k, slice(k, k == 3));
        }
        StoredVoxels stored = VolumeFiles.read(folder).stored();
        assertEquals(Storage.plain(ScalarType.UINT32), stored.storage());
        assertEquals(35, stored.whole(11));
    }

    // Slice k, six pixels of 32 bits.
    private static DicomBytes slice(int k, boolean signed) {
        ByteBuffer pixels = ByteBuffer.allocate(4 * PIXELS).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < PIXELS; n++) {
            pixels.putInt((int) value(k, n, signed));
        }
        return new DicomBytes(DicomBytes.EXPLICIT, k, 3 * k).number(Tag.BITS_ALLOCATED, 32)
                .number(Tag.BITS_STORED, 32).number(Tag.HIGH_BIT, 31).number(Tag.PIXEL_REPRESENTATION, signed ? 1 : 0)
                .raw(Tag.PIXELS, "OW", pixels.array());
    }

    private void write(String name, DicomBytes slice) throws IOException {
        Files.write(folder.resolve(name), slice.bytes());
    }
}
