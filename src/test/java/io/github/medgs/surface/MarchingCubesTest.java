package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.Volume;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.joml.Matrix4d;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;

class MarchingCubesTest {

    @Property(tries = 300)
    void anyFieldGivesASoundSurface(@ForAll @IntRange(min = 1, max = 9) int nx, @ForAll @IntRange(min = 1, max = 9) int ny,
            @ForAll @IntRange(min = 1, max = 9) int nz, @ForAll long seed, @ForAll @IntRange(max = 3) int kind) {
        Volume field = noise(nx, ny, nz, seed, kind, new Matrix4d().scaling(0.7, 0.9, 3));
        TriangleMesh mesh = MarchingCubes.extract(field, 0.5f, Frame.LPS, 1);
        if (mesh.isEmpty()) {
            return;
        }
        MeshCheck check = MeshCheck.of(mesh);
        assertTrue(check.sound(), check::toString);
    }

    @Test
    void everyPairOfNeighbouringCellsIsSound() {
        // Two cells side by side have twelve corners: all 4096 patterns, along each axis.
        for (int axis = 0; axis < 3; axis++) {
            int[] n = {2, 2, 2};
            n[axis] = 3;
            for (int pattern = 1; pattern < 4096; pattern++) {
                float[] values = new float[12];
                for (int bit = 0; bit < 12; bit++) {
                    values[bit] = pattern >> bit & 1;
                }
                TriangleMesh mesh =
                        MarchingCubes.extract(new Volume(n[0], n[1], n[2], values, new Matrix4d()), 0.5f, Frame.RAS, 1);
                MeshCheck check = MeshCheck.of(mesh);
                assertTrue(check.sound(), () -> check.toString());
            }
        }
    }

    @Test
    void theSameBitsForAnyNumberOfThreads() {
        Volume field = noise(70, 33, 40, 7, 0, new Matrix4d().rotateXYZ(0.1, 0.2, 0.3).scale(1, 2, 0.5));
        TriangleMesh one = MarchingCubes.extract(field, 0.5f, Frame.LPS, 1);
        for (int threads : new int[] {2, 3, 8}) {
            TriangleMesh many = MarchingCubes.extract(field, 0.5f, Frame.LPS, threads);
            assertArrayEquals(one.vertices(), many.vertices());
            assertArrayEquals(one.triangles(), many.triangles());
        }
    }

    @Test
    void aLevelThatIsNoNumberIsRefused() {
        Volume field = noise(3, 3, 3, 7, 0, new Matrix4d());
        assertThrows(IllegalArgumentException.class, () -> MarchingCubes.extract(field, Float.NaN, Frame.LPS, 1));
    }

    @Test
    void slicesAtPlacesOfTheirOwnStayThere() {
        // A cone whose axis is k: its radius is 12 less half the distance from the first slice.
        double[] places = {0, 1, 3, 4, 8, 10, 11, 15};
        Matrix4d affine = new Matrix4d().translation(-50, 20, 7).rotateXYZ(0.2, -0.4, 0.3).scale(1, 1, 2);
        Grid grid = new Grid(32, 32, places.length, affine, places);
        float[] values = new float[(int) grid.count()];
        for (int n = 0; n < values.length; n++) {
            double distance = Math.hypot(n % 32 - 15.5, n / 32 % 32 - 15.5);
            values[n] = (float) (12 - places[n / 1024] / 2 - distance);
        }
        TriangleMesh cone = MarchingCubes.extract(new Volume(grid, values), 0, Frame.RAS, 1);
        Matrix4d inverse = affine.invert(new Matrix4d());
        Vector3d p = new Vector3d();
        for (int v = 0; v < cone.vertices().length; v += 3) {
            inverse.transformPosition(p.set(cone.vertices()[v], cone.vertices()[v + 1], cone.vertices()[v + 2]));
            double along = 2 * p.z;
            boolean onTheSide = along > 0.01 && along < 14.99;
            assertTrue(!onTheSide || Math.abs(Math.hypot(p.x - 15.5, p.y - 15.5) - 12 + along / 2) < 0.02, p::toString);
        }
        // Over each gap a frustum, and half a gap of the end sections beyond the outer slices, less what both rims lose.
        double expected = Math.PI * (12 * 12 * 0.5 + 4.5 * 4.5 * 2) + Math.PI * 2 / 3 * (12 * 12 * 12 - 4.5 * 4.5 * 4.5);
        assertEquals(expected, Measures.signedVolume(cone), 0.015 * expected);
    }

