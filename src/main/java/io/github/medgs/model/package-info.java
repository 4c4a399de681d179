/**
 * The model: folded Gaussians, the choices that give them their form, and their files. It knows of the rest only how
 * parameters lie in buffers ({@link io.github.medgs.kernel.Layout}).
 */
package io.github.medgs.model;
