package io.github.medgs.trust;

import io.github.medgs.interslice.Interpolation;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.LabelSlices;
import io.github.medgs.volume.SliceGeometry;

/**
 * How sure a surface's measures are, as shares of them. Errors of voxels do not add up to the error of a volume, so it
 * is learnt for itself: the mask's every second slice gives a surface between them, and so do the slices between those;
 * every fourth slice gives four more. How far their measures lie from those of all slices' surface is what twice and four
 * times the gap do.
 *
 * <p>Errors that grow in proportion to the gap, as those of volumes and areas do at least, are half as large at the gap
 * itself as at twice, a quarter of those at four times. Half a band is the largest of them all, times {@value #RESERVE},
 * and {@value #LEAST} at least.
 *
 * <p>Left-out slices hold one surface against another, so they do not see what all surfaces lack: marching cubes cut
 * corners, of thin structures much, and join what a gap of one voxel parts. By how much they miss the volume of a mask's
 * voxels is known of all its slices. A drawn field, whose edge is softer and whose voxels are thinner, may be off by as
 * much or by less, and to the same side, so the volume's band goes on to that side by the whole of it.
 *
 * @param surfaces how many surfaces of left-out slices it was learnt from
 */
public record SurfaceBands(Band volume, Band area, Band diameter, int surfaces) {

    /**
     * How far the true measure may lie from the surface's, as shares of that.
     *
     * @param below how far below; {@code above} likewise
     */
    public record Band(double below, double above) {
    }

    private static final double LEAST = 0.005;
    private static final double RESERVE = 1.5;
    private static final float LEVEL = 0.5f;

    /** Slices that must meet the structure: with fewer, every second one says nothing of it. */
    private static final int FEWEST_SLICES = 3;

    /** Of empty pixels and slices about a structure among labels, in which shapes are interpolated as in the whole. */
    private static final int MARGIN_PIXELS = 12;
    private static final int MARGIN_SLICES = 8;

    /**
     * Learns from a mask's slices.
     *
     * @param geometry of the slices
     * @return {@code null} where too few slices meet the structure, or they are not equally far apart
     */
    public static SurfaceBands of(KeptSlices mask, SliceGeometry geometry, int threads) {
        if (meeting(mask) < FEWEST_SLICES || !equallySpaced(mask.positions())) {
            return null;
        }
        double[] whole = measures(mask.values(), mask, geometry, threads);
        double lacking = voxels(mask, geometry) / whole[0] - 1;
        double[] half = {LEAST, LEAST, LEAST};
        int surfaces = 0;
        for (int every : new int[] {2, 4}) {
            for (int first = 0; first < every; first++) {
                KeptSlices kept = first + every < mask.count() ? mask.every(every, first) : null;
                if (kept == null || meeting(kept) == 0) {
                    continue;
                }
                // A stack that begins later keeps its own first slice in front of it, as any stack does.
                double[] seen = measures(kept.sample(Interpolation.SHAPE.ofMask(kept, threads), mask.positions()), mask,
                        geometry, threads);
                for (int m = 0; m < half.length; m++) {
                    half[m] = Math.max(half[m], RESERVE * Math.abs(seen[m] / whole[m] - 1) / every);
                }
                surfaces++;
            }
        }
        return surfaces == 0 ? null : new SurfaceBands(
                new Band(half[0] + Math.max(0, -lacking), half[0] + Math.max(0, lacking)),
                new Band(half[1], half[1]), new Band(half[2], half[2]), surfaces);
    }

    /**
     * Learns from the slices of one structure among labels, of which only the part about it is looked at.
     *
     * @param structure its place among the labels
     * @param boxes of all structures
     * @param geometry of the slices
     * @return as of a mask
     */
    public static SurfaceBands of(LabelSlices labels, int structure, StructureBoxes boxes, SliceGeometry geometry,
            int threads) {
        if (!boxes.holds(structure)) {
            return null;
        }
        int[] from = new int[3];
        int[] size = new int[3];
        int[] all = {labels.width(), labels.height(), labels.count()};
        for (int axis = 0; axis < 3; axis++) {
            int margin = axis == 2 ? MARGIN_SLICES : MARGIN_PIXELS;
            from[axis] = Math.max(0, boxes.low(structure, axis) - margin);
            size[axis] = Math.min(all[axis], boxes.high(structure, axis) + 1 + margin) - from[axis];
        }
        float[] values = new float[size[0] * size[1] * size[2]];
        double[] positions = new double[size[2]];
        for (int n = 0; n < values.length; n++) {
            int slice = from[2] + n / (size[0] * size[1]);
            int row = from[1] + n / size[0] % size[1];
            positions[slice - from[2]] = geometry.positions()[slice] - geometry.positions()[from[2]];
            values[n] = labels.at(slice * labels.pixels() + row * labels.width() + from[0] + n % size[0]) == structure ? 1 : 0;
        }
        // Where it lies does not matter to how large it is.
        SliceGeometry part = new SliceGeometry(geometry.axis(), size[1], size[0], geometry.affine(), positions);
        return of(new KeptSlices(values, positions, size[1], size[0], geometry.rowSpacing(), geometry.columnSpacing()),
                part, threads);
    }

    private static double[] measures(float[] slices, KeptSlices mask, SliceGeometry geometry, int threads) {
        TriangleMesh mesh = MarchingCubes.extract(geometry.volumeOf(slices, mask.positions()), LEVEL, Frame.LPS, threads);
        if (mesh.isEmpty()) {
            return new double[3];
        }
        Measures measures = Measures.of(mesh);
        return new double[] {measures.volume(), measures.area(), measures.largestDiameter()};
    }

    /** The volume of the voxels inside. */
    private static double voxels(KeptSlices mask, SliceGeometry geometry) {
        int inside = 0;
        for (float value : mask.values()) {
            inside += value >= LEVEL ? 1 : 0;
        }
        return inside * geometry.gridOf(mask.positions()).voxelVolume();
    }

    private static int meeting(KeptSlices mask) {
        int meeting = 0;
        for (int slice = 0; slice < mask.count(); slice++) {
            boolean meets = false;
            for (int p = slice * mask.pixels(); p < (slice + 1) * mask.pixels(); p++) {
                meets |= mask.values()[p] >= LEVEL;
            }
            meeting += meets ? 1 : 0;
        }
        return meeting;
    }

    private static boolean equallySpaced(double[] positions) {
        double step = positions[positions.length - 1] / (positions.length - 1);
        for (int k = 0; k < positions.length; k++) {
            if (Math.abs(positions[k] - k * step) > 1e-4 * step) {
                return false;
            }
        }
        return true;
    }
}
