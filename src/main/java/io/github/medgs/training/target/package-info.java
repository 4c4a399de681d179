/**
 * What lies between two slices, predicted from the slices alone: the target of in-between-frame regularisation, and the
 * motion that Gaussians begin with. Linear, cubic, spline and optical-flow interpolation are here too, as the methods
 * to beat.
 *
 * <p>{@link io.github.medgs.training.target.StackMotion} solves dense motion for a whole stack, {@link
 * io.github.medgs.training.target.InBetweenTarget} predicts slices.
 */
package io.github.medgs.training.target;
