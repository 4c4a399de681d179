package io.github.medgs.volume.dicom;

import java.util.List;

/**
 * Where the pixels of a file lie.
 *
 * @param tag of the element: whole numbers, or floats
 * @param parts the one block of plain pixels, or the offset table and the fragments of compressed ones
 * @param encapsulated whether they are compressed
 * @param form the element's value representation, "" where it is not written
 */
record PixelData(int tag, List<Part> parts, boolean encapsulated, String form) {

    /** Bytes of the file, or of what was inflated out of it. */
    record Part(long offset, long length) {}
}
