package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import java.util.Arrays;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A structure that the outermost slices cut has the same volume however finely it is drawn. */
class OuterFacesTest {

    private static final int SIDE = 9;
    private static final int SLICES = 5;
    private static final Matrix4d OBLIQUE = new Matrix4d().translate(40, -70, 12).rotateXYZ(0.3, -0.5, 0.8);

    private static SliceGeometry geometry(SliceAxis axis) {
        int[] sizes = {SIDE, SIDE, SIDE};
        double[] spacing = {1, 1, 1};
        sizes[axis.index()] = SLICES;
        spacing[axis.index()] = 4;
        return SliceGeometry.of(new Grid(sizes[0], sizes[1], sizes[2],
                new Matrix4d(OBLIQUE).scale(spacing[0], spacing[1], spacing[2])), axis);
    }

    /** A rod of 3 x 3 pixels through so many slices, from the first on. */
    private static Volume rod(SliceGeometry geometry, double[] positions) {
        float[] slices = new float[positions.length * SIDE * SIDE];
        for (int f = 0; f < positions.length; f++) {
            for (int p = 0; p < 9; p++) {
                slices[(f * SIDE + 3 + p / 3) * SIDE + 3 + p % 3] = 1;
            }
        }
        return geometry.volumeOf(slices, positions);
    }

    private static double[] steps(int count, double step) {
        double[] positions = new double[count];
        Arrays.setAll(positions, f -> f * step);
        return positions;
    }

    private static TriangleMesh closed(Volume field, SliceGeometry geometry) {
        TriangleMesh mesh = OuterFaces.of(MarchingCubes.extract(field, 0.5f, Frame.LPS, 1), field.grid(), geometry);
        assertTrue(MeshCheck.of(mesh).sound());
        return mesh;
    }

    @ParameterizedTest
    @CsvSource({"I, 17, 1", "J, 9, 2", "K, 33, 0.5", "K, 3, 8"})
    void theVolumeIsThatOfTheAcquiredSlices(SliceAxis axis, int count, double step) {
        SliceGeometry geometry = geometry(axis);
        TriangleMesh acquired = MarchingCubes.extract(rod(geometry, geometry.positions()), 0.5f, Frame.LPS, 1);
        TriangleMesh drawn = closed(rod(geometry, steps(count, step)), geometry);
        assertEquals(Measures.signedVolume(acquired), Measures.signedVolume(drawn), 1e-3);
        assertArrayEquals(acquired.bounds(), drawn.bounds(), 1e-4);
    }

    @Test
    void theLastSliceCountsThatTheDrawnOnesDoNotReach() {
        SliceGeometry geometry = geometry(SliceAxis.K);
        // From 0 to 15 of the 16 millimetres between the outermost slices.
        TriangleMesh drawn = closed(rod(geometry, steps(6, 3)), geometry);
        assertArrayEquals(MarchingCubes.extract(rod(geometry, geometry.positions()), 0.5f, Frame.LPS, 1).bounds(),
                drawn.bounds(), 1e-4);
    }

    @Test
    void whatIsNotCutStaysBitForBit() {
        SliceGeometry geometry = geometry(SliceAxis.K);
        Volume whole = rod(geometry, steps(17, 1));
        float[] inner = whole.voxels().clone();
        Arrays.fill(inner, 0, SIDE * SIDE, 0);
        Arrays.fill(inner, 16 * SIDE * SIDE, inner.length, 0);
        TriangleMesh mesh = MarchingCubes.extract(whole.withVoxels(inner), 0.5f, Frame.RAS, 1);
        assertArrayEquals(mesh.vertices(), OuterFaces.of(mesh, whole.grid(), geometry).vertices());
        Volume acquired = rod(geometry, geometry.positions());
        TriangleMesh same = MarchingCubes.extract(acquired, 0.5f, Frame.RAS, 1);
        assertSame(same, OuterFaces.of(same, acquired.grid(), geometry));
    }

    @Test
    void aCutStaysFlatFarFromTheOrigin() {
        double[] areas = new double[2];
        for (int n = 0; n < 2; n++) {
            Grid grid = new Grid(SIDE, SIDE, SIDE, new Matrix4d().translate(n * 65536, -n * 65536, n * 65536)
                    .rotateXYZ(0.3, -0.5, 0.8));
            float[] ball = new float[SIDE * SIDE * SIDE];
            for (int v = 0; v < ball.length; v++) {
                double x = v % SIDE - 4.2;
                double y = v / SIDE % SIDE - 3.9;
                double z = v / SIDE / SIDE - 1.3;
                ball[v] = x * x + y * y + z * z < 11 ? 1 : 0;
            }
            Volume field = new Volume(grid, ball);
            TriangleMesh cubes = MarchingCubes.extract(field, 0.5f, Frame.LPS, 1);
            TriangleMesh fair = MeshSmoothing.fair(cubes, grid);
            areas[n] = Measures.area(fair);
        }
        // Coordinates are good to 0.008 mm there; corners that leave the face take 0.005 of the area away.
        assertEquals(areas[0], areas[1], 2e-3 * areas[0]);
    }
}
