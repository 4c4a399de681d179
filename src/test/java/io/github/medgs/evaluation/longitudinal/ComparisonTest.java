package io.github.medgs.evaluation.longitudinal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.evaluation.longitudinal.StructureChange.Status;
import io.github.medgs.surface.Fields;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.MeshCheck;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.phantom.Phantom;
import io.github.medgs.volume.phantom.Phantoms;
import io.github.medgs.volume.phantom.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.joml.Matrix4d;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

    private static OrganSurface ball(int label, double x, double radius, Frame frame) {
        TriangleMesh mesh = MarchingCubes.extract(Fields.sample(Fields.sphere(x, 0, 0, radius), 40, 40, 40,
                Fields.affine(40, 40, 40, 1, 1, 1, false)), 0, frame, 1);
        return new OrganSurface(label, "ball " + label, mesh);
    }

    @Test
    void everyStatusIsFound() {
        List<StructureChange> changes = Comparison.of(
                List.of(ball(1, 0, 10, Frame.LPS), ball(2, 0, 10, Frame.LPS), ball(3, 0, 10, Frame.RAS),
                        ball(4, 0, 10, Frame.LPS)),
                List.of(ball(1, 0, 12, Frame.LPS), ball(2, 0, 10.5, Frame.LPS), ball(3, 0, 8, Frame.LPS),
                        ball(5, 0, 6, Frame.LPS)),
                LocalDate.of(2024, 1, 1), LocalDate.of(2026, 1, 1), 2);
        assertEquals(List.of(Status.ENLARGING, Status.STABLE, Status.SHRINKING, Status.GONE, Status.NEW),
                changes.stream().map(StructureChange::status).toList());
        StructureChange first = changes.getFirst();
        assertEquals(0.728, first.relativeChange(), 0.01);
        assertEquals(Math.sqrt(1.728) - 1, first.growthPerYear(), 0.005);
        assertEquals(2, first.meanDistance(), 0.03);
        assertEquals(-2, changes.get(2).meanDistance(), 0.03);
        assertEquals(0, first.centroidShift(), 0.05);
        assertTrue(Double.isNaN(changes.get(4).relativeChange()));
        byte[] picture = ComparisonFiles.picture(changes);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr"));
            assertArrayEquals(picture, ComparisonFiles.picture(changes), "the numbers of a chart follow the locale");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void distancesCarryTheirSign() {
        StructureChange moved = Comparison.of(List.of(ball(1, 0, 10, Frame.RAS)), List.of(ball(1, 2, 10, Frame.RAS)),
                null, null, 1).getFirst();
        assertEquals(Status.STABLE, moved.status());
        assertEquals(2, moved.largestGrowth(), 0.05);
        assertEquals(-2, moved.largestLoss(), 0.05);
        assertEquals(2, moved.centroidShift(), 0.05);
        assertTrue(Double.isNaN(moved.growthPerYear()));
    }

    /** Grown by less than a grid over the whole could tell: a sphere, and a long vessel that lies obliquely. */
    @ParameterizedTest
    @CsvSource({"0, 50, 0.2", "0, 50, 1", "380, 12, 1", "300, 3, 0.5"})
    void everyPointOfWhatHasGrownALittleLiesOutside(double length, double radius, double growth) {
        OrganSurface before = vessel(length, radius);
        OrganSurface after = vessel(length, radius + growth);
        StructureChange grown = Comparison.of(List.of(before), List.of(after), null, null, 2).getFirst();
        assertEquals(growth, grown.meanDistance(), 0.03 * growth);
        assertEquals(growth, grown.largestLoss(), 0.05 * growth);
        assertEquals(growth, grown.largestGrowth(), 0.05 * growth);
        StructureChange shrunk = Comparison.of(List.of(after), List.of(before), null, null, 2).getFirst();
        assertEquals(-growth, shrunk.meanDistance(), 0.03 * growth);
        assertEquals(-growth, shrunk.largestGrowth(), 0.05 * growth);
    }

    /** A sphere whose halves are drawn apart and joined by a straight tube, turned about two axes. */
    private static OrganSurface vessel(double length, double radius) {
        TriangleMesh ball = ball(1, 0, 15, Frame.LPS).mesh();
        float[] moved = new float[ball.vertices().length];
        Matrix4d turn = new Matrix4d().rotateXYZ(0.3, -0.4, 0.5);
        for (int v = 0; v < moved.length; v += 3) {
            Vector3d p = new Vector3d(ball.vertices()[v], ball.vertices()[v + 1], ball.vertices()[v + 2]).normalize(radius);
            turn.transformPosition(p.add(0, 0, Math.signum(p.z) * length / 2));
            moved[v] = (float) p.x;
            moved[v + 1] = (float) p.y;
            moved[v + 2] = (float) p.z;
        }
        return new OrganSurface(1, "vessel", ball.withVertices(moved));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kidney-tumour", "aneurysm"})
    void phantomsGrowAsTheyWereMade(String name, @TempDir Path folder) throws IOException {
        Phantom before = Phantoms.make(name + "-baseline");
        Phantom after = Phantoms.make(name + "-followup");
        List<StructureChange> changes = Comparison.of(organs(before), organs(after), LocalDate.parse(before.date()),
                LocalDate.parse(after.date()), 2);
        for (StructureChange change : changes) {
            double truthBefore = truth(before, change.label());
            double truthAfter = truth(after, change.label());
            double growth = (truthAfter - truthBefore) / truthBefore;
            assertEquals(growth, change.relativeChange(), 0.02, change.name());
            assertEquals(growth >= 0.3 ? Status.ENLARGING : Status.STABLE, change.status());
        }
        ComparisonFiles.write(folder, organs(before), changes, List.of("one of them is open"));
        assertTrue(Files.readString(folder.resolve(ComparisonFiles.PAGE)).contains("follow-up, from the left"));
        for (String file : List.of(ComparisonFiles.PAGE, ComparisonFiles.JSON)) {
            assertTrue(Files.readString(folder.resolve(file)).contains("one of them is open"), file);
        }
        assertEquals(changes.size() + 1, Files.readAllLines(folder.resolve(ComparisonFiles.CSV)).size());
        assertTrue(Files.size(folder.resolve(ComparisonFiles.PICTURE)) > 1000);
        assertTrue(MeshCheck.of(MeshFiles.read(folder.resolve("label-1.ply")).mesh()).closed());
        assertTrue(MeshFiles.read(folder.resolve(ComparisonFiles.GLB)).mesh().triangleCount() > 1000);
        assertTrue(!Files.readString(folder.resolve(ComparisonFiles.JSON)).contains("NaN"));
    }

    /** Two open ends face opposite ways; a seam, where sides have vertices of their own in the same place, is no end. */
    @Test
    void aTubeOpenAtBothEndsHasNoVolume() {
        TriangleMesh box = box();
        assertEquals(1000, new OrganSurface(1, "box", box).volume(), 1e-6);
        for (int sides : new int[] {4, 5}) {
            OrganSurface open = new OrganSurface(1, "open", new TriangleMesh(
                    box.vertices(), Arrays.copyOf(box.triangles(), 6 * sides), Frame.LPS));
            assertTrue(Double.isNaN(open.volume()));
            assertEquals(Status.UNMEASURED, Status.of(open.volume(), 1000));
        }
    }

    /** Of 10 mm, each side with corners of its own, the two ends last. */
    private static TriangleMesh box() {
        int[] sides = {0, 1, 3, 2, 4, 6, 7, 5, 0, 4, 5, 1, 2, 3, 7, 6, 0, 2, 6, 4, 1, 5, 7, 3};
        float[] vertices = new float[3 * sides.length];
        int[] triangles = new int[36];
        for (int n = 0; n < sides.length; n++) {
            for (int axis = 0; axis < 3; axis++) {
                vertices[3 * n + axis] = 200 + 10 * (sides[n] >> 2 - axis & 1);
            }
        }
        for (int n = 0; n < triangles.length; n++) {
            triangles[n] = 4 * (n / 6) + new int[] {0, 1, 2, 0, 2, 3}[n % 6];
        }
        return new TriangleMesh(vertices, triangles, Frame.LPS);
    }

    private static double truth(Phantom phantom, long label) {
        return phantom.structures().stream().filter(s -> s.label() == label).mapToDouble(Structure::volumeMm3).sum();
    }

    private static List<OrganSurface> organs(Phantom phantom) {
        List<OrganSurface> organs = new ArrayList<>();
        for (long label : Labels.present(phantom.mask(), phantom.name())) {
            Volume mask = phantom.mask().withVoxels(Labels.binary(phantom.mask(), Set.of(label), phantom.name()));
            organs.add(new OrganSurface(label, "label " + label, MarchingCubes.extract(mask, 0.5f, Frame.LPS, 2)));
        }
        return organs;
    }
}
