package io.github.medgs.neural;

import io.github.medgs.engine.Step;
import io.github.medgs.kernel.AdamUpdate;

/**
 * One layer's weights, what products need of them, their gradients, and Adam's moments. Row o of a matrix holds the weights
 * of unit o, filled up with zeros to whole panels.
 *
 * <p>Normalised, a unit's weights are W = length * V / |V|; else V itself. Work is shared out by bands of as many units as a
 * panel is wide, since a band writes one panel of the transposed weights.
 */
final class Layer {

    final int in;
    final int out;
    final int stride;

    /** V. */
    final float[] direction;

    /** Of each unit, or null. */
    final float[] length;

    /** One for each unit, filled up with zeros to whole panels. */
    final float[] bias;

    /** W. */
    final float[] weights;

    /** W transposed: in rows, a column for each unit. */
    final Panels forward;

    /** W: a row for each unit. */
    final Panels backward;

    /** By W; a step turns it into the gradient by V. */
    final float[] weightGradient;
    final float[] lengthGradient;
    final float[] biasGradient;

    private final float[][] moments;

    Layer(int in, int out, boolean normalised) {
        this.in = in;
        this.out = out;
        this.stride = Panels.padded(in);
        this.direction = new float[out * stride];
        this.length = normalised ? new float[out] : null;
        this.bias = new float[Panels.padded(out)];
        this.weights = normalised ? new float[out * stride] : direction;
        this.forward = new Panels(in, out);
        this.backward = new Panels(out, in);
        this.weightGradient = new float[out * stride];
        this.lengthGradient = normalised ? new float[out] : null;
        this.biasGradient = new float[bias.length];
        int lengths = normalised ? out : 0;
        this.moments = new float[][] {new float[out * stride], new float[out * stride], new float[lengths],
            new float[lengths], new float[bias.length], new float[bias.length]};
    }

    /** How many bands of units there are. */
    int bands() {
        return bias.length / Panels.WIDTH;
    }

    /** Takes up what the network begins with, units x numbers in; a unit's length is that of its direction, so that W = V. */
    void begin(float[] weights, float[] biases) {
        for (int o = 0; o < out; o++) {
            System.arraycopy(weights, o * in, direction, o * stride, in);
            bias[o] = biases[o];
            if (length != null) {
                length[o] = (float) norm(o);
            }
        }
    }

    /** W and the panels of a band from what is learnt. */
    void refresh(int band) {
        int from = band * Panels.WIDTH;
        int to = Math.min(out, from + Panels.WIDTH);
        for (int o = from; length != null && o < to; o++) {
            float scale = (float) (length[o] / norm(o));
            for (int i = o * stride; i < o * stride + in; i++) {
                weights[i] = scale * direction[i];
            }
        }
        MatrixView view = MatrixView.rows(weights, 0, stride);
        forward.pack(new MatrixView(weights, from * stride, 1, stride), 0, in, from, to - from);
        backward.pack(view, from, to, 0, in);
    }

    /**
     * From the gradient by W to those by V and the lengths:
     * with u = V / |V|, d length = dW . u and dV = length / |V| (dW - (dW . u) u).
     */
    void normaliseGradient(int band) {
        for (int o = band * Panels.WIDTH; length != null && o < Math.min(out, (band + 1) * Panels.WIDTH); o++) {
            double norm = norm(o);
            double along = 0;
            for (int i = o * stride; i < o * stride + in; i++) {
                along += (double) weightGradient[i] * direction[i];
            }
            along /= norm;
            lengthGradient[o] = (float) along;
            float scale = (float) (length[o] / norm);
            float share = (float) (along / norm);
            for (int i = o * stride; i < o * stride + in; i++) {
                weightGradient[i] = scale * (weightGradient[i] - share * direction[i]);
            }
        }
    }

    /** Moves what a band has learnt by one step of Adam down its gradients. */
    void descend(int band, Step.Adam adam, int iteration, double rate) {
        float stepSize = (float) (rate / adam.firstCorrection(iteration));
        float correction = adam.secondCorrection(iteration);
        int from = band * Panels.WIDTH;
        int to = Math.min(out, from + Panels.WIDTH);
        move(direction, 0, weightGradient, from * stride, to * stride, adam, stepSize, correction);
        if (length != null) {
            move(length, 2, lengthGradient, from, to, adam, stepSize, correction);
        }
        move(bias, 4, biasGradient, from, to, adam, stepSize, correction);
    }

    private void move(float[] values, int moment, float[] gradient, int from, int to, Step.Adam adam, float stepSize,
            float correction) {
        for (int i = from; i < to; i++) {
            AdamUpdate.apply(values, moments[moment], moments[moment + 1], i, gradient[i], stepSize, correction,
                    adam.beta1(), adam.beta2(), adam.epsilon());
        }
    }

    private double norm(int unit) {
        double squares = 0;
        for (int i = unit * stride; i < unit * stride + in; i++) {
            squares += (double) direction[i] * direction[i];
        }
        return Math.sqrt(squares);
    }
}
