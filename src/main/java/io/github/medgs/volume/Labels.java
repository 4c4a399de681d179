package io.github.medgs.volume;

import io.github.medgs.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * Label maps: volumes whose voxels are whole numbers, 0 for the background.
 *
 * <p>Masks often come as floats that are almost integers, after a scale factor or a resampler; those are rounded. Whole
 * numbers that a file stores, as integers or in double precision, are taken as they are, also beyond what a float holds.
 */
public final class Labels {

    /** How far a voxel may be from a whole number. */
    static final float TOLERANCE = 0.03f;

    /** No label map has more; an intensity image taken for a mask does. Counted from 1 they are unsigned shorts. */
    private static final int MOST_LABELS = 65_535;

    /** So few may be labels however they lie; with more than the second, or with some below 0, they are no atlas. */
    private static final int FEW_LABELS = 50;
    private static final int MOST_OF_ATLASES = 500;

    private Labels() {}

    /** Whether a label occurs; looked for when it is asked. */
    public static LongPredicate occurring(Volume mask, String name) {
        return label -> present(mask, name).contains(label);
    }

    /**
     * The labels that occur, without 0.
     *
     * @param name the mask as the user wrote it, for messages
     * @throws InputException when a voxel is not a whole number within {@value #TOLERANCE}
     */
    public static SortedSet<Long> present(Volume mask, String name) {
        SortedSet<Long> labels = new TreeSet<>();
        long previous = 0;
        for (int n = 0; n < mask.voxels().length; n++) {
            long label = label(mask, n, name);
            if (label != previous && label != 0 && labels.add(label) && labels.size() > MOST_LABELS) {
                throw new InputException(name, "holds more than " + MOST_LABELS + " different values",
                        "give a label map, not an intensity image");
            }
            previous = label;
        }
        return labels;
    }

    /**
     * Whether a mask looks like an image or like probabilities in whole numbers. Voxels of a label lie together, also in
     * atlases of hundreds; of many grey values each has neighbours of others: on real scans and soft masks half of the
     * voxels and more touch none of their own value, in label maps hardly one.
     *
     * @param labels those that occur
     */
    public static boolean looksGrey(Volume mask, SortedSet<Long> labels) {
        if (labels.size() <= FEW_LABELS) {
            return false;
        }
        if (labels.size() > MOST_OF_ATLASES || labels.first() < 0) {
            return true;
        }
        // The highest is the inside of a structure where these are probabilities.
        long highest = labels.last();
        int below = 0;
        int alone = 0;
        for (int n = 0; n < mask.voxels().length; n++) {
            long label = labelOr(mask, n);
            if (label != 0 && label != highest) {
                below++;
                alone += touchesItsOwn(mask, n, label) ? 0 : 1;
            }
        }
        return alone > below / 3;
    }

    private static boolean touchesItsOwn(Volume mask, int n, long label) {
        int column = n % mask.nx();
        int row = n / mask.nx() % mask.ny();
        return column > 0 && labelOr(mask, n - 1) == label || column < mask.nx() - 1 && labelOr(mask, n + 1) == label
                || row > 0 && labelOr(mask, n - mask.nx()) == label
                || row < mask.ny() - 1 && labelOr(mask, n + mask.nx()) == label;
    }

    /** {@link #binary(Volume, Set, String, List)} without a word of what was rounded. */
    public static float[] binary(Volume mask, Set<Long> labels, String name) {
        return binary(mask, labels, name, new ArrayList<>());
    }

