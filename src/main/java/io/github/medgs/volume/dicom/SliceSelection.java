package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.joml.Vector3d;

/**
 * Which slices of a series are one stack: of one size, spacing and direction. A scout, a picture of another size or one
 * far away is left out, and that is said. Slices without positions get them from what else they say.
 */
final class SliceSelection {

    /** Directions within this, as vectors, are one: half a degree, more than any rounding. */
    private static final double SAME_DIRECTION = 0.01;

    /** Longer gaps, in steps, are another stack. */
    private static final int LONGEST_GAP = 11;

    private SliceSelection() {}

    /**
     * @param named the file that the user named, which is among the slices that are taken; or null
     * @return slices with positions and one common orientation
     */
    static List<DicomSlice> of(String name, List<DicomSlice> slices, Path named, List<String> notes) {
        List<List<DicomSlice>> stacks = new ArrayList<>();
        for (DicomSlice slice : slices) {
            stacks.stream().filter(stack -> fits(stack.getFirst(), slice)).findFirst().orElseGet(() -> {
                stacks.add(new ArrayList<>());
                return stacks.getLast();
            }).add(slice);
        }
        List<DicomSlice> stack = choose(name, stacks, named, "another size, spacing or direction", notes);
        stack = placed(stack, notes);
        stack = inOnePlane(stack, notes);
        return choose(name, apart(stack), named, "a place far from the others", notes);
    }

    private static boolean fits(DicomSlice a, DicomSlice b) {
        return a.rows() == b.rows() && a.columns() == b.columns()
                && Math.abs(a.rowSpacing() - b.rowSpacing()) <= 1e-3 * a.rowSpacing()
                && Math.abs(a.columnSpacing() - b.columnSpacing()) <= 1e-3 * a.columnSpacing()
                && (a.position() == null) == (b.position() == null) && (a.along() == null) == (b.along() == null)
                && (a.along() == null || a.along().distance(b.along()) < SAME_DIRECTION
                        && a.down().distance(b.down()) < SAME_DIRECTION);
    }

    // The largest stack: of those that hold slices of the file that was named, else of all.
    private static List<DicomSlice> choose(String name, List<List<DicomSlice>> stacks, Path named, String difference,
            List<String> notes) {
        if (stacks.size() == 1) {
            return stacks.getFirst();
        }
        List<List<DicomSlice>> meant = stacks.stream().filter(stack -> stack.stream()
                .anyMatch(slice -> slice.image().path().equals(named))).toList();
        meant = meant.isEmpty() ? stacks : meant;
        List<DicomSlice> chosen = meant.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
        List<List<DicomSlice>> largest = meant.stream().filter(stack -> stack.size() == chosen.size()).toList();
        if (largest.size() > 1) {
            List<String> files = largest.stream().map(stack -> stack.getFirst().file()).distinct().toList();
            throw new InputException(name, "holds " + meant.size() + " stacks of slices that differ in size, spacing,"
                    + " direction or place", files.size() == 1 ? "write the frames of the wanted one to a file of their own"
                    : "give a file of the wanted one, such as " + files.getFirst() + " or " + files.get(1));
        }
        for (List<DicomSlice> stack : stacks) {
            if (stack != chosen) {
                notes.add("left out, for " + difference + " than the series has: "
                        + Words.count(stack.size(), "slice", "slices") + " (" + stack.getFirst().file()
                        + (stack.size() == 1 ? ")" : ", ...)"));
            }
        }
        return chosen;
    }

    // Positions are the files' own, or along the normal by slice locations, or by the order of numbers or names.
    private static List<DicomSlice> placed(List<DicomSlice> stack, List<String> notes) {
        DicomSlice first = stack.getFirst();
        Vector3d along = first.along();
        Vector3d down = first.down();
        if (along == null) {
            notes.add("the files give no orientation: rows are taken to run to the patient's left, columns to the back");
            along = new Vector3d(1, 0, 0);
            down = new Vector3d(0, 1, 0);
        }
        List<DicomSlice> placed = new ArrayList<>(stack);
        if (first.position() == null) {
            Vector3d normal = new Vector3d(along).cross(down).normalize();
            double[] heights = heights(placed, notes);
            for (int n = 0; n < heights.length; n++) {
                placed.set(n, placed.get(n).at(along, down, new Vector3d(normal).mul(heights[n])));
            }
        } else if (first.along() == null) {
            for (int n = 0; n < placed.size(); n++) {
                placed.set(n, placed.get(n).at(along, down, placed.get(n).position()));
            }
        }
        return placed;
    }

