package io.github.medgs.volume.dicom;

import org.joml.Vector3d;

/**
 * One slice of a series: where it lies, what its stored values mean, and which pixels of which file it is.
 *
 * @param frame of the file's image, from 0
 * @param left column of the frame where the slice's pixels begin: a mosaic holds many slices
 * @param top row of the frame, likewise
 * @param along direction of growing column index (LPS), or null where the file has no orientation
 * @param down direction of growing row index (LPS), or null
 * @param position of the first pixel (LPS, mm), or null
 * @param rowSpacing millimetres between rows, or 0 where absent
 * @param columnSpacing millimetres between columns, or 0
 * @param spacingFrom which element gave the spacing
 * @param sliceStep SpacingBetweenSlices, else SliceThickness, else 0
 * @param location SliceLocation, or NaN
 * @param scale what stored values mean
 * @param marks what tells slices at one position apart
 */
record DicomSlice(DicomImage image, int frame, int left, int top, int rows, int columns, Vector3d along, Vector3d down,
        Vector3d position, double rowSpacing, double columnSpacing, SpacingSource spacingFrom, double sliceStep,
        double location, Scale scale, Marks marks) {

    /** Which element gave the distance of pixels. */
    enum SpacingSource {
        PIXEL_SPACING,
        IMAGER,
        NOMINAL,
        ULTRASOUND,
        NONE
    }

    /**
     * Intensity = slope * stored + intercept.
     *
     * @param state whether the file says so
     */
    record Scale(double slope, double intercept, State state) {

        /** What a file says of its values. */
        enum State {
            GIVEN,
            ABSENT,
            UNREADABLE,
            ZERO_SLOPE,
            LOOKUP_TABLE
        }
    }

    /**
     * What else a slice says of itself.
     *
     * @param instance SOPInstanceUID, or ""
     * @param sopClass SOPClassUID, or ""
     * @param number InstanceNumber with the frame's number behind it, or -1 where the file has none
     * @param times numbers that may tell time points, echoes or weightings apart, NaN where absent
     */
    record Marks(String instance, String sopClass, int number, double[] times) {}

    /** Distance along the slices' normal. */
    double height(Vector3d normal) {
        return position.dot(normal);
    }

    /** The same slice elsewhere. */
    DicomSlice at(Vector3d place) {
        return at(along, down, place);
    }

    /** The same slice elsewhere, in another plane. */
    DicomSlice at(Vector3d newAlong, Vector3d newDown, Vector3d place) {
        return new DicomSlice(image, frame, left, top, rows, columns, newAlong, newDown, place, rowSpacing,
                columnSpacing, spacingFrom, sliceStep, location, scale, marks);
    }

    /** One of the slices that this one, a mosaic, is made of: a rectangle of its pixels, and where its first one lies. */
    DicomSlice tile(int tileLeft, int tileTop, int tileRows, int tileColumns, Vector3d place) {
        return new DicomSlice(image, frame, tileLeft, tileTop, tileRows, tileColumns, along, down, place, rowSpacing,
                columnSpacing, spacingFrom, sliceStep, Double.NaN, scale, marks);
    }

    /** The file's name, for messages. */
    String file() {
        return image.path().getFileName().toString();
    }

    /** Direction across the slice (LPS, length 1), or null where there is no orientation. */
    Vector3d normal() {
        return along == null ? null : new Vector3d(along).cross(down).normalize();
    }
}
