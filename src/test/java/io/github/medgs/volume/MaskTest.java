package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.joml.Matrix4d;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;

/** Masks as other programs store them. */
class MaskTest {

    private static final Grid IMAGE = new Grid(5, 4, 3, Volumes.oblique(0.7, 0.9, -3));

    private final List<String> notes = new ArrayList<>();

    /** A mask of the same places: axes permuted, some reversed, and cut or padded at both ends, by random numbers. */
    private static Grid rearranged(Random random, boolean cut) {
        int[] order = new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}[random.nextInt(6)];
        Matrix4d affine = new Matrix4d(IMAGE.indexToPatient());
        Vector3d first = new Vector3d();
        int[] sizes = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int target = order[axis];
            int begin = cut ? random.nextInt(3) - 1 : 0;
            int end = IMAGE.size(target) + (cut ? random.nextInt(3) - 1 : 0);
            boolean reversed = random.nextBoolean();
            sizes[axis] = end - begin;
            first.setComponent(target, reversed ? end - 1 : begin);
            for (int component = 0; component < 3; component++) {
                affine.set(axis, component, (reversed ? -1 : 1) * IMAGE.indexToPatient().get(target, component));
            }
        }
        IMAGE.indexToPatient().transformPosition(first);
        affine.set(3, 0, first.x).set(3, 1, first.y).set(3, 2, first.z);
        return new Grid(sizes[0], sizes[1], sizes[2], affine);
    }

    @Test
    void aMaskOfTheSamePlacesIsTakenVoxelByVoxel() {
        Random random = new Random(3);
        for (int trial = 0; trial < 200; trial++) {
            Grid own = rearranged(random, trial % 2 == 1);
            float[] labels = new float[(int) own.count()];
            for (int n = 0; n < labels.length; n++) {
                labels[n] = 1 + random.nextInt(200);
            }
            Volume volume = new Volume(own, new StoredVoxels(labels, Storage.plain(ScalarType.UINT8), null));
            notes.clear();
            Volume onto = new Mask(volume, "mask", Set.of()).onto(IMAGE, false, notes).volume();
            assertTrue(IMAGE.sameAs(onto.grid()));
            assertEquals(ScalarType.UINT8, onto.stored().storage().type());
            Matrix4d toOwn = new Matrix4d(own.indexToPatient()).invert();
            for (int k = 0; k < IMAGE.nz(); k++) {
                for (int j = 0; j < IMAGE.ny(); j++) {
                    for (int i = 0; i < IMAGE.nx(); i++) {
                        Vector3d at = toOwn.transformPosition(IMAGE.place(i, j, k)).round();
                        boolean inside = at.x >= 0 && at.x < own.nx() && at.y >= 0 && at.y < own.ny() && at.z >= 0
                                && at.z < own.nz();
                        assertEquals(inside ? volume.voxel((int) at.x, (int) at.y, (int) at.z) : 0,
                                onto.voxel(i, j, k), own.describe());
                    }
                }
            }
            assertTrue(own.sameAs(IMAGE) ? notes.isEmpty() : notes.getFirst().contains("taken as they are"),
                    notes.toString());
        }
    }

    @Test
    void whatIsDoneIsSaid() {
        Grid flipped = new Grid(4, 5, 2, new Matrix4d(IMAGE.indexToPatient()).mul(
                new Matrix4d(0, 1, 0, 0, 1, 0, 0, 0, 0, 0, -1, 0, 0, 0, 1, 1)));
        float[] voxels = new float[40];
        voxels[0] = 1;
        assertTrue(new Mask(new Volume(flipped, voxels), "mask", Set.of()).onto(IMAGE, false, notes).volume().voxels()[20]
                == 1);
        assertTrue(notes.toString().contains("axes in the order j, i, k, axis k reversed, 5 x 4 x 2 of its 5 x 4 x 3"),
                notes.toString());
        // A mask that reaches beyond the image loses what lies there, and says so.
        notes.clear();
        Grid wide = new Grid(6, 4, 3, IMAGE.indexToPatient());
        new Mask(new Volume(wide, Volumes.constant(72, 1)), "mask", Set.of()).onto(IMAGE, false, notes);
        assertTrue(notes.toString().contains("12 marked voxels lie outside"), notes.toString());
        Grid far = new Grid(5, 4, 3, new Matrix4d(IMAGE.indexToPatient()).translate(20, 0, 0));
        String message = assertThrows(InputException.class, () -> new Mask(new Volume(far, Volumes.constant(60, 1)), "m",
                Set.of()).onto(IMAGE, false, notes)).getMessage();
        assertTrue(message.contains("nothing within the image"), message);
    }

    @Test
    void anotherGridIsResampledWhenThatIsAskedFor() {
        Grid half = new Grid(10, 8, 6, new Matrix4d(IMAGE.indexToPatient()).translate(-0.25, -0.25, -0.25).scale(0.5));
        float[] voxels = new float[480];
        for (int n = 0; n < 480; n++) {
            voxels[n] = n % 10 < 6 ? 7 : 0;
        }
        Mask mask = new Mask(new Volume(half, voxels), "mask", Set.of());
        InputException refusal = assertThrows(InputException.class, () -> mask.onto(IMAGE, false, notes));
        assertEquals(List.of("resample-mask"), refusal.quantities());
        assertTrue(refusal.getMessage().contains("0.35 x 0.45 x 1.5 mm"), refusal.getMessage());
        Volume nearest = mask.onto(IMAGE, true, notes).volume();
        for (int n = 0; n < 60; n++) {
            assertEquals(n % 5 < 3 ? 7 : 0, nearest.voxels()[n], "voxel " + n);
        }
        for (int n = 0; n < 480; n++) {
            voxels[n] = n % 10 / 10f;
        }
        Volume soft = new Mask(new Volume(half, voxels), "mask", Set.of(), true).onto(IMAGE, true, notes).volume();
        for (int n = 0; n < 60; n++) {
            assertEquals((n % 5 * 2 + 0.5f) / 10, soft.voxels()[n], 1e-6, "voxel " + n);
        }
    }

    @Test
    void everyWantedLabelThatIsMissingIsRefused() {
        float[] voxels = Volumes.constant(60, 1);
        voxels[0] = 3;
        Volume labels = new Volume(IMAGE, voxels);
        assertEquals(1, new Mask(labels, "mask", Set.of(1L, 3L)).inside(notes)[0]);
        InputException refusal = assertThrows(InputException.class, () -> new Mask(labels, "mask", Set.of(1L, 99L)).inside(notes));
        assertTrue(refusal.getMessage().contains("mask: has no voxel with label 99; choose among its labels: 1, 3"),
                refusal::getMessage);
    }

    @Test
    void probabilitiesAreSharesAndWholeNumbersAreRounded() {
        Volume grey = new Volume(IMAGE, Volumes.constant(60, 102));
        grey.voxels()[0] = 255;
        assertEquals(0.4f, new Mask(grey, "mask", Set.of(), true).inside(notes)[1], 1e-7);
        assertTrue(notes.toString().contains("divided by 255"), notes.toString());
        Volume shares = new Volume(IMAGE, Volumes.constant(60, 0.3f));
        shares.voxels()[0] = 1.02f;
        assertArrayEquals(new float[] {1, 0.3f},
                java.util.Arrays.copyOf(new Mask(shares, "mask", Set.of(), true).inside(notes), 2));
        String refusal = assertThrows(InputException.class,
                () -> new Mask(shares, "mask", Set.of()).inside(notes)).getMessage();
        assertTrue(refusal.contains("probabilities"), refusal);
        shares.voxels()[0] = 100;
        assertTrue(assertThrows(InputException.class, () -> new Mask(shares, "mask", Set.of(), true).inside(notes))
                .getMessage().contains("from 0 to 100"));
        notes.clear();
        Volume almost = new Volume(IMAGE, Volumes.constant(60, 2.03f));
        almost.voxels()[0] = 0.97f;
        almost.voxels()[1] = 0;
        float[] inside = new Mask(almost, "mask", Set.of(2L)).inside(notes);
        assertArrayEquals(new float[] {0, 0, 1}, java.util.Arrays.copyOf(inside, 3));
        assertTrue(notes.toString().contains("59 voxels are almost a whole number"), notes.toString());
        almost.voxels()[0] = 0.96f;
        assertThrows(InputException.class, () -> new Mask(almost, "mask", Set.of(2L)).inside(notes));
        assertThrows(InputException.class, () -> new Mask(almost, "mask", Set.of(2L), true));
    }

    @Test
    void labelsThatOneFloatHoldsStayTwo() {
        long[] ids = {312_782_560, 312_782_574, 4_294_967_295L};
        ByteBuffer bits = ByteBuffer.allocate(240).order(ByteOrder.LITTLE_ENDIAN);
        float[] rounded = new float[60];
        for (int n = 0; n < 60; n++) {
            bits.putInt((int) ids[n % 3]);
            rounded[n] = ids[n % 3];
        }
        assertEquals(rounded[0], rounded[1]);
        Volume atlas = new Volume(IMAGE, new StoredVoxels(rounded, Storage.plain(ScalarType.UINT32), bits.array()));
        assertEquals(Set.of(ids[0], ids[1], ids[2]), Labels.present(atlas, "atlas"));
        Mask mask = new Mask(atlas, "atlas", Set.of(ids[1]));
        assertSame(mask, mask.onto(IMAGE, false, notes));
        float[] inside = mask.inside(notes);
        for (int n = 0; n < 60; n++) {
            assertEquals(n % 3 == 1 ? 1 : 0, inside[n]);
        }
        Grid reversed = new Grid(5, 4, 3, new Matrix4d(IMAGE.indexToPatient()).translate(4, 0, 0).scale(-1, 1, 1));
        Volume turned = new Mask(atlas, "atlas", Set.of()).onto(reversed, false, notes).volume();
        assertEquals(ids[1], turned.stored().whole(0));
        assertTrue(VolumeDescription.of(new LoadedVolume(atlas, "", "", 1, 0, List.of())).contains("312782574 (20 voxels"));
    }

    @Test
    void smallNumbersAreNotSaidToBeZero() {
        float[] diffusion = new float[60];
        diffusion[7] = 0.0043f;
        String said = VolumeDescription.of(new LoadedVolume(new Volume(IMAGE, diffusion), "", "", 1, 0, List.of()));
        assertFalse(said.contains("every voxel is 0"), said);
        String empty = VolumeDescription.of(new LoadedVolume(new Volume(IMAGE, new float[60]), "", "", 1, 0, List.of()));
        assertTrue(empty.contains("every voxel is 0"), empty);
    }
}
