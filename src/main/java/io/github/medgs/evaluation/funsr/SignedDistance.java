package io.github.medgs.evaluation.funsr;

import io.github.medgs.engine.Step;
import io.github.medgs.kernel.PullingLoss;
import io.github.medgs.neural.Network;
import io.github.medgs.neural.NetworkShape;
import io.github.medgs.neural.NetworkStart;
import io.github.medgs.neural.Networks;
import io.github.medgs.training.StepRandom;

/**
 * The signed distance and how it is learnt, with the published constants: a network of eight layers of 256 that begins as a
 * sphere, pulled onto the points of a surface; negative inside.
 */
final class SignedDistance implements AutoCloseable {

    /** Steps of the published schedule. */
    static final int PUBLISHED_STEPS = 15_000;

    private static final int BATCH = 5_000;
    private static final NetworkShape SHAPE = new NetworkShape(3, 256, 8, 4, 0f, true);
    private static final double START_RADIUS = 0.5;
    private static final Step.Adam ADAM = new Step.Adam(0.9f, 0.999f, 1e-8f);
    private static final double RATE = 1e-3;

    /** The share of the steps over which the rate rises: 1,000 of 15,000. */
    private static final double WARM_UP = 1.0 / 15;

    /** Published weight of the gradient's direction. */
    static final float PUBLISHED_DIRECTION = 0.005f;

    /** Of the discriminator. */
    private static final float ADVERSARIAL = 0.005f;

    private final Network network;
    private final Discriminator discriminator;
    private final Queries queries;
    private final int steps;
    private final float direction;
    private final long seed;

    private final int batch;
    private final float[] places;
    private final float[] nearest;
    private final float[] terms;
    private final float[] byValue;
    private final float[] byGradient;

    /**
     * @param steps of the whole schedule, which is the published one drawn out or together
     * @param direction weight of the gradient's direction, {@link #PUBLISHED_DIRECTION} unless its effect is to be seen
     */
    SignedDistance(Queries queries, int steps, float direction, long seed, Networks networks) {
        this(SHAPE, BATCH, queries, steps, direction, seed, networks);
    }

    /** One of another shape, with other batches. */
    SignedDistance(NetworkShape shape, int batch, Queries queries, int steps, float direction, long seed, Networks networks) {
        this.network = networks.begin(NetworkStart.sphere(shape, START_RADIUS, seed), batch);
        this.discriminator = new Discriminator(batch, networks, seed + 1);
        this.queries = queries;
        this.steps = steps;
        this.direction = direction;
        this.seed = seed;
        this.batch = batch;
        this.places = new float[3 * batch];
        this.nearest = new float[3 * batch];
        this.terms = new float[2 * batch];
        this.byValue = new float[batch];
        this.byGradient = new float[3 * batch];
    }

    /**
     * What a step's batch lost, in means.
     *
     * @param distance to the nearest point after the pull
     * @param direction how far the gradient's direction is off
     * @param adversarial what the discriminator says
     * @param sum of all three, weighted: what is descended
     */
    record Losses(double distance, double direction, double adversarial, double sum) {}

    /** One step; the first iteration is 1. */
    Losses step(int iteration) {
        draw(iteration);
        network.forwardWithGradients(places, batch);
        discriminator.learn(network.values(), batch, ADAM, iteration, RATE);
        Losses losses = gradients();
        network.descend(ADAM, iteration, rate(iteration));
        return losses;
    }

    private void draw(int iteration) {
        StepRandom random = new StepRandom(seed, StepRandom.Use.BATCH, iteration);
        for (int r = 0; r < batch; r++) {
            int query = random.below(queries.count());
            System.arraycopy(queries.places(), 3 * query, places, 3 * r, 3);
            System.arraycopy(queries.nearest(), 3 * query, nearest, 3 * r, 3);
        }
    }

    /** The losses of the batch at hand, whose gradients by the weights are left in the network. */
    private Losses gradients() {
        double pulled = 0;
        double turned = 0;
        for (int r = 0; r < batch; r++) {
            PullingLoss.gradient(r, network.values(), network.gradients(), places, nearest, direction, terms,
                    byValue, byGradient);
            pulled += terms[2 * r] / batch;
            turned += terms[2 * r + 1] / batch;
        }
        double adversarial = discriminator.judge(network.values(), batch, ADVERSARIAL, byValue);
        for (int r = 0; r < batch; r++) {
            byValue[r] /= batch;
            for (int i = 3 * r; i < 3 * r + 3; i++) {
                byGradient[i] /= batch;
            }
        }
        network.weightGradients(byValue, byGradient);
        return new Losses(pulled, turned, adversarial, pulled + direction * turned + ADVERSARIAL * adversarial);
    }

    /** Without a step: the losses of an iteration's batch, and their gradients in the network. */
    Losses lossesOnly(int iteration) {
        draw(iteration);
        network.forwardWithGradients(places, batch);
        return gradients();
    }

    /** Rising evenly at first, then half a cosine down to 0, as published: the last step moves nothing. */
    private double rate(int iteration) {
        double warmUp = WARM_UP * steps;
        return iteration < warmUp ? RATE * iteration / warmUp
                : RATE * 0.5 * (1 + StrictMath.cos(Math.PI * (iteration - warmUp) / (steps - warmUp)));
    }

    /**
     * Signed distances at some places, in the points' scale.
     *
     * @param points x, y, z of each, at most {@link #batch} of them
     * @return the network's own array
     */
    float[] at(float[] points, int count) {
        network.forward(points, count);
        return network.values();
    }

    /** The most places of one question. */
    int batch() {
        return batch;
    }

    /** Places of the batch at hand, and the points that are nearest to them. */
    float[] batchPlaces() {
        return places;
    }

    float[] batchNearest() {
        return nearest;
    }

    Network network() {
        return network;
    }

    Discriminator discriminator() {
        return discriminator;
    }

    @Override
    public void close() {
        network.close();
        discriminator.network().close();
    }
}
