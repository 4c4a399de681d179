package io.github.medgs.evaluation.longitudinal;

import io.github.medgs.surface.Measures;
import io.github.medgs.surface.TriangleMesh;

/**
 * One structure at one time point.
 *
 * @param label what ties it to the other time point
 * @param mesh closed, patient millimetres
 */
public record OrganSurface(long label, String name, TriangleMesh mesh) {

    /**
     * The volume inside the surface, cubic millimetres; not the count of voxels even where there are voxels: the surface
     * averages their noise, and the little that it cuts from corners it cuts at both time points.
     */
    public double volume() {
        return Measures.signedVolume(mesh);
    }
}
