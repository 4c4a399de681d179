package io.github.medgs.surface;

import java.util.Arrays;

/** Taking pieces away from a mesh and closing its holes. Every method returns a new mesh and leaves the old one. */
public final class MeshCleaning {

    private MeshCleaning() {}

    /** Keeps the piece that encloses the largest volume; pieces hang together through shared vertices. */
    public static TriangleMesh largest(TriangleMesh mesh) {
        if (mesh.isEmpty()) {
            return mesh;
        }
        DisjointSets pieces = pieces(mesh);
        double[] volumes = new double[mesh.vertexCount()];
        double[] normal = new double[3];
        for (int t = 0; t < mesh.triangleCount(); t++) {
            mesh.areaVector(t, normal);
            int piece = pieces.find(mesh.triangles()[3 * t]);
            int origin = 3 * piece;
            for (int axis = 0; axis < 3; axis++) {
                volumes[piece] += normal[axis] * (mesh.corner(t, 0, axis) - mesh.vertices()[origin + axis]) / 3;
            }
        }
        int largest = 0;
        for (int v = 0; v < volumes.length; v++) {
            largest = Math.abs(volumes[v]) > Math.abs(volumes[largest]) ? v : largest;
        }
        int kept = largest;
        return keep(mesh, piece -> piece == kept, pieces);
    }

    /** The number of pieces that hang together through shared vertices, counting those with a triangle only. */
    public static int componentCount(TriangleMesh mesh) {
        DisjointSets pieces = pieces(mesh);
        boolean[] seen = new boolean[mesh.vertexCount()];
        int count = 0;
        for (int vertex : mesh.triangles()) {
            int piece = pieces.find(vertex);
            count += seen[piece] ? 0 : 1;
            seen[piece] = true;
        }
        return count;
    }

    private static TriangleMesh keep(TriangleMesh mesh, java.util.function.IntPredicate wanted, DisjointSets pieces) {
        int[] kept = new int[mesh.triangles().length];
        int filled = 0;
        for (int t = 0; t < mesh.triangleCount(); t++) {
            if (wanted.test(pieces.find(mesh.triangles()[3 * t]))) {
                System.arraycopy(mesh.triangles(), 3 * t, kept, filled, 3);
                filled += 3;
            }
        }
        return compact(mesh.vertices(), Arrays.copyOf(kept, filled), mesh.frame());
    }

    private static DisjointSets pieces(TriangleMesh mesh) {
        DisjointSets pieces = new DisjointSets(mesh.vertexCount());
        int[] corners = mesh.triangles();
        for (int at = 0; at < corners.length; at += 3) {
            pieces.join(corners[at], corners[at + 1]);
            pieces.join(corners[at], corners[at + 2]);
        }
        return pieces;
    }

    /** Drops vertices that no triangle uses; the others keep their order. */
    static TriangleMesh compact(float[] vertices, int[] triangles, Frame frame) {
        int[] number = new int[vertices.length / 3];
        for (int vertex : triangles) {
            number[vertex] = 1;
        }
        int used = 0;
        for (int v = 0; v < number.length; v++) {
            number[v] = number[v] == 1 ? used++ : -1;
        }
        float[] compact = new float[3 * used];
        for (int v = 0; v < number.length; v++) {
            if (number[v] >= 0) {
                System.arraycopy(vertices, 3 * v, compact, 3 * number[v], 3);
            }
        }
        int[] renamed = new int[triangles.length];
        for (int i = 0; i < triangles.length; i++) {
            renamed[i] = number[triangles[i]];
        }
        return new TriangleMesh(compact, renamed, frame);
    }
}
