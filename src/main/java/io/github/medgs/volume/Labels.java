package io.github.medgs.volume;

import io.github.medgs.InputException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Label maps: volumes whose voxels are whole numbers, 0 for the background.
 *
 * <p>Masks often come as floats that are almost integers, after a scale factor or a resampler; those are rounded.
 */
public final class Labels {

    /** How far a voxel may be from a whole number. */
    static final float TOLERANCE = 0.02f;

    /** No label map has more; an intensity image taken for a mask does. */
    private static final int MOST_LABELS = 65_536;

    private Labels() {}

    /**
     * The labels that occur, without 0.
     *
     * @param name the mask as the user wrote it, for messages
     * @throws InputException when a voxel is not a whole number within {@value #TOLERANCE}
     */
    public static SortedSet<Integer> present(Volume mask, String name) {
        SortedSet<Integer> labels = new TreeSet<>();
        int previous = 0;
        for (float voxel : mask.voxels()) {
            int label = label(voxel, name);
            if (label != previous && label != 0 && labels.add(label) && labels.size() > MOST_LABELS) {
                throw new InputException(name, "holds more than " + MOST_LABELS + " different values",
                        "give a label map, not an intensity image");
            }
            previous = label;
        }
        return labels;
    }

    /**
     * 1 where a voxel carries one of the labels, else 0, in the volume's own order.
     *
     * @param labels the wanted ones; empty: every label but 0
     * @param name the mask as the user wrote it, for messages
     * @throws InputException when a voxel is no whole number, or no voxel carries a wanted label
     */
    public static float[] binary(Volume mask, Set<Integer> labels, String name) {
        float[] voxels = mask.voxels();
        float[] binary = new float[voxels.length];
        boolean any = false;
        for (int n = 0; n < voxels.length; n++) {
            int label = label(voxels[n], name);
            if (labels.isEmpty() ? label != 0 : labels.contains(label)) {
                binary[n] = 1;
                any = true;
            }
        }
        if (!any) {
            SortedSet<Integer> present = present(mask, name);
            if (present.isEmpty()) {
                throw new InputException(name, "is empty: every voxel is 0", "give a mask that marks something");
            }
            throw new InputException(name, "has no voxel with label " + join(labels),
                    "choose among its labels: " + join(present));
        }
        return binary;
    }

    private static int label(float voxel, String name) {
        float rounded = Math.round(voxel);
        if (!(Math.abs(voxel - rounded) <= TOLERANCE)) {
            throw new InputException(name, "holds the value " + voxel + ", and a mask holds whole numbers",
                    "threshold it, or give a label map");
        }
        return (int) rounded;
    }

    private static String join(Set<Integer> labels) {
        String list = labels.stream().sorted().limit(20).map(String::valueOf).collect(Collectors.joining(", "));
        return labels.size() > 20 ? list + ", ..." : list;
    }
}
