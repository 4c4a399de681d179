package io.github.medgs.evaluation.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.surface.Fields;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.TriangleMesh;
import org.junit.jupiter.api.Test;

class SurfaceDistancesTest {

    private static TriangleMesh ball(double x, double radius) {
        return MarchingCubes.extract(
                Fields.sample(Fields.sphere(x, 0, 0, radius), 60, 60, 60, Fields.affine(60, 60, 60, 1, 1, 1, false)), 0,
                Frame.RAS, 1);
    }

    @Test
    void concentricSpheresAreTheirRadiiApart() {
        SurfaceDistances d = SurfaceDistances.between(ball(0, 20), ball(0, 23), 2);
        assertEquals(3, d.assd(), 0.02);
        assertEquals(3, d.hd95(), 0.05);
        assertEquals(3, d.hd(), 0.1);
    }

    @Test
    void aShiftedSphereHasTheKnownMean() {
        // Distance of a point of a sphere to its copy shifted by s: about s |cos|, whose mean is s / 2, its maximum s.
        SurfaceDistances d = SurfaceDistances.between(ball(0, 20), ball(1, 20), 1);
        assertEquals(0.5, d.assd(), 0.02);
        assertEquals(0.95, d.hd95(), 0.03);
        assertEquals(1, d.hd(), 0.05);
    }

    @Test
    void nothingIsZeroButTheSameSurface() {
        assertEquals(0, SurfaceDistances.between(ball(0, 20), ball(0, 20), 1).hd(), 1e-4);
        assertTrue(SurfaceDistances.between(ball(0, 20), ball(0.01, 20), 1).assd() > 0.003);
    }

    /** Of a round of needles, each of which would be cut into as many pieces as a large triangle. */
    private static TriangleMesh round(int needles, double radius) {
        float[] vertices = new float[6 * needles];
        int[] triangles = new int[6 * needles];
        for (int n = 0; n < needles; n++) {
            for (int end = 0; end < 2; end++) {
                vertices[6 * n + 3 * end] = (float) (radius * Math.cos(2 * Math.PI * n / needles));
                vertices[6 * n + 3 * end + 1] = (float) (radius * Math.sin(2 * Math.PI * n / needles));
                vertices[6 * n + 3 * end + 2] = 40 * end;
            }
            int next = (n + 1) % needles;
            System.arraycopy(new int[] {2 * n, 2 * next, 2 * n + 1, 2 * n + 1, 2 * next, 2 * next + 1}, 0, triangles, 6 * n, 6);
        }
        return new TriangleMesh(vertices, triangles, Frame.RAS);
    }

    @Test
    void manyNeedlesAreCutAsFinelyAsThereIsRoom() {
        SurfaceDistances d = SurfaceDistances.between(round(500, 10), round(500, 12), 2, 40_000);
        assertEquals(2, d.assd(), 0.01);
        assertEquals(2, d.hd95(), 0.01);
    }

    /** So many that their pieces cannot be counted in an int; what is measured by them is coarse, and quickly there. */
    @Test
    void noSurfaceHasTooManyNeedles() {
        TriangleMesh needles = round(60_000, 10);
        assertEquals(0, SurfaceDistances.between(needles, needles, 2, 1).assd(), 1e-4);
    }

    @Test
    void threadsDoNotMatter() {
        assertEquals(SurfaceDistances.between(ball(0, 20), ball(1, 18), 1),
                SurfaceDistances.between(ball(0, 20), ball(1, 18), 3));
    }
}
