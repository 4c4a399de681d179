/**
 * The kernels that TornadoVM compiles for a device: launch-shaped loops round the arithmetic of
 * {@code io.github.medgs.kernel}.
 *
 * <p>A kernel here says who does what: which thread takes which Gaussian or pixel, what a group keeps in local memory,
 * where its threads wait for one another. The formulas stand in {@code io.github.medgs.kernel}, where every engine finds
 * them. Each method's Javadoc names its parameters as input or output with their layout and says what one thread does.
 *
 * <p>Rules that the compiler sets, each of which fails silently when it is broken: nothing that lives after a loop may be
 * decided by a {@code break} or an early return in it (loops get a bound of zero instead); no unsigned shift; no scalar
 * argument that changes; an output is written whole where it is read, or is sent up first; a local array is read and
 * written in the kernel's own method alone, since in a method it is passed to its elements are addressed wrongly (there
 * a thread's own array goes).
 */
package io.github.medgs.engine.tornado.kernels;
