/** MetaImage (ITK's own format): .mha, and .mhd with its data file, raw or zlib. Coordinates in it are LPS. */
package io.github.medgs.volume.metaimage;
