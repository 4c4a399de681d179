/**
 * What was acquired comes back untouched, and what was drawn says how sure it is.
 *
 * <p>{@link io.github.medgs.trust.Provenance} tells acquired slices from drawn ones, {@link
 * io.github.medgs.trust.TrustedDrawing} puts both into one volume with what lies outside the window ({@link
 * io.github.medgs.trust.Excess}), and {@link io.github.medgs.trust.ErrorModel} learns from slices left out of the user's
 * own stack how large the error of a drawn voxel is.
 */
package io.github.medgs.trust;

