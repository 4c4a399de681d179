/**
 * Analytic sample volumes: anatomy made of shapes whose volumes and areas are known, with the noise of its modality.
 * The same on every machine: fixed seeds, {@link java.util.Random}'s specified sequence, and {@link
 * java.lang.StrictMath} wherever a library function decides bits.
 */
package io.github.medgs.volume.phantom;
