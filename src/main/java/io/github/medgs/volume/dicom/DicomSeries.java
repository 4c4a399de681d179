package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.raw.Conventions;
import io.github.medgs.volume.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * The slices of one series in order along their normal, on a regular grid: each step holds as many slices as the series
 * has frames, or none where slices are missing.
 *
 * @param steps for each grid step, the slices there (one per frame); empty where they are missing
 * @param affine to patient millimetres, RAS+
 */
record DicomSeries(List<List<DicomSlice>> steps, Matrix4d affine) {

    /** Relative to a step: how far a slice may be from where the grid puts it. */
    private static final double TOLERANCE = 0.05;

    /** Longer gaps are another series, or a damaged position. */
    private static final int MOST_MISSING = 10;

    static DicomSeries of(String name, List<DicomSlice> unsorted, List<String> notes) {
        List<DicomSlice> slices = withoutCopies(unsorted, notes);
        DicomSlice first = slices.getFirst();
        for (DicomSlice slice : slices) {
            requireSame(first, slice);
        }
        Vector3d normal = normal(first);
        slices.sort(Comparator.<DicomSlice>comparingDouble(slice -> slice.height(normal))
                .thenComparingInt(DicomSlice::number).thenComparing(slice -> slice.path().toString()));
        boolean positioned = normal != null && slices.stream().allMatch(slice -> slice.position() != null);
        List<List<DicomSlice>> places = positioned ? places(name, slices, normal, notes) : singles(slices, notes);
        double step = positioned && places.size() > 1 ? medianGap(places, normal) : nominalStep(first, notes);
        List<List<DicomSlice>> steps = positioned ? onGrid(name, places, normal, step, notes) : places;
        return new DicomSeries(steps, affine(steps, normal, positioned, step, notes));
    }

    int frames() {
        return steps.getFirst().size();
    }

    private static List<DicomSlice> withoutCopies(List<DicomSlice> slices, List<String> notes) {
        Set<String> seen = new HashSet<>();
        List<DicomSlice> unique = new ArrayList<>();
        for (DicomSlice slice : slices) {
            if (slice.instance().isEmpty() || seen.add(slice.instance())) {
                unique.add(slice);
            }
        }
        if (unique.size() < slices.size()) {
            notes.add("left out as copies of others: " + Words.count(slices.size() - unique.size(), "file", "files"));
        }
        return unique;
    }

    private static void requireSame(DicomSlice first, DicomSlice slice) {
        boolean sameShape = slice.rows() == first.rows() && slice.columns() == first.columns()
                && Math.abs(slice.rowSpacing() - first.rowSpacing()) <= 1e-3 * first.rowSpacing()
                && Math.abs(slice.columnSpacing() - first.columnSpacing()) <= 1e-3 * first.columnSpacing();
        boolean sameDirections = (slice.along() == null) == (first.along() == null) && (slice.along() == null
                || slice.along().distance(first.along()) < 1e-3 && slice.down().distance(first.down()) < 1e-3);
        if (!sameShape || !sameDirections) {
            throw new InputException(slice.path().toString(), "differs in size, spacing or direction from "
                    + first.path().getFileName() + " of the same series", "split the series, or leave the file out");
        }
    }

    private static Vector3d normal(DicomSlice slice) {
        if (slice.along() == null) {
            return null;
        }
        Vector3d normal = new Vector3d(slice.along()).cross(slice.down());
        if (!(normal.length() > 0.5)) {
            throw new InputException(slice.path().toString(), "has an orientation that spans no plane",
                    "export the series again");
        }
        return normal.normalize();
    }

    // Slices at one position: time points, echoes. Every position must hold as many.
    private static List<List<DicomSlice>> places(String name, List<DicomSlice> slices, Vector3d normal,
            List<String> notes) {
        List<List<DicomSlice>> places = new ArrayList<>();
        double same = 1e-3;
        for (DicomSlice slice : slices) {
            boolean here = !places.isEmpty()
                    && slice.height(normal) - places.getLast().getFirst().height(normal) <= same;
            if (!here) {
                places.add(new ArrayList<>());
            }
            places.getLast().add(slice);
        }
        int most = places.stream().mapToInt(List::size).max().orElseThrow();
        int least = places.stream().mapToInt(List::size).min().orElseThrow();
        if (most == least) {
            return places;
        }
        if (least == 1 && most == 2) {
            long doubled = places.stream().filter(place -> place.size() == 2).count();
            notes.add("two slices each at " + Words.count(doubled, "position", "positions")
                    + "; the one of the lower instance number was taken");
            places.replaceAll(place -> List.of(place.getFirst()));
            return places;
        }
        throw new InputException(name, "holds between " + least + " and " + most + " slices at one position",
                "keep the files of one time point or echo");
    }

