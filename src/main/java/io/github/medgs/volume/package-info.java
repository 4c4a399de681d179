/**
 * What was measured: voxels, where they lie in the patient, and the files that hold them. {@link
 * io.github.medgs.volume.SliceStack} is what training sees of a volume.
 */
package io.github.medgs.volume;
