package io.github.medgs.neural;

import io.github.medgs.engine.Step;

/**
 * A network f from some numbers to one, over batches, with all that is needed to learn from its values and from its gradient.
 *
 * <p>f is linear in pieces: a unit's output is its slope s (1 or the leak) times its sum, and the slopes change nowhere but on
 * the pieces' borders. So, writing a_l for what layer l gets, d_l = df / d(sum of layer l), and S_l for the slopes:
 * <pre>
 *   forward         a_(l+1) = S_l (W_l a_l + b_l)
 *   input gradient  d_(l-1) = S_(l-1) W_l' d_l,  grad f = W_0' d_0
 * </pre>
 * A loss L of f and of grad f has, with alpha = dL/df and gamma = dL/d(grad f), the gradient of alpha f + gamma . grad f with
 * both held still. The second term is f's change along gamma, which runs forward through the same slopes as a value does
 * (they have no derivative: a rectifier's second derivative vanishes), so one pass carries both:
 * <pre>
 *   second pass     c_0 = alpha x + gamma,  c_(l+1) = S_l (W_l c_l + alpha b_l)
 *   weight gradient dL/dW_l = sum over the batch of d_l c_l',  dL/db_l = sum of alpha d_l
 * </pre>
 * Four products for each layer in all: the gradient of a gradient costs one more than plain learning does.
 */
public interface Network extends AutoCloseable {

    /**
     * f at some places; nothing can be learnt from such a batch.
     *
     * @param points row by row, as many numbers as there are inputs; kept by reference until the next call
     * @param count rows, at most the capacity
     */
    void forward(float[] points, int count);

    /** f and its gradient at some places, likewise. */
    void forwardWithGradients(float[] points, int count);

    /** f at each row of the last batch. */
    float[] values();

    /** The gradient at each row of the last batch, row by row. */
    float[] gradients();

    /**
     * The gradient of a loss of the last batch's values and gradients by all that is learnt. Spends the batch: what it left
     * for this is overwritten.
     *
     * @param byValue the loss' derivative by each value
     * @param byGradient its derivative by each gradient, row by row, or null where the loss knows no gradient
     * @throws IllegalStateException where no {@link #forwardWithGradients} came just before
     */
    void weightGradients(float[] byValue, float[] byGradient);

    /** One step of Adam down the last {@link #weightGradients}; the first iteration is 1. */
    void descend(Step.Adam adam, int iteration, double rate);

    /** Gives a device's memory back. */
    @Override
    default void close() {}
}
