package io.github.medgs.interslice;

import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * What a network learns, moved by Adam with decoupled weight decay (Loshchilov and Hutter 2019); the rate rises from
 * {@value #FIRST} of its height and falls to nothing, along half cosines (Smith and Topin 2019).
 *
 * <p>Arrays are numbered as a network's file has them: the weights of a layer, its biases, the next layer's weights.
 */
final class Parameters {

    private static final double FIRST = 0.04;
    private static final double BETA1 = 0.9;
    private static final double EPSILON = 1e-8;

    private final float[][] weights;
    private final float[][] biases;
    private final double[][] means;
    private final double[][] squares;
    private final Course course;

    /**
     * How they are moved.
     *
     * @param rate at its height
     * @param rising share of the steps until there
     * @param beta2 of Adam's second moment
     * @param decay of the values themselves
     * @param longest gradients longer than this, all arrays together, are shortened to it; infinity leaves them
     */
    record Course(double rate, double rising, double beta2, double decay, double longest) {}

    /** The derivative of the loss by a value of an array. */
    @FunctionalInterface
    interface Gradient {
        double of(int array, int i);
    }

    /** @param weights by layer, kept, as the biases are */
    Parameters(float[][] weights, float[][] biases, Course course) {
        this.weights = weights;
        this.biases = biases;
        this.course = course;
        this.means = new double[2 * weights.length][];
        this.squares = new double[2 * weights.length][];
        for (int n = 0; n < means.length; n++) {
            means[n] = new double[values(n).length];
            squares[n] = new double[values(n).length];
        }
    }

    /** Values at random, from -bound to bound. */
    static float[] uniform(Random random, int count, double bound) {
        float[] values = new float[count];
        for (int n = 0; n < count; n++) {
            values[n] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    float[] values(int array) {
        return (array % 2 == 0 ? weights : biases)[array / 2];
    }

    /** A loss with one value changed, which is put back: to hold a gradient to finite differences. */
    double changed(int parameter, float change, DoubleSupplier loss) {
        int rest = parameter;
        for (int n = 0; n < means.length; n++) {
            float[] values = values(n);
            if (rest >= 0 && rest < values.length) {
                float before = values[rest];
                values[rest] += change;
                double changed = loss.getAsDouble();
                values[rest] = before;
                return changed;
            }
            rest -= values.length;
        }
        throw new IllegalArgumentException("no parameter " + parameter);
    }

    /** A gradient as one array, in the order that {@link #changed} counts in. */
    double[] all(Gradient gradient) {
        return IntStream.range(0, means.length).boxed()
                .flatMapToDouble(n -> IntStream.range(0, values(n).length).mapToDouble(i -> gradient.of(n, i))).toArray();
    }

    /**
     * Moves all values.
     *
     * @param step from 0 on, of so many
     */
    void move(int step, int steps, Gradient gradient) {
        double[] gradients = all(gradient);
        double squared = 0;
        for (double value : gradients) {
            squared += value * value;
        }
        double factor = Math.min(1, course.longest / (Math.sqrt(squared) + EPSILON));
        double rate = rate((double) step / steps);
        double first = 1 - Math.pow(BETA1, step + 1);
        double second = 1 - Math.pow(course.beta2, step + 1);
        int at = 0;
        for (int n = 0; n < means.length; n++) {
            float[] values = values(n);
            for (int i = 0; i < values.length; i++) {
                double slope = factor * gradients[at++];
                means[n][i] += (1 - BETA1) * (slope - means[n][i]);
                squares[n][i] += (1 - course.beta2) * (slope * slope - squares[n][i]);
                values[i] -= (float) (rate * (means[n][i] / first / (Math.sqrt(squares[n][i] / second) + EPSILON)
                        + course.decay * values[i]));
            }
        }
    }

    private double rate(double done) {
        return done < course.rising ? course.rate * cosine(FIRST, 1, done / course.rising)
                : course.rate * cosine(1, 0, (done - course.rising) / (1 - course.rising));
    }

    private static double cosine(double from, double to, double share) {
        return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * share));
    }
}
