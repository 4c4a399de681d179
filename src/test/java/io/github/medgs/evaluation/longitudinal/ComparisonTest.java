package io.github.medgs.evaluation.longitudinal;

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
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        ComparisonFiles.write(folder, organs(before), changes);
        assertTrue(Files.readString(folder.resolve(ComparisonFiles.PAGE)).contains("follow-up, from the left"));
        assertEquals(changes.size() + 1, Files.readAllLines(folder.resolve(ComparisonFiles.CSV)).size());
        assertTrue(Files.size(folder.resolve(ComparisonFiles.PICTURE)) > 1000);
        assertTrue(MeshCheck.of(MeshFiles.read(folder.resolve("label-1.ply")).mesh()).closed());
        assertTrue(MeshFiles.read(folder.resolve(ComparisonFiles.GLB)).mesh().triangleCount() > 1000);
        assertTrue(!Files.readString(folder.resolve(ComparisonFiles.JSON)).contains("NaN"));
    }

    private static double truth(Phantom phantom, long label) {
        return phantom.structures().stream().filter(s -> s.label() == label).mapToDouble(Structure::volumeMm3).sum();
    }

    private static List<OrganSurface> organs(Phantom phantom) {
        List<OrganSurface> organs = new ArrayList<>();
        for (long label : Labels.present(phantom.mask(), phantom.name())) {
            Volume mask = phantom.mask().withVoxels(Labels.binary(phantom.mask(), Set.of(label), phantom.name()));
            organs.add(new OrganSurface(label, "label " + label, MarchingCubes.extract(mask, 0.5f)));
        }
        return organs;
    }
}
