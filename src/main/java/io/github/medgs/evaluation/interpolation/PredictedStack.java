package io.github.medgs.evaluation.interpolation;

import io.github.medgs.InputException;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import java.util.Arrays;
import java.util.Map;

/**
 * Somebody else's predictions: a volume on the grid of the whole stack, made from the kept slices by whatever program.
 *
 * @param name as reports know it
 * @param source the file it came from, for the report
 * @param stack its slices, in the window of the stack that they are compared with
 */
public record PredictedStack(String name, String source, SliceStack stack) implements InterpolationMethod {

    /**
     * @param predicted may end with the last kept slice: nothing behind it is scored
     * @param full the stack it predicts slices of
     * @param grid of that stack's volume
     * @throws InputException when it lies on another grid
     */
    public static PredictedStack of(String name, String source, Volume predicted, SliceStack full, Grid grid) {
        int axis = full.geometry().axis().index();
        int slices = predicted.size(axis);
        int[] sizes = {grid.nx(), grid.ny(), grid.nz()};
        sizes[axis] = Math.min(sizes[axis], slices);
        Grid shorter = grid.isRegular() ? new Grid(sizes[0], sizes[1], sizes[2], grid.indexToPatient()) : grid;
        if (!shorter.sameAs(predicted.grid())) {
            throw new InputException(source, "lies on another grid than the image (" + predicted.describeGrid()
                    + "; image: " + grid.describe() + ")", "give predictions of all slices, in their places");
        }
        return new PredictedStack(name, source, SliceStack.of(predicted, full.geometry().axis(), full.window()));
    }

    /** Its voxels that are no number, which count as the window's low end. */
    public int nonFiniteCount() {
        return stack.nonFiniteCount();
    }

    @Override
    public String description() {
        return "predicted by another program, read from " + source + (nonFiniteCount() == 0 ? "" : "; "
                + Words.count(nonFiniteCount(), "voxel is", "voxels are") + " NaN or infinite and taken as the window's low end");
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of();
    }

    @Override
    public SlicePredictor fit(SliceStack kept) {
        KeptSlices slices = KeptSlices.of(kept);
        double[] positions = stack.positions();
        if (positions[positions.length - 1] < slices.positions()[slices.count() - 1] * (1 - 1e-6)) {
            throw new InputException(source, "ends before the last kept slice", "give predictions of all slices");
        }
        int pixels = slices.pixels();
        return (slice, fraction, out) -> {
            double gap = slices.positions()[slice + 1] - slices.positions()[slice];
            double position = slices.positions()[slice] + fraction * gap;
            int found = Arrays.binarySearch(positions, position);
            int after = Math.clamp(found >= 0 ? found : -found - 1, 0, positions.length - 1);
            int nearest = after > 0 && position - positions[after - 1] < positions[after] - position ? after - 1 : after;
            System.arraycopy(stack.values(), nearest * pixels, out, 0, pixels);
        };
    }
}
