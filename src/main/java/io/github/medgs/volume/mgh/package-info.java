/**
 * FreeSurfer's volumes, .mgz and .mgh, read and written after the format's description on FreeSurfer's wiki ("MghFormat"):
 * big-endian, millimetres, RAS+.
 */
package io.github.medgs.volume.mgh;
