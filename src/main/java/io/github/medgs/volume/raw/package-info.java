/**
 * Bytes to voxels: what all volume formats share once their header is understood. A {@link
 * io.github.medgs.volume.raw.ByteSource} proves that the bytes a header claims are there before memory is taken for
 * them; a {@link io.github.medgs.volume.ScalarType} turns them into floats.
 */
package io.github.medgs.volume.raw;
