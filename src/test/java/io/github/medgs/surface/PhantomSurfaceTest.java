package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.evaluation.surface.SurfaceDistances;
import org.joml.Matrix4d;
import org.joml.Vector3d;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Surfaces of known solids on isotropic, anisotropic and oblique grids: volume, area, distance to the truth. */
class PhantomSurfaceTest {

    private static final double FINE = 0.25;

    @ParameterizedTest
    @CsvSource({"1, 1, 1, false", "0.7, 0.7, 1.4, false", "0.9, 1.1, 1.5, true"})
    void sphere(double dx, double dy, double dz, boolean oblique) {
        double r = 20;
        TriangleMesh mesh = surface(Fields.sphere(1, -2, 0.5, r), dx, dy, dz, oblique, 23);
        check(mesh, 4.0 / 3 * Math.PI * r * r * r, 4 * Math.PI * r * r, 2);
        assertDistance(mesh, Fields.sphere(1, -2, 0.5, r), Math.min(dx, Math.min(dy, dz)));
        Measures measures = Measures.of(mesh);
        assertEquals(2 * r, measures.largestDiameter(), 0.1);
        assertArrayEquals(new double[] {1, -2, 0.5}, measures.centroid(), 0.02);
        assertEquals(2 * r, measures.principalLengths()[0], 0.1);
        assertEquals(2 * r, measures.principalLengths()[2], 0.1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, false", "0.7, 0.7, 1.4, false", "0.9, 1.1, 1.5, true"})
    void torus(double dx, double dy, double dz, boolean oblique) {
        TriangleMesh mesh = surface(Fields.torus(16, 7), dx, dy, dz, oblique, 24);
        check(mesh, 2 * Math.PI * Math.PI * 16 * 49, 4 * Math.PI * Math.PI * 16 * 7, 0);
        assertDistance(mesh, Fields.torus(16, 7), Math.min(dx, Math.min(dy, dz)));
        Measures measures = Measures.of(mesh);
        assertEquals(1, Math.abs(measures.principalAxes()[2][2]), 1e-3, "the ring's axis is z");
        assertEquals(46, measures.largestDiameter(), 0.2);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, false", "0.7, 0.7, 1.4, false", "0.7, 0.8, 1.1, true"})
    void branchingTube(double dx, double dy, double dz, boolean oblique) {
        Fields.Solid tube = Fields.branchingTube();
        TriangleMesh truth = surface(tube, FINE * 1.5, FINE * 1.5, FINE * 1.5, false, 30);
        TriangleMesh mesh = surface(tube, dx, dy, dz, oblique, 30);
        check(mesh, Measures.signedVolume(truth), Measures.area(truth), 2);
        assertTrue(SurfaceDistances.between(mesh, truth, 2).assd() < 0.1 * Math.min(dx, Math.min(dy, dz)));
    }

    private static TriangleMesh surface(Fields.Solid solid, double dx, double dy, double dz, boolean oblique,
            double half) {
        double reach = oblique ? 1.5 * half : half;
        int nx = (int) Math.ceil(2 * reach / dx) + 3;
        int ny = (int) Math.ceil(2 * reach / dy) + 3;
        int nz = (int) Math.ceil(2 * reach / dz) + 3;
        Matrix4d affine = Fields.affine(nx, ny, nz, dx, dy, dz, oblique);
        return MarchingCubes.extract(Fields.sample(solid, nx, ny, nz, affine), 0, Frame.RAS, 2);
    }

    private static void check(TriangleMesh mesh, double volume, double area, int euler) {
        MeshCheck check = MeshCheck.of(mesh);
        assertTrue(check.sound(), check::toString);
        assertEquals(euler, check.eulerNumber());
        assertEquals(1, check.components());
        assertEquals(volume, Measures.signedVolume(mesh), 0.01 * volume);
        assertEquals(area, Measures.area(mesh), 0.02 * area);
    }

    /** The mean of the exact distance function over the surface: no second mesh needed. */
    private static void assertDistance(TriangleMesh mesh, Fields.Solid truth, double voxel) {
        double sum = 0;
        double areas = 0;
        double[] normal = new double[3];
        for (int t = 0; t < mesh.triangleCount(); t++) {
            mesh.areaVector(t, normal);
            double area = new Vector3d(normal).length();
            double[] p = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                p[axis] = (mesh.corner(t, 0, axis) + mesh.corner(t, 1, axis) + mesh.corner(t, 2, axis)) / 3;
            }
            sum += area * Math.abs(truth.inside(p[0], p[1], p[2]));
            areas += area;
        }
        assertTrue(sum / areas < 0.1 * voxel, sum / areas + " mm");
    }
}
