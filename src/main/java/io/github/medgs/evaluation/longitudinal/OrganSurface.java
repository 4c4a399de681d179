package io.github.medgs.evaluation.longitudinal;

import io.github.medgs.surface.Measures;
import io.github.medgs.surface.TriangleMesh;

/**
 * One structure at one time point.
 *
 * @param label what ties it to the other time point
 * @param mesh patient millimetres; closed, or its volume is not known
 * @param volume cubic millimetres; where there are voxels that are inside or outside and nothing between, theirs, as the
 *     surface round them cuts their corners: of a single voxel nearly all of it. NaN where a surface is so open that it encloses none
 */
public record OrganSurface(long label, String name, TriangleMesh mesh, double volume) {

    /** As a share of a volume: a triangle may be missing, a side not. */
    private static final double LARGEST_DOUBT = 0.01;

    /** Of a surface that no voxels stand behind: its volume is what it encloses. */
    public OrganSurface(long label, String name, TriangleMesh mesh) {
        this(label, name, mesh, enclosed(mesh));
    }

    private static double enclosed(TriangleMesh mesh) {
        double volume = Measures.signedVolume(mesh);
        return Measures.volumeDoubt(mesh) <= LARGEST_DOUBT * Math.abs(volume) ? volume : Double.NaN;
    }
}
