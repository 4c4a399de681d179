package io.github.medgs.edit;

import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TimeScale;
import io.github.medgs.model.TrainedModel;
import java.util.Arrays;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * Where a model's slices lie. A place has coordinates (column, row, depth), depth being millimetres along the slicing
 * axis from the first slice, or patient millimetres (RAS+).
 */
final class SliceSpace {

    /** In how many parts a gap is looked at. */
    static final int STEPS_A_GAP = 3;

    private final ModelForm form;
    private final TimeScale times;
    private final Matrix4d toPatient;
    private final Matrix4d toSlices;
    private final double[] depths;

    SliceSpace(TrainedModel model) {
        this.form = model.gaussians().form();
        this.times = model.timeScale();
        this.toPatient = model.geometry().slicesToPatient();
        this.toSlices = new Matrix4d(toPatient).invert();
        this.depths = new double[STEPS_A_GAP * (slices() - 1) + 1];
        for (int step = 0; step < depths.length; step++) {
            double slice = depthOfSlice(step / STEPS_A_GAP);
            int thirds = step % STEPS_A_GAP;
            depths[step] = thirds == 0 ? slice
                    : slice + (depthOfSlice(step / STEPS_A_GAP + 1) - slice) * thirds / STEPS_A_GAP;
        }
    }

    int width() {
        return form.width();
    }

    int height() {
        return form.height();
    }

    int slices() {
        return times.slices();
    }

    double depthOfSlice(int slice) {
        return times.toPosition(times.ofSlice(slice));
    }

    /** How many depths {@link #depthOfStep} counts: the slices, and two between each two. */
    int steps() {
        return depths.length;
    }

    /** The depth of slice {@code step / 3}, or as many thirds of the way on to the next. */
    double depthOfStep(int step) {
        return depths[step];
    }

    /** The last step that is not beyond a depth, and not the last of all; 0 before the first, and of a single slice. */
    int stepBefore(double depth) {
        int found = Arrays.binarySearch(depths, depth);
        return Math.clamp(found >= 0 ? found : -found - 2, 0, Math.max(0, depths.length - 2));
    }

    double depthOf(float time) {
        return times.toPosition(time);
    }

    float timeOf(double depth) {
        return times.ofPosition(depth);
    }

    /** The slice nearest to a depth. */
    int nearestSlice(double depth) {
        int nearest = 0;
        for (int slice = 1; slice < slices(); slice++) {
            if (Math.abs(depthOfSlice(slice) - depth) < Math.abs(depthOfSlice(nearest) - depth)) {
                nearest = slice;
            }
        }
        return nearest;
    }

    /** (column, row, depth) to patient millimetres, in place. */
    Vector3d toPatient(Vector3d place) {
        return toPatient.transformPosition(place);
    }

    /** Patient millimetres to (column, row, depth), in place. */
    Vector3d toSlices(Vector3d place) {
        return toSlices.transformPosition(place);
    }

    /** An affine of the patient, on (column, row, depth). */
    Matrix4d onSlices(Matrix4d patient) {
        return new Matrix4d(toSlices).mul(patient).mul(toPatient);
    }

    double column(double worldX) {
        return form.pixelsPerUnit() * worldX + 0.5 * (form.width() - 1);
    }

    double row(double worldZ) {
        return -form.pixelsPerUnit() * worldZ + 0.5 * (form.height() - 1);
    }
}
