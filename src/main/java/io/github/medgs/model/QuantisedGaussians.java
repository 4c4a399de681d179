package io.github.medgs.model;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import java.util.Arrays;

/**
 * Anchored Gaussians as whole numbers, slice by slice, in each by the pixel that they stand in, row by row.
 *
 * <p>Positions are fractions of a pixel from a place outside the slice; all else is in {@link CodingSteps}. A row with one
 * value throughout is that value and no numbers.
 */
final class QuantisedGaussians {

    /** Pixels round a slice in which Gaussians may stand; those farther out are drawn in to there. */
    static final int MARGIN = 4;

    /** Room that a table begins with. */
    private static final int FIRST_ROOM = 1 << 12;

    private final ModelForm form;
    private final CodingSteps steps;
    private final int[] firsts;
    private final int[][] values;
    private final float[] constants;
    private final int bits;
    private final int most;

    /**
     * No Gaussians yet. Room for them grows as they come, since how many come is what a file claims.
     *
     * @param most how many may come
     * @param constants for each row its one value, {@code NaN} where it varies
     */
    QuantisedGaussians(ModelForm form, CodingSteps steps, int slices, int most, float[] constants) {
        this.form = form;
        this.most = most;
        this.steps = steps;
        this.firsts = new int[slices + 1];
        this.constants = constants;
        this.bits = steps.positionBits();
        values = new int[constants.length][];
        for (int row = 0; row < values.length; row++) {
            values[row] = varies(row) ? new int[Math.min(most, FIRST_ROOM)] : null;
        }
    }

    private void makeRoom(int count) {
        for (int row = 0; row < values.length; row++) {
            values[row] = values[row] == null ? null : Arrays.copyOf(values[row], count);
        }
    }

    /** Rounds a model, whose Gaussians have whole times. */
    static QuantisedGaussians of(FoldedGaussians gaussians, CodingSteps steps, int slices) {
        ModelForm form = gaussians.form();
        int count = gaussians.count();
        float[] constants = constants(gaussians);
        QuantisedGaussians all = new QuantisedGaussians(form, steps, slices, count, constants);
        all.makeRoom(count);
        long[] order = new long[count];
        for (int g = 0; g < count; g++) {
            int row = all.pixel(all.rounded(gaussians, Layout.Z, g));
            int column = all.pixel(all.rounded(gaussians, Layout.X, g));
            long cell = ((long) gaussians.get(Layout.TIME, g) * all.rows() + row) * all.columns() + column;
            order[g] = cell << 28 | g;
        }
        Arrays.sort(order);
        for (int n = 0; n < count; n++) {
            int g = (int) (order[n] & (1 << 28) - 1);
            all.firsts[(int) gaussians.get(Layout.TIME, g) + 1] = n + 1;
            for (int row = 0; row < all.values.length; row++) {
                if (all.values[row] != null) {
                    all.values[row][n] = all.rounded(gaussians, row, g);
                }
            }
            if (all.isRound(n) && all.values[Layout.ANGLE] != null) {
                all.values[Layout.ANGLE][n] = 0;
            }
        }
        for (int slice = 0; slice < slices; slice++) {
            all.firsts[slice + 1] = Math.max(all.firsts[slice + 1], all.firsts[slice]);
        }
        return all;
    }

    private static float[] constants(FoldedGaussians gaussians) {
        float[] constants = new float[gaussians.parameters().rows()];
        for (int row = 0; row < constants.length; row++) {
            constants[row] = gaussians.count() == 0 ? 0f : gaussians.get(row, 0);
            for (int g = 1; g < gaussians.count() && row > Layout.Z; g++) {
                if (gaussians.get(row, g) != constants[row]) {
                    constants[row] = Float.NaN;
                    break;
                }
            }
        }
        constants[Layout.X] = Float.NaN;
        constants[Layout.Z] = Float.NaN;
        constants[Layout.TIME] = 0f;
        return constants;
    }

