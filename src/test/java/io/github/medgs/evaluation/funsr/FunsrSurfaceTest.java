package io.github.medgs.evaluation.funsr;

import static io.github.medgs.evaluation.funsr.SignedDistance.PUBLISHED_DIRECTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.evaluation.surface.SurfaceDistances;
import io.github.medgs.surface.Fields;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.MeshCheck;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.training.TrainingData;
import io.github.medgs.training.TrainingListener;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class FunsrSurfaceTest {

    private static final TrainingListener SILENT = new TrainingListener() { };

    private static Volume sampled(Fields.Solid solid, int n) {
        return Fields.sample(solid, n, n, n, Fields.affine(n, n, n, 1, 1, 1, false));
    }

    private static TrainingData mask(Volume field) {
        float[] mask = new float[field.voxels().length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = field.voxels()[i] >= 0 ? 1 : 0;
        }
        SliceStack stack = SliceStack.of(field.withVoxels(mask), SliceAxis.K, new IntensityWindow(0, 1));
        return new TrainingData(stack, stack.values());
    }

    private static TriangleMesh learnt(TrainingData full, int steps, float direction) {
        float[] field = new FunsrSurface(steps, direction, 1, null, 2, SILENT, SILENT).field(full, full.stack().positions());
        return MarchingCubes.extract(full.stack().geometry().volumeOf(field, full.stack().positions()), 0.5f, Frame.LPS, 2);
    }

    /** 25 steps, of 15,000: a sphere is what it begins with, but not this one. */
    @Test
    void aSmallSphereIsFoundInAFewSteps() {
        Volume field = sampled(Fields.sphere(1.3, -0.2, 0.4, 10), 28);
        TriangleMesh surface = learnt(mask(field), 25, PUBLISHED_DIRECTION);
        assertTrue(MeshCheck.of(surface).sound());
        SurfaceDistances distances = SurfaceDistances.between(surface, MarchingCubes.extract(field, 0f, Frame.LPS, 2), 2);
        assertTrue(distances.assd() < 0.5, distances::toString);
    }

    /**
     * Longer schedules: {@code mvn test -Dtest=FunsrSurfaceTest -Dmedgs.funsr.steps=250} prints a line for each shape;
     * with {@code -Dmedgs.funsr.direction=0} without the term that draws surfaces outward, and then within half a voxel of
     * the published grid.
     */
    @Test
    @EnabledIfSystemProperty(named = "medgs.funsr.steps", matches = "\\d+")
    void shapesAreFoundFromAllTheirPoints() {
        int steps = Integer.getInteger("medgs.funsr.steps");
        float direction = Float.parseFloat(System.getProperty("medgs.funsr.direction", Float.toString(PUBLISHED_DIRECTION)));
        Map<String, Fields.Solid> shapes = new LinkedHashMap<>();
        shapes.put("sphere", Fields.sphere(0.3, -0.2, 0.4, 20));
        shapes.put("torus", Fields.torus(16, 6));
        shapes.put("branching tube", Fields.branchingTube());
        shapes.forEach((name, solid) -> {
            Volume field = sampled(solid, 52);
            TriangleMesh reference = MarchingCubes.extract(field, 0f, Frame.LPS, 2);
            long began = processorTime();
            TriangleMesh surface = learnt(mask(field), steps, direction);
            double seconds = (processorTime() - began) / 1e9;
            SurfaceDistances distances = SurfaceDistances.between(surface, reference, 2);
            double side = SurfacePoints.of(mask(field), 1).side();
            System.out.printf("%s, %d steps: ASSD %.3f voxels, HD95 %.2f, volume %+.1f %%; half a voxel of FUNSR's grid is %.3f; "
                    + "%.0f s of processor%n", name, steps, distances.assd(), distances.hd95(),
                    100 * (Measures.signedVolume(surface) / Measures.signedVolume(reference) - 1), side / 256, seconds);
            assertTrue(distances.assd() < (direction == 0 ? side / 256 : 0.5), name + distances);
        });
    }

    @Test
    void aMaskWithoutAnythingInsideIsRefused() {
        TrainingData empty = mask(sampled(Fields.sphere(0, 0, 0, -1), 5));
        InputException refusal = assertThrows(InputException.class, () -> learnt(empty, 1, PUBLISHED_DIRECTION));
        assertTrue(refusal.getMessage().contains("nothing inside"), refusal::getMessage);
    }

    @Test
    void theNumberOfStepsIsInTheName() {
        assertEquals("FUNSR 15000 steps", new FunsrSurface(FunsrSurface.PUBLISHED_STEPS, 1, null, 1, SILENT, SILENT).name());
    }

    private static long processorTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
