/**
 * Decoders of compressed pixels: RLE (PS3.5, annex G), JPEG in its sequential and lossless forms (ITU-T T.81), JPEG-LS
 * (T.87) and JPEG 2000 (T.800). Each takes the bytes of one frame of grey values and knows nothing of files.
 */
package io.github.medgs.volume.dicom.codec;
