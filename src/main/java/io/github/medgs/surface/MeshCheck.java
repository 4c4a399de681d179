package io.github.medgs.surface;

import java.util.ArrayList;
import java.util.List;

/**
 * What a mesh is fit for: whether it bounds a solid, and what stands in the way if not.
 *
 * @param vertices vertices in the mesh
 * @param triangles triangles in the mesh
 * @param components pieces that hang together through shared vertices
 * @param eulerNumber vertices - edges + triangles, over vertices that are used: 2 for each sphere, 0 for each torus
 * @param openEdges edges with one triangle only
 * @param tangledEdges half-edges of edges with more than two triangles, or with two that run the same way
 * @param pinchedVertices vertices in which more than one fan of triangles meets
 * @param degenerateTriangles triangles with a repeated vertex, or lower than a millionth of their longest side
 * @param unusedVertices vertices without a triangle
 * @param notFinite coordinates that are NaN or infinite
 * @param signedVolume enclosed volume in cubic millimetres, positive where triangles run counter-clockwise seen from
 *     outside
 */
public record MeshCheck(int vertices, int triangles, int components, int eulerNumber, int openEdges, int tangledEdges,
        int pinchedVertices, int degenerateTriangles, int unusedVertices, int notFinite, double signedVolume) {

    /** Examines a mesh in time proportional to its size. */
    public static MeshCheck of(TriangleMesh mesh) {
        HalfEdges edges = new HalfEdges(mesh);
        int corners = mesh.triangles().length;
        DisjointSets fans = edges.fans();
        int open = 0;
        int tangled = 0;
        for (int h = 0; h < corners; h++) {
            int twin = edges.twin(h);
            if (twin == HalfEdges.BOUNDARY) {
                open++;
            } else if (twin == HalfEdges.TANGLED) {
                tangled++;
            }
        }
        int[] fansOfVertex = new int[mesh.vertexCount()];
        for (int h = 0; h < corners; h++) {
            if (fans.find(h) == h) {
                fansOfVertex[mesh.triangles()[h]]++;
            }
        }
        int used = 0;
        int pinched = 0;
        for (int fanCount : fansOfVertex) {
            used += fanCount > 0 ? 1 : 0;
            pinched += fanCount > 1 ? 1 : 0;
        }
        int euler = used - edges.edgeCount() + mesh.triangleCount();
        return new MeshCheck(mesh.vertexCount(), mesh.triangleCount(), MeshCleaning.componentCount(mesh), euler, open,
                tangled, pinched, degenerate(mesh), mesh.vertexCount() - used, notFinite(mesh), Measures.signedVolume(mesh));
    }

    /** Every edge has two triangles: water would not leak. */
    public boolean closed() {
        return openEdges == 0 && tangledEdges == 0;
    }

    /** Every point of the surface looks like a plane: no edge with more than two triangles, no pinched vertex. */
    public boolean manifold() {
        return tangledEdges == 0 && pinchedVertices == 0;
    }

    /** Closed, and its triangles face away from what they enclose. */
    public boolean outward() {
        return closed() && signedVolume > 0;
    }

    /** Fit for printing, measuring and simulation without repair. */
    public boolean sound() {
        return triangles > 0 && closed() && manifold() && outward() && degenerateTriangles == 0 && notFinite == 0
                && unusedVertices == 0;
    }

    /** What keeps the mesh from being {@link #sound}, in words; empty where nothing does. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (triangles == 0) {
            complaints.add("no triangles");
        }
        complain(complaints, openEdges, "open edges");
        complain(complaints, tangledEdges, "half-edges where more than two triangles meet or two disagree");
        complain(complaints, pinchedVertices, "vertices where sheets touch");
        complain(complaints, degenerateTriangles, "triangles without area");
        complain(complaints, unusedVertices, "vertices without a triangle");
        complain(complaints, notFinite, "coordinates that are not finite");
        if (triangles > 0 && closed() && signedVolume <= 0) {
            complaints.add("triangles that face inward");
        }
        return complaints;
    }

    private static void complain(List<String> complaints, int count, String what) {
        if (count > 0) {
            complaints.add(count + " " + what);
        }
    }

    private static int degenerate(TriangleMesh mesh) {
        int count = 0;
        double[] area = new double[3];
        for (int t = 0; t < mesh.triangleCount(); t++) {
            mesh.areaVector(t, area);
            double twiceArea = 2 * Math.sqrt(area[0] * area[0] + area[1] * area[1] + area[2] * area[2]);
            double longest = 0;
            for (int corner = 0; corner < 3; corner++) {
                double sum = 0;
                for (int axis = 0; axis < 3; axis++) {
                    double d = mesh.corner(t, corner, axis) - mesh.corner(t, (corner + 1) % 3, axis);
                    sum += d * d;
                }
                longest = Math.max(longest, sum);
            }
            // Twice the area is base times height. Not "less or equal": a NaN is no area either.
            count += twiceArea > 1e-6 * longest ? 0 : 1;
        }
        return count;
    }

    private static int notFinite(TriangleMesh mesh) {
        int count = 0;
        for (float coordinate : mesh.vertices()) {
            count += Float.isFinite(coordinate) ? 0 : 1;
        }
        return count;
    }
}
