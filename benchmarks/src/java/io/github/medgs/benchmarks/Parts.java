package io.github.medgs.benchmarks;

/**
 * The parts of a step on one engine and one view with both heads, so that each can be timed alone. What a part needs of
 * the parts before it stands after {@link #prepare}.
 */
public interface Parts extends AutoCloseable {

    /** Runs every part once, and so brings the buffers into the state in which the parts find them. */
    void prepare();

    /** Folds all Gaussians at the view's time, and finds where they are drawn. */
    void fold();

    /** Draws both heads. */
    void draw();

    /** The gradient of the drawn pixels by the Gaussians' parameters; needs {@link #draw} anew each time. */
    void gradient();

    /** SSIM of the image head with its target, and its gradient by every pixel. */
    void similarity();

    @Override
    void close();
}