    private static List<List<DicomSlice>> singles(List<DicomSlice> slices, List<String> notes) {
        notes.add("the files give no positions: slices were put in the order of their instance numbers");
        List<List<DicomSlice>> places = new ArrayList<>();
        slices.forEach(slice -> places.add(List.of(slice)));
        return places;
    }

    private static double medianGap(List<List<DicomSlice>> places, Vector3d normal) {
        double[] gaps = new double[places.size() - 1];
        for (int n = 0; n < gaps.length; n++) {
            gaps[n] = places.get(n + 1).getFirst().height(normal) - places.get(n).getFirst().height(normal);
        }
        java.util.Arrays.sort(gaps);
        // The lower of two middle ones: a missing slice widens gaps, nothing narrows them.
        return gaps[(gaps.length - 1) / 2];
    }

    private static double nominalStep(DicomSlice slice, List<String> notes) {
        if (slice.sliceStep() > 0) {
            return slice.sliceStep();
        }
        notes.add("the files do not say how far apart slices are; 1 mm was taken");
        return 1;
    }

    private static List<List<DicomSlice>> onGrid(String name, List<List<DicomSlice>> places, Vector3d normal,
            double step, List<String> notes) {
        List<List<DicomSlice>> steps = new ArrayList<>();
        double previous = 0;
        for (List<DicomSlice> place : places) {
            double height = place.getFirst().height(normal);
            if (!steps.isEmpty()) {
                long whole = Math.round((height - previous) / step);
                if (whole < 1 || whole > MOST_MISSING || Math.abs(height - previous - whole * step) > TOLERANCE * step) {
                    throw new InputException(name, "has slices " + Words.number(height - previous) + " mm apart at "
                            + Words.number(previous) + " mm along its normal, and " + Words.number(step)
                            + " mm elsewhere", "give a series of equally spaced slices");
                }
                for (int missing = 1; missing < whole; missing++) {
                    steps.add(List.of());
                }
                if (whole > 1) {
                    notes.add(Words.count(whole - 1, "slice is", "slices are") + " missing between "
                            + Words.number(previous) + " and " + Words.number(height)
                            + " mm along the normal, and filled in linearly");
                }
            }
            steps.add(place);
            previous = height;
        }
        return steps;
    }

    // From the first to the last position: a tilted gantry shears the stack, and its normal would not know.
    private static Matrix4d affine(List<List<DicomSlice>> steps, Vector3d normal, boolean positioned, double step,
            List<String> notes) {
        DicomSlice first = steps.getFirst().getFirst();
        DicomSlice last = steps.getLast().getFirst();
        double columnSpacing = first.columnSpacing() > 0 ? first.columnSpacing() : 1;
        double rowSpacing = first.rowSpacing() > 0 ? first.rowSpacing() : 1;
        if (!(first.columnSpacing() > 0) || !(first.rowSpacing() > 0)) {
            notes.add("the files give no pixel spacing; 1 mm was taken");
        }
        Vector3d i = first.along() == null ? new Vector3d(1, 0, 0) : new Vector3d(first.along());
        Vector3d j = first.down() == null ? new Vector3d(0, 1, 0) : new Vector3d(first.down());
        Vector3d k = positioned && steps.size() > 1
                ? new Vector3d(last.position()).sub(first.position()).div(steps.size() - 1)
                : (normal == null ? new Vector3d(0, 0, 1) : new Vector3d(normal)).mul(step);
        Vector3d origin = first.position() == null ? new Vector3d() : first.position();
        Matrix4d affine = Conventions.affine(i.mul(columnSpacing), j.mul(rowSpacing), k, origin);
        if (!Conventions.isInvertible(affine)) {
            throw new InputException(first.path().toString(), "has positions or directions that do not span space",
                    "export the series again");
        }
        return Conventions.fromLps(affine);
    }
}
