package io.github.medgs.volume.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.joml.Matrix4d;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From every format into every other, by random volumes: the voxels stay to the bit, and each voxel stays in its place. */
class ConversionTest {

    @TempDir
    Path folder;

    private static List<String> names() {
        List<String> names = new ArrayList<>(VolumeFiles.writtenExtensions());
        names.replaceAll(extension -> "volume" + extension);
        names.add("slices");
        return names;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyFormatIntoEveryOtherKeepsVoxelsAndPlaces(int seed) throws IOException {
        Random random = new Random(seed);
        Grid grid = grid(random);
        // The first seed's are what every format holds, slices too; then signed, then fractions, then large ones.
        Volume volume = new Volume(grid, voxels((int) grid.count(), seed, random));
        for (String first : names()) {
            Path one = folder.resolve("one-" + first);
            VolumeFiles.write(volume, one, VolumeFiles.smallestType(volume, one));
            for (String second : names()) {
                Path two = folder.resolve("two-" + first.replace('.', '-') + "-" + second);
                Volume read = VolumeFiles.read(one);
                VolumeFiles.write(read, two, VolumeFiles.smallestType(read, two));
                boolean scaled = seed > 1 && (first.equals("slices") || second.equals("slices"));
                assertSame(volume, VolumeFiles.read(two), scaled, first + " to " + second);
            }
        }
    }

    private static Grid grid(Random random) {
        Matrix4d affine = new Matrix4d()
                .translate(400 * random.nextDouble() - 200, 400 * random.nextDouble() - 200, 900 * random.nextDouble())
                .rotateXYZ(6 * random.nextDouble(), 6 * random.nextDouble(), 6 * random.nextDouble())
                .scale(0.2 + random.nextDouble(), 0.2 + random.nextDouble(), (random.nextBoolean() ? -1 : 1)
                        * (0.5 + 5 * random.nextDouble()));
        return new Grid(1 + random.nextInt(6), 1 + random.nextInt(6), 1 + random.nextInt(4), affine);
    }

    private static float[] voxels(int count, int seed, Random random) {
        float[] voxels = new float[count];
        for (int n = 0; n < count; n++) {
            voxels[n] = switch (seed) {
                case 1 -> random.nextInt(65_536);
                case 2 -> random.nextInt(4096) - 1024;
                case 3 -> (float) random.nextGaussian();
                default -> random.nextInt(1 << 24) - (1 << 23);
            };
        }
        return voxels;
    }

    private static void assertSame(Volume expected, Volume actual, boolean scaled, String how) {
        float[] range = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        for (float voxel : expected.voxels()) {
            range[0] = Math.min(range[0], voxel);
            range[1] = Math.max(range[1], voxel);
        }
        // Slices of 16 bits divide the range into 65535 steps, once or twice.
        assertArrayEquals(expected.voxels(), actual.voxels(), scaled ? (range[1] - range[0]) / 65_535 * 1.01f : 0, how);
        double smallest = Math.min(expected.spacing(0), Math.min(expected.spacing(1), expected.spacing(2)));
        for (int corner = 0; corner < 8; corner++) {
            Vector3d index = new Vector3d((corner & 1) * expected.nx(), (corner >> 1 & 1) * expected.ny(),
                    (corner >> 2) * expected.nz());
            Vector3d there = actual.indexToPatient().transformPosition(new Vector3d(index));
            // Headers of single precision, with places up to a metre away.
            assertEquals(0, expected.indexToPatient().transformPosition(index).distance(there), 1e-3 * smallest, how);
        }
        assertTrue(expected.sameGrid(actual), how);
    }

    @Test
    void labelsBeyondTwentyFourBitsStayApart() throws IOException {
        long[] ids = {0, 312_782_560, 312_782_574, 4_294_967_295L, 16_777_217, 1};
        ByteBuffer bits = ByteBuffer.allocate(8 * ids.length).order(ByteOrder.LITTLE_ENDIAN);
        float[] rounded = new float[ids.length];
        for (int n = 0; n < ids.length; n++) {
            bits.putLong(ids[n]);
            rounded[n] = ids[n];
        }
        Volume volume = new Volume(new Grid(3, 2, 1, new Matrix4d()),
                new StoredVoxels(rounded, Storage.plain(ScalarType.INT64), bits.array()));
        for (String name : new String[] {"a.nii.gz", "a.nrrd", "a.mha", "b.nii", "b.mhd"}) {
            Path path = folder.resolve(name);
            assertEquals(ScalarType.UINT32, VolumeFiles.smallestType(volume, path));
            VolumeFiles.write(volume, path, name.startsWith("a") ? ScalarType.UINT32 : ScalarType.INT64);
            LoadedVolume loaded = VolumeFiles.load(path, ReadOptions.DEFAULT);
            assertTrue(loaded.volume().stored().isWhole(), name);
            for (int n = 0; n < ids.length; n++) {
                assertEquals(ids[n], loaded.volume().stored().whole(n), name);
            }
            assertTrue(loaded.notes().toString().contains("exact as labels"), loaded.notes().toString());
        }
        assertThrows(InputException.class,
                () -> VolumeFiles.write(volume, folder.resolve("c.nii"), ScalarType.INT32));
        assertThrows(InputException.class, () -> VolumeFiles.write(volume, folder.resolve("c.mgz"),
                VolumeFiles.smallestType(volume, folder.resolve("c.mgz"))));
    }

    @Test
    void wholeNumbersInDoublePrecisionStayApartToo() throws IOException {
        double[] ids = {0, 16_777_217, 614_454_277, 614_454_272, 4_294_967_295.0, 1};
        Volume atlas = doubles(ids);
        Path path = folder.resolve("atlas.nii.gz");
        VolumeFiles.write(atlas, path, ScalarType.FLOAT64);
        Volume read = VolumeFiles.read(path);
        assertEquals(Set.of(1L, 16_777_217L, 614_454_272L, 614_454_277L, 4_294_967_295L), Labels.present(read, "atlas"));
        assertArrayEquals(new float[] {0, 0, 1, 0, 0, 0}, Labels.binary(read, Set.of(614_454_277L), "atlas"));
        assertEquals(ScalarType.UINT32, VolumeFiles.smallestType(read, path));
        VolumeFiles.write(read, path, ScalarType.UINT32);
        for (int n = 0; n < ids.length; n++) {
            assertEquals((long) ids[n], VolumeFiles.read(path).stored().whole(n));
        }
        Volume nearly = doubles(1, 1 + 1e-9, 2, 3, 4, 5);
        assertEquals(ScalarType.FLOAT64, VolumeFiles.smallestType(nearly, path));
        assertThrows(InputException.class, () -> VolumeFiles.write(nearly, path, ScalarType.UINT8));
        assertEquals(5, Labels.present(nearly, "nearly").size());
    }

    private static Volume doubles(double... numbers) {
        ByteBuffer bits = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        float[] rounded = new float[numbers.length];
        for (int n = 0; n < numbers.length; n++) {
            bits.putDouble(numbers[n]);
            rounded[n] = (float) numbers[n];
        }
        return new Volume(new Grid(3, 2, 1, new Matrix4d()),
                new StoredVoxels(rounded, Storage.plain(ScalarType.FLOAT64), bits.array()));
    }

    @Test
    void theImageOfAPairMayBeginAsDicomDoes() throws IOException {
        float[] voxels = {2, 10, 4, 0, 7, 8};
        Path single = folder.resolve("pair.nii");
        VolumeFiles.write(new Volume(new Grid(3, 2, 1, new Matrix4d()), StoredVoxels.exactly(voxels,
                Storage.plain(ScalarType.INT16))), single, ScalarType.INT16);
        byte[] bytes = Files.readAllBytes(single);
        byte[] header = Arrays.copyOf(bytes, 348);
        System.arraycopy("ni1\0".getBytes(StandardCharsets.US_ASCII), 0, header, 344, 4);
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putFloat(108, 0);
        Files.write(folder.resolve("pair.hdr"), header);
        Path image = folder.resolve("pair.img");
        Files.write(image, Arrays.copyOfRange(bytes, bytes.length - 12, bytes.length));
        assertArrayEquals(voxels, VolumeFiles.read(image).voxels());
        assertTrue(VolumeFiles.describe(image, ReadOptions.DEFAULT).contains("NIfTI-1"), VolumeFiles.describe(image, ReadOptions.DEFAULT));
    }
}
