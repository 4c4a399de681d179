/**
 * Folders of 8- or 16-bit grey PNG slices in name order, with a {@code volume.json} that says what PNG cannot: spacing,
 * affine, intensities. The layout of the published system ({@code original/0000.png ...}) is one of these.
 */
package io.github.medgs.volume.png;
