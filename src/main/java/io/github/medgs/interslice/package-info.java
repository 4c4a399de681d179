/**
 * What lies between two slices, predicted from the slices alone: the target of in-between-frame regularisation, the
 * motion that Gaussians begin with, and the methods to beat.
 *
 * <p>{@link io.github.medgs.interslice.SlicePredictor} is the one question, {@link
 * io.github.medgs.interslice.Interpolation} names the answers that need no training, {@link
 * io.github.medgs.interslice.StackMotion} solves dense motion for a whole stack.
 */
package io.github.medgs.interslice;
