package io.github.medgs.engine;

import io.github.medgs.model.FoldedGaussians;
import java.util.Optional;

/**
 * One way to carry out the arithmetic: on plain loops, on vector lanes and threads, or on a device.
 *
 * <p>All engines compute the same step from the same kernels. On one engine the same input gives the same bits, whatever
 * the number of threads.
 */
public interface Engine extends AutoCloseable {

    /** A device for the tornado engine: the first graphics processor, or none. All that {@code auto} would take. */
    String GPU_ONLY = "gpu";

    /** The name by which it is chosen. */
    String name();

    /** What it runs on, in a line for people. */
    String description();

    /** Why plain loops are faster than this engine on this machine, for people; empty when they are not. */
    default Optional<String> slow() {
        return Optional.empty();
    }

    /**
     * Told that a training will follow: what it would wait for and what needs no model may begin, beside the caller's own
     * work.
     */
    default void prepareToTrain() {}

    /**
     * Opens a training session. The model's and the moments' arrays are the session's until it is closed.
     *
     * @param gaussians the model, trained in place
     * @param moments the optimiser's state, of the same capacity
     */
    TrainingSession train(FoldedGaussians gaussians, AdamMoments moments);

    /**
     * Draws one slice of a model: both heads, not clamped.
     *
     * @param time in the model's time axis
     * @param image output, height x width, row by row
     * @param mask output, likewise; may be {@code null} when the mask head is not wanted
     */
    void render(FoldedGaussians gaussians, float time, float[] image, float[] mask);

    /**
     * What a session that trains takes of Java's heap at most beside its model, moments, statistics and slices, in bytes.
     * Counted from its buffers; what a device holds is not in it.
     */
    long trainingHeap(SessionSize size);

    /** Draws many slices of one model, which nobody else changes until the renderer is closed. */
    default ModelRenderer renderer(FoldedGaussians gaussians) {
        return ModelRenderer.plain(this, gaussians);
    }

    /** Whether its sessions make the pictures between slices themselves, of image heads; see {@link Target#blend}. */
    default boolean blendsPictures() {
        return false;
    }

    /**
     * The isosurface of a field on a grid, closed at the grid's faces, when this engine has kernels for it.
     *
     * @param field x fastest; values at or above the level are inside
     * @return empty when it is left to the plain Java of the surface room
     */
    default Optional<Isosurface> isosurface(float[] field, int nx, int ny, int nz, float level) {
        return Optional.empty();
    }

    /**
     * Gives up threads and a device's buffers. A closed engine is done with: the vector engine refuses to train and to draw
     * with an {@link IllegalStateException}.
     */
    @Override
    void close();
}
