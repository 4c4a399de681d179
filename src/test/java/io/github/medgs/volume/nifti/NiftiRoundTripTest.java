package io.github.medgs.volume.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Report;
import net.jqwik.api.Reporting;
import org.joml.Matrix4d;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NiftiRoundTripTest {

    @TempDir
    Path folder;

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    @Report(Reporting.FALSIFIED)
    void whatIsWrittenIsRead(@ForAll("volumes") Volume volume, @ForAll boolean gzip) throws IOException {
        Path path = Files.createTempFile("medgs", gzip ? ".nii.gz" : ".nii");
        try {
            VolumeFiles.write(volume, path);
            LoadedVolume loaded = VolumeFiles.load(path, ReadOptions.DEFAULT);
            assertArrayEquals(volume.voxels(), loaded.volume().voxels());
            assertTrue(volume.sameGrid(loaded.volume()), volume.describeGrid() + "\n" + loaded.volume().describeGrid());
            assertEquals(Math.signum(volume.indexToPatient().determinant3x3()),
                    Math.signum(loaded.volume().indexToPatient().determinant3x3()));
            assertTrue(loaded.notes().isEmpty(), "sform and qform agree: " + loaded.notes());
        } finally {
            Files.delete(path);
        }
    }

    @Provide
    Arbitrary<Volume> volumes() {
        Arbitrary<Integer> sizes = Arbitraries.integers().between(1, 6);
        return Combinators.combine(sizes, sizes, sizes, affines()).flatAs((nx, ny, nz, affine) ->
                voxels().array(float[].class).ofSize(nx * ny * nz).map(v -> new Volume(nx, ny, nz, v, affine)));
    }

    private static Arbitrary<Float> voxels() {
        return Arbitraries.oneOf(Arbitraries.floats(), Arbitraries.of(Float.NaN, Float.NEGATIVE_INFINITY,
                Float.POSITIVE_INFINITY, -0f, Float.MIN_VALUE));
    }

    /** Oblique, mirrored, sheared (a tilted gantry) and very unequal spacings. */
    private static Arbitrary<Matrix4d> affines() {
        Arbitrary<Double> angles = Arbitraries.doubles().between(-3.14, 3.14);
        Arbitrary<Double> spacings = Arbitraries.doubles().between(0.01, 20);
        Arbitrary<Double> shears = Arbitraries.of(0.0, 0.0, 0.35);
        return Combinators.combine(angles, angles, angles, spacings, spacings, spacings, shears, Arbitraries.of(-1, 1))
                .as((x, y, z, i, j, k, shear, mirror) -> new Matrix4d()
                        .translate(-120.5, 33, 900).rotateXYZ(x, y, z)
                        .mul(new Matrix4d().m21(shear)).scale(mirror * i, j, k));
    }

    @Test
    void aQformIsWrittenWhereTheAffineAllowsOne() throws IOException {
        assertEquals(1, qformCode(new Matrix4d().rotateX(0.2).scale(1, 2, -3)));
        assertEquals(0, qformCode(new Matrix4d().m21(0.2)));
    }

    private int qformCode(Matrix4d affine) throws IOException {
        Path path = folder.resolve("q.nii");
        VolumeFiles.write(new Volume(1, 1, 2, new float[2], affine), path);
        return NiftiHeader.parse("q.nii", Files.readAllBytes(path)).qformCode();
    }

    @Test
    void theQformAloneGivesTheSameOrientation() throws IOException {
        Matrix4d affine = new Matrix4d().translate(5, 6, 7)
                .rotate(2.9, new Vector3d(-0.7, 0.1, 0.7).normalize()).scale(0.5, -0.6, 4);
        Volume volume = new Volume(20, 30, 10, new float[6000], affine);
        Path path = folder.resolve("q.nii");
        VolumeFiles.write(volume, path);
        byte[] bytes = Files.readAllBytes(path);
        bytes[254] = 0;
        Files.write(path, bytes);
        assertTrue(volume.sameGrid(VolumeFiles.read(path)), VolumeFiles.read(path).describeGrid());
    }

    @Test
    void sizesBeyondSixteenBitsBecomeNifti2() throws IOException {
        Path path = folder.resolve("long.nii.gz");
        Volume volume = new Volume(40_000, 1, 1, new float[40_000], new Matrix4d().scale(0.1, 1, 1));
        volume.voxels()[39_999] = 3;
        VolumeFiles.write(volume, path);
        LoadedVolume loaded = VolumeFiles.load(path, ReadOptions.DEFAULT);
        assertTrue(loaded.format().startsWith("NIfTI-2"), loaded.format());
        assertArrayEquals(volume.voxels(), loaded.volume().voxels());
        assertTrue(volume.sameGrid(loaded.volume()));
    }

    @Test
    void integerTypesAreExactOrRefused() throws IOException {
        Path path = folder.resolve("labels.nii.gz");
        Volume labels = new Volume(3, 1, 1, new float[] {0, 1, 255}, new Matrix4d());
        VolumeFiles.write(labels, path, ScalarType.UINT8);
        assertArrayEquals(labels.voxels(), VolumeFiles.read(path).voxels());
        VolumeFiles.write(labels.withVoxels(new float[] {-32_768, 0, 32_767}), path, ScalarType.INT16);
        assertArrayEquals(new float[] {-32_768, 0, 32_767}, VolumeFiles.read(path).voxels());
        for (float bad : new float[] {256, -1, 0.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThrows(InputException.class,
                    () -> VolumeFiles.write(labels.withVoxels(new float[] {0, bad, 1}), path, ScalarType.UINT8));
        }
        assertArrayEquals(new float[] {-32_768, 0, 32_767}, VolumeFiles.read(path).voxels(), "the file before is kept");
    }

    @Test
    void equalVolumesGiveEqualBytesAndOtherNamesAreRefused() throws IOException {
        Volume volume = new Volume(3, 1, 1, new float[] {0, 1, 255}, new Matrix4d());
        VolumeFiles.write(volume, folder.resolve("a.nii.gz"));
        VolumeFiles.write(volume, folder.resolve("b.nii.gz"));
        assertArrayEquals(Files.readAllBytes(folder.resolve("a.nii.gz")), Files.readAllBytes(folder.resolve("b.nii.gz")));
        assertThrows(InputException.class, () -> VolumeFiles.write(volume, folder.resolve("volume.xyz")));
        assertFalse(Files.exists(folder.resolve("volume.xyz")));
    }
}
