package io.github.medgs.evaluation.funsr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.evaluation.surface.PointTree;
import io.github.medgs.parallel.Workers;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueriesTest {

    private static double[] ball(int count) {
        Random random = new Random(5);
        double[] points = new double[3 * count];
        for (int p = 0; p < count; p++) {
            double[] x = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            double length = 2 * Math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
            for (int axis = 0; axis < 3; axis++) {
                points[3 * p + axis] = x[axis] / length;
            }
        }
        return points;
    }

    private static double distance(double[] points, int p, float[] place, int q) {
        double squares = 0;
        for (int axis = 0; axis < 3; axis++) {
            double d = points[3 * p + axis] - place[3 * q + axis];
            squares += d * d;
        }
        return Math.sqrt(squares);
    }

    @Test
    void eachHasItsNearestPointAndThreadsChangeNothing() {
        double[] points = ball(700);
        SurfacePoints surface = new SurfacePoints(points, new double[3], 1);
        Queries queries = Queries.of(surface, new Workers(1), 3);
        Queries same = Queries.of(surface, new Workers(3), 3);
        assertArrayEquals(queries.places(), same.places());
        assertArrayEquals(queries.nearest(), same.nearest());
        assertEquals(20 * 700 + 30_000, queries.count());
        for (int q = 0; q < queries.count(); q += 97) {
            double least = Double.POSITIVE_INFINITY;
            for (int p = 0; p < 700; p++) {
                least = Math.min(least, distance(points, p, queries.places(), q));
            }
            double[] nearest = {queries.nearest()[3 * q], queries.nearest()[3 * q + 1], queries.nearest()[3 * q + 2]};
            assertEquals(least, distance(nearest, 0, queries.places(), q), 1e-6);
        }
    }

    /** The mean square of three normal numbers is three times the square of their spread. */
    @Test
    void theySpreadAsFarAsTheFiftiethNeighbour() {
        double[] points = ball(700);
        Queries queries = Queries.of(new SurfacePoints(points, new double[3], 1), new Workers(2), 3);
        PointTree.Neighbours neighbours = new PointTree(points).new Neighbours(51);
        double expected = 0;
        double got = 0;
        for (int p = 0; p < 700; p++) {
            double[] all = new double[700];
            for (int other = 0; other < 700; other++) {
                float[] place = {(float) points[3 * other], (float) points[3 * other + 1], (float) points[3 * other + 2]};
                all[other] = distance(points, p, place, 0);
            }
            Arrays.sort(all);
            assertEquals(all[50], neighbours.of(points[3 * p], points[3 * p + 1], points[3 * p + 2]).distance(), 1e-6);
            assertEquals(p, neighbours.nearest());
            expected += 3 * all[50] * all[50];
            for (int q = 20 * p; q < 20 * (p + 1); q++) {
                got += Math.pow(distance(points, p, queries.places(), q), 2) / 20;
            }
        }
        assertEquals(1, got / expected, 0.05);
    }

    @Test
    void thoseAnywhereLieOnTheGrids() {
        Queries queries = Queries.of(new SurfacePoints(ball(60), new double[3], 1), new Workers(2), 3);
        int far = 0;
        for (int i = 3 * 20 * 60; i < queries.places().length; i++) {
            double x = queries.places()[i];
            assertTrue(onGrid(x / 0.5, 70) || onGrid(x, 50), "at " + x);
            far += Math.abs(x) > 0.5 ? 1 : 0;
        }
        // Of 468,000 places 125,000 are of the wide grid, half of whose numbers lie outside of 0.5.
        assertEquals(0.5 * 125.0 / 468, far / 90_000.0, 0.01);
    }

    private static boolean onGrid(double share, int side) {
        double index = (share + 1) / 2 * (side - 1);
        return Math.abs(index - Math.rint(index)) < 1e-4 && index > -0.5 && index < side - 0.5;
    }

    @Test
    void farthestPointsSpread() {
        double[] points = ball(3_000);
        double[] taken = FarthestPoints.of(points, 100, 7);
        PointTree tree = new PointTree(taken);
        PointTree.Neighbours two = tree.new Neighbours(2);
        PointTree.Neighbours one = tree.new Neighbours(1);
        double apart = Double.POSITIVE_INFINITY;
        for (int p = 0; p < 100; p++) {
            apart = Math.min(apart, two.of(taken[3 * p], taken[3 * p + 1], taken[3 * p + 2]).distance());
        }
        double left = 0;
        for (int p = 0; p < 3_000; p++) {
            left = Math.max(left, one.of(points[3 * p], points[3 * p + 1], points[3 * p + 2]).distance());
        }
        // Greedy: what is left is no farther from those taken than they are from each other.
        assertTrue(left <= apart + 1e-6, left + " and " + apart);
        assertEquals(points[21], taken[0]);
    }
}
