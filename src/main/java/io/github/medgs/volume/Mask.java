package io.github.medgs.volume;

import io.github.medgs.InputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * A mask as somebody has it: labels on some grid, or, where it is soft, how probable it is that a voxel belongs to the
 * organ.
 *
 * @param name as the user wrote it, for messages
 * @param labels the labels that count as inside; empty: every label but 0
 * @param soft whether voxels are probabilities from 0 to 1, or from 0 to 255
 * @param names what its file calls its labels, by their numbers, as far as it does
 */
public record Mask(Volume volume, String name, Set<Long> labels, boolean soft, Map<Long, Label> names) {

    /** Beyond 0 and 1 by this much, a probability was only rounded. */
    private static final float ROUNDED = 0.03f;

    /** Up to here values could be percentages just as well as parts of 255. */
    private static final float AMBIGUOUS = 128;

    public Mask {
        labels = Set.copyOf(labels);
        names = Map.copyOf(names);
        if (soft && !labels.isEmpty()) {
            throw new InputException(name, "holds probabilities, which have no labels", "choose no label, or give a label"
                    + " map").naming("soft", "label");
        }
    }

    /** A mask whose labels have no names. */
    public Mask(Volume volume, String name, Set<Long> labels, boolean soft) {
        this(volume, name, labels, soft, Map.of());
    }

    /** A mask of labels. */
    public Mask(Volume volume, String name, Set<Long> labels) {
        this(volume, name, labels, false);
    }

    /**
     * The mask on an image's grid. Where its own is that grid up to the order and direction of its axes and whole
     * voxels cut off or added, its voxels are moved there unchanged; voxels that it does not cover are 0.
     *
     * @param resample whether voxels may also be taken from where they are nearest (of a soft mask: between where they
     *     are)
     * @param notes receives what was done
     * @throws InputException when the grid is another, and it may not be resampled, or nothing of it is in the image
     */
    public Mask onto(Grid image, boolean resample, List<String> notes) {
        Grid own = volume.grid();
        if (image.sameAs(own)) {
            return this;
        }
        GridMapping mapping = GridMapping.of(image, own);
        if (mapping == null && !resample) {
            throw new InputException(name, "lies on another grid than the image (mask: " + own.describe() + "; image: "
                    + image.describe() + ")", "resample it onto the image's grid").naming("resample-mask");
        }
        if (!own.isRegular()) {
            throw new InputException(name, "has slices at places of their own (" + own.describe() + ")",
                    "give a mask on the image's grid");
        }
        Volume moved;
        if (mapping != null) {
            moved = volume.onto(image, (i, j, k) -> mapping.source(own, i, j, k));
            notes.add("its voxels are the image's (" + mapping.words(image, own) + "): they were taken as they are");
        } else if (soft) {
            moved = new Volume(image, between(image));
            notes.add("it lies on another grid (" + own.describe() + ") and was resampled onto the image's, linearly");
        } else {
            Nearest nearest = new Nearest(own, new Matrix4d(own.indexToPatient()).invert());
            moved = volume.onto(image, (i, j, k) -> nearest.index(image.place(i, j, k)));
            notes.add("it lies on another grid (" + own.describe() + ") and was resampled onto the image's by nearest"
                    + " voxels");
        }
        requireOverlap(moved, mapping != null, notes);
        return new Mask(moved, name, labels, soft, names);
    }

    private void requireOverlap(Volume moved, boolean whole, List<String> notes) {
        long before = marked(volume);
        long after = marked(moved);
        if (before > 0 && after == 0) {
            throw new InputException(name, "marks nothing within the image (mask: " + volume.describeGrid() + "; image: "
                    + moved.describeGrid() + ")", "give the mask of this image");
        }
        if (whole && after < before) {
            notes.add(Words.count(before - after, "marked voxel lies", "marked voxels lie")
                    + " outside the image and had to be left out");
        }
    }

    private static long marked(Volume volume) {
        long marked = 0;
        for (float voxel : volume.voxels()) {
            marked += voxel == 0 ? 0 : 1;
        }
        return marked;
    }

    /** The voxel round a place. */
    private record Nearest(Grid grid, Matrix4d toIndex) {

        int index(Vector3d place) {
            toIndex.transformPosition(place);
            long i = Math.round(place.x);
            long j = Math.round(place.y);
            long k = Math.round(place.z);
            boolean inside = i >= 0 && i < grid.nx() && j >= 0 && j < grid.ny() && k >= 0 && k < grid.nz();
            return inside ? (int) (i + grid.nx() * (j + grid.ny() * k)) : -1;
        }
    }

    // Between the eight voxels round each place; up to half a voxel outside the nearest ones stand for those beyond.
    private float[] between(Grid image) {
        Grid own = volume.grid();
        Matrix4d toIndex = new Matrix4d(own.indexToPatient()).invert();
        float[] values = new float[(int) image.count()];
        for (int k = 0, n = 0; k < image.nz(); k++) {
            for (int j = 0; j < image.ny(); j++) {
                for (int i = 0; i < image.nx(); i++, n++) {
                    values[n] = at(toIndex.transformPosition(image.place(i, j, k)));
                }
            }
        }
        return values;
    }

    private float at(Vector3d index) {
        int[] low = new int[3];
        double[] share = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            int size = volume.size(axis);
            double at = index.get(axis);
            if (!(at >= -0.5 && at < size - 0.5)) {
                return 0;
            }
            double inside = Math.clamp(at, 0, size - 1.0);
            low[axis] = Math.min((int) inside, Math.max(0, size - 2));
            share[axis] = inside - low[axis];
        }
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            double weight = 1;
            int[] at = low.clone();
            for (int axis = 0; axis < 3; axis++) {
                boolean high = (corner >> axis & 1) == 1;
                weight *= high ? share[axis] : 1 - share[axis];
                at[axis] += high ? 1 : 0;
            }
            sum += weight == 0 ? 0 : weight * volume.voxel(at[0], at[1], at[2]);
        }
        return (float) sum;
    }

    /**
     * How much of each voxel is inside, from 0 to 1, in the volume's order: 0 or 1 for labels.
     *
     * @param notes receives what was rounded or scaled
     * @throws InputException when it holds neither labels nor, where soft, probabilities, or nothing is inside
     */
    public float[] inside(List<String> notes) {
        return soft ? probabilities(notes) : Labels.binary(volume, labels, name, notes);
    }

    private float[] probabilities(List<String> notes) {
        float least = 0;
        float most = 0;
        for (float voxel : volume.voxels()) {
            if (!Float.isFinite(voxel)) {
                throw new InputException(name, "holds the value " + voxel + ", which is no probability",
                        "give values from 0 to 1");
            }
            least = Math.min(least, voxel);
            most = Math.max(most, voxel);
        }
        float white = most <= 1 + ROUNDED ? 1 : 255;
        if (least < -ROUNDED || most > 255 || white == 255 && most < AMBIGUOUS) {
            throw new InputException(name, "runs from " + Words.number(least) + " to " + Words.number(most)
                    + ", and probabilities run from 0 to 1, or from 0 to 255", "scale it");
        }
        if (most == 0) {
            throw new InputException(name, "is empty: every voxel is 0", "give a mask that marks something");
        }
        notes.add("its values are taken as probabilities" + (white == 255 ? ", divided by 255" : ""));
        float[] inside = new float[volume.voxels().length];
        for (int n = 0; n < inside.length; n++) {
            inside[n] = Math.clamp(volume.voxels()[n] / white, 0, 1);
        }
        return inside;
    }
}
