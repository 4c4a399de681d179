package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelField;
import io.github.medgs.volume.ScalarType;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

class MarchingTetrahedraTest {

    @FunctionalInterface
    interface Structure {
        int at(int i, int j, int k);
    }

    private static LabelField field(int nx, int ny, int nz, int labels, Structure structure, Random margins) {
        short[] index = new short[nx * ny * nz];
        float[] margin = new float[index.length];
        for (int k = 0, n = 0; k < nz; k++) {
            for (int j = 0; j < ny; j++) {
                for (int i = 0; i < nx; i++, n++) {
                    index[n] = (short) structure.at(i, j, k);
                    margin[n] = margins == null ? 0.5f : margins.nextInt(4) == 0 ? 0 : 0.5f * margins.nextFloat();
                }
            }
        }
        List<Label> table = IntStream.rangeClosed(1, labels).mapToObj(Label::of).toList();
        return new LabelField(new Grid(nx, ny, nz, new Matrix4d().scaling(-0.7, 0.9, 3)), ScalarType.UINT8, table, index,
                margin);
    }

    /** Slices at 0, 1, 3, 4, 8, 10, 11 and 15: the boundary of a box lies half way in its own gaps. */
    @Test
    void structuresOnUnevenSlicesLieWhereTheSlicesDo() {
        double[] places = {0, 1, 3, 4, 8, 10, 11, 15};
        LabelField even = field(6, 6, places.length, 1, (i, j, k) -> k >= 2 && k <= 5 ? 1 : 0, null);
        LabelField uneven = new LabelField(new Grid(6, 6, places.length, new Matrix4d(), places), ScalarType.UINT8, even.labels(),
                even.index(), even.margin());
        TriangleMesh box = MarchingTetrahedra.extract(uneven, Frame.LPS).of(0);
        float low = Float.MAX_VALUE;
        float high = 0;
        for (int v = 2; v < box.vertices().length; v += 3) {
            low = Math.min(low, box.vertices()[v]);
            high = Math.max(high, box.vertices()[v]);
        }
        assertEquals(2, low, 1e-5);
        assertEquals(10.5, high, 1e-5);
    }

    /** Every structure closed and two-manifold, neighbours on the same triangles, volumes that add up. */
    private static void requireSound(LabelMesh mesh) {
        double sum = 0;
        for (int label = 0; label < mesh.labels().size(); label++) {
            TriangleMesh one = mesh.of(label);
            if (!one.isEmpty()) {
                MeshCheck check = MeshCheck.of(one);
                assertTrue(check.closed() && check.manifold(), check::toString);
                sum += check.signedVolume();
            }
        }
        if (sum != 0) {
            MeshCheck union = MeshCheck.of(mesh.union());
            assertTrue(union.closed() && union.manifold(), union::toString);
            assertEquals(union.signedVolume(), sum, 1e-4 * sum);
            MeshCheck half = MeshCheck.of(mesh.union(IntStream.range(0, mesh.labels().size()).filter(l -> l % 2 == 0).boxed().toList()));
            MeshCheck rest = MeshCheck.of(mesh.union(IntStream.range(0, mesh.labels().size()).filter(l -> l % 2 == 1).boxed().toList()));
            assertTrue(half.closed() && half.manifold() && rest.closed() && rest.manifold(), half::toString);
            assertEquals(half.signedVolume() + rest.signedVolume(), sum, 1e-4 * sum);
        }
        Set<List<Integer>> triangles = new HashSet<>();
        for (int t = 0; t < mesh.sheets().triangleCount(); t++) {
            int from = 3 * t;
            assertTrue(triangles.add(IntStream.range(from, from + 3).map(c -> mesh.sheets().triangles()[c]).sorted().boxed()
                    .toList()), "a triangle stands twice");
            assertTrue(mesh.inner()[t] > mesh.outer()[t]);
        }
    }

    @Property(tries = 150)
    void anyLabelsGiveSoundMeshes(@ForAll @IntRange(min = 1, max = 6) int nx, @ForAll @IntRange(min = 1, max = 6) int ny,
            @ForAll @IntRange(min = 1, max = 6) int nz, @ForAll @IntRange(min = 1, max = 6) int labels, @ForAll long seed) {
        Random random = new Random(seed);
        LabelField field = field(nx, ny, nz, labels, (i, j, k) -> random.nextInt(labels + 1), new Random(seed + 1));
        LabelMesh mesh = MarchingTetrahedra.extract(field, Frame.LPS);
        requireSound(mesh);
        requireSound(mesh.fair(field.grid()));
        requireSound(mesh.decimated(0.5));
    }

