/**
 * Task graphs: which kernels run in which order on which buffers, what goes up and what comes down. No arithmetic.
 *
 * <p>Plans are built once. The buffers have a fixed capacity; what is alive travels in the step's integers. One graph
 * takes the model up and another carries out a step on what is there, so that a step sends up its scalars (and the
 * pictures between slices, where a run has them) and brings back its sums.
 */
package io.github.medgs.engine.tornado.plan;