    private int rounded(FoldedGaussians gaussians, int row, int g) {
        double value = gaussians.get(row, g);
        double scale = 1 << bits;
        double f = form.pixelsPerUnit();
        return switch (row) {
            case Layout.X -> place(f * value + 0.5 * (form.width() - 1), form.width());
            case Layout.Z -> place(0.5 * (form.height() - 1) - f * value, form.height());
            case Layout.ANGLE -> {
                // An ellipse turned by half a turn is itself: a quarter of the circle either side of half a turn will do.
                double turns = 1 / (1 + StrictMath.exp(-value));
                yield (int) Math.round((turns - Math.round(2 * turns) / 2.0) * 2 * Math.PI / steps.angle());
            }
            default -> (int) Math.clamp(Math.round((value - middle(row)) / step(row)), -1_000_000L, 1_000_000L);
        };
    }

    // A constant intensity's whole number 0 is black: black is most of many slices, and has to be so exactly.
    private double middle(int row) {
        int like = MaskHeads.like(form, row);
        return like == form.imageIntensityRow() || like == form.maskIntensityRow() ? -0.5 / Folding.C0 : 0;
    }

    private int place(double pixel, int size) {
        double clamped = Math.clamp(pixel, -MARGIN, size - 1.0 + MARGIN);
        return (int) Math.round((clamped + MARGIN) * (1 << bits));
    }

    private int pixel(int place) {
        return bits == 0 ? place : place + (1 << bits - 1) >> bits;
    }

    /** Slices {@code from} to {@code to}, the latter not among them, as a table of its own. */
    QuantisedGaussians part(int from, int to) {
        int count = firsts[to] - firsts[from];
        QuantisedGaussians part = new QuantisedGaussians(form, steps, to - from, count, constants);
        part.makeRoom(count);
        for (int slice = from; slice <= to; slice++) {
            part.firsts[slice - from] = firsts[slice] - firsts[from];
        }
        for (int row = 0; row < values.length; row++) {
            if (values[row] != null) {
                System.arraycopy(values[row], firsts[from], part.values[row], 0, count);
            }
        }
        return part;
    }

    /** The Gaussians that these numbers stand for. */
    FoldedGaussians gaussians() {
        FoldedGaussians all = new FoldedGaussians(form, new ParameterTable(parameters(), Math.max(1, count())), count());
        addTo(all, 0, 0, 0, slices());
        return all;
    }

    /** How many Gaussians stand on slices {@code from} to {@code to}, the latter not among them, as far as there are. */
    int between(int from, int to) {
        return firsts[Math.min(to, slices())] - firsts[Math.max(from, 0)];
    }

    /**
     * Writes the Gaussians of those slices into a model.
     *
     * @param place of the first in the model
     * @param before how many slices lie before the first of this table
     */
    void addTo(FoldedGaussians all, int place, int before, int from, int to) {
        double unit = form.pixelsPerUnit();
        int first = firsts[Math.max(from, 0)];
        int end = first + between(from, to);
        for (int row = 0; row < parameters(); row++) {
            int at = row * all.capacity() + place;
            float[] out = all.parameters().values();
            if (values[row] == null) {
                Arrays.fill(out, at, at + end - first, constants[row]);
                continue;
            }
            double step = step(row);
            double middle = middle(row);
            for (int g = first; g < end; g++) {
                int q = values[row][g];
                out[at + g - first] = switch (row) {
                    case Layout.X -> (float) ((pixels(q) - 0.5 * (form.width() - 1)) / unit);
                    case Layout.Z -> (float) ((0.5 * (form.height() - 1) - pixels(q)) / unit);
                    case Layout.ANGLE -> angle(q * steps.angle() / (2 * Math.PI));
                    default -> (float) (q * step + middle);
                };
            }
        }
        for (int slice = Math.max(from, 0); slice < Math.min(to, slices()); slice++) {
            int at = Layout.TIME * all.capacity() + place - first;
            Arrays.fill(all.parameters().values(), at + firsts[slice], at + firsts[slice + 1], before + slice);
        }
    }

