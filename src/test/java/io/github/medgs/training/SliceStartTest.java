package io.github.medgs.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.StackMotion;
import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

/** A smooth disc moves two columns to the left and one row down from slice to slice; so do its Gaussians. */
class SliceStartTest {

    private static final int SIZE = 40;
    private static final int SLICES = 5;

    private static TrainingData data() {
        float[] voxels = new float[SLICES * SIZE * SIZE];
        for (int n = 0; n < voxels.length; n++) {
            int slice = n / SIZE / SIZE;
            double away = Math.hypot(n % SIZE - column(slice), n / SIZE % SIZE - row(slice));
            voxels[n] = (float) (1 / (1 + Math.exp((away - 8) / 1.5)));
        }
        return new TrainingData(SliceStack.of(new Volume(SIZE, SIZE, SLICES, voxels, new Matrix4d()), SliceAxis.K,
                new IntensityWindow(0, 1)), null);
    }

    private static double column(int slice) {
        return 24 - 2 * slice;
    }

    private static double row(int slice) {
        return 17 + slice;
    }

    @Test
    void gaussiansStandOnTheirSlicesAndMoveWithTheDisc() {
        TrainingData data = data();
        TrainingConfig config = Configs.load("default", null, List.of());
        ModelForm form = new ModelForm(SIZE, SIZE, 2, 2, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED,
                TimeAxis.SLICES);
        FoldedGaussians gaussians = new FoldedGaussians(form, SLICES * SIZE * SIZE);
        KeptSlices slices = new KeptSlices(data.stack().values(), data.stack().positions(), SIZE, SIZE, 1, 1);
        new SliceStart(data, config.start(), 1_000_000, Heads.IMAGE, 2)
                .place(gaussians, StackMotion.continuous(slices, 1));
        assertEquals(SLICES * SIZE * SIZE / 1.5, gaussians.count(), 0.07 * gaussians.count());
        double[] moved = new double[2];
        int edge = 0;
        float f = form.pixelsPerUnit();
        for (int g = 0; g < gaussians.count(); g++) {
            int slice = (int) gaussians.get(Layout.TIME, g);
            double c = f * gaussians.get(Layout.X, g) + 0.5 * (SIZE - 1);
            double r = -f * gaussians.get(Layout.Z, g) + 0.5 * (SIZE - 1);
            assertEquals(Math.rint(c), c, 1e-3, "each stands on a pixel");
            assertEquals(data.stack().values()[slice * SIZE * SIZE + (int) Math.rint(r) * SIZE + (int) Math.rint(c)],
                    0.5 + Folding.C0 * gaussians.get(Layout.IMAGE_INTENSITY, g), 1e-5, "and has its intensity");
            if (slice == 2 && Math.abs(Math.hypot(c - column(2), r - row(2)) - 8) < 2) {
                // On the next slice u is -1.
                moved[0] += f * displacement(gaussians, g, 0, -1);
                moved[1] -= f * displacement(gaussians, g, 1, -1);
                edge++;
            }
        }
        assertTrue(edge > 100, "more stand where the intensity changes");
        assertEquals(-2, moved[0] / edge, 0.3);
        assertEquals(1, moved[1] / edge, 0.3);
    }

    private static float displacement(FoldedGaussians gaussians, int g, int axis, float u) {
        return Folding.displacement(gaussians.parameters().values(), gaussians.capacity(), g,
                gaussians.form().motionRow(), axis, 2, u);
    }

    @Test
    void aCapThinsThemOutEvenly() {
        TrainingData data = data();
        ModelForm form = new ModelForm(SIZE, SIZE, 0, 0, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED,
                TimeAxis.SLICES);
        FoldedGaussians gaussians = new FoldedGaussians(form, SLICES * SIZE * SIZE);
        new SliceStart(data, Configs.load("default", null, List.of()).start(), 1000, Heads.IMAGE, 2).place(gaussians, null);
        assertEquals(1000, gaussians.count(), 90);
    }

    /** Of a start without a share for edges: one Gaussian on every fourth pixel, all alike. */
    @Test
    void everyParameterIsSetWhateverStoodThere() {
        TrainingData data = data();
        TrainingConfig.Start start = Configs.load("default", null, List.of("start.edgeShare=0",
                "start.pixelsPerGaussian=4", "start.spacings=0.8")).start();
        ModelForm form = new ModelForm(SIZE, SIZE, 2, 1, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SEPARATE,
                TimeAxis.SLICES);
        FoldedGaussians gaussians = new FoldedGaussians(form, SLICES * SIZE * SIZE);
        gaussians.setCount(gaussians.capacity());
        for (int row = 0; row < form.rows(); row++) {
            for (int g = 0; g < gaussians.count(); g++) {
                gaussians.set(row, g, 9);
            }
        }
        KeptSlices slices = new KeptSlices(data.stack().values(), data.stack().positions(), SIZE, SIZE, 1, 1);
        new SliceStart(data, start, 1_000_000, Heads.IMAGE, 2).place(gaussians, StackMotion.continuous(slices, 1));
        assertEquals(SLICES * SIZE * SIZE / 4, gaussians.count(), 40, "but what is carried over the edges");
        assertTrue(gaussians.count() <= SliceStart.mostGaussians(SLICES, SIZE, SIZE, start, 1_000_000));
        double logScale = Math.log(0.8 * 2 / form.pixelsPerUnit());
        int before = 0;
        for (int g = 0; g < gaussians.count(); g++) {
            assertEquals(logScale, gaussians.get(Layout.LOG_SCALE_X, g), 1e-5);
            assertEquals(logScale, gaussians.get(Layout.LOG_SCALE_Z, g), 1e-5);
            for (int row : new int[] {Layout.ANGLE, Layout.SPREAD, Layout.IMAGE_OPACITY, Layout.MASK_OPACITY,
                    form.imageIntensityRow() + 1, form.maskIntensityRow() + 1}) {
                assertEquals(0, gaussians.get(row, g));
            }
            assertEquals(Raw.intensity(0), gaussians.get(form.maskIntensityRow(), g), "without a mask its head is empty");
            for (int k = 0; k < 4; k++) {
                assertTrue(Math.abs(gaussians.get(form.motionRow() + k, g)) < 1, "the motion is the stack's");
            }
            assertTrue(gaussians.get(Layout.TIME, g) >= before, "slice by slice");
            before = (int) gaussians.get(Layout.TIME, g);
        }
    }

