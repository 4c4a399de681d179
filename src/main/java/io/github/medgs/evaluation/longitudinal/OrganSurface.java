package io.github.medgs.evaluation.longitudinal;

import io.github.medgs.surface.Measures;
import io.github.medgs.surface.TriangleMesh;

/**
 * One structure at one time point.
 *
 * @param label what ties it to the other time point
 * @param mesh closed, patient millimetres
 * @param volume cubic millimetres
 */
public record OrganSurface(long label, String name, TriangleMesh mesh, double volume) {

    /** Its volume is what the surface encloses. */
    public OrganSurface(long label, String name, TriangleMesh mesh) {
        this(label, name, mesh, Measures.signedVolume(mesh));
    }
}
