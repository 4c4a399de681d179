package io.github.medgs.evaluation.funsr;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.engine.tornado.TornadoEngine;
import io.github.medgs.evaluation.surface.SurfaceMethod;
import io.github.medgs.neural.HostNetworks;
import io.github.medgs.neural.MatrixProducts;
import io.github.medgs.neural.Networks;
import io.github.medgs.neural.PlainProducts;
import io.github.medgs.neural.tornado.DeviceNetworks;
import io.github.medgs.parallel.Workers;
import io.github.medgs.training.TrainingData;
import io.github.medgs.training.TrainingListener;
import java.util.Arrays;

/**
 * FUNSR as a method of the sparse protocol: the points are the outlines of the kept slices, the field is the learnt signed
 * distance in the volume's own voxels, out to one side of the points' box beyond its middle; farther off all is outside, as in
 * the published one, whose grid ends there.
 */
public final class FunsrSurface implements SurfaceMethod {

    /** Steps of the published schedule. */
    public static final int PUBLISHED_STEPS = SignedDistance.PUBLISHED_STEPS;

    /** How far from the middle the field is asked for, in sides of the points' box. */
    private static final double REACH = 1;

    private final int steps;
    private final float direction;
    private final long seed;
    private final Engine engine;
    private final int threads;
    private final TrainingListener learning;
    private final TrainingListener drawing;
    private boolean warned;

    /**
     * @param steps {@link #PUBLISHED_STEPS}, or fewer for the same schedule drawn together; its rate ends at 0, so that
     *     the last step moves nothing, and one step leaves the sphere with which the network begins
     * @param engine the networks learn on its device, or on the processor as it computes: on vectors, or plainly; may be
     *     {@code null}, for what is fastest there
     * @param threads no result depends on it
     * @param learning hears of every step
     * @param drawing hears of every batch of voxels
     */
    public FunsrSurface(int steps, long seed, Engine engine, int threads, TrainingListener learning,
            TrainingListener drawing) {
        this(steps, SignedDistance.PUBLISHED_DIRECTION, seed, engine, threads, learning, drawing);
    }

    /** @param direction weight of the gradient's direction in the loss */
    FunsrSurface(int steps, float direction, long seed, Engine engine, int threads, TrainingListener learning,
            TrainingListener drawing) {
        this.steps = steps;
        this.direction = direction;
        this.seed = seed;
        this.engine = engine;
        this.threads = threads;
        this.learning = learning;
        this.drawing = drawing;
    }

    @Override
    public String name() {
        return "FUNSR " + steps + (steps == 1 ? " step" : " steps");
    }

    @Override
    public float[] field(TrainingData kept, double[] positions) {
        Workers workers = new Workers(threads);
        Networks networks = networks(workers);
        if (!warned) {
            // Once, however many strides and structures follow.
            warned = true;
            networks.slow().ifPresent(why ->
                    learning.note("FUNSR learns in plain Java, which takes many times longer: " + why));
        }
        SurfacePoints surface = SurfacePoints.of(kept, seed);
        try (SignedDistance distance = new SignedDistance(Queries.of(surface, workers, seed), steps, direction, seed,
                networks)) {
            for (int step = 1; step <= steps; step++) {
                double loss = distance.step(step).sum();
                learning.stepped(step, steps);
                if (!Double.isFinite(loss)) {
                    learning.stepped(steps, steps);
                    learning.note("FUNSR's loss is no number from step " + step + " on: it has no surface here");
                    return new float[positions.length * kept.pixels()];
                }
            }
            return draw(distance, surface, kept, positions);
        }
    }

    /** By the engine's name: the class of a device's is not to be had in every process. */
    private Networks networks(Workers workers) {
        return switch (engine == null ? "" : engine.name()) {
            case TornadoEngine.NAME -> new DeviceNetworks(((TornadoEngine) engine).device());
            case ReferenceEngine.NAME -> new HostNetworks(new PlainProducts(), workers);
            default -> new HostNetworks(MatrixProducts.best(), workers);
        };
    }

    /** 0.5 at the surface, changing by one over the shorter side of a pixel. */
    private float[] draw(SignedDistance distance, SurfacePoints surface, TrainingData kept, double[] positions) {
        int width = kept.stack().width();
        double columnSpacing = kept.stack().geometry().columnSpacing();
        double rowSpacing = kept.stack().geometry().rowSpacing();
        float perUnit = (float) (surface.side() / Math.min(columnSpacing, rowSpacing));
        float[] field = new float[positions.length * kept.pixels()];
        Arrays.fill(field, 0.5f - perUnit);
        float[] places = new float[3 * distance.batch()];
        int[] voxels = new int[distance.batch()];
        int filled = 0;
        int batches = (field.length + voxels.length - 1) / voxels.length;
        for (int n = 0; n < field.length; n++) {
            double x = surface.toUnit(n % width * columnSpacing, 0);
            double y = surface.toUnit(n % kept.pixels() / width * rowSpacing, 1);
            double z = surface.toUnit(positions[n / kept.pixels()], 2);
            if (Math.max(Math.abs(x), Math.max(Math.abs(y), Math.abs(z))) <= REACH) {
                places[3 * filled] = (float) x;
                places[3 * filled + 1] = (float) y;
                places[3 * filled + 2] = (float) z;
                voxels[filled++] = n;
            }
            if (filled == voxels.length || n + 1 == field.length) {
                float[] values = distance.at(places, filled);
                for (int i = 0; i < filled; i++) {
                    field[voxels[i]] = 0.5f - perUnit * values[i];
                }
                filled = 0;
                drawing.stepped((n + 1 + voxels.length - 1) / voxels.length, batches);
            }
        }
        return field;
    }
}
