package io.github.medgs.volume;

import io.github.medgs.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.IntStream;

/**
 * What training sees of a volume: slices of equal size along one axis, scaled to [0, 1], each with its physical time.
 *
 * <p>Slice f, row r, column c is at {@code values[(f * height + r) * width + c]}. Rows and columns are the volume's
 * other two index axes in their order: columns run along i (along j when sliced along i), rows along the later one.
 * Slices need not be equally spaced: {@link #keep} leaves some out for a hold-out.
 */
public final class SliceStack {

    private final Grid sourceGrid;
    private final int[] sourceSlices;
    private final SliceGeometry geometry;
    private final IntensityWindow window;
    private final float[] values;
    private final int nonFiniteCount;
    private final int farOutsideCount;
    private final double step;

    private SliceStack(Grid sourceGrid, int[] sourceSlices, SliceAxis axis, IntensityWindow window, float[] values,
            int nonFiniteCount, int farOutsideCount, double step) {
        this.sourceGrid = sourceGrid;
        this.sourceSlices = sourceSlices;
        this.geometry = geometryOf(sourceGrid, sourceSlices, axis);
        this.window = window;
        this.values = values;
        this.nonFiniteCount = nonFiniteCount;
        this.farOutsideCount = farOutsideCount;
        this.step = step;
    }

    /**
     * All slices of an image. NaN and infinite voxels, and those that floats do not hold, take the window's low value, and
     * are counted.
     */
    public static SliceStack of(Volume image, SliceAxis axis, IntensityWindow window) {
        Grid grid = image.grid();
        SliceAxis resolved = axis.resolve(grid);
        int[] all = IntStream.range(0, grid.size(resolved.index())).toArray();
        float[] values = Slicing.toSlices(image.voxels(), grid, resolved, all);
        int nonFinite = 0;
        int farOutside = 0;
        for (int n = 0; n < values.length; n++) {
            if (!Float.isFinite(values[n])) {
                nonFinite++;
            } else if (window.isFarOutside(values[n])) {
                farOutside++;
            }
            values[n] = window.toUnit(values[n]);
        }
        return new SliceStack(grid, all, resolved, window, values, nonFinite, farOutside,
                window.widths(image.stored().storage().step()));
    }

    /**
     * Some of the slices, at their own positions; the first kept one becomes position and time 0, the last time 1.
     *
     * @param sliceIndices of this stack, strictly increasing, at least one
     */
    public SliceStack keep(int[] sliceIndices) {
        int[] kept = new int[sliceIndices.length];
        int size = height() * width();
        float[] keptValues = new float[sliceIndices.length * size];
        for (int n = 0; n < sliceIndices.length; n++) {
            if (sliceIndices[n] < 0 || sliceIndices[n] >= count() || n > 0 && sliceIndices[n] <= sliceIndices[n - 1]) {
                throw new IllegalArgumentException("slice " + sliceIndices[n] + " is not in the stack, or not after the"
                        + " one before");
            }
            kept[n] = sourceSlices[sliceIndices[n]];
            System.arraycopy(values, sliceIndices[n] * size, keptValues, n * size, size);
        }
        return new SliceStack(sourceGrid, kept, geometry.axis(), window, keptValues, nonFiniteCount, farOutsideCount,
                step);
    }

    /** The number of slices. */
    public int count() {
        return sourceSlices.length;
    }

    /** Rows of a slice. */
    public int height() {
        return geometry.height();
    }

    /** Columns of a slice. */
    public int width() {
        return geometry.width();
    }

    /** The intensities in [0, 1], slice by slice, row by row; the array itself. */
    public float[] values() {
        return values;
    }

    /** A copy of those of one slice. */
    public float[] slice(int slice) {
        int pixels = height() * width();
        return Arrays.copyOfRange(values, slice * pixels, (slice + 1) * pixels);
    }

    /** Millimetres along the slicing axis, the first slice at 0, strictly increasing. */
    public double[] positions() {
        return geometry.positions().clone();
    }

    /** What puts rendered slices back into the patient. */
    public SliceGeometry geometry() {
        return geometry;
    }

    public IntensityWindow window() {
        return window;
    }

    /** How many voxels of the image were NaN or infinite (of all its slices, kept or not). */
    public int nonFiniteCount() {
        return nonFiniteCount;
    }

    /** How many of them {@linkplain IntensityWindow#isFarOutside lie so far outside the window} that they count as its end. */
    public int farOutsideCount() {
        return farOutsideCount;
    }

    /** How far apart intensities are that the image's {@linkplain Storage#step storage} has, in widths of the window. */
    public double step() {
        return step;
    }

    /**
     * A mask of the image in this stack's layout: how much of each voxel is inside, 0 or 1 unless the mask is soft.
     *
     * @throws InputException when the mask's voxels are not the image's (see {@link Mask#onto}), or it holds something
     *     else than it should, or nothing is inside
     */
    public float[] maskOf(Mask mask) {
        List<String> notes = new ArrayList<>();
        return Slicing.toSlices(mask.onto(sourceGrid, false, notes).inside(notes), sourceGrid, geometry.axis(),
                sourceSlices);
    }

    /**
     * The labels of a mask of the image in this stack's layout.
     *
     * @param choice which labels, over those of the mask
     * @throws InputException as {@link #maskOf(Mask)}
     */
    public LabelSlices labelsOf(Mask mask, LabelChoice choice) {
        Volume map = mask.onto(sourceGrid, false, new ArrayList<>()).volume();
        SortedSet<Long> present = Labels.present(map, mask.name());
        LabelChoice.Structures structures = choice.knowing(mask.names()).in(present, mask.name());
        float[] index = new float[map.voxels().length];
        for (int n = 0; n < index.length; n++) {
            Integer structure = structures.of().get(Labels.labelOr(map, n));
            index[n] = structure == null ? 0 : structure + 1;
        }
        float[] slices = Slicing.toSlices(index, sourceGrid, geometry.axis(), sourceSlices);
        short[] own = new short[slices.length];
        for (int p = 0; p < own.length; p++) {
            own[p] = (short) (int) slices[p];
        }
        List<Label> labels = structures.structures();
        return new LabelSlices(Labels.typeFor(map, labels), labels,
                LabelChannels.of(labels.size(), own, width(), height()), own, width(), height());
    }

    /** {@link #maskOf(Mask)} for every label but 0, or for some. */
    public float[] maskOf(Volume mask, Set<Long> labels) {
        return maskOf(new Mask(mask, "the mask", labels));
    }

    static SliceGeometry geometryOf(Grid grid, int[] slices, SliceAxis axis) {
        int normal = axis.index();
        double[] affine = new double[12];
        double origin = axis == SliceAxis.K && !grid.isRegular() ? grid.slicePosition(slices[0]) / grid.spacing(2)
                : slices[0];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                affine[4 * row + column] = grid.indexToPatient().get(column, row);
            }
            affine[4 * row + 3] += origin * grid.indexToPatient().get(normal, row);
        }
        double[] positions = new double[slices.length];
        for (int f = 0; f < slices.length; f++) {
            positions[f] = axis == SliceAxis.K ? grid.slicePosition(slices[f]) - grid.slicePosition(slices[0])
                    : (slices[f] - slices[0]) * grid.spacing(normal);
        }
        return new SliceGeometry(axis, grid.size(axis.rowAxis()), grid.size(axis.columnAxis()), affine, positions);
    }
}
