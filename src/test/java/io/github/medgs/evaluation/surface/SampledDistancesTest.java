package io.github.medgs.evaluation.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.medgs.surface.Fields;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.TriangleMesh;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampledDistancesTest {

    private static TriangleMesh ball(double radius) {
        return MarchingCubes.extract(Fields.sample(Fields.sphere(0, 0, 0, radius), 60, 60, 60,
                Fields.affine(60, 60, 60, 1, 1, 1, false)), 0, Frame.RAS, 1);
    }

    @Test
    void theTreeFindsWhatTheSearchOverAllPointsFinds() {
        Random random = new Random(2);
        for (int count : new int[] {1, 5, 9, 500}) {
            double[] points = new double[3 * count];
            for (int i = 0; i < points.length; i++) {
                points[i] = random.nextInt(3) == 0 ? random.nextInt(3) : random.nextGaussian();
            }
            PointTree tree = new PointTree(points);
            for (int trial = 0; trial < 300; trial++) {
                double[] q = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
                double best = Double.POSITIVE_INFINITY;
                for (int i = 0; i < count; i++) {
                    best = Math.min(best, Math.hypot(Math.hypot(points[3 * i] - q[0], points[3 * i + 1] - q[1]),
                            points[3 * i + 2] - q[2]));
                }
                assertEquals(best, tree.distance(q[0], q[1], q[2]), 1e-12);
            }
        }
    }

    @Test
    void oneSurfaceIsItsSamplingNoiseAwayFromItself() {
        // Two samplings of a surface of area A with n points: neighbours are about 0.5 sqrt(A / n) apart.
        double area = 4 * Math.PI * 22 * 22;
        SampledDistances distances = SampledDistances.between(ball(22), ball(22));
        assertEquals(0.5 * Math.sqrt(area / SampledDistances.SAMPLES), distances.chamfer(), 0.005);
        assertEquals(0.34, distances.hd95(), 0.03);
    }

    @Test
    void spheresAreTheirRadiiApart() {
        SampledDistances distances = SampledDistances.between(ball(20), ball(25));
        assertEquals(5, distances.chamfer(), 0.03);
        assertEquals(5, distances.hd95(), 0.06);
    }
}
