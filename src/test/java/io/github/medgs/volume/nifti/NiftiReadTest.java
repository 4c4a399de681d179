package io.github.medgs.volume.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.joml.Matrix4d;
import org.joml.Quaterniond;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NiftiReadTest {

    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final float[] COUNTING = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(ScalarType.class)
    void everyScalarTypeInBothOrdersAndVersions(ScalarType type) throws IOException {
        for (int version = 1; version <= 2; version++) {
            for (ByteOrder order : new ByteOrder[] {LITTLE, ByteOrder.BIG_ENDIAN}) {
                LoadedVolume loaded = load(new NiftiBytes(version, order, type)
                        .with(NiftiBytes.counting(12, type, order)));
                assertArrayEquals(COUNTING, loaded.volume().voxels(), type + " " + order + " " + version);
                assertEquals(type.words(), loaded.storedAs());
            }
        }
    }

    @Test
    void unsignedAndExtremeValuesKeepTheirMeaning() throws IOException {
        assertEquals(255, first(ScalarType.UINT8, -1));
        assertEquals(-1, first(ScalarType.INT8, -1));
        assertEquals(65_535, first(ScalarType.UINT16, -1));
        assertEquals(-1, first(ScalarType.INT16, -1));
        assertEquals(4_294_967_295f, first(ScalarType.UINT32, -1));
        assertEquals(18_446_744_073_709_551_615f, first(ScalarType.UINT64, -1));
        assertEquals(-9_223_372_036_854_775_808f, first(ScalarType.INT64, Long.MIN_VALUE));
    }

    private float first(ScalarType type, long bits) throws IOException {
        byte[] voxels = new byte[12 * type.bytes()];
        ByteBuffer eight = ByteBuffer.allocate(8).order(LITTLE).putLong(0, bits);
        System.arraycopy(eight.array(), 0, voxels, 0, type.bytes());
        return load(new NiftiBytes(1, LITTLE, type).with(voxels)).volume().voxels()[0];
    }

    @Test
    void numbersThatFloatsCannotHoldAreNoted() throws IOException {
        byte[] voxels = new byte[48];
        ByteBuffer.wrap(voxels).order(LITTLE).putInt(0, 16_777_217);
        assertTrue(load(new NiftiBytes(1, LITTLE, ScalarType.INT32).with(voxels)).notes().toString()
                .contains("rounded to 24 bits"));
    }

    /** Kept, but told apart from what is no number, and not computed with: what is brightest would be the low end. */
    @Test
    void whatIsBeyondFloatsIsSaidAndChoosesNoWindow() throws IOException {
        ByteBuffer doubles = ByteBuffer.allocate(96).order(LITTLE);
        doubles.putDouble(0, 1e300).putDouble(8, Double.NaN).putDouble(16, Double.NEGATIVE_INFINITY).putDouble(24, -1e39)
                .putDouble(32, Float.MAX_VALUE);
        assertBeyond(2, new NiftiBytes(1, LITTLE, ScalarType.FLOAT64).with(doubles.array()));
        assertTrue(load(new NiftiBytes(1, LITTLE, ScalarType.FLOAT64).with(doubles.array())).describe()
                .contains("not finite 2 voxels are NaN or infinite"));
        byte[] scaled = new NiftiBytes(2, LITTLE, ScalarType.INT16).scaling(1e38, 0)
                .with(NiftiBytes.counting(12, ScalarType.INT16, LITTLE));
        assertBeyond(9, scaled);
        assertBeyond(12, new NiftiBytes(2, LITTLE, ScalarType.INT16).scaling(1e300, 0)
                .with(NiftiBytes.counting(12, ScalarType.INT16, LITTLE)));
        doubles.putDouble(0, 1).putDouble(24, 2);
        LoadedVolume loaded = load(new NiftiBytes(1, LITTLE, ScalarType.FLOAT64).with(doubles.array()));
        assertFalse(loaded.notes().toString().contains("beyond"), loaded.notes().toString());
        assertEquals(2, SliceStack.of(loaded.volume(), SliceAxis.K, new IntensityWindow(0, 1)).nonFiniteCount());
    }

    private void assertBeyond(int count, byte[] file) throws IOException {
        LoadedVolume loaded = load(file);
        String told = count + " voxels are beyond what single precision holds; scale the volume";
        assertEquals(told, loaded.notes().getLast());
        assertTrue(loaded.describe().contains("note       " + told));
        assertEquals("x.nii: " + told + ", or give the window that matters", assertThrows(InputException.class,
                () -> IntensityWindow.automatic(loaded.volume(), "x.nii")).getMessage());
        assertTrue(SliceStack.of(loaded.volume(), SliceAxis.K, new IntensityWindow(0, 1)).nonFiniteCount() >= count);
    }

    @Test
    void scalingIsAppliedInDoublePrecision() throws IOException {
        assertEquals(2.5f * 12 - 1024, lastOf(scaled(2.5, -1024)));
        assertEquals(12, lastOf(scaled(0, 5)), "a slope of 0 means no scaling");
        assertEquals(12, lastOf(scaled(Double.NaN, 5)));
        assertEquals(17, lastOf(scaled(1, 5)));
    }

    private Volume scaled(double slope, double intercept) throws IOException {
        return load(new NiftiBytes(1, LITTLE, ScalarType.INT16).scaling(slope, intercept)
                .with(NiftiBytes.counting(12, ScalarType.INT16, LITTLE))).volume();
    }

    private static float lastOf(Volume volume) {
        return volume.voxels()[11];
    }

    @Test
    void nanAndNegativeZeroComeThrough() throws IOException {
        ByteBuffer voxels = ByteBuffer.allocate(48).order(LITTLE);
        voxels.putFloat(0, Float.NaN).putFloat(4, -0f).putFloat(8, Float.NEGATIVE_INFINITY);
        float[] read = load(new NiftiBytes(1, LITTLE, ScalarType.FLOAT32).with(voxels.array())).volume().voxels();
        assertTrue(Float.isNaN(read[0]));
        assertEquals(Float.floatToIntBits(-0f), Float.floatToIntBits(read[1]));
        assertEquals(Float.NEGATIVE_INFINITY, read[2]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void orientationIsSformThenQformThenSpacing(int version) throws IOException {
        Quaterniond rotation = new Quaterniond().rotateXYZ(0.3, -0.2, 1.1);
        double[] quaternion = {rotation.x, rotation.y, rotation.z, 10, 20, 30};
        double[] sform = {0, 0, 3, 7, -1, 0, 0, 8, 0, 2, 0, 9};
        NiftiBytes bytes = file(version).pixdim(1, 1, 2, 3);
        assertAffine(new Matrix4d().scale(1, 2, 3), bytes);
        bytes.qform(1, quaternion);
        assertAffine(new Matrix4d().translate(10, 20, 30).rotate(rotation).scale(1, 2, 3), bytes);
        bytes.pixdim(-1);
        assertAffine(new Matrix4d().translate(10, 20, 30).rotate(rotation).scale(1, 2, -3), bytes);
        bytes.pixdim(0, -1, 2, 3);
        assertAffine(new Matrix4d().translate(10, 20, 30).rotate(rotation).scale(1, 2, 3), bytes);
        bytes.sform(2, sform);
        Matrix4d fromRows = new Matrix4d(0, -1, 0, 0, 0, 0, 2, 0, 3, 0, 0, 0, 7, 8, 9, 1);
        assertAffine(fromRows, bytes);
        bytes.sform(0, sform);
        assertAffine(new Matrix4d().translate(10, 20, 30).rotate(rotation).scale(1, 2, 3), bytes);
    }

    @Test
    void aBrokenOrientationFallsBackAndIsNoted() throws IOException {
        NiftiBytes singular = file(1).qform(1, 0, 0, 0, 1, 2, 3).sform(1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0);
        assertAffine(new Matrix4d().translate(1, 2, 3).scale(1, 2, 3), singular);
        assertNoted(singular, "singular");
        NiftiBytes infinite = file(1).qform(1, 0, 0, 0, Double.NaN, 2, 3);
        assertAffine(new Matrix4d().scale(1, 2, 3), infinite);
        assertNoted(infinite, "qform");
        assertNoted(infinite, "only the spacing is known");
        NiftiBytes flat = file(1).pixdim(1, 1, Double.NaN, 0);
        assertAffine(new Matrix4d(), flat);
        assertNoted(flat, "axis k is 0.0");
        NiftiBytes apart = file(1).qform(1, 0, 0, 0, 0, 0, 0).sform(1, 1, 0, 0, 5, 0, 2, 0, 0, 0, 0, 3, 0);
        assertNoted(apart, "disagree by up to 5 mm");
        assertNoted(apart.units(1), "disagree by up to 5000 mm");
        assertFalse(load(apart.units(3).with(counting())).notes().toString().contains("disagree"), "five micrometres");
    }

    @Test
    void aQuaternionALittleTooLongIsARotationAllTheSame() throws IOException {
        Matrix4d affine = load(file(1).qform(1, 1.00001, 0, 0, 0, 0, 0).with(counting())).volume().indexToPatient()
                .get(new Matrix4d());
        assertEquals(0, affine.transformDirection(new Vector3d(0, 0, 1)).distance(new Vector3d(0, 0, -3)), 1e-4);
    }

    @Test
    void unitsOfLengthBecomeMillimetres() throws IOException {
        double[] sform = {0.001, 0, 0, 0.1, 0, 0.001, 0, 0, 0, 0, 0.002, 0};
        assertAffine(new Matrix4d().translate(100, 0, 0).scale(1, 1, 2), file(2).sform(1, sform).units(1));
        assertAffine(new Matrix4d().translate(100, 0, 0).scale(1, 1, 2).scaleLocal(1e-3),
                file(2).sform(1, sform).units(2 | 8));
        assertAffine(new Matrix4d().translate(100, 0, 0).scale(1, 1, 2).scaleLocal(1e-6),
                file(2).sform(1, sform).units(3));
    }

    @Test
    void aFrameIsChosenFromFourAndMoreDimensions() throws IOException {
        byte[] bytes = file(1).dim(5, 3, 2, 2, 2, 2).with(NiftiBytes.counting(48, ScalarType.INT16, LITTLE));
        Path path = write("frames.nii", bytes);
        LoadedVolume first = VolumeFiles.load(path, ReadOptions.DEFAULT);
        assertEquals(4, first.frames());
        assertArrayEquals(COUNTING, first.volume().voxels());
        assertTrue(first.notes().toString().contains("frame 0 was read"));
        assertEquals(37, VolumeFiles.read(path, 3).voxels()[0]);
        assertEquals(37, VolumeFiles.read(write("frames.nii.gz", gzip(bytes)), 3).voxels()[0]);
    }

    @Test
    void pairsAreReadByEitherName() throws IOException {
        NiftiBytes header = file(1).magic("ni1").offset(4);
        byte[] voxels = new byte[4 + 24];
        System.arraycopy(counting(), 0, voxels, 4, 24);
        write("pair.hdr", header.with(new byte[0]));
        write("pair.img", voxels);
        write("packed.hdr.gz", gzip(header.with(new byte[0])));
        write("packed.img.gz", gzip(voxels));
        for (String name : new String[] {"pair.hdr", "pair.img", "packed.hdr.gz", "packed.img.gz"}) {
            assertArrayEquals(COUNTING, VolumeFiles.read(folder.resolve(name)).voxels(), name);
        }
        // Both images beside one header: the one that is given.
        voxels[4] = 99;
        write("pair.img.gz", gzip(voxels));
        assertEquals(99, VolumeFiles.read(folder.resolve("pair.img.gz")).voxels()[0]);
        assertEquals(COUNTING[0], VolumeFiles.read(folder.resolve("pair.img")).voxels()[0]);
    }

    @Test
    void theContentDecidesNotTheName() throws IOException {
        byte[] plain = file(1).with(counting());
        assertArrayEquals(COUNTING, VolumeFiles.read(write("plain.nii.gz", plain)).voxels());
        assertArrayEquals(COUNTING, VolumeFiles.read(write("packed.nii", gzip(plain))).voxels());
        assertArrayEquals(COUNTING, VolumeFiles.read(write("nameless", gzip(plain))).voxels());
    }

    @Test
    void headersThatAreOnlyUntidyAreRead() throws IOException {
        assertArrayEquals(COUNTING, load(file(1).offset(0).with(counting())).volume().voxels(), "no offset");
        assertArrayEquals(COUNTING, load(file(1).dim(4, 3, 2, 2, 0).with(counting())).volume().voxels(), "dim[4] = 0");
        assertArrayEquals(COUNTING, load(file(1).type(4, 0).with(counting())).volume().voxels(), "no bitpix");
        NiftiBytes flagged = file(1);
        flagged.header.put(348, (byte) 1);
        assertArrayEquals(COUNTING, load(flagged.with(counting())).volume().voxels(), "extension flagged but absent");
        byte[] longer = Arrays.copyOf(file(1).with(counting()), 1000);
        assertArrayEquals(COUNTING, load(longer).volume().voxels(), "bytes behind the voxels");
        assertArrayEquals(COUNTING, load(gzip(longer)).volume().voxels(), "bytes behind the voxels, gzip");
    }

    private static NiftiBytes file(int version) {
        return new NiftiBytes(version, LITTLE, ScalarType.INT16);
    }

    private static byte[] counting() {
        return NiftiBytes.counting(12, ScalarType.INT16, LITTLE);
    }

    private LoadedVolume load(byte[] bytes) throws IOException {
        return VolumeFiles.load(write("volume.nii", bytes), ReadOptions.DEFAULT);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private void assertAffine(Matrix4d expected, NiftiBytes bytes) throws IOException {
        Matrix4d actual = new Matrix4d(load(bytes.with(counting())).volume().indexToPatient());
        assertTrue(expected.equals(actual, 2e-5), "expected\n" + expected + "but was\n" + actual);
    }

    private void assertNoted(NiftiBytes bytes, String words) throws IOException {
        String notes = load(bytes.with(counting())).notes().toString();
        assertTrue(notes.contains(words), notes);
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
