package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.InputException;
import java.util.Set;
import org.joml.Matrix4d;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SliceStackTest {

    private static final IntensityWindow WINDOW = new IntensityWindow(0, 1000);

    @Test
    void theAxisIsTheCoarsestAndOfEqualsTheLast() {
        assertEquals(SliceAxis.K, resolved(1, 1, 1));
        assertEquals(SliceAxis.K, resolved(3, 3, 3.0000004));
        assertEquals(SliceAxis.K, resolved(3.0000004, 3, 3));
        assertEquals(SliceAxis.J, resolved(0.5, 7.5, 0.5));
        assertEquals(SliceAxis.I, resolved(2, 1, 1));
        assertEquals(SliceAxis.J, resolved(2, -2, 1));
        assertEquals(SliceAxis.I, SliceAxis.I.resolve(Volumes.numbered(2, 2, 2, Volumes.spacings(1, 1, 5)).grid()));
    }

    private static SliceAxis resolved(double i, double j, double k) {
        return SliceAxis.AUTO.resolve(Volumes.numbered(2, 2, 2, Volumes.oblique(i, j, k)).grid());
    }

    /** A scout is one picture, however thin its slice; a row of pixels is none. */
    @Test
    void aSinglePictureIsOneSlice() {
        assertEquals(SliceAxis.K, SliceAxis.AUTO.resolve(new Grid(5, 4, 1, new Matrix4d().scale(1, 1, 0.6))));
        assertEquals(SliceAxis.I, SliceAxis.AUTO.resolve(new Grid(1, 4, 5, new Matrix4d().scale(0.6, 1, 1))));
        assertEquals(SliceAxis.J, SliceAxis.AUTO.resolve(new Grid(5, 1, 1, new Matrix4d().scale(1, 2, 0.6))));
    }

    @Test
    void valuesAreSliceMajorWithTheFirstOtherAxisAlongARow() {
        Volume image = Volumes.numbered(4, 3, 5, Volumes.spacings(1, 1, 2));
        for (SliceAxis axis : new SliceAxis[] {SliceAxis.I, SliceAxis.J, SliceAxis.K}) {
            SliceStack stack = SliceStack.of(image, axis, WINDOW);
            assertEquals(image.size(axis.index()), stack.count());
            for (int f = 0; f < stack.count(); f++) {
                for (int r = 0; r < stack.height(); r++) {
                    for (int c = 0; c < stack.width(); c++) {
                        float expected = switch (axis) {
                            case I -> image.voxel(f, c, r);
                            case J -> image.voxel(c, f, r);
                            default -> image.voxel(c, r, f);
                        };
                        assertEquals(expected / 1000,
                                stack.values()[(f * stack.height() + r) * stack.width() + c], 1e-6);
                    }
                }
            }
        }
    }

    @Test
    void slicesOfAGridLieOneBehindTheOther() {
        for (double[] places : new double[][] {{0, 2, 1}, {0, 1, 1}, {0, Double.NaN, 2}, {1, 2, 3}, {0, 1}}) {
            assertThrows(IllegalArgumentException.class, () -> new Grid(2, 2, 3, new Matrix4d(), places));
        }
    }

    @Test
    void aHoldOutKeepsTruePositions() {
        SliceStack stack = SliceStack.of(Volumes.numbered(3, 3, 9, Volumes.oblique(1, 1, -2.5)), SliceAxis.K, WINDOW);
        SliceStack kept = stack.keep(new int[] {1, 2, 5, 8}).keep(new int[] {0, 2, 3});
        assertArrayEquals(new double[] {0, 10, 17.5}, kept.positions(), 1e-9);
        assertEquals(0.522f, kept.values()[(9 + 2 * 3 + 2)], 1e-6);
        assertArrayEquals(new double[] {0}, stack.keep(new int[] {4}).positions());
        assertThrows(IllegalArgumentException.class, () -> stack.keep(new int[] {2, 2}));
        assertThrows(IllegalArgumentException.class, () -> stack.keep(new int[] {9}));
    }

    @Test
    void storedWholeNumbersAreAStepApartAndFloatsAreNot() {
        Volume floats = Volumes.numbered(3, 3, 4, Volumes.oblique(1, 1, 2));
        Volume scaled = new Volume(floats.grid(), new StoredVoxels(floats.voxels(), new Storage(ScalarType.INT16, -2.5, 7), null));
        assertEquals(0, SliceStack.of(floats, SliceAxis.K, WINDOW).step(), 0);
        assertEquals(0.0025, SliceStack.of(scaled, SliceAxis.K, WINDOW).keep(new int[] {0, 2}).step(), 1e-12);
        assertEquals(0, new Storage(ScalarType.FLOAT64, 2, 0).step(), 0);
    }

    @ParameterizedTest
    @EnumSource(value = SliceAxis.class, names = {"I", "J", "K"})
    void slicesGoBackToWhereTheyCameFrom(SliceAxis axis) {
        Volume image = Volumes.numbered(4, 3, 5, Volumes.oblique(0.7, -1.1, 3));
        SliceStack stack = SliceStack.of(image, axis, WINDOW);
        Volume back = stack.geometry().volumeOf(stack.values(), stack.positions());
        assertTrue(back.sameGrid(image), back.describeGrid());
        for (int n = 0; n < image.voxels().length; n++) {
            assertEquals(image.voxels()[n], stack.window().toInput(back.voxels()[n]), 1e-3);
        }
    }

    @ParameterizedTest
    @EnumSource(value = SliceAxis.class, names = {"I", "J", "K"})
    void inBetweenSlicesHaveTheExactAffineFromTheFirstKeptSlice(SliceAxis axis) {
        Volume image = Volumes.numbered(5, 6, 7, Volumes.oblique(0.7, -1.1, 3));
        SliceStack stack = SliceStack.of(image, axis, WINDOW).keep(new int[] {1, 3, 4});
        double step = image.spacing(axis.index()) / 4;
        double[] positions = {2 * step, 3 * step, 4 * step};
        Volume between = stack.geometry().volumeOf(new float[3 * stack.height() * stack.width()], positions);
        for (int slice = 0; slice < 3; slice++) {
            Vector3d expected = new Vector3d(1, 1, 1).setComponent(axis.index(), 1 + (2 + slice) / 4.0);
            Vector3d index = new Vector3d(1, 1, 1).setComponent(axis.index(), slice);
            assertEquals(0, image.indexToPatient().transformPosition(expected)
                    .distance(between.indexToPatient().transformPosition(index)), 1e-9);
        }
        assertThrows(IllegalArgumentException.class, () -> stack.geometry()
                .volumeOf(new float[3 * stack.height() * stack.width()], new double[] {0, 1, 3}));
    }

    @ParameterizedTest
    @EnumSource(value = SliceAxis.class, names = {"I", "J", "K"})
    void slicesWithGapsStandAtTheirOwnPlaces(SliceAxis axis) {
        Volume image = Volumes.numbered(5, 6, 7, Volumes.oblique(0.7, -1.1, 3));
        int[] wanted = {1, 2, 4};
        SliceStack stack = SliceStack.of(image, axis, WINDOW).keep(wanted);
        Volume kept = stack.geometry().volumeOf(stack.values());
        for (int slice = 0; slice < 3; slice++) {
            int[] at = new int[3];
            at[axis.columnAxis()] = 2;
            at[axis.rowAxis()] = 3;
            at[axis.index()] = wanted[slice];
            assertEquals(0, image.grid().place(at[0], at[1], at[2]).distance(kept.grid().place(2, 3, slice)), 1e-9);
            assertEquals(image.voxel(at[0], at[1], at[2]), stack.window().toInput(kept.voxel(2, 3, slice)), 1e-3);
        }
    }

    @Test
    void whatNoArrayHoldsIsRefused() {
        Grid grid = new Grid(1 << 10, 1 << 10, 1 << 8, new Matrix4d());
        assertEquals(1 << 30, AcquiredSlices.length(grid, 4));
        assertTrue(assertThrows(InputException.class, () -> AcquiredSlices.length(grid, 8)).getMessage()
                .startsWith("the image of 1024 x 1024 x 256 voxels: has 2147483648 bytes as it is stored"));
    }

    @Test
    void geometrySurvivesJson() throws Exception {
        SliceGeometry geometry = SliceStack.of(Volumes.numbered(4, 3, 5, Volumes.oblique(1, 2, 3)), SliceAxis.J, WINDOW)
                .keep(new int[] {1, 2}).geometry();
        ObjectMapper mapper = new ObjectMapper();
        String json = mapper.writeValueAsString(geometry);
        assertEquals(geometry, mapper.readValue(json, SliceGeometry.class), json);
    }

    @Test
    void nonFiniteVoxelsTakeTheLowValueAndAreCounted() {
        Volume image = Volumes.numbered(2, 2, 2, Volumes.spacings(1, 1, 1));
        image.voxels()[1] = Float.NaN;
        image.voxels()[3] = Float.POSITIVE_INFINITY;
        SliceStack stack = SliceStack.of(image, SliceAxis.AUTO, new IntensityWindow(-10, 1000));
        assertEquals(2, stack.nonFiniteCount());
        assertEquals(0, stack.values()[1]);
        assertEquals(0, stack.values()[3]);
        assertEquals(10 / 1010f, stack.values()[0]);
    }

    @Test
    void marksForMissingDataTakeTheNearerEndAndAreCounted() {
        Volume image = Volumes.numbered(2, 2, 2, Volumes.spacings(1, 1, 1));
        image.voxels()[1] = -Float.MAX_VALUE;
        image.voxels()[3] = 1e20f;
        image.voxels()[5] = 1e6f;
        image.voxels()[7] = Float.NEGATIVE_INFINITY;
        SliceStack stack = SliceStack.of(image, SliceAxis.AUTO, new IntensityWindow(-10, 1000));
        assertEquals(2, stack.farOutsideCount());
        assertEquals(1, stack.nonFiniteCount());
        assertEquals(0, stack.values()[1]);
        assertEquals(1, stack.values()[3]);
        assertEquals(2, stack.keep(new int[] {0}).farOutsideCount());
    }

    @Test
    void aMaskFollowsTheStacksLayout() {
        Volume image = Volumes.numbered(2, 3, 4, Volumes.oblique(1, 1, 2));
        Volume mask = image.withVoxels(new float[24]);
        mask.voxels()[mask.index(1, 2, 3)] = 1.9999f;
        mask.voxels()[mask.index(0, 1, 3)] = 1.00001f;
        SliceStack stack = SliceStack.of(image, SliceAxis.I, WINDOW).keep(new int[] {1});
        float[] inside = stack.maskOf(mask, Set.of());
        assertEquals(12, inside.length);
        for (int n = 0; n < 12; n++) {
            assertEquals(n == 3 * 3 + 2 ? 1 : 0, inside[n]);
        }
        assertArrayEquals(new float[12], stack.maskOf(mask, Set.of(1L)), "label 1 is in a slice left out");
    }

    @Test
    void aMaskThatCannotBeOneIsRefusedInWords() {
        Volume image = Volumes.numbered(2, 3, 4, Volumes.spacings(1, 1, 2));
        SliceStack stack = SliceStack.of(image, SliceAxis.K, WINDOW);
        Volume elsewhere = new Volume(2, 3, 4, new float[24], Volumes.spacings(1, 1, 3));
        String grids = refusal(stack, elsewhere, Set.of());
        assertTrue(grids.contains("1 x 1 x 3 mm") && grids.contains("1 x 1 x 2 mm"), grids);
        assertTrue(refusal(stack, image.withVoxels(new float[24]), Set.of()).contains("empty"));
        assertTrue(refusal(stack, image.withVoxels(Volumes.constant(24, 0.5f)), Set.of()).contains("0.5"));
        assertTrue(refusal(stack, image.withVoxels(Volumes.constant(24, Float.NaN)), Set.of()).contains("NaN"));
        String other = refusal(stack, image.withVoxels(Volumes.constant(24, 3)), Set.of(7L));
        assertTrue(other.contains("7") && other.contains("its labels: 3"), other);
    }

    private static String refusal(SliceStack stack, Volume mask, Set<Long> labels) {
        return assertThrows(InputException.class, () -> stack.maskOf(new Mask(mask, "mask.nii", labels))).getMessage();
    }
}
