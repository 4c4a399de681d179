/**
 * NIfTI-1 and NIfTI-2, read and written after the format's own headers (nifti1.h, nifti2.h): single files, gzip, and
 * header/image pairs, in both byte orders. Orientation is the sform's, else the qform's, else the spacing's alone.
 */
package io.github.medgs.volume.nifti;
