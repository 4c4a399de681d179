package io.github.medgs.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.Measures;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelSlices;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurfaceBandsTest {

    private static final int SIDE = 40;

    /** A ball of radius 14 mm in the middle of 40 mm, cut every {@code gap} mm. */
    private static KeptSlices ball(double gap) {
        int count = (int) (SIDE / gap) + 1;
        float[] values = new float[count * SIDE * SIDE];
        for (int n = 0; n < values.length; n++) {
            double z = n / (SIDE * SIDE) * gap - SIDE / 2.0;
            double y = n / SIDE % SIDE - SIDE / 2.0;
            double x = n % SIDE - SIDE / 2.0;
            values[n] = x * x + y * y + z * z < 14 * 14 ? 1 : 0;
        }
        return new KeptSlices(values, positions(count, gap), SIDE, SIDE, 1, 1);
    }

    private static double[] positions(int count, double gap) {
        double[] positions = new double[count];
        for (int k = 0; k < count; k++) {
            positions[k] = k * gap;
        }
        return positions;
    }

    private static SurfaceBands bands(double gap) {
        KeptSlices ball = ball(gap);
        return SurfaceBands.of(ball, geometry(ball, gap), 1);
    }

    private static SliceGeometry geometry(KeptSlices slices, double gap) {
        return new SliceGeometry(SliceAxis.K, SIDE, SIDE, new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, gap, 0},
                slices.positions());
    }

    @Test
    void bandsGrowWithTheGap() {
        SurfaceBands fine = bands(2);
        SurfaceBands coarse = bands(5);
        assertEquals(6, fine.surfaces());
        assertTrue(fine.volume().above() < 0.05, fine.toString());
        assertTrue(coarse.volume().below() > 1.5 * fine.volume().below()
                && coarse.diameter().below() >= fine.diameter().below(), coarse.toString());
    }

    /** Rods lose their corners, tunnels have theirs filled; all slices are alike, so that none left out tells of it. */
    @Test
    void theVolumeOfTheVoxelsLiesInTheBandAndNothingIsGivenToTheOtherSide() {
        for (boolean rods : new boolean[] {true, false}) {
            int count = 20;
            float[] values = new float[count * SIDE * SIDE];
            for (int n = 0; n < values.length; n++) {
                int y = n / SIDE % SIDE;
                int x = n % SIDE;
                boolean block = Math.min(x, y) > 4 && Math.max(x, y) < SIDE - 5;
                values[n] = block && (x % 4 < 2 && y % 4 < 2) == rods ? 1 : 0;
            }
            KeptSlices mask = new KeptSlices(values, positions(count, 2), SIDE, SIDE, 1, 1);
            SliceGeometry geometry = geometry(mask, 2);
            Volume volume = geometry.volumeOf(values, mask.positions());
            double voxels = 0;
            for (float value : values) {
                voxels += value * 2;
            }
            double surface = Measures.of(MarchingCubes.extract(volume, 0.5f, Frame.LPS, 1)).volume();
            double off = voxels / surface - 1;
            SurfaceBands.Band band = SurfaceBands.of(mask, geometry, 1).volume();
            assertTrue(rods ? off > 0.1 : off < -0.01, () -> "off by " + off);
            assertTrue(-band.below() < off && off < band.above(), () -> "off by " + off + ", " + band);
            assertEquals(off, band.above() - band.below(), 1e-3, band::toString);
        }
    }

    @Test
    void whatTwoSlicesMeetHasNone() {
        assertNull(bands(20));
        KeptSlices ball = ball(4);
        double[] uneven = ball.positions().clone();
        uneven[3] += 0.5;
        KeptSlices moved = new KeptSlices(ball.values(), uneven, SIDE, SIDE, 1, 1);
        assertNull(SurfaceBands.of(moved, geometry(moved, 4), 1));
    }

    @Test
    void aStructureAmongLabelsHasTheBandsOfItsMask() {
        KeptSlices ball = ball(4);
        int wide = 2 * SIDE;
        short[] index = new short[ball.count() * SIDE * wide];
        for (int n = 0; n < index.length; n++) {
            int column = n % wide;
            index[n] = (short) (ball.values()[n / wide * SIDE + column % SIDE] > 0 ? column < SIDE ? 1 : 2 : 0);
        }
        LabelSlices labels = new LabelSlices(ScalarType.INT16, List.of(Label.of(1), Label.of(2), Label.of(3)),
                new int[] {0, 1, 0}, index, wide, SIDE);
        SliceGeometry geometry = new SliceGeometry(SliceAxis.K, SIDE, wide, geometry(ball, 4).affine(), ball.positions());
        SurfaceBands whole = bands(4);
        SurfaceBands second = SurfaceBands.of(labels, 1, StructureBoxes.of(labels, 3), geometry, 1);
        assertEquals(whole.surfaces(), second.surfaces());
        assertEquals(whole.volume().below(), second.volume().below(), 1e-4);
        assertEquals(whole.volume().above(), second.volume().above(), 1e-4);
        assertEquals(whole.diameter().above(), second.diameter().above(), 1e-4);
        assertNull(SurfaceBands.of(labels, 2, StructureBoxes.of(labels, 1), geometry, 1), "nowhere");
    }
}
