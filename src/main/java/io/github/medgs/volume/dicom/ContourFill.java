package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * Closed planar contours of one structure, filled slice by slice by the even-odd rule: a contour within another is a
 * hole, whether as a contour of its own or joined to the outer one. A voxel is inside where its centre is.
 */
final class ContourFill {

    /** Of the way to the next slice: a contour farther from its slice than this lies between two. */
    private static final double ON_SLICE = 0.1;

    /** Millimetres between contours of one plane: their points are often rounded to 0.1 mm, each by up to half of that. */
    private static final double ROUNDING = 0.1;

    private final Path path;
    private final Grid grid;
    private final String name;
    private final List<String> notes;
    private final Matrix4d toIndex;
    private final double samePlane;
    private final List<List<Plane>> planes = new ArrayList<>();
    private int skipped;
    private int empty;
    private int outside;
    private int inGaps;
    private int between;
    private int farther;
    private int twice;

    /** The contours of one height, among which one within another is a hole. */
    private record Plane(double height, List<double[]> contours) {}

    /** @param grid whose slices along k are filled */
    ContourFill(Path path, Grid grid, String name, List<String> notes) {
        this.path = path;
        this.grid = grid;
        this.name = name;
        this.notes = notes;
        this.toIndex = new Matrix4d(grid.indexToPatient()).invert();
        this.samePlane = Math.min(ROUNDING, ON_SLICE * grid.spacing(2));
        for (int k = 0; k < grid.nz(); k++) {
            planes.add(new ArrayList<>());
        }
    }

