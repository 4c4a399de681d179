package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MeshCleaningTest {

    private static Volume field(Fields.Solid solid) {
        return Fields.sample(solid, 60, 60, 60, Fields.affine(60, 60, 60, 1, 1, 1, false));
    }

    private static TriangleMesh smoothBall() {
        return MarchingCubes.extract(field(Fields.sphere(0, 0, 0, 20)), 0, Frame.LPS, 1);
    }

    private static TriangleMesh stairs(Fields.Solid solid) {
        Volume field = field(solid);
        float[] mask = new float[field.voxels().length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = field.voxels()[i] >= 0 ? 1 : 0;
        }
        return MarchingCubes.extract(field.withVoxels(mask), 0.5f, Frame.LPS, 1);
    }

    private static double farthest(TriangleMesh from, TriangleMesh to) {
        TriangleTree tree = new TriangleTree(to);
        double farthest = 0;
        for (int v = 0; v < from.vertices().length; v += 3) {
            farthest = Math.max(farthest,
                    tree.distance(from.vertices()[v], from.vertices()[v + 1], from.vertices()[v + 2]));
        }
        return farthest;
    }

    @Test
    void smoothingTakesTheStairsAndKeepsTheVolume() {
        TriangleMesh stairs = stairs(Fields.sphere(0.2, 0.1, 0, 20));
        TriangleMesh smooth = MeshSmoothing.taubin(stairs, 15);
        assertEquals(Measures.signedVolume(stairs), Measures.signedVolume(smooth), 1e-4 * Measures.signedVolume(stairs));
        double truth = 4 * Math.PI * 400;
        assertTrue(Measures.area(stairs) > 1.05 * truth, "stairs have too much area");
        assertEquals(truth, Measures.area(smooth), 0.02 * truth);
        MeshCheck check = MeshCheck.of(smooth);
        assertTrue(check.sound(), check::toString);
    }

    @Test
    void decimationStaysSoundAndClose() {
        for (Fields.Solid solid : new Fields.Solid[] {Fields.sphere(0, 0, 0, 20), Fields.torus(16, 7),
            Fields.branchingTube()}) {
            TriangleMesh full = MarchingCubes.extract(field(solid), 0, Frame.LPS, 1);
            TriangleMesh few = MeshDecimation.decimate(full, 0.1);
            MeshCheck check = MeshCheck.of(few);
            assertTrue(check.sound(), check::toString);
            assertEquals(MeshCheck.of(full).eulerNumber(), check.eulerNumber());
            assertTrue(few.triangleCount() <= 0.101 * full.triangleCount(), few.triangleCount() + " are left");
            assertTrue(farthest(full, few) < 0.25);
            assertEquals(Measures.signedVolume(full), Measures.signedVolume(few), 0.01 * Measures.signedVolume(full));
        }
    }

    @Test
    void decimationNeverTearsRoughSurfaces() {
        float[] noise = new float[16 * 16 * 16];
        java.util.Random random = new java.util.Random(4);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextFloat();
        }
        TriangleMesh mesh = MarchingCubes.extract(
                new Volume(16, 16, 16, noise, Fields.affine(16, 16, 16, 1, 1, 1, false)), 0.6f, Frame.LPS, 2);
        MeshCheck before = MeshCheck.of(mesh);
        MeshCheck after = MeshCheck.of(MeshDecimation.decimate(mesh, 0.05));
        assertTrue(after.closed() && after.manifold(), after::toString);
        assertEquals(before.components(), after.components());
        assertEquals(before.eulerNumber(), after.eulerNumber());
        assertTrue(after.triangles() < before.triangles());
    }

    @Test
    void theLargestPieceStays() {
        TriangleMesh two = MarchingCubes.extract(field(
                Fields.union(Fields.sphere(-15, 0, 0, 8), Fields.sphere(12, 0, 0, 12))), 0, Frame.RAS, 1);
        assertEquals(2, MeshCheck.of(two).components());
        TriangleMesh one = MeshCleaning.largest(two);
        assertTrue(MeshCheck.of(one).sound());
        assertEquals(12, Measures.of(one).centroid()[0], 0.05);
    }

    private static Fields.Solid shell(double outer, double inner) {
        return (x, y, z) -> Math.min(Fields.sphere(0, 0, 0, outer).inside(x, y, z), -Fields.sphere(0, 0, 0, inner).inside(x, y, z));
    }

    @Test
    void theLargestPieceStaysHollow() {
        TriangleMesh nested = MarchingCubes.extract(field(
                Fields.union(shell(20, 12), shell(8, 4), Fields.sphere(24, 24, 24, 3))), 0, Frame.RAS, 1);
        assertEquals(5, MeshCheck.of(nested).components());
        TriangleMesh one = MeshCleaning.largest(nested);
        assertEquals(2, MeshCheck.of(one).components(), "its own cavity, and not that of what floats in it");
        double volume = 4.0 / 3 * Math.PI * (8000 - 1728);
        assertEquals(volume, Measures.signedVolume(one), 0.01 * volume);
    }

    @Test
    void aCavityCountsAgainstItsPiece() {
        TriangleMesh nested = MarchingCubes.extract(field(Fields.union(shell(20, 18.5), Fields.sphere(0, 0, 0, 14))), 0, Frame.RAS, 1);
        TriangleMesh one = MeshCleaning.largest(nested);
        assertEquals(1, MeshCheck.of(one).components());
        assertEquals(14, one.bounds()[3], 0.1);
    }

    @Test
    void cavitiesAndWhatFloatsInThemAreFilled() {
        TriangleMesh hollow = MarchingCubes.extract(
                field(Fields.union(shell(20, 12), Fields.sphere(0, 0, 0, 5))), 0, Frame.RAS, 1);
        assertEquals(3, MeshCheck.of(hollow).components());
        TriangleMesh filled = MeshCleaning.fillHoles(hollow);
        assertEquals(1, MeshCheck.of(filled).components());
        assertEquals(4.0 / 3 * Math.PI * 8000, Measures.signedVolume(filled), 100);
    }

    /** Thousands of shells, of which each that has a volume may lie in each that bounds a cavity. */
    @Test
    @Timeout(10)
    void aSpeckledMaskIsFilledInTime() {
        Volume ball = Fields.sample(Fields.sphere(0, 0, 0, 20), 50, 50, 50, Fields.affine(50, 50, 50, 1, 1, 1, false));
        float[] mask = new float[ball.voxels().length];
        java.util.Random random = new java.util.Random(4);
        for (int i = 0; i < mask.length; i++) {
            mask[i] = ball.voxels()[i] >= 0 != random.nextFloat() < 0.03 ? 1 : 0;
        }
        TriangleMesh speckled = MarchingCubes.extract(ball.withVoxels(mask), 0.5f, Frame.LPS, 1);
        TriangleMesh filled = MeshCleaning.fillHoles(speckled);
        assertTrue(MeshCleaning.componentCount(speckled) > 2000, MeshCleaning.componentCount(speckled) + " pieces");
        MeshCheck check = MeshCheck.of(filled);
        assertTrue(check.sound(), check::toString);
        // What stays floats outside the ball, which is whole.
        assertEquals(4.0 / 3 * Math.PI * 8000, Measures.signedVolume(MeshCleaning.largest(filled)), 600);
    }
}
