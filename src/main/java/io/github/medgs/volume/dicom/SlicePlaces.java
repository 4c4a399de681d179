package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Words;
import io.github.medgs.volume.raw.Conventions;
import java.util.Arrays;
import java.util.List;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * The grid of slices from their positions. The positions are held to a line through them (a tilted gantry shears the
 * stack, and its normal would not know), and their heights to equal steps: what is off by less than scanners round is
 * regular; where slices are missing or the distance changes, each keeps its own place.
 */
final class SlicePlaces {

    /** Millimetres: slices closer than this lie at one place. */
    static final double SAME_PLACE = 1e-3;

    /** Millimetres: positions are often rounded to 0.1 mm, each by up to half of that. */
    private static final double ROUNDING = 0.06;

    /** Of a step: how much of it rounding may be, and what is regular all the same, though it is said. */
    private static final double MOST_ROUNDING = 0.2;
    private static final double TOLERANCE = 0.05;

    /** Gaps that are named one by one. */
    private static final int GAPS_SAID = 3;

    private final String name;
    private final List<DicomSlice> slices;
    private final List<String> notes;
    private final double[] heights;
    private final Vector3d normal;

    private SlicePlaces(String name, List<DicomSlice> slices, List<String> notes) {
        this.name = name;
        this.slices = slices;
        this.notes = notes;
        this.normal = slices.getFirst().normal();
        this.heights = slices.stream().mapToDouble(slice -> slice.height(normal)).toArray();
    }

    /** @param slices one at each place, in the order of their heights */
    static Grid grid(String name, List<DicomSlice> slices, List<String> notes) {
        return new SlicePlaces(name, slices, notes).grid();
    }

    private Grid grid() {
        DicomSlice first = slices.getFirst();
        int count = heights.length;
        Vector3d perHeight = new Vector3d(normal);
        Vector3d origin = new Vector3d(first.position());
        double[] places = null;
        double step;
        if (count == 1) {
            step = first.sliceStep();
            if (!(step > 0)) {
                step = 1;
                notes.add("the file does not say how thick its slice is; 1 mm was taken");
            }
        } else {
            perHeight = perHeight();
            step = medianGap();
            int[] numbers = numbers(step);
            double[] line = line(numbers);
            double off = farthest(numbers, line);
            if (off <= tolerance(line[1])) {
                if (off > rounding(line[1])) {
                    notes.add("its slices lie up to " + Words.number(off) + " mm off equal distances of "
                            + Words.number(line[1]) + " mm, which were taken");
                }
                step = line[1];
                origin.fma(line[0] - heights[0], perHeight);
                places = isCounting(numbers) ? null : scaled(numbers, step * perHeight.length());
            } else {
                places = scaledHeights(perHeight.length());
            }
            sayTilt(perHeight);
            if (places != null) {
                sayMissing(numbers, step);
            }
        }
        Matrix4d affine = Conventions.fromLps(Conventions.affine(new Vector3d(first.along()).mul(columnSpacing()),
                new Vector3d(first.down()).mul(rowSpacing()), new Vector3d(perHeight).mul(step), origin));
        if (!Conventions.isInvertible(affine)) {
            throw new InputException(name, "has positions or directions that do not span space", "export the series again");
        }
        return new Grid(first.columns(), first.rows(), count, affine, places);
    }

    private double columnSpacing() {
        return slices.getFirst().columnSpacing() > 0 ? slices.getFirst().columnSpacing() : 1;
    }

    private double rowSpacing() {
        return slices.getFirst().rowSpacing() > 0 ? slices.getFirst().rowSpacing() : 1;
    }

    // The way of the positions for a millimetre of height: from end to end, which the others must lie along.
    private Vector3d perHeight() {
        int last = heights.length - 1;
        Vector3d first = slices.getFirst().position();
        Vector3d way = new Vector3d(slices.get(last).position()).sub(first).div(heights[last] - heights[0]);
        double allowed = beside();
        for (int n = 0; n < heights.length; n++) {
            double off = new Vector3d(first).fma(heights[n] - heights[0], way).distance(slices.get(n).position());
            if (off > allowed) {
                throw new InputException(name, "has slices that do not lie one behind the other: " + slices.get(n).file()
                        + " is " + Words.number(off) + " mm beside the line through the first and the last",
                        "leave it out, or give the files of one stack");
            }
        }
        return way;
    }

    // Millimetres beside a line that are none.
    private double beside() {
        return Math.max(0.1, 0.5 * Math.min(columnSpacing(), rowSpacing()));
    }

    // The lower of two middle ones: a missing slice widens gaps, nothing narrows them.
    private double medianGap() {
        double[] gaps = sortedGaps();
        return gaps[(gaps.length - 1) / 2];
    }