    /**
     * 1 where a voxel carries one of the labels, else 0, in the volume's own order.
     *
     * @param labels the wanted ones; empty: every label but 0
     * @param name the mask as the user wrote it, for messages
     * @param notes receives how many voxels were rounded, if any
     * @throws InputException when a voxel is no whole number, or a wanted label is that of no voxel
     */
    public static float[] binary(Volume mask, Set<Long> labels, String name, List<String> notes) {
        float[] binary = new float[mask.voxels().length];
        boolean any = false;
        Set<Long> missing = new TreeSet<>(labels);
        long rounded = 0;
        for (int n = 0; n < binary.length; n++) {
            long label = label(mask, n, name);
            if (labels.isEmpty() ? label != 0 : labels.contains(label)) {
                binary[n] = 1;
                any = true;
                if (!missing.isEmpty()) {
                    missing.remove(label);
                }
            }
            rounded += mask.voxels()[n] == Math.rint(mask.voxels()[n]) ? 0 : 1;
        }
        if (!any || !missing.isEmpty()) {
            requirePresent(missing, present(mask, name), name);
        }
        if (rounded > 0) {
            notes.add(Words.count(rounded, "voxel is", "voxels are") + " almost a whole number and "
                    + (rounded == 1 ? "was" : "were") + " rounded");
        }
        return binary;
    }

    /**
     * Refuses a map that is empty or lacks a wanted label: left out without a word, it would be missed by nobody.
     *
     * @param present the labels that it holds
     */
    static void requirePresent(Set<Long> wanted, SortedSet<Long> present, String name) {
        if (present.isEmpty()) {
            throw new InputException(name, "is empty: every voxel is 0", "give a mask that marks something");
        }
        for (long label : wanted) {
            if (!present.contains(label)) {
                throw new InputException(name, "has no voxel with label " + label,
                        "choose among its labels: " + join(present));
            }
        }
    }

    /** Cubic millimetres of the voxels that are 1, in a volume of {@link #binary} voxels. */
    public static double volume(Volume binary) {
        if (binary.grid().isRegular()) {
            return sum(binary, 0, binary.nz()) * binary.voxelVolume();
        }
        double volume = 0;
        for (int k = 0; k < binary.nz(); k++) {
            volume += sum(binary, k, k + 1) * binary.grid().voxelVolume(k);
        }
        return volume;
    }

    private static double sum(Volume volume, int fromSlice, int toSlice) {
        int pixels = volume.nx() * volume.ny();
        double sum = 0;
        for (int n = fromSlice * pixels; n < toSlice * pixels; n++) {
            sum += volume.voxels()[n];
        }
        return sum;
    }

    /** The type that stores some labels of a map: its own, where that is of whole numbers, else the smallest. */
    static ScalarType typeFor(Volume map, List<Label> labels) {
        if (map.stored().isWhole()) {
            return map.stored().storage().type();
        }
        for (ScalarType type : ScalarType.values()) {
            if (type.isInteger() && type != ScalarType.INT8 && labels.stream().allMatch(label -> type.holds(label.id()))) {
                return type;
            }
        }
        throw new IllegalStateException("whole numbers of 64 bits hold every label");
    }

    /** The label of a voxel, or {@link Long#MIN_VALUE} where it is no whole number of 64 bits, nor almost one. */
    static long labelOr(Volume mask, int n) {
        StoredVoxels stored = mask.stored();
        if (stored.bits() != null && stored.isWhole()) {
            return stored.whole(n);
        }
        boolean exact = stored.isDouble();
        double voxel = exact ? stored.number(n) : stored.intensities()[n];
        double whole = Math.rint(voxel);
        // A float near 4000 is itself only known to a quarter of a thousandth.
        boolean almost = Math.abs(whole) < 0x1p63 && Math.abs(voxel - whole) <= TOLERANCE + (exact ? 0 : Math.ulp((float) voxel));
        return almost ? (long) whole : Long.MIN_VALUE;
    }

    private static long label(Volume mask, int n, String name) {
        long label = labelOr(mask, n);
        if (label == Long.MIN_VALUE) {
            throw new InputException(name, "holds the value " + mask.voxels()[n] + ", and a mask holds whole numbers"
                    + (Math.abs(mask.voxels()[n]) < 0x1p63 ? "" : " of 64 bits at most"),
                    "threshold it, give a label map, or take it as probabilities").naming("soft");
        }
        return label;
    }

    static String join(Set<Long> labels) {
        String list = labels.stream().sorted().limit(20).map(String::valueOf).collect(Collectors.joining(", "));
        return labels.size() > 20 ? list + ", ..." : list;
    }
}
