package io.github.medgs.edit;

import io.github.medgs.interslice.DistanceTransform;
import io.github.medgs.interslice.ShapePredictor;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import java.util.Set;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * What a mask marks, between its voxels too. The mask may lie on any grid; it is cut along the index axis nearest to
 * the model's slicing axis.
 *
 * <p>Each slice of the mask becomes signed distances, which run straight from slice to slice and are held to half the
 * gap (to 0.7 of that outside), as in {@link ShapePredictor}: so the region follows an edge that moves, and what has no
 * partner in the next slice reaches a little past the middle between them.
 */
final class MaskRegion implements Region {

    /** Slices that the structure does not reach are this far from it. */
    private static final float FARTHEST_MM = 1e6f;

    private final Matrix4d toMask;
    private final int[] sizes;
    private final int normal;
    private final Grid grid;
    private final float[] distances;
    private final Vector3d place = new Vector3d();

    MaskRegion(Selection.Mask selection, Volume mask, SliceGeometry geometry) {
        this(Labels.binary(mask, selection.label() == 0 ? Set.of() : Set.of((long) selection.label()), selection.file()),
                mask.grid(), geometry);
    }

    /** @param binary above 0 where the mask marks, i fastest */
    MaskRegion(float[] binary, Grid grid, SliceGeometry geometry) {
        this.grid = grid;
        sizes = new int[] {grid.nx(), grid.ny(), grid.nz()};
        toMask = new Matrix4d(grid.indexToPatient()).invert().mul(geometry.slicesToPatient());
        normal = nearestAxis(new Vector3d(toMask.m20(), toMask.m21(), toMask.m22()), grid);
        distances = distances(binary);
    }

    /** The index axis of the mask along which the model's slices follow each other. */
    private static int nearestAxis(Vector3d step, Grid mask) {
        int nearest = 0;
        for (int axis = 1; axis < 3; axis++) {
            if (Math.abs(step.get(axis)) * mask.spacing(axis) > Math.abs(step.get(nearest)) * mask.spacing(nearest)) {
                nearest = axis;
            }
        }
        return nearest;
    }

    private float[] distances(float[] binary) {
        int first = normal == 0 ? 1 : 0;
        int second = normal == 2 ? 1 : 2;
        int[] strides = {1, sizes[0], sizes[0] * sizes[1]};
        int[] plane = {sizes[first], sizes[second]};
        double[] spacing = {grid.spacing(first), grid.spacing(second)};
        float[] all = new float[binary.length];
        boolean[] slice = new boolean[plane[0] * plane[1]];
        for (int n = 0; n < sizes[normal]; n++) {
            for (int p = 0; p < slice.length; p++) {
                slice[p] = binary[n * strides[normal] + p / plane[0] * strides[second] + p % plane[0] * strides[first]]
                        > 0;
            }
            float[] signed = DistanceTransform.signed(slice, plane, spacing);
            for (int p = 0; p < slice.length; p++) {
                all[n * strides[normal] + p / plane[0] * strides[second] + p % plane[0] * strides[first]] =
                        Math.clamp(signed[p], -FARTHEST_MM, FARTHEST_MM);
            }
        }
        return all;
    }

    @Override
    public boolean contains(double column, double row, double depth) {
        toMask.transformPosition(place.set(column, row, depth));
        place.z = grid.sliceIndex(place.z);
        for (int axis = 0; axis < 3; axis++) {
            if (!(place.get(axis) >= -0.5 && place.get(axis) <= sizes[axis] - 0.5)) {
                return false;
            }
        }
        int i = lower(place.x, 0);
        int j = lower(place.y, 1);
        int k = lower(place.z, 2);
        double inside = ShapePredictor.CLAMP * gap(normal == 0 ? i : normal == 1 ? j : k);
        double outside = -ShapePredictor.OUTSIDE * inside;
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            sum += weight(place.x, i, corner & 1) * weight(place.y, j, corner >> 1 & 1) * weight(place.z, k, corner >> 2)
                    * Math.clamp(at(i + (corner & 1), j + (corner >> 1 & 1), k + (corner >> 2)), outside, inside);
        }
        return sum > 0;
    }

    /** Millimetres from a slice of the mask to the next. */
    private double gap(int slice) {
        return normal != 2 || slice + 1 >= sizes[2] ? grid.spacing(normal)
                : grid.slicePosition(slice + 1) - grid.slicePosition(slice);
    }

    private int lower(double index, int axis) {
        return (int) Math.floor(Math.clamp(index, 0, sizes[axis] - 1));
    }

    private static double weight(double index, int lower, int upper) {
        double fraction = Math.clamp(index - lower, 0, 1);
        return upper == 1 ? fraction : 1 - fraction;
    }

    private double at(int i, int j, int k) {
        return distances[Math.min(i, sizes[0] - 1) + sizes[0]
                * (Math.min(j, sizes[1] - 1) + sizes[1] * Math.min(k, sizes[2] - 1))];
    }
}
