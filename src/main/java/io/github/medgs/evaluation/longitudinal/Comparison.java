package io.github.medgs.evaluation.longitudinal;

import io.github.medgs.parallel.Workers;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.MeshVoxels;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.surface.TriangleTree;
import io.github.medgs.volume.Grid;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joml.Matrix4d;

/** Compares the structures of two time points, label by label. */
public final class Comparison {

    private static final double DAYS_OF_A_YEAR = 365.25;

    /** Voxels along the longest side of the grid that tells inside from outside. */
    private static final int FINENESS = 160;

    private Comparison() {}

    /**
     * @param baselineDate may be null, as may the other: then there is no growth per year
     * @return one row per label of either time point, in the order of labels
     */
    public static List<StructureChange> of(List<OrganSurface> baseline, List<OrganSurface> followup,
            LocalDate baselineDate, LocalDate followupDate, int threads) {
        double years = baselineDate == null || followupDate == null ? Double.NaN
                : ChronoUnit.DAYS.between(baselineDate, followupDate) / DAYS_OF_A_YEAR;
        SortedMap<Long, OrganSurface[]> pairs = new TreeMap<>();
        baseline.forEach(organ -> pairs.computeIfAbsent(organ.label(), label -> new OrganSurface[2])[0] = organ);
        followup.forEach(organ -> pairs.computeIfAbsent(organ.label(), label -> new OrganSurface[2])[1] = organ);
        List<StructureChange> changes = new ArrayList<>();
        for (Map.Entry<Long, OrganSurface[]> pair : pairs.entrySet()) {
            changes.add(change(pair.getKey(), pair.getValue()[0], pair.getValue()[1], years, threads));
        }
        return changes;
    }

    private static StructureChange change(long label, OrganSurface before, OrganSurface after, double years,
            int threads) {
        if (before == null || after == null) {
            OrganSurface only = before == null ? after : before;
            double volumeBefore = before == null ? 0 : before.volume();
            double volumeAfter = after == null ? 0 : after.volume();
            return new StructureChange(label, only.name(), StructureChange.Status.of(volumeBefore, volumeAfter),
                    volumeBefore, volumeAfter, years, Double.NaN, Double.NaN, Double.NaN, Double.NaN, only.mesh(), null);
        }
        TriangleMesh earlier = before.mesh().in(after.mesh().frame());
        float[] distances = signedDistances(after.mesh(), earlier, threads);
        double mean = 0;
        double area = 0;
        double[] normal = new double[3];
        float growth = Float.NEGATIVE_INFINITY;
        float loss = Float.POSITIVE_INFINITY;
        for (int t = 0; t < after.mesh().triangleCount(); t++) {
            after.mesh().areaVector(t, normal);
            double weight = Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
            area += weight;
            for (int corner = 0; corner < 3; corner++) {
                float distance = distances[after.mesh().triangles()[3 * t + corner]];
                mean += weight * distance / 3;
                growth = Math.max(growth, distance);
                loss = Math.min(loss, distance);
            }
        }
        double[] c = Measures.of(earlier).centroid();
        double[] d = Measures.of(after.mesh()).centroid();
        double shift = Math.sqrt(Math.pow(c[0] - d[0], 2) + Math.pow(c[1] - d[1], 2) + Math.pow(c[2] - d[2], 2));
        return new StructureChange(label, after.name(),
                StructureChange.Status.of(before.volume(), after.volume()), before.volume(), after.volume(), years,
                shift, mean / area, growth, loss, after.mesh(), distances);
    }

    /** The distance of each vertex to a closed surface, positive outside it. */
    static float[] signedDistances(TriangleMesh mesh, TriangleMesh surface, int threads) {
        TriangleTree tree = new TriangleTree(surface);
        TriangleMesh ras = mesh.in(Frame.RAS);
        Grid grid = gridAround(surface.in(Frame.RAS));
        float[] inside = MeshVoxels.of(surface, grid);
        float[] distances = new float[mesh.vertexCount()];
        int chunk = 512;
        new Workers(threads).forEach((distances.length + chunk - 1) / chunk, (c, worker) -> {
            for (int v = c * chunk; v < Math.min((c + 1) * chunk, distances.length); v++) {
                double distance = tree.distance(
                        mesh.vertices()[3 * v], mesh.vertices()[3 * v + 1], mesh.vertices()[3 * v + 2]);
                distances[v] = (float) (within(ras, v, grid, inside) ? -distance : distance);
            }
        });
        return distances;
    }

    private static boolean within(TriangleMesh ras, int vertex, Grid grid, float[] inside) {
        int index = 0;
        int stride = 1;
        for (int axis = 0; axis < 3; axis++) {
            double origin = grid.indexToPatient().get(3, axis);
            int at = (int) Math.round((ras.vertices()[3 * vertex + axis] - origin) / grid.spacing(axis));
            if (at < 0 || at >= grid.size(axis)) {
                return false;
            }
            index += stride * at;
            stride *= grid.size(axis);
        }
        return inside[index] > 0;
    }

    private static Grid gridAround(TriangleMesh ras) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < ras.vertices().length; i++) {
            low[i % 3] = Math.min(low[i % 3], ras.vertices()[i]);
            high[i % 3] = Math.max(high[i % 3], ras.vertices()[i]);
        }
        double step = Math.max(high[0] - low[0], Math.max(high[1] - low[1], high[2] - low[2])) / FINENESS;
        int[] sizes = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            sizes[axis] = 1 + (int) Math.ceil((high[axis] - low[axis]) / step);
        }
        return new Grid(sizes[0], sizes[1], sizes[2], new Matrix4d().translation(low[0], low[1], low[2]).scale(step));
    }
}
