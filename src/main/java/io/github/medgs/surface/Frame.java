package io.github.medgs.surface;

/**
 * The direction of patient axes. LPS: x to the patient's left, y to the back, z to the head, as in DICOM, ITK and the
 * mesh files of 3D Slicer. RAS: x to the right, y to the front, as in NIfTI. One is the other turned half round z.
 */
public enum Frame {
    LPS, RAS
}
