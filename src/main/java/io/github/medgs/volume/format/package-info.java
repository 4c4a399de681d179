/** The one door to volumes in files, above the rooms of the formats. */
package io.github.medgs.volume.format;
