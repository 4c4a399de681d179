/**
 * The default engine: threads and the Vector API, eight floats at a time, or four where vectors hold no more.
 *
 * <p>A graphics processor gives every pixel a thread; here the fast shape is splat by splat over vectors of eight pixels
 * (eight of a row, or four of two rows where splats are narrow; on four lanes half of that), since a splat covers a few
 * pixels only and a tile would waste most of its work. Gaussians that no view of the step sees are left out first, by their time alone, and the others
 * packed. A step is a handful of phases, each a
 * loop over tasks of fixed size (chunks of Gaussians, bands of rows), so the same bits come out whatever the number of
 * threads; gradients are gathered Gaussian by Gaussian in a fixed order.
 *
 * <p>No method here takes or returns a vector: they work on arrays, and call the Vector API directly. Vectors stay in
 * registers only where the compiler inlines everything, and past some forty vector operations it no longer inlines our
 * own methods (its node-count cutoff), only the Vector API's: then every vector becomes an object, many times slower.
 * For the same reason a sum over a loop starts from a fresh {@code broadcast}, not from a constant.
 *
 * <p>Values are computed in exactly the kernels' order of operations, so what is drawn has the reference's bits. (Square
 * roots are exact here and within two units in the last place there: a pixel on the very edge of a splat's box may fall
 * on the other side.) Sums over pixels are taken in another order, so gradients agree to rounding;
 * those of four lanes and of eight too.
 *
 * <p>This room needs the incubating module {@code jdk.incubator.vector}; nobody links to it, {@code EngineChoice} finds
 * it by name.
 */
package io.github.medgs.engine.vector;