    /** Where structures fill the grid, nothing but each other can take what they lost: they must not chase it. */
    @Property(tries = 60)
    void fairVerticesStayNearTheirVoxels(@ForAll @IntRange(min = 6, max = 14) int n, @ForAll @IntRange(min = 2, max = 7) int labels,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] middles = IntStream.range(0, labels).mapToObj(_ -> random.doubles(3, 0, n).toArray()).toArray(double[][]::new);
        LabelField field = field(n, n, n, labels, (i, j, k) -> 1 + IntStream.range(0, labels).boxed()
                .min(Comparator.comparingDouble(l -> Math.pow(i - middles[l][0], 2) + Math.pow(j - middles[l][1], 2)
                        + Math.pow(k - middles[l][2], 2))).orElseThrow(), new Random(seed + 1));
        LabelMesh mesh = MarchingTetrahedra.extract(field, Frame.LPS);
        float[] before = mesh.sheets().vertices();
        float[] after = mesh.fair(field.grid()).sheets().vertices();
        for (int i = 0; i < before.length; i++) {
            assertEquals(before[i], after[i], 1.001 * field.grid().spacing(i % 3), "vertex " + i / 3);
        }
    }

    @Test
    void threeSectorsMeetInALineAndLoseNoVolume() {
        Structure sectors = (i, j, k) -> {
            double x = i - 11.5;
            double y = j - 11.5;
            boolean within = x * x + y * y < 100 && k >= 3 && k < 21;
            return !within ? 0 : 1 + (int) (Math.floorMod((long) Math.toDegrees(Math.atan2(y, x)), 360L) / 120);
        };
        LabelField field = field(24, 24, 24, 3, sectors, null);
        LabelMesh mesh = MarchingTetrahedra.extract(field, Frame.RAS);
        requireSound(mesh);
        for (LabelMesh other : List.of(mesh.smoothed(10, field.grid()), mesh.fair(field.grid()), mesh.decimated(0.3), mesh.smoothed(10, field.grid()).decimated(0.3))) {
            requireSound(other);
            for (int label = 0; label < 3; label++) {
                double volume = Measures.signedVolume(mesh.of(label));
                assertEquals(volume, Measures.signedVolume(other.of(label)), 0.02 * volume);
            }
        }
        assertTrue(mesh.decimated(0.3).sheets().triangleCount() < 0.5 * mesh.sheets().triangleCount());
        double cylinder = Math.PI * 100 * 18 * 0.7 * 0.9 * 3;
        assertEquals(cylinder, Measures.signedVolume(mesh.union()), 0.02 * cylinder);
    }

    @Test
    void theStaircaseGoesAndEveryVolumeStays() {
        // Two halves of a ball that the grid's face cuts off, one a little larger than the other.
        LabelField field = field(24, 24, 16, 2, (i, j, k) ->
                (i - 11.3) * (i - 11.3) + (j - 11.6) * (j - 11.6) + (k - 3) * (k - 3) > 81 ? 0 : i + 0.4 * j < 17 ? 1 : 2, null);
        LabelMesh mesh = MarchingTetrahedra.extract(field, Frame.RAS);
        LabelMesh fair = mesh.fair(field.grid());
        requireSound(fair);
        for (int label = 0; label < 2; label++) {
            double volume = Measures.signedVolume(mesh.of(label));
            assertEquals(volume, Measures.signedVolume(fair.of(label)), 1e-4 * volume);
            assertTrue(bend(fair.of(label)) < 0.6 * bend(mesh.of(label)), bend(mesh.of(label)) + " " + bend(fair.of(label)));
        }
        boolean[] onFaces = MeshSmoothing.onFaces(mesh.sheets(), field.grid());
        for (int v = 0; v < onFaces.length; v++) {
            assertTrue(!onFaces[v] || fair.sheets().vertices()[3 * v + 2] == mesh.sheets().vertices()[3 * v + 2]);
        }
    }

    /** The mean of 1 - cos of the angle between the normals of triangles that share an edge. */
    private static double bend(TriangleMesh mesh) {
        java.util.Map<Long, double[]> normals = new java.util.HashMap<>();
        double sum = 0;
        int count = 0;
        for (int t = 0; t < mesh.triangleCount(); t++) {
            float[] v = mesh.vertices();
            int[] c = {3 * mesh.triangles()[3 * t], 3 * mesh.triangles()[3 * t + 1], 3 * mesh.triangles()[3 * t + 2]};
            org.joml.Vector3d normal = new org.joml.Vector3d(v[c[1]] - v[c[0]], v[c[1] + 1] - v[c[0] + 1], v[c[1] + 2] - v[c[0] + 2])
                    .cross(v[c[2]] - v[c[0]], v[c[2] + 1] - v[c[0] + 1], v[c[2] + 2] - v[c[0] + 2]).normalize();
            for (int n = 0; n < 3; n++) {
                long low = Math.min(c[n], c[(n + 1) % 3]);
                long key = low << 32 | Math.max(c[n], c[(n + 1) % 3]);
                double[] other = normals.put(key, new double[] {normal.x, normal.y, normal.z});
                if (other != null) {
                    sum += 1 - normal.dot(other[0], other[1], other[2]);
                    count++;
                }
            }
        }
        return sum / count;
    }

    @Test
    void aWallOfOneVoxelPartsItsNeighbours() {
        Structure wall = (i, j, k) -> i == 5 ? 2 : i < 5 ? 1 : 3;
        LabelMesh mesh = MarchingTetrahedra.extract(field(11, 4, 4, 3, wall, null), Frame.LPS);
        requireSound(mesh);
        assertEquals(1, MeshCheck.of(mesh.of(1)).components());
        // A box but for its rims, which the padding rounds.
        assertEquals(0.7 * 3.6 * 12, Measures.signedVolume(mesh.of(1)), 0.15 * 0.7 * 3.6 * 12);
        assertTrue(IntStream.range(0, mesh.inner().length).noneMatch(t -> mesh.inner()[t] == 3 && mesh.outer()[t] == 1));
    }

    @Test
    void oneLabelIsWhereTheMarginsAreEqual() {
        // From -1/2 inside to 1/2 outside, linearly: a sphere.
        LabelField field = field(20, 20, 20, 1, (i, j, k) -> 0, null);
        for (int n = 0; n < field.index().length; n++) {
            double x = n % 20 - 9.5;
            double y = n / 20 % 20 - 9.5;
            double z = n / 400 - 9.5;
            double inside = Math.clamp((7 - Math.sqrt(x * x + y * y + z * z)) / 4, -0.5, 0.5);
            field.index()[n] = (short) (inside > 0 ? 1 : 0);
            field.margin()[n] = (float) Math.abs(inside);
        }
        double volume = 4 / 3.0 * Math.PI * 343 * 0.7 * 0.9 * 3;
        // Triangles with their corners on a sphere lie within it.
        assertEquals(volume, Measures.signedVolume(MarchingTetrahedra.extract(field, Frame.LPS).of(0)), 0.015 * volume);
    }

    @Test
    void piecesGoAndHolesAreFilled() {
        Structure shell = (i, j, k) -> i == 0 && j == 0 && k == 0 ? 1 : Math.abs(i - 5) + Math.abs(j - 5) + Math.abs(k - 5) > 4 ? 0
                : i == 5 && j == 5 && k == 5 ? 0 : 1;
        LabelField field = field(11, 11, 11, 1, shell, null);
        assertEquals(3, MeshCheck.of(MarchingTetrahedra.extract(field, Frame.LPS).of(0)).components());
        assertEquals(2, MeshCheck.of(MarchingTetrahedra.extract(LabelCleaning.largest(field), Frame.LPS).of(0)).components());
        LabelField clean = LabelCleaning.largest(LabelCleaning.fillHoles(field));
        assertEquals(1, MeshCheck.of(MarchingTetrahedra.extract(clean, Frame.LPS).of(0)).components());
    }

    @Test
    void ofPiecesInThickAndThinSlicesTheVolumeCounts() {
        // Two voxels of slices 1 mm apart, and one of slices 5 mm apart.
        LabelField even = field(4, 4, 6, 1, (i, j, k) -> i == 0 && j == 0 && k < 2 || i == 3 && j == 3 && k == 4 ? 1 : 0, null);
        Grid uneven = new Grid(4, 4, 6, even.grid().indexToPatient(), new double[] {0, 1, 2, 7, 12, 17});
        LabelField field = new LabelField(uneven, even.type(), even.labels(), even.index(), even.margin());
        assertEquals(1, LabelCleaning.largest(even).index()[0]);
        assertEquals(0, LabelCleaning.largest(field).index()[0]);
        assertEquals(1, LabelCleaning.largest(field).index()[3 + 4 * (3 + 4 * 4)]);
    }
}