    @Test
    void aSliceOfAFewPixelsHoldsOneInItsMiddle() {
        float[] voxels = new float[3 * 12];
        voxels[5] = 1;
        TrainingData data = new TrainingData(SliceStack.of(new Volume(4, 3, 3, voxels, new Matrix4d()), SliceAxis.K,
                new IntensityWindow(0, 1)), null);
        ModelForm form = new ModelForm(4, 3, 0, 0, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED,
                TimeAxis.SLICES);
        FoldedGaussians gaussians = new FoldedGaussians(form, 12);
        new SliceStart(data, Configs.load("default", null, List.of("start.pixelsPerGaussian=1000", "start.edgeShare=0"))
                .start(), 1000, Heads.IMAGE, 2).place(gaussians, null);
        assertEquals(3, gaussians.count());
        for (int slice = 0; slice < 3; slice++) {
            assertEquals(slice, gaussians.get(Layout.TIME, slice));
            assertEquals(form.worldX(2), gaussians.get(Layout.X, slice));
            assertEquals(form.worldZ(1), gaussians.get(Layout.Z, slice));
        }
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        TrainingData data = data();
        TrainingConfig.Start start = Configs.load("default", null, List.of()).start();
        ModelForm form = new ModelForm(SIZE, SIZE, 2, 2, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED,
                TimeAxis.SLICES);
        StackMotion motion = StackMotion.continuous(KeptSlices.of(data.stack()), 1);
        FoldedGaussians one = new FoldedGaussians(form, SLICES * SIZE * SIZE);
        new SliceStart(data, start, 1_000_000, Heads.IMAGE, 1).place(one, motion);
        for (int threads = 2; threads <= 3; threads++) {
            FoldedGaussians more = new FoldedGaussians(form, SLICES * SIZE * SIZE);
            new SliceStart(data, start, 1_000_000, Heads.IMAGE, threads).place(more, motion);
            assertEquals(one.count(), more.count());
            assertArrayEquals(one.parameters().values(), more.parameters().values());
        }
        FoldedGaussians few = new FoldedGaussians(form, one.count() - 1);
        assertThrows(IllegalArgumentException.class,
                () -> new SliceStart(data, start, 1_000_000, Heads.IMAGE, 2).place(few, motion));
    }

    /** Where a slice is all edge, error diffusion loses most, and places the more. */
    @Test
    void theTableHasRoomForSlicesOfAnyShape() {
        for (int[] shape : new int[][] {{1, 2000}, {2, 2000}, {4, 1000}, {3, 3}, {1, 1}, {2000, 1}}) {
            for (float pixelsPerGaussian : new float[] {1, 1.2f, 1.5f, 2, 4, 9}) {
                for (float edgeShare : new float[] {0, 0.5f}) {
                    TrainingConfig config = Configs.load("quick", null, List.of("start.edgeShare=" + edgeShare,
                            "start.pixelsPerGaussian=" + pixelsPerGaussian));
                    placeInto(Trainer.capacity(config, 2, shape[1], shape[0]), config, shape);
                }
            }
        }
    }

    private static void placeInto(int capacity, TrainingConfig config, int[] shape) {
        float[] voxels = new float[2 * shape[0] * shape[1]];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = n % 7 < 3 ? 1 : n % 5 / 5f;
        }
        TrainingData data = new TrainingData(SliceStack.of(new Volume(shape[0], shape[1], 2, voxels, new Matrix4d()),
                SliceAxis.K, new IntensityWindow(0, 1)), null);
        ModelForm form = new ModelForm(shape[0], shape[1], 0, 0, Compositing.NORMALISED, TemporalWindow.HAT,
                HeadOpacity.SHARED, TimeAxis.SLICES);
        FoldedGaussians gaussians = new FoldedGaussians(form, capacity);
        new SliceStart(data, config.start(), 1_000_000, Heads.IMAGE, 1).place(gaussians, null);
        assertEquals(1, gaussians.get(Layout.TIME, gaussians.count() - 1));
    }
}
