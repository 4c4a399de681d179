package io.github.medgs.edit;

import java.util.List;

/** Which part of the patient an edit is about. All places are patient millimetres, RAS+. */
public sealed interface Selection {

    /**
     * What a mask marks.
     *
     * @param file as the list names it, relative to the list's folder
     * @param label the label that counts; 0 for every label
     */
    record Mask(String file, int label) implements Selection {}

    /**
     * What the model itself draws as a structure, as the edits before have left it.
     *
     * @param label its number, or its name
     */
    record Structure(String label) implements Selection {}

    /** A box along the patient's axes, its faces included. */
    record Box(double[] from, double[] to) implements Selection {}

    /** A ball. */
    record Sphere(double[] centre, double radius) implements Selection {}

    /**
     * What lies under a polygon drawn on a slice.
     *
     * @param points corners, each three coordinates; projected onto the slice along the slicing axis
     * @param depth from and to, millimetres along the slicing axis from the model's first slice
     */
    record Polygon(List<double[]> points, double[] depth) implements Selection {}

    /** Where the model draws an intensity of this range, in the input's units, ends included. */
    record Intensity(double from, double to) implements Selection {}

    /** What every one of them selects. */
    record And(List<Selection> of) implements Selection {}

    /** What one of them selects at least. */
    record Or(List<Selection> of) implements Selection {}

    /** What it does not select. */
    record Not(Selection of) implements Selection {}
}
