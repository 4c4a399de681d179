/**
 * A run as a library: from a volume to a model, the slices between its slices, a surface, a preview and a report.
 * {@link io.github.medgs.reconstruction.Reconstruction} is the entry; the command line is one of its users.
 */
package io.github.medgs.reconstruction;
