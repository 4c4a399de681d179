package io.github.medgs.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelSlices;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
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
        assertTrue(fine.volume() < 0.05, fine.toString());
        assertTrue(coarse.volume() > 1.5 * fine.volume() && coarse.diameter() >= fine.diameter(), coarse.toString());
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
        assertEquals(whole.volume(), second.volume(), 1e-4);
        assertEquals(whole.diameter(), second.diameter(), 1e-4);
        assertNull(SurfaceBands.of(labels, 2, StructureBoxes.of(labels, 1), geometry, 1), "nowhere");
    }
}
