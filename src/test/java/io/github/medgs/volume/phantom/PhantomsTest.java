package io.github.medgs.volume.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhantomsTest {

    private static final Path SAMPLES = Path.of("sample-volumes");

    @ParameterizedTest
    @ValueSource(strings = {"kidney", "prostate", "brain"})
    void theSampleVolumesAreWhatTheirMakerMakes(String name) throws IOException {
        Phantom phantom = Phantoms.make(name);
        assertSameVolume(phantom.image(), SAMPLES.resolve(name + ".nii.gz"));
        assertSameVolume(phantom.mask(), SAMPLES.resolve(name + "-mask.nii.gz"));
        assertEquals(phantom.truthJson(), Files.readString(SAMPLES.resolve(name + ".json")));
    }

    // The voxels, not the compressed bytes: those depend on the machine's zlib.
    private static void assertSameVolume(Volume expected, Path file) throws IOException {
        Volume read = VolumeFiles.read(file);
        assertArrayEquals(expected.voxels(), read.voxels());
        assertTrue(expected.sameGrid(read), read.describeGrid());
        assertTrue(Files.size(file) < 500_000, file + " has " + Files.size(file) + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kidney", "prostate", "aneurysm-baseline", "aneurysm-followup", "kidney-tumour-followup",
            "sphere", "torus", "branching-tube"})
    void masksHoldTheVolumesThatTheTruthClaims(String name) {
        Phantom phantom = Phantoms.make(name);
        for (Structure structure : phantom.structures()) {
            double counted = 0;
            for (float inside : Labels.binary(phantom.mask(), Set.of((long) structure.label()), name)) {
                counted += inside * phantom.mask().voxelVolume();
            }
            assertEquals(1, counted / structure.volumeMm3(), 0.03, structure + " against " + counted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kidney", "prostate", "aneurysm-baseline", "sphere", "torus", "branching-tube"})
    void otherPatientsDifferAndTheirTruthGrowsWithThem(String name) {
        Phantom sample = Phantoms.make(name);
        Phantom small = Phantoms.make(name, 7L, 0.6);
        assertArrayEquals(small.image().voxels(), Phantoms.make(name, 7L, 0.6).image().voxels());
        assertFalse(Arrays.equals(small.image().voxels(), Phantoms.make(name, 8L, 0.6).image().voxels()));
        assertEquals(Math.round(0.6 * sample.image().nx()), small.image().nx());
        for (int axis = 0; axis < 3; axis++) {
            assertEquals(sample.image().spacing(axis), small.image().spacing(axis), 1e-9);
        }
        Structure structure = small.structures().getFirst();
        double counted = 0;
        for (float inside : Labels.binary(small.mask(), Set.of((long) structure.label()), name)) {
            counted += inside * small.mask().voxelVolume();
        }
        assertEquals(1, counted / structure.volumeMm3(), 0.06, structure + " against " + counted);
        assertEquals(0.216, structure.volumeMm3() / sample.structures().getFirst().volumeMm3(), 0.02);
    }

    /** Though the voxels are as large as some structures. */
    @Test
    void whatIsCountedIsAsTrueOfASmallBody() throws IOException {
        double sample = new ObjectMapper().readTree(SAMPLES.resolve("kidney.json").toFile()).at("/structures/0/volumeMm3")
                .asDouble();
        Structure kidney = Phantoms.make("kidney", null, 0.3).structures().getFirst();
        assertEquals(1, kidney.volumeMm3() / (0.3 * 0.3 * 0.3 * sample), 0.002, kidney.toString());
    }

    @Test
    void sizesOutOfRangeAreRefused() {
        for (double size : new double[] {0, 0.1, 5, Double.NaN}) {
            assertThrows(InputException.class, () -> Phantoms.make("sphere", 1L, size));
        }
        assertArrayEquals(Phantoms.make("sphere").image().voxels(), Phantoms.make("sphere", null, 1).image().voxels());
    }

    @Test
    void pairsGrowByWhatTheirRadiiSay() {
        Phantom baseline = Phantoms.make("kidney-tumour-baseline");
        Phantom followup = Phantoms.make("kidney-tumour-followup");
        double growth = followup.structures().get(1).volumeMm3() / baseline.structures().get(1).volumeMm3();
        assertEquals(Math.pow(14.0 / 11, 3), growth, 1e-9);
        assertTrue(baseline.date().compareTo(followup.date()) < 0);
    }

    /** The band within h of a surface has volume 2 h A, but for what curvature and creases add in the order of h^2. */
    @ParameterizedTest
    @ValueSource(strings = {"sphere", "torus", "branching-tube"})
    void areasAgreeWithAThinBandRoundTheSurface(String name) {
        Phantom phantom = Phantoms.make(name);
        Grid fine = finer(phantom.image().grid(), 3);
        double half = 0.7;
        Scene band = new Scene(0).paint((x, y, z) -> Math.abs(shapeOf(name).signedDistance(x, y, z)) - half, 1, 1);
        double inBand = 0;
        for (float voxel : band.mask(fine).voxels()) {
            inBand += voxel * fine.voxelVolume();
        }
        assertEquals(1, inBand / (2 * half) / phantom.structures().getFirst().areaMm2(), 0.01);
    }

    private static Shape shapeOf(String name) {
        return switch (name) {
            case "sphere" -> Shape.sphere(1.2, -0.7, 0.4, 20);
            case "torus" -> Shape.torus(0.6, 0.3, -0.5, 22, 8);
            default -> Shape.capsule(0, 0, -28, 0, 0, 28, 8).or(Shape.capsule(0, 0, 12, 24, 0, 12, 8))
                    .or(Shape.capsule(0, 0, -12, 0, 24, -12, 8));
        };
    }

    private static Grid finer(Grid grid, int factor) {
        return new Grid(grid.nx() * factor, grid.ny() * factor, grid.nz() * factor,
                new org.joml.Matrix4d(grid.indexToPatient()).scale(1.0 / factor));
    }

    @Test
    void theBrainIsObliqueAndTheProstateIsNot() {
        assertTrue(Phantoms.make("brain").image().grid().orientation().startsWith("~"));
        assertEquals("RAS", Phantoms.make("prostate").image().grid().orientation());
    }

    @Test
    void shapesMeasureDistance() {
        Shape bean = Shape.bean(0, 0, 0, 40, 0.6, 10);
        assertEquals(-10, bean.signedDistance(0, 0, 0), 1e-12);
        assertEquals(0, bean.signedDistance(-10, 0, 0), 1e-12);
        Vector3d end = new Vector3d(40 - 40 * Math.cos(0.6), 0, 40 * Math.sin(0.6));
        assertEquals(-10, bean.signedDistance(end.x, 0, -end.z), 1e-9);
        assertEquals(5, bean.signedDistance(end.x, 15, end.z), 1e-9);
        Shape ellipsoid = Shape.ellipsoid(1, 2, 3, 4, 5, 6);
        assertEquals(0, ellipsoid.signedDistance(1, 7, 3), 1e-12);
        assertTrue(ellipsoid.signedDistance(1, 2, 3) < 0);
        assertEquals(1, ellipsoid.signedDistance(1, 2, 10), 0.2);
        assertEquals(-2, Shape.torus(0, 0, 0, 10, 2).signedDistance(0, 10, 0), 1e-12);
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        String message = assertThrows(InputException.class, () -> Phantoms.make("liver")).getMessage();
        assertTrue(message.contains("branching-tube"), message);
    }
}
