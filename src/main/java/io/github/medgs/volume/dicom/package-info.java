/**
 * Uncompressed DICOM series (PS3.5, PS3.10): one grey slice per file, sorted by position along the slices' normal.
 * Compressed files and enhanced multi-frame objects are refused by name, with the tool that converts them.
 */
package io.github.medgs.volume.dicom;
