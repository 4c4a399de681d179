package io.github.medgs.evaluation.funsr;

import io.github.medgs.evaluation.surface.PointTree;
import io.github.medgs.parallel.Workers;
import io.github.medgs.training.StepRandom;

/**
 * Places to learn at, each with the point of the surface that is nearest to it: most lie round the points, spread as far as
 * those are apart, some anywhere in the box.
 *
 * @param places x, y, z of each
 * @param nearest of each, likewise
 */
record Queries(float[] places, float[] nearest) {

    private static final int EACH = 20;

    /** The spread round a point is its distance to this neighbour. */
    private static final int NEIGHBOUR = 50;

    private static final int ANYWHERE = 30_000;

    /** Places of two grids from which those anywhere are picked: on [-0.5, 0.5]^3 and on [-1, 1]^3. */
    private static final int NEAR_GRID = 70;

    private static final int FAR_GRID = 50;

    /** Points, or places anywhere, of one piece of work, with random numbers of its own. */
    private static final int PIECE = 500;

    int count() {
        return places.length / 3;
    }

    /** Draws them; the same for a seed, whatever the threads. */
    static Queries of(SurfacePoints surface, Workers workers, long seed) {
        double[] points = surface.points();
        int count = surface.count();
        PointTree tree = new PointTree(points);
        float[] places = new float[3 * (EACH * count + ANYWHERE)];
        float[] nearest = new float[places.length];
        int pieces = (count + PIECE - 1) / PIECE;
        workers.forEach(pieces + ANYWHERE / PIECE, (piece, worker) -> {
            StepRandom random = new StepRandom(seed, StepRandom.Use.QUERIES, piece);
            int from = piece < pieces ? piece * PIECE : EACH * count + (piece - pieces) * PIECE;
            int to = piece < pieces ? Math.min(count, from + PIECE) : from + PIECE;
            if (piece < pieces) {
                aroundPoints(points, from, to, tree, random, places);
                from *= EACH;
                to *= EACH;
            } else {
                anywhere(from, to, random, places);
            }
            PointTree.Neighbours one = tree.new Neighbours(1);
            for (int q = from; q < to; q++) {
                int found = one.of(places[3 * q], places[3 * q + 1], places[3 * q + 2]).nearest();
                for (int axis = 0; axis < 3; axis++) {
                    nearest[3 * q + axis] = (float) points[3 * found + axis];
                }
            }
        });
        return new Queries(places, nearest);
    }

    private static void aroundPoints(double[] points, int from, int to, PointTree tree, StepRandom random, float[] places) {
        // A point is its own nearest.
        PointTree.Neighbours several = tree.new Neighbours(NEIGHBOUR + 1);
        for (int p = from; p < to; p++) {
            double spread = several.of(points[3 * p], points[3 * p + 1], points[3 * p + 2]).distance();
            for (int i = 3 * EACH * p; i < 3 * EACH * (p + 1); i++) {
                places[i] = (float) (points[3 * p + i % 3] + spread * random.normal());
            }
        }
    }

    private static void anywhere(int from, int to, StepRandom random, float[] places) {
        int near = NEAR_GRID * NEAR_GRID * NEAR_GRID;
        int far = FAR_GRID * FAR_GRID * FAR_GRID;
        for (int q = from; q < to; q++) {
            int pick = random.below(near + far);
            int grid = pick < near ? NEAR_GRID : FAR_GRID;
            int cell = pick < near ? pick : pick - near;
            double half = pick < near ? 0.5 : 1;
            int[] index = {cell % grid, cell / grid % grid, cell / grid / grid};
            for (int axis = 0; axis < 3; axis++) {
                places[3 * q + axis] = (float) (half * (2.0 * index[axis] / (grid - 1) - 1));
            }
        }
    }
}
