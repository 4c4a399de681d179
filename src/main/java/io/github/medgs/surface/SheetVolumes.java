package io.github.medgs.surface;

import java.util.Map;
import java.util.TreeMap;

/**
 * Volumes of structures that share their surfaces, and how each is given one without touching another's.
 *
 * <p>The sheet between structures a and b moves out of a by x(a) - x(b), the background's x being 0. Then a gains the sum
 * over its sheets of their area times that: a system with the Laplacian of the graph of neighbours, weighed by areas, which
 * conjugate gradients solve (Hestenes and Stiefel 1952). Some vertices stay, so it is done over until nothing is missing.
 * What structures that touch no free background lack together cannot be given to them, nor what would take a sheet further
 * than half a voxel.
 */
final class SheetVolumes {

    private static final int CORRECTIONS = 4;

    /** How far a sheet may be moved in one correction, in voxels: half a voxel in all. */
    private static final double REACH = 0.125;
    private static final double EXACT = 1e-9;

    private LabelMesh mesh;
    private final boolean[] held;
    private final double reach;
    private final int structures;

    /**
     * @param held for each vertex whether it stays where it is
     * @param voxel smallest distance of voxels, in millimetres
     */
    SheetVolumes(LabelMesh mesh, boolean[] held, double voxel) {
        this.mesh = mesh;
        this.held = held;
        this.reach = REACH * voxel;
        this.structures = mesh.labels().size();
    }

    /** Cubic millimetres of each structure. */
    double[] volumes() {
        double[] volumes = new double[structures + 1];
        double[] normal = new double[3];
        TriangleMesh sheets = mesh.sheets();
        for (int t = 0; t < sheets.triangleCount(); t++) {
            double volume = Measures.threefoldVolume(sheets, t, sheets.vertices()[0], sheets.vertices()[1],
                    sheets.vertices()[2], normal) / 3;
            volumes[mesh.inner()[t]] += volume;
            volumes[mesh.outer()[t]] -= volume;
        }
        volumes[0] = 0;
        return volumes;
    }

    /** The mesh whose structures have these volumes, near their own; the first is the background's and does not count. */
    LabelMesh with(double[] wanted) {
        for (int correction = 0; correction < CORRECTIONS; correction++) {
            double[] now = volumes();
            double[] missing = new double[structures + 1];
            for (int s = 1; s <= structures; s++) {
                missing[s] = wanted[s] - now[s];
            }
            move(solve(areas(), missing));
        }
        return mesh;
    }

    /** Area of each sheet that its free vertices carry, by its inner structure in the upper half and its outer one in the lower. */
    private Map<Long, Double> areas() {
        Map<Long, Double> areas = new TreeMap<>();
        int[] triangles = mesh.sheets().triangles();
        double[] normal = new double[3];
        for (int t = 0; t < mesh.inner().length; t++) {
            int free = 0;
            for (int corner = 3 * t; corner < 3 * t + 3; corner++) {
                free += held[triangles[corner]] ? 0 : 1;
            }
            mesh.sheets().areaVector(t, normal);
            double area = length(normal) * free / 3;
            if (area > 0) {
                areas.merge((long) mesh.inner()[t] << 32 | mesh.outer()[t], area, Double::sum);
            }
        }
        return areas;
    }

    private static double length(double[] n) {
        return Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    }

    private double[] solve(Map<Long, Double> areas, double[] missing) {
        double[] x = new double[structures + 1];
        double[] rest = possible(areas, missing);
        double[] direction = rest.clone();
        double square = product(rest, rest);
        double exact = EXACT * EXACT * square;
        for (int n = 0; n < 4 * structures && square > exact; n++) {
            double[] along = new double[structures + 1];
            areas.forEach((sheet, area) -> {
                int a = (int) (sheet >> 32);
                int b = (int) (long) sheet;
                double flow = area * (direction[a] - direction[b]);
                along[a] += flow;
                along[b] -= flow;
            });
            along[0] = 0;
            double curvature = product(direction, along);
            if (!(curvature > 0)) {
                break;
            }
            double step = square / curvature;
            for (int s = 1; s <= structures; s++) {
                x[s] += step * direction[s];
                rest[s] -= step * along[s];
            }
            double next = product(rest, rest);
            for (int s = 1; s <= structures; s++) {
                direction[s] = rest[s] + next / square * direction[s];
            }
            square = next;
        }
        return x;
    }

    /** Without the mean of each group that touches no background: sheets within it only pass volume on. */
    private double[] possible(Map<Long, Double> areas, double[] missing) {
        DisjointSets groups = new DisjointSets(structures + 1);
        areas.keySet().forEach(sheet -> groups.join((int) (sheet >> 32), (int) (long) sheet));
        double[] sums = new double[structures + 1];
        int[] counts = new int[structures + 1];
        for (int s = 1; s <= structures; s++) {
            sums[groups.find(s)] += missing[s];
            counts[groups.find(s)]++;
        }
        double[] possible = new double[structures + 1];
        for (int s = 1; s <= structures; s++) {
            int group = groups.find(s);
            possible[s] = group == 0 ? missing[s] : missing[s] - sums[group] / counts[group];
        }
        return possible;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int s = 1; s < a.length; s++) {
            sum += a[s] * b[s];
        }
        return sum;
    }

    private void move(double[] by) {
        float[] moved = mesh.sheets().vertices().clone();
        double[] normals = new double[moved.length];
        double[] distances = new double[moved.length / 3];
        int[] triangles = mesh.sheets().triangles();
        double[] normal = new double[3];
        for (int t = 0; t < mesh.inner().length; t++) {
            mesh.sheets().areaVector(t, normal);
            for (int corner = 3 * t; corner < 3 * t + 3; corner++) {
                int v = triangles[corner];
                distances[v] = Math.clamp(by[mesh.inner()[t]] - by[mesh.outer()[t]], -reach, reach);
                for (int axis = 0; axis < 3; axis++) {
                    normals[3 * v + axis] += normal[axis];
                }
            }
        }
        for (int v = 0; v < distances.length; v++) {
            double length = Math.sqrt(normals[3 * v] * normals[3 * v] + normals[3 * v + 1] * normals[3 * v + 1]
                    + normals[3 * v + 2] * normals[3 * v + 2]);
            for (int axis = 0; !held[v] && length > 0 && axis < 3; axis++) {
                moved[3 * v + axis] += (float) (distances[v] / length * normals[3 * v + axis]);
            }
        }
        mesh = new LabelMesh(mesh.sheets().withVertices(moved), mesh.labels(), mesh.inner(), mesh.outer());
    }
}