    private double[] sortedGaps() {
        double[] gaps = new double[heights.length - 1];
        for (int n = 0; n < gaps.length; n++) {
            gaps[n] = heights[n + 1] - heights[n];
        }
        Arrays.sort(gaps);
        return gaps;
    }

    // Which step of a regular grid each slice would be.
    private int[] numbers(double step) {
        int[] numbers = new int[heights.length];
        for (int n = 1; n < numbers.length; n++) {
            numbers[n] = numbers[n - 1] + (int) Math.max(1, Math.round((heights[n] - heights[n - 1]) / step));
        }
        return numbers;
    }

    // Start and step: from end to end where all others lie there, else by least squares.
    private double[] line(int[] numbers) {
        int last = heights.length - 1;
        double[] ends = {heights[0], (heights[last] - heights[0]) / numbers[last]};
        if (farthest(numbers, ends) <= 1e-4 * ends[1]) {
            return ends;
        }
        double meanNumber = Arrays.stream(numbers).average().orElseThrow();
        double meanHeight = Arrays.stream(heights).average().orElseThrow();
        double product = 0;
        double square = 0;
        for (int n = 0; n <= last; n++) {
            product += (numbers[n] - meanNumber) * (heights[n] - meanHeight);
            square += (numbers[n] - meanNumber) * (numbers[n] - meanNumber);
        }
        double step = product / square;
        return new double[] {meanHeight - step * meanNumber, step};
    }

    private double farthest(int[] numbers, double[] line) {
        double farthest = 0;
        for (int n = 0; n < numbers.length; n++) {
            farthest = Math.max(farthest, Math.abs(heights[n] - line[0] - numbers[n] * line[1]));
        }
        return farthest;
    }

    private static double rounding(double step) {
        return Math.min(ROUNDING, MOST_ROUNDING * step);
    }

    private static double tolerance(double step) {
        return Math.max(rounding(step), TOLERANCE * step);
    }

    private static boolean isCounting(int[] numbers) {
        return numbers[numbers.length - 1] == numbers.length - 1;
    }

    private static double[] scaled(int[] numbers, double step) {
        return Arrays.stream(numbers).mapToDouble(number -> number * step).toArray();
    }

    private double[] scaledHeights(double scale) {
        return Arrays.stream(heights).map(height -> (height - heights[0]) * scale).toArray();
    }

    private void sayMissing(int[] numbers, double step) {
        double usual = usualThickness();
        int gaps = 0;
        int more = 0;
        for (int n = 1; n < numbers.length; n++) {
            int missing = numbers[n] - numbers[n - 1] - 1;
            if (missing == 0 || !isGap(n, missing + 1, step, usual)) {
                continue;
            }
            if (++gaps > GAPS_SAID) {
                more += missing;
            } else {
                notes.add(Words.count(missing, "slice is", "slices are") + " missing between "
                        + Words.number(heights[n - 1]) + " and " + Words.number(heights[n]) + " mm along the normal, by the"
                        + " step of " + Words.number(step) + " mm");
            }
        }
        if (more > 0) {
            notes.add(Words.count(more, "more slice is", "more slices are") + " missing in "
                    + Words.count(gaps - GAPS_SAID, "further gap", "further gaps"));
        }
        double[] distances = sortedGaps();
        notes.add("its slices are not equally far apart (" + Words.number(distances[0]) + " to "
                + Words.number(distances[distances.length - 1]) + " mm along the normal); each keeps its own place, and"
                + " nothing is filled in");
    }

    // Slices are missing where whole steps are, each end off by what is regular all the same, and not where a scan goes
    // on with thicker slices that lie farther apart; where slices overlap, all are thicker than a step.
    private boolean isGap(int n, int steps, double step, double usual) {
        double thinner = Math.min(slices.get(n - 1).sliceStep(), slices.get(n).sliceStep());
        boolean thicker = usual > 0 && thinner > (steps - 0.5) * usual;
        return !thicker && Math.abs(heights[n] - heights[n - 1] - steps * step) <= 2 * tolerance(step);
    }

    // The lower of two middle ones, as of the gaps.
    private double usualThickness() {
        double[] thicknesses = slices.stream().mapToDouble(DicomSlice::sliceStep).sorted().toArray();
        return thicknesses[(thicknesses.length - 1) / 2];
    }

    // Without it nobody knows why the grid's distances are not those along the normal.
    private void sayTilt(Vector3d perHeight) {
        double aside = Math.sqrt(Math.max(0, perHeight.lengthSquared() - 1));
        if (aside * (heights[heights.length - 1] - heights[0]) > beside()) {
            notes.add("its slices are shifted against each other by " + Words.number(Math.toDegrees(Math.atan(aside)), 3)
                    + " degrees, as with a tilted gantry: the grid keeps that shear, and its distances are "
                    + Words.number(perHeight.length(), 4) + " times those along the normal");
        }
    }
}
