package io.github.medgs.evaluation.funsr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.surface.Fields;
import io.github.medgs.training.TrainingData;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

class SurfacePointsTest {

    /** A box of voxels 1 to 4, 2 to 4, and all three slices; pixels of 1 x 2 mm, slices {@code gap} apart. */
    private static SurfacePoints box(double gap) {
        int nx = 7;
        int ny = 6;
        float[] inside = new float[nx * ny * 3];
        for (int i = 0; i < inside.length; i++) {
            int x = i % nx;
            int y = i / nx % ny;
            inside[i] = x >= 1 && x <= 4 && y >= 2 && y <= 4 ? 1 : 0;
        }
        Volume volume = new Volume(nx, ny, 3, inside, new Matrix4d().scaling(1, 2, gap));
        SliceStack stack = SliceStack.of(volume, SliceAxis.K, new IntensityWindow(0, 1));
        return SurfacePoints.of(new TrainingData(stack, stack.values()), 1);
    }

    @Test
    void outlinesAreHalfWayAndScaledToTheLongestSide() {
        SurfacePoints points = box(8);
        // Sides of 4 and of 3 pixels, on each of three slices.
        assertEquals(3 * 2 * (4 + 3), points.count());
        assertEquals(16, points.side());
        assertEquals(-0.5, points.toUnit(0, 2));
        double least = 0;
        for (int p = 0; p < points.count(); p++) {
            least = Math.min(least, points.points()[3 * p]);
        }
        assertEquals(points.toUnit(0.5, 0), least);
        assertEquals(-2.0 / 16, least);
    }

    @Test
    void aNearSliceCountsAndTheStackClosesHalfAGapBeyondItsEnds() {
        SurfacePoints points = box(3);
        assertEquals(3 * 2 * (4 + 3) + 2 * 4 * 3, points.count());
        double highest = 0;
        for (int p = 0; p < points.count(); p++) {
            highest = Math.max(highest, points.points()[3 * p + 2]);
        }
        assertEquals(points.toUnit(6 + 1.5, 2), highest);
    }

    @Test
    void manyPointsAreThinnedOut() {
        int n = 130;
        Volume field = Fields.sample(Fields.sphere(0, 0, 0, 60), n, n, n, Fields.affine(n, n, n, 1, 1, 1, false));
        float[] inside = new float[field.voxels().length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = field.voxels()[i] >= 0 ? 1 : 0;
        }
        SliceStack stack = SliceStack.of(field.withVoxels(inside), SliceAxis.K, new IntensityWindow(0, 1));
        SurfacePoints points = SurfacePoints.of(new TrainingData(stack, stack.values()), 1);
        assertEquals(20_000, points.count());
        for (int p = 0; p < points.count(); p++) {
            double x = points.points()[3 * p];
            double y = points.points()[3 * p + 1];
            double z = points.points()[3 * p + 2];
            assertTrue(Math.abs(Math.sqrt(x * x + y * y + z * z) - 0.5) < 0.01);
        }
    }
}
