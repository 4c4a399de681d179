package io.github.medgs.view;

import io.github.medgs.InputException;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.SlicePositions;
import io.github.medgs.volume.Slicing;
import io.github.medgs.volume.Volume;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What was measured: the slices of the input volume, in its own units, and its mask. Those that a model holds may have been
 * edited since.
 */
final class InputSlices {

    /** How far slices may lie from the model's, in their spacing: files round. */
    private static final double TOLERANCE = 0.01;

    private final Volume image;
    private final float[] mask;
    private final SliceAxis axis;
    private final int[] indices;
    private final int[] edited;

    private InputSlices(Volume image, float[] mask, SliceAxis axis, int[] indices, int... edited) {
        this.image = image;
        this.mask = mask;
        this.axis = axis;
        this.indices = indices;
        this.edited = edited;
    }

    /**
     * All slices of a volume along the axis of its geometry.
     *
     * @param mask how much of each pixel is inside, slice by slice, or {@code null}
     */
    static InputSlices all(Volume image, float[] mask, SliceGeometry geometry) {
        return new InputSlices(image, mask, geometry.axis(), counted(geometry));
    }

    /** The slices that a model holds, as edits left them; it must hold them. */
    static InputSlices heldBy(TrainedModel model, float[] mask) {
        return new InputSlices(model.geometry().volumeOf(model.acquired().intensities()), mask, model.geometry().axis(),
                counted(model.geometry()), model.editedSlices());
    }

    private static int[] counted(SliceGeometry geometry) {
        return IntStream.range(0, geometry.positions().length).toArray();
    }

    /**
     * The slices that a model was learnt from.
     *
     * @param mask how much of each pixel is inside, in the order of the model's slices, or {@code null}
     * @param name the image as the user wrote it
     * @throws InputException when the image does not lie where the model's slices do
     */
    static InputSlices under(SliceGeometry model, Volume image, float[] mask, String name) {
        SliceGeometry all = SliceGeometry.of(image.grid(), model.axis());
        double[] places = all.positions();
        double[] positions = model.positions();
        int[] indices = new int[positions.length];
        boolean fits = all.width() == model.width() && all.height() == model.height()
                && sameAffine(all, model, places[places.length - 1]);
        for (int f = 0; f < positions.length; f++) {
            indices[f] = SlicePositions.nearest(places, positions[f]);
            fits &= Math.abs(places[indices[f]] - positions[f]) <= TOLERANCE * model.sourceSpacing();
        }
        if (!fits) {
            throw new InputException(name, "does not lie where the model's slices do (" + image.grid().describe() + ")",
                    "give the image that the model was learnt from");
        }
        return new InputSlices(image, mask, model.axis(), indices);
    }

    /** Whether the far corners of both lie at the same places. */
    private static boolean sameAffine(SliceGeometry a, SliceGeometry b, double depth) {
        double[] indices = {a.width(), a.height(), depth / a.sourceSpacing()};
        double tolerance = TOLERANCE * Math.min(a.sourceSpacing(), Math.min(a.rowSpacing(), a.columnSpacing()));
        int normal = a.axis().index();
        for (int row = 0; row < 3; row++) {
            double apart = Math.abs(a.affine()[4 * row + 3] - b.affine()[4 * row + 3]);
            int inPlane = 0;
            for (int column = 0; column < 3; column++) {
                double far = column == normal ? indices[2] : indices[inPlane++];
                apart += far * Math.abs(a.affine()[4 * row + column] - b.affine()[4 * row + column]);
            }
            if (!(apart <= tolerance)) {
                return false;
            }
        }
        return true;
    }

    Volume image() {
        return image;
    }

    /** Which slices are not as they were measured: somebody edited them in the model that holds them. */
    int[] edited() {
        return edited;
    }

    boolean hasMask() {
        return mask != null;
    }

    int count() {
        return indices.length;
    }

    /** Slice {@code f} in the input's units, row by row; NaN where the input is not finite. */
    float[] image(int f) {
        return Slicing.toSlices(image.voxels(), image.grid(), axis, new int[] {indices[f]});
    }

    /** How much of each pixel of slice {@code f} is inside the mask, 0 to 1. */
    float[] mask(int f) {
        int pixels = mask.length / indices.length;
        return Arrays.copyOfRange(mask, f * pixels, (f + 1) * pixels);
    }

    /** Whether these are all slices of the image. */
    boolean isWhole() {
        return indices.length == image.size(axis.index());
    }

    /** The mask on the image's grid; there must be one, of all its slices. */
    Volume maskVolume() {
        return image.withVoxels(Slicing.toVoxels(mask, image.grid(), axis));
    }
}