    private double pixels(int place) {
        return (double) place / (1 << bits) - MARGIN;
    }

    // The raw angle whose sigmoid is half a turn and this part of one more.
    private static float angle(double turns) {
        double share = 0.5 + Math.clamp(turns, -0.26, 0.26);
        return (float) StrictMath.log(share / (1 - share));
    }

    ModelForm form() {
        return form;
    }

    /** How many rows of parameters a Gaussian has, those of heads that wait included. */
    int parameters() {
        return values.length;
    }

    float[] constants() {
        return constants;
    }

    int positionBits() {
        return bits;
    }

    int columns() {
        return form.width() + 2 * MARGIN;
    }

    int rows() {
        return form.height() + 2 * MARGIN;
    }

    int slices() {
        return firsts.length - 1;
    }

    /** How many Gaussians there is room for by now. */
    int capacity() {
        return values[Layout.X].length;
    }

    boolean varies(int row) {
        return Float.isNaN(constants[row]);
    }

    int first(int slice) {
        return firsts[slice];
    }

    int count() {
        return firsts[firsts.length - 1];
    }

    void endSlice(int slice, int end) {
        firsts[slice + 1] = end;
    }

    int get(int row, int g) {
        return values[row][g];
    }

    void set(int row, int g, int value) {
        values[row][g] = value;
    }

    /** The distance of two values of a row. */
    double step(int row) {
        return steps.ofRow(form, MaskHeads.like(form, row));
    }

    /** The pixel that a Gaussian stands in, margin included, counted row by row. */
    int cell(int g) {
        return pixel(values[Layout.Z][g]) * columns() + pixel(values[Layout.X][g]);
    }

    /** How many Gaussians of a slice stand in a pixel, those before {@code from} being elsewhere. */
    int inPixel(int slice, int row, int column, int from) {
        int to = from;
        while (to < firsts[slice + 1] && pixel(values[Layout.X][to]) == column && pixel(values[Layout.Z][to]) == row) {
            to++;
        }
        return to - from;
    }

    /** Makes sure that a Gaussian stands in a pixel: at its middle, where it is not known better. */
    void place(int g, int row, int column) {
        if (g >= most) {
            throw new IllegalArgumentException("more Gaussians than it says");
        }
        if (g >= capacity()) {
            makeRoom((int) Math.min(most, 2L * capacity()));
        }
        if (pixel(values[Layout.X][g]) != column || pixel(values[Layout.Z][g]) != row) {
            values[Layout.X][g] = column << bits;
            values[Layout.Z][g] = row << bits;
        }
    }

    int offset(int row, int g, int pixel) {
        return values[row][g] - (pixel << bits);
    }

    void setOffset(int row, int g, int pixel, int offset) {
        values[row][g] = (pixel << bits) + Math.clamp(offset, -(1 << bits), 1 << bits);
    }

    /** Whether both of a Gaussian's deviations are one, so that its angle says nothing. */
    boolean isRound(int g) {
        return values[Layout.LOG_SCALE_X] != null && values[Layout.LOG_SCALE_Z] != null
                && values[Layout.LOG_SCALE_X][g] == values[Layout.LOG_SCALE_Z][g];
    }

    /** Column of the pixel, margin included, where a Gaussian stands one spacing on. */
    float movedColumn(int g) {
        return (float) (values[Layout.X][g] / (double) (1 << bits)) + form.pixelsPerUnit() * displacement(g, 0);
    }

    float movedRow(int g) {
        return (float) (values[Layout.Z][g] / (double) (1 << bits)) - form.pixelsPerUnit() * displacement(g, 1);
    }

    // The motion's polynomial at u = -1.
    private float displacement(int g, int axis) {
        float sum = 0f;
        for (int order = 1; order <= form.motionDegree(); order++) {
            int row = form.motionRow() + 2 * (order - 1) + axis;
            float weight = values[row] == null ? constants[row] : (float) (values[row][g] * step(row));
            sum += order % 2 == 1 ? -weight : weight;
        }
        return sum;
    }
}
