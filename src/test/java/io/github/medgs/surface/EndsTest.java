package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.interslice.Interpolation;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.joml.Matrix4d;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Solids that end anywhere between slices 5 mm apart, pixels of 1 mm: predicted on slices of 1 mm, meshed, faired. */
class EndsTest {

    private static final int N = 64;
    private static final double GAP = 5;

    /** A solid round the origin, from -half to half along z. */
    private interface Solid {
        boolean holds(double x, double y, double z);
    }

    private record Found(double tipError, double volume, double largestAngle) {}

    private static Found find(Solid solid, double half, double phase, double offset) {
        double first = -half - 2 * GAP - phase;
        int count = (int) Math.ceil((half - first) / GAP) + 2;
        float[] mask = new float[count * N * N];
        for (int i = 0; i < mask.length; i++) {
            double x = i % N - N / 2 - offset;
            double y = i / N % N - N / 2 + 0.7 * offset;
            mask[i] = solid.holds(x, y, first + GAP * (i / (N * N))) ? 1 : 0;
        }
        Volume volume = new Volume(N, N, count, mask, new Matrix4d().translate(0, 0, first).scale(1, 1, GAP));
        SliceStack stack = SliceStack.of(volume, SliceAxis.K, new IntensityWindow(0, 1));
        KeptSlices slices = KeptSlices.of(stack);
        double[] wanted = new double[5 * (count - 1) + 1];
        for (int n = 0; n < wanted.length; n++) {
            wanted[n] = n;
        }
        Volume field = stack.geometry().volumeOf(slices.sample(Interpolation.LEARNED.ofMask(slices, 1), wanted), wanted);
        TriangleMesh mesh = MeshSmoothing.fair(MarchingCubes.extract(field, 0.5f, Frame.RAS, 1), field.grid());
        assertTrue(MeshCheck.of(mesh).sound());
        double[] bounds = mesh.bounds();
        return new Found((Math.abs(bounds[2] + half) + Math.abs(bounds[5] - half)) / 2, Measures.signedVolume(mesh),
                largestAngle(mesh));
    }

    private static double largestAngle(TriangleMesh mesh) {
        Map<Long, Vector3d> normals = new HashMap<>();
        double largest = 0;
        double[] area = new double[3];
        for (int t = 0; t < mesh.triangleCount(); t++) {
            mesh.areaVector(t, area);
            Vector3d normal = new Vector3d(area[0], area[1], area[2]).normalize();
            for (int corner = 0; corner < 3; corner++) {
                long a = mesh.triangles()[3 * t + corner];
                long b = mesh.triangles()[3 * t + (corner + 1) % 3];
                Vector3d other = normals.put(Math.min(a, b) << 32 | Math.max(a, b), normal);
                largest = other == null ? largest : Math.max(largest, Math.toDegrees(other.angle(normal)));
            }
        }
        return largest;
    }

    /** Spheres, ellipsoids and capsules by turns; what each was found to be, and its true volume. */
    private static void solids(int count, long seed, BiConsumer<Found, Double> each) {
        Random random = new Random(seed);
        for (int n = 0; n < count; n++) {
            double a = 12 + 8 * random.nextDouble();
            double b = n % 3 == 0 ? a : 12 + 8 * random.nextDouble();
            double c = n % 3 == 0 ? a : 14 + 8 * random.nextDouble();
            double tube = 6 + 12 * random.nextDouble();
            Solid ellipsoid = (x, y, z) -> x * x / (a * a) + y * y / (b * b) + z * z / (c * c) <= 1;
            Solid capsule = (x, y, z) -> Math.hypot(Math.hypot(x, y), Math.max(0, Math.abs(z) - tube)) <= a;
            boolean round = n % 3 < 2;
            double exact = round ? 4 * Math.PI / 3 * a * b * c : Math.PI * a * a * (2 * tube + 4 * a / 3);
            each.accept(find(round ? ellipsoid : capsule, round ? c : tube + a, GAP * random.nextDouble(),
                    random.nextDouble()), exact);
        }
    }

    @Test
    void theyEndWhereTheyDoRoundly() {
        double[] tips = {0};
        int count = 9;
        solids(count, 3, (found, exact) -> {
            tips[0] += found.tipError() / count;
            assertEquals(exact, found.volume(), 0.015 * exact, found.toString());
            assertTrue(found.largestAngle() < 35, found.toString());
        });
        assertTrue(tips[0] < GAP / 4, "tips are " + tips[0] + " mm off");
    }

    /** The figures of surfaces.md: of so many solids. */
    @Test
    @EnabledIfSystemProperty(named = "medgs.solids", matches = "\\d+")
    void ofManySolids() {
        DoubleSummaryStatistics tips = new DoubleSummaryStatistics();
        DoubleSummaryStatistics volumes = new DoubleSummaryStatistics();
        DoubleSummaryStatistics angles = new DoubleSummaryStatistics();
        long[] over = {0};
        solids(Integer.getInteger("medgs.solids"), Long.getLong("medgs.seed", 77), (found, exact) -> {
            double error = Math.abs(found.volume() / exact - 1);
            tips.accept(found.tipError());
            volumes.accept(100 * error);
            angles.accept(found.largestAngle());
            over[0] += error > 0.01 ? 1 : 0;
        });
        System.out.printf("tips %.2f mm off in the mean; volume %.2f %% in the mean, %.2f %% at most, %d over 1 %%; "
                + "largest angle %.1f degrees%n", tips.getAverage(), volumes.getAverage(), volumes.getMax(), over[0],
                angles.getMax());
        assertTrue(tips.getAverage() < GAP / 4);
    }

    @Test
    void whatAFaceCutsStaysFlatAndNothingMovesFar() {
        Volume field = Fields.sample(Fields.sphere(0, 0, -8, 9), 25, 25, 17, new Matrix4d().translate(-12, -12, -8));
        float[] mask = new float[field.voxels().length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = field.voxels()[i] >= 0 ? 1 : 0;
        }
        Volume binary = field.withVoxels(mask);
        TriangleMesh rough = MarchingCubes.extract(binary, 0.5f, Frame.RAS, 1);
        TriangleMesh fair = MeshSmoothing.fair(rough, binary.grid());
        int onFace = 0;
        for (int i = 0; i < rough.vertices().length; i++) {
            assertEquals(rough.vertices()[i], fair.vertices()[i], 0.55);
            if (i % 3 == 2 && rough.vertices()[i] < -8.499f) {
                assertEquals(-8.5, fair.vertices()[i], 0.06);
                onFace++;
            }
        }
        assertTrue(onFace > 100);
        assertEquals(Measures.signedVolume(rough), Measures.signedVolume(fair), 1e-3 * Measures.signedVolume(rough));
        assertTrue(MeshCheck.of(fair).sound());
    }
}
