package io.github.medgs.surface;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.joml.Matrix3d;
import org.joml.Vector3d;

/**
 * What a closed surface measures, in millimetres.
 *
 * @param volume cubic millimetres (divergence theorem)
 * @param area square millimetres
 * @param largestDiameter the distance of the two vertices farthest apart, exact
 * @param boundingBoxMin lowest x, y, z of the mesh's own frame
 * @param boundingBoxMax highest x, y, z
 * @param centroid centre of the enclosed volume
 * @param principalAxes three unit vectors, rows, from the longest axis of the enclosed solid to the shortest
 * @param principalLengths full axis lengths of the ellipsoid with the solid's second moments, longest first
 */
public record Measures(double volume, double area, double largestDiameter, double[] boundingBoxMin,
        double[] boundingBoxMax, double[] centroid, double[][] principalAxes, double[] principalLengths) {

    /**
     * Measures a mesh. Volume, centroid and axes assume that it is closed ({@link MeshCheck#closed}).
     *
     * @throws IllegalArgumentException for a mesh without triangles
     */
    public static Measures of(TriangleMesh mesh) {
        if (mesh.isEmpty()) {
            throw new IllegalArgumentException("an empty mesh has no measures");
        }
        double[] bounds = mesh.bounds();
        double[] low = Arrays.copyOf(bounds, 3);
        double[] high = Arrays.copyOfRange(bounds, 3, 6);
        Moments moments = Moments.of(mesh, low, high);
        double[][] axes = new double[3][3];
        double[] variances = SymmetricEigen.decompose(moments.covariance(), axes);
        double[] lengths = new double[3];
        for (int i = 0; i < 3; i++) {
            // A solid ellipsoid with semi-axis a has variance a^2 / 5 along it.
            lengths[i] = 2 * Math.sqrt(5 * Math.max(0, variances[i]));
        }
        return new Measures(moments.volume(), area(mesh), FarthestPair.distance(mesh), low, high, moments.centroid(),
                axes, lengths);
    }

    /** Sum of the triangles' areas, square millimetres. */
    public static double area(TriangleMesh mesh) {
        double[] normal = new double[3];
        double sum = 0;
        for (int t = 0; t < mesh.triangleCount(); t++) {
            mesh.areaVector(t, normal);
            sum += Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
        }
        return sum;
    }

    /** The enclosed volume, negative where triangles face inward, cubic millimetres. */
    public static double signedVolume(TriangleMesh mesh) {
        if (mesh.isEmpty()) {
            return 0;
        }
        // About a point near the mesh: about the origin, a distant mesh would lose digits.
        double ox = mesh.vertices()[0];
        double oy = mesh.vertices()[1];
        double oz = mesh.vertices()[2];
        double[] normal = new double[3];
        double sum = 0;
        for (int t = 0; t < mesh.triangleCount(); t++) {
            sum += threefoldVolume(mesh, t, ox, oy, oz, normal);
        }
        return sum / 3;
    }

    /**
     * By how much at most {@link #signedVolume}, about whichever point of the mesh's bounding box, differs from the volume
     * with a lid on each hole, cubic millimetres: 0 where the mesh is closed, small where each hole is. Vertices in the
     * same place are one here, so a seam is no hole.
     */
    public static double volumeDoubt(TriangleMesh mesh) {
        if (mesh.isEmpty()) {
            return 0;
        }
        VertexWelder welder = new VertexWelder(mesh.vertexCount());
        int[] corners = new int[mesh.triangles().length];
        for (int h = 0; h < corners.length; h++) {
            int vertex = 3 * mesh.triangles()[h];
            corners[h] = welder.add(mesh.vertices()[vertex], mesh.vertices()[vertex + 1], mesh.vertices()[vertex + 2]);
        }
        float[] vertices = welder.vertices();
        HalfEdges edges = new HalfEdges(corners, vertices.length / 3);
        DisjointSets holes = new DisjointSets(vertices.length / 3);
        for (int h = 0; h < corners.length; h++) {
            if (edges.twin(h) < 0) {
                holes.join(edges.from(h), edges.to(h));
            }
        }
        // Each hole for itself: those at both ends of a tube face opposite ways, and in one sum would look like none.
        double[] bounds = mesh.bounds();
        Map<Integer, Vector3d> lids = new TreeMap<>();
        for (int h = 0; h < corners.length; h++) {
            if (edges.twin(h) < 0) {
                lids.computeIfAbsent(holes.find(edges.from(h)), hole -> new Vector3d())
                        .add(from(bounds, vertices, edges.from(h)).cross(from(bounds, vertices, edges.to(h))));
            }
        }
        double area = lids.values().stream().mapToDouble(lid -> lid.length() / 2).sum();
        return area * new Vector3d(bounds[0], bounds[1], bounds[2]).distance(bounds[3], bounds[4], bounds[5]) / 3;
    }

    private static Vector3d from(double[] bounds, float[] vertices, int vertex) {
        return new Vector3d(vertices[3 * vertex] - bounds[0], vertices[3 * vertex + 1] - bounds[1], vertices[3 * vertex + 2] - bounds[2]);
    }

    /** Three times the signed volume of the tetrahedron that a triangle makes with a point; {@code normal} is scratch. */
    static double threefoldVolume(TriangleMesh mesh, int t, double ox, double oy, double oz, double[] normal) {
        mesh.areaVector(t, normal);
        return normal[0] * (mesh.corner(t, 0, 0) - ox) + normal[1] * (mesh.corner(t, 0, 1) - oy)
                + normal[2] * (mesh.corner(t, 0, 2) - oz);
    }

    /** Zeroth, first and second moments of the enclosed solid, summed over the tetrahedra from one inner point. */
    private record Moments(double volume, double[] centroid, Matrix3d covariance) {

        static Moments of(TriangleMesh mesh, double[] low, double[] high) {
            double[] origin = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                origin[axis] = 0.5 * (low[axis] + high[axis]);
            }
            double volume = 0;
            double[] first = new double[3];
            double[][] second = new double[3][3];
            double[] normal = new double[3];
            double[][] p = new double[3][3];
            for (int t = 0; t < mesh.triangleCount(); t++) {
                mesh.areaVector(t, normal);
                for (int corner = 0; corner < 3; corner++) {
                    for (int axis = 0; axis < 3; axis++) {
                        p[corner][axis] = mesh.corner(t, corner, axis) - origin[axis];
                    }
                }
                double piece = (normal[0] * p[0][0] + normal[1] * p[0][1] + normal[2] * p[0][2]) / 3;
                volume += piece;
                addMoments(piece, p, first, second);
            }
            double[] mean = new double[3];
            double[] centroid = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                mean[axis] = first[axis] / volume;
                centroid[axis] = origin[axis] + mean[axis];
            }
            Matrix3d covariance = new Matrix3d();
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    covariance.set(a, b, second[a][b] / volume - mean[a] * mean[b]);
                }
            }
            return new Moments(volume, centroid, covariance);
        }

        // Over a tetrahedron with one corner at the origin: integral of x is V/4 times the sum of the corners,
        // integral of x y is V/20 (sum of x_i y_i + sum of x_i times sum of y_i).
        private static void addMoments(double piece, double[][] p, double[] first, double[][] second) {
            for (int a = 0; a < 3; a++) {
                double sumA = p[0][a] + p[1][a] + p[2][a];
                first[a] += piece / 4 * sumA;
                for (int b = 0; b < 3; b++) {
                    double sumB = p[0][b] + p[1][b] + p[2][b];
                    double products = p[0][a] * p[0][b] + p[1][a] * p[1][b] + p[2][a] * p[2][b];
                    second[a][b] += piece / 20 * (products + sumA * sumB);
                }
            }
        }
    }
}