    // Sorts the slices where they have no locations.
    private static double[] heights(List<DicomSlice> stack, List<String> notes) {
        double[] heights = stack.stream().mapToDouble(DicomSlice::location).toArray();
        if (Arrays.stream(heights).allMatch(Double::isFinite) && (heights.length == 1 || distinct(heights) > 1)) {
            notes.add("the files give no positions: slices were placed by their SliceLocation, the first pixel of each"
                    + " on the axis of the patient's coordinates");
            return heights;
        }
        Set<Integer> numbers = new HashSet<>();
        boolean numbered = stack.stream().allMatch(slice -> slice.marks().number() >= 0);
        boolean single = stack.stream().map(slice -> slice.image().path()).distinct().count() == 1;
        boolean usable = single || numbered && stack.stream().allMatch(slice -> numbers.add(slice.marks().number()));
        if (!single && usable) {
            stack.sort(Comparator.comparingInt(slice -> slice.marks().number()));
        }
        double step = stack.getFirst().sliceStep();
        notes.add("the files give no positions: slices were put in the order of their " + (single ? "frames"
                : usable ? "instance numbers" : "names") + (step > 0 ? ", " + Words.number(step) + " mm apart"
                : "; the files do not say how far apart they are either, and 1 mm was taken"));
        for (int n = 0; n < heights.length; n++) {
            heights[n] = n * (step > 0 ? step : 1);
        }
        return heights;
    }

    private static long distinct(double[] numbers) {
        return Arrays.stream(numbers).distinct().count();
    }

    // Directions that differ by their rounding become their mean.
    private static List<DicomSlice> inOnePlane(List<DicomSlice> stack, List<String> notes) {
        DicomSlice first = stack.getFirst();
        double farthest = 0;
        Vector3d along = new Vector3d();
        Vector3d down = new Vector3d();
        for (DicomSlice slice : stack) {
            farthest = Math.max(farthest, Math.max(slice.along().distance(first.along()),
                    slice.down().distance(first.down())));
            along.add(slice.along());
            down.add(slice.down());
        }
        if (farthest <= 1e-6) {
            return stack;
        }
        along.normalize();
        down.fma(-down.dot(along), along).normalize();
        if (farthest > 1e-3) {
            notes.add("its slices differ in direction by up to " + Words.number(Math.toDegrees(farthest))
                    + " degrees; the mean was taken");
        }
        return stack.stream().map(slice -> slice.at(along, down, slice.position())).toList();
    }

    // Stacks along the normal with a long gap between them.
    private static List<List<DicomSlice>> apart(List<DicomSlice> stack) {
        Vector3d normal = stack.getFirst().normal();
        List<DicomSlice> sorted = new ArrayList<>(stack);
        sorted.sort(Comparator.comparingDouble(slice -> slice.height(normal)));
        double[] gaps = new double[sorted.size() - 1];
        for (int n = 0; n < gaps.length; n++) {
            gaps[n] = sorted.get(n + 1).height(normal) - sorted.get(n).height(normal);
        }
        double[] steps = Arrays.stream(gaps).filter(gap -> gap > SlicePlaces.SAME_PLACE).sorted().toArray();
        if (steps.length < 3) {
            return List.of(stack);
        }
        double median = steps[(steps.length - 1) / 2];
        List<List<DicomSlice>> parts = new ArrayList<>();
        parts.add(new ArrayList<>());
        for (int n = 0; n < sorted.size(); n++) {
            if (n > 0 && gaps[n - 1] > (LONGEST_GAP + 0.5) * median) {
                parts.add(new ArrayList<>());
            }
            parts.getLast().add(sorted.get(n));
        }
        return parts;
    }
}