    /** Takes in an item of the contour sequence. */
    void add(DicomObject contour) {
        String type = contour.text(Tag.CONTOUR_TYPE);
        if (!type.startsWith("CLOSED_PLANAR") && !type.startsWith("CLOSEDPLANAR")) {
            skipped++;
            return;
        }
        if (contour.text(Tag.CONTOUR_POINTS).isEmpty()) {
            empty++;
            return;
        }
        double[] points = contour.numbers(Tag.CONTOUR_POINTS);
        if (points == null || points.length % 3 != 0) {
            throw DicomParser.damaged(path, "a contour of " + name + " holds no triples of numbers");
        }
        // To index space: i, j, and millimetres along k, which each contour has once.
        double[] polygon = new double[points.length / 3 * 2];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < points.length / 3; n++) {
            Vector3d at = toIndex.transformPosition(new Vector3d(-points[3 * n], -points[3 * n + 1], points[3 * n + 2]));
            polygon[2 * n] = at.x;
            polygon[2 * n + 1] = at.y;
            low = Math.min(low, at.z * grid.spacing(2));
            high = Math.max(high, at.z * grid.spacing(2));
        }
        if (polygon.length < 6) {
            skipped++;
            return;
        }
        if (high - low > Math.max(0.5 * grid.spacing(2), 0.1)) {
            throw new InputException(path.toString(), "holds contours of " + name + " that do not lie in the slices of the"
                    + " image (" + grid.describe() + ")", "give the image that it was drawn on");
        }
        place(polygon, (low + high) / 2);
    }

    private void place(double[] polygon, double height) {
        int nearest = 0;
        for (int k = 1; k < grid.nz(); k++) {
            if (Math.abs(grid.slicePosition(k) - height) < Math.abs(grid.slicePosition(nearest) - height)) {
                nearest = k;
            }
        }
        double off = Math.abs(grid.slicePosition(nearest) - height);
        if (off > 0.5 * grid.spacing(2) + 1e-3) {
            boolean within = height > grid.slicePosition(0) && height < grid.slicePosition(grid.nz() - 1);
            inGaps += within ? 1 : 0;
            outside += within ? 0 : 1;
            return;
        }
        for (Plane plane : planes.get(nearest)) {
            if (Math.abs(plane.height - height) <= samePlane) {
                if (plane.contours.stream().anyMatch(other -> Arrays.equals(other, polygon))) {
                    twice++;
                } else {
                    plane.contours.add(polygon);
                }
                return;
            }
        }
        planes.get(nearest).add(new Plane(height, new ArrayList<>(List.of(polygon))));
    }

    /** The contours of the plane nearest to a slice, the lower of two; contours of several would cut holes into each other. */
    private List<double[]> contours(int k) {
        Plane nearest = null;
        for (Plane plane : planes.get(k)) {
            double closer = nearest == null ? 1 : off(nearest, k) - off(plane, k);
            if (closer > samePlane || closer >= -samePlane && plane.height < nearest.height) {
                nearest = plane;
            }
        }
        if (nearest == null) {
            return List.of();
        }
        for (Plane plane : planes.get(k)) {
            farther += plane == nearest ? 0 : plane.contours.size();
        }
        between += off(nearest, k) > ON_SLICE * grid.spacing(2) + 0.01 ? nearest.contours.size() : 0;
        return nearest.contours;
    }

    private double off(Plane plane, int k) {
        return Math.abs(plane.height - grid.slicePosition(k));
    }

    /**
     * Fills all contours.
     *
     * @return how many voxels another label had before
     */
    long into(float[] voxels, int label) {
        long shared = 0;
        for (int k = 0; k < grid.nz(); k++) {
            List<double[]> contours = contours(k);
            for (int j = 0; !contours.isEmpty() && j < grid.ny(); j++) {
                shared += fillRow(contours, j, voxels, (k * grid.ny() + j) * grid.nx(), label);
            }
        }
        say();
        return shared;
    }

    // Between the first and the second crossing of the row, the third and the fourth, and so on.
    private long fillRow(List<double[]> contours, int j, float[] voxels, int start, int label) {
        long shared = 0;
        double[] crossings = crossings(contours, j);
        for (int n = 0; n + 1 < crossings.length; n += 2) {
            int from = (int) Math.clamp(Math.ceil(crossings[n]), 0, grid.nx());
            int to = (int) Math.clamp(Math.ceil(crossings[n + 1]), 0, grid.nx());
            for (int i = from; i < to; i++) {
                shared += voxels[start + i] != 0 && voxels[start + i] != label ? 1 : 0;
                voxels[start + i] = label;
            }
        }
        return shared;
    }

    private static double[] crossings(List<double[]> contours, int j) {
        double[] found = new double[16];
        int count = 0;
        for (double[] polygon : contours) {
            int points = polygon.length / 2;
            for (int n = 0; n < points; n++) {
                int next = (n + 1) % points;
                double y0 = polygon[2 * n + 1];
                double y1 = polygon[2 * next + 1];
                if (y0 <= j == y1 <= j) {
                    continue;
                }
                if (count == found.length) {
                    found = Arrays.copyOf(found, 2 * count);
                }
                found[count++] = polygon[2 * n] + (j - y0) / (y1 - y0) * (polygon[2 * next] - polygon[2 * n]);
            }
        }
        Arrays.sort(found, 0, count);
        return Arrays.copyOf(found, count);
    }

    private void say() {
        int first = -1;
        int last = -1;
        for (int k = 0; k < grid.nz(); k++) {
            if (!planes.get(k).isEmpty()) {
                first = first < 0 ? k : first;
                last = k;
            }
        }
        int unfilled = 0;
        for (int k = first; k >= 0 && k <= last; k++) {
            unfilled += planes.get(k).isEmpty() ? 1 : 0;
        }
        if (unfilled > 0) {
            notes.add(name + ": " + Words.count(unfilled, "slice", "slices")
                    + " between its contours have none and were left empty");
        }
        if (between > 0) {
            notes.add(name + ": " + Words.count(between, "contour lies", "contours lie")
                    + " between two slices of the image; the nearest was filled");
        }
        if (farther > 0) {
            notes.add(name + ": " + Words.count(farther, "contour was", "contours were") + " left out, since others lie nearer to"
                    + " their slice of the image");
        }
        if (twice > 0) {
            notes.add(name + ": " + Words.count(twice, "contour is", "contours are") + " there twice, and counted once");
        }
        if (outside > 0) {
            notes.add(name + ": " + Words.count(outside, "contour lies", "contours lie") + " outside the image");
        }
        if (inGaps > 0) {
            notes.add(name + ": " + Words.count(inGaps, "contour lies", "contours lie")
                    + " where the image has no slice");
        }
        if (empty > 0) {
            notes.add(name + ": " + Words.count(empty, "contour has", "contours have") + " no points");
        }
        if (skipped > 0) {
            notes.add(name + ": " + Words.count(skipped, "contour is", "contours are")
                    + " a point or a line, which fills nothing");
        }
    }
}