    @Test
    void aBoxOnUnevenSlicesHasItsVoxelsVolume() {
        double[] places = {0, 1, 3, 4, 8, 10, 11, 15};
        Grid grid = new Grid(6, 6, places.length, new Matrix4d(), places);
        float[] values = new float[(int) grid.count()];
        Arrays.fill(values, 72, 216, 1);
        Volume box = new Volume(grid, values);
        // From half way between slices 1 and 2 to half way between 5 and 6.
        double expected = 36 * (10.5 - 2);
        assertEquals(expected, Labels.volume(box), 1e-9);
        TriangleMesh mesh = MarchingCubes.extract(box, 0.5f, Frame.LPS, 1);
        assertArrayEquals(values, MeshVoxels.of(mesh, grid));
        assertTrue(MeshCheck.of(MeshSmoothing.fair(mesh, grid)).sound());
    }

    @Test
    void rowsLongerThanAWordAreWhole() {
        for (int nx : new int[] {61, 62, 63, 64, 65, 126, 127, 128, 130}) {
            Volume field = noise(nx, 4, 4, nx, 1, new Matrix4d());
            MeshCheck check = MeshCheck.of(MarchingCubes.extract(field, 0.5f, Frame.LPS, 2));
            assertTrue(check.sound(), check::toString);
            float[] full = new float[nx * 3 * 2];
            Arrays.fill(full, 1f);
            TriangleMesh box = MarchingCubes.extract(new Volume(nx, 3, 2, full, new Matrix4d()), 0.5f, Frame.LPS, 2);
            assertTrue(MeshCheck.of(box).sound());
            // A box of nx x 3 x 2 whose edges are chamfered by half a voxel: an eighth less along each long edge.
            assertEquals(nx * 5.5, Measures.signedVolume(box), 3, "row of " + nx);
            assertEquals(nx, Measures.of(box).boundingBoxMax()[0] - Measures.of(box).boundingBoxMin()[0], 1e-4);
        }
    }

    @Test
    void mirroredAffinesStillFaceOutward() {
        Fields.Solid ball = Fields.sphere(0, 0, 0, 8);
        for (Matrix4d affine : new Matrix4d[] {Fields.affine(20, 20, 20, 1, 1, 1, false),
            Fields.affine(20, 20, 20, -1, 1, 1, false), Fields.affine(20, 20, 20, 1, -1, -1, true),
            Fields.affine(20, 20, 20, -1, -1, -1, true)}) {
            for (Frame frame : Frame.values()) {
                TriangleMesh mesh = MarchingCubes.extract(Fields.sample(ball, 20, 20, 20, affine), 0, frame, 1);
                assertTrue(MeshCheck.of(mesh).sound());
            }
        }
    }

    @Test
    void framesDifferByAHalfTurn() {
        Volume field = Fields.sample(Fields.sphere(3, -2, 1, 6), 24, 24, 24, Fields.affine(24, 24, 24, 1, 1, 1, true));
        double[] lps = Measures.of(MarchingCubes.extract(field, 0, Frame.LPS, 1)).centroid();
        double[] ras = Measures.of(MarchingCubes.extract(field, 0, Frame.RAS, 1)).centroid();
        assertArrayEquals(new double[] {-3, 2, 1}, lps, 0.02);
        assertArrayEquals(new double[] {3, -2, 1}, ras, 0.02);
    }

    @Test
    void touchingTheLevelLeavesNoTriangleWithoutArea() {
        // Integers only, level an integer: every crossing that can fall on a sample does.
        Random random = new Random(3);
        float[] values = new float[12 * 12 * 12];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(3);
        }
        for (float level : new float[] {1f, 2f}) {
            Volume field = new Volume(12, 12, 12, values, new Matrix4d().translation(-300, 200, 900));
            MeshCheck check = MeshCheck.of(MarchingCubes.extract(field, level, Frame.LPS, 2));
            assertTrue(check.sound(), check::toString);
        }
    }

    @Test
    void diagonalNeighboursStayConnected() {
        float[] values = {1, 0, 0, 1};
        TriangleMesh mesh = MarchingCubes.extract(new Volume(2, 2, 1, values, new Matrix4d()), 0.5f, Frame.LPS, 2);
        assertEquals(1, MeshCheck.of(mesh).components());
    }

    private static Volume noise(int nx, int ny, int nz, long seed, int kind, Matrix4d affine) {
        Random random = new Random(seed);
        float[] values = new float[nx * ny * nz];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (kind) {
                case 0 -> random.nextFloat();
                case 1 -> random.nextInt(2);
                case 2 -> random.nextInt(5) / 4f;
                default -> new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.5f, 0.3f,
                    0.9f}[random.nextInt(6)];
            };
        }
        return new Volume(nx, ny, nz, values, affine);
    }
}
