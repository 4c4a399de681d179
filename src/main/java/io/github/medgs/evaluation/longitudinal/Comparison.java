package io.github.medgs.evaluation.longitudinal;

import io.github.medgs.parallel.Workers;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.surface.TriangleTree;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares the structures of two time points, label by label. */
public final class Comparison {

    private static final double DAYS_OF_A_YEAR = 365.25;

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

    /** The distance of each vertex to a closed surface in the same frame, positive outside it. */
    static float[] signedDistances(TriangleMesh mesh, TriangleMesh surface, int threads) {
        TriangleTree tree = new TriangleTree(surface);
        float[] distances = new float[mesh.vertexCount()];
        int chunk = 512;
        new Workers(threads).forEach((distances.length + chunk - 1) / chunk, (c, worker) -> {
            for (int v = c * chunk; v < Math.min((c + 1) * chunk, distances.length); v++) {
                float x = mesh.vertices()[3 * v];
                float y = mesh.vertices()[3 * v + 1];
                float z = mesh.vertices()[3 * v + 2];
                double distance = tree.distance(x, y, z);
                distances[v] = (float) (tree.encloses(x, y, z) ? -distance : distance);
            }
        });
        return distances;
    }
}
