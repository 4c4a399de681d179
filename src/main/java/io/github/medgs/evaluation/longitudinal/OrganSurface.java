package io.github.medgs.evaluation.longitudinal;

import io.github.medgs.surface.Measures;
import io.github.medgs.surface.TriangleMesh;

/**
 * One structure at one time point.
 *
 * @param label what ties it to the other time point
 * @param mesh closed, patient millimetres
 * @param volume cubic millimetres; where there are voxels that are inside or outside and nothing between, theirs, as the
 *     surface round them cuts their corners: of a single voxel nearly all of it
 */
public record OrganSurface(long label, String name, TriangleMesh mesh, double volume) {

    /** Of a surface that no voxels stand behind: its volume is what it encloses. */
    public OrganSurface(long label, String name, TriangleMesh mesh) {
        this(label, name, mesh, Measures.signedVolume(mesh));
    }
}
