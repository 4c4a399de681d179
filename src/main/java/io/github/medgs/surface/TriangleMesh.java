package io.github.medgs.surface;

/**
 * An indexed triangle mesh in patient millimetres.
 *
 * <p>Vertex v is at {@code vertices[3 v .. 3 v + 2]}; triangle t has the vertices {@code triangles[3 t .. 3 t + 2]},
 * counter-clockwise seen from outside. Both arrays are kept, not copied, and may be handed to a device as they are.
 */
public final class TriangleMesh {

    private final float[] vertices;
    private final int[] triangles;
    private final Frame frame;

    /**
     * @param vertices x, y, z of each vertex, millimetres
     * @param triangles three vertex numbers each
     * @throws IllegalArgumentException when a length is no multiple of three or a vertex number is out of range
     */
    public TriangleMesh(float[] vertices, int[] triangles, Frame frame) {
        if (vertices.length % 3 != 0 || triangles.length % 3 != 0) {
            throw new IllegalArgumentException("coordinates and triangle corners come in threes");
        }
        int count = vertices.length / 3;
        for (int vertex : triangles) {
            if (vertex < 0 || vertex >= count) {
                throw new IllegalArgumentException("a triangle names vertex " + vertex + " of " + count);
            }
        }
        this.vertices = vertices;
        this.triangles = triangles;
        this.frame = frame;
    }

    public float[] vertices() {
        return vertices;
    }

    public int[] triangles() {
        return triangles;
    }

    public Frame frame() {
        return frame;
    }

    public int vertexCount() {
        return vertices.length / 3;
    }

    public int triangleCount() {
        return triangles.length / 3;
    }

    public boolean isEmpty() {
        return triangles.length == 0;
    }

    /** Coordinate 0, 1 or 2 of the given corner (0, 1 or 2) of a triangle. */
    public double corner(int triangle, int corner, int axis) {
        return vertices[3 * triangles[3 * triangle + corner] + axis];
    }

    /** Lowest x, y, z and highest x, y, z of the triangles' corners; infinite, and the wrong way round, without any. */
    public double[] bounds() {
        double[] bounds = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int vertex : triangles) {
            for (int axis = 0; axis < 3; axis++) {
                bounds[axis] = Math.min(bounds[axis], vertices[3 * vertex + axis]);
                bounds[3 + axis] = Math.max(bounds[3 + axis], vertices[3 * vertex + axis]);
            }
        }
        return bounds;
    }

    /** The same surface in another frame; this mesh itself where it is in that frame already. */
    public TriangleMesh in(Frame other) {
        if (other == frame) {
            return this;
        }
        float[] turned = vertices.clone();
        for (int v = 0; v < turned.length; v += 3) {
            // 0 - x, not -x: a coordinate of zero must not become minus zero, or files would differ.
            turned[v] = 0f - turned[v];
            turned[v + 1] = 0f - turned[v + 1];
        }
        return new TriangleMesh(turned, triangles, other);
    }

    /** The same numbers, taken to be in another frame: for a file that did not say which. */
    public TriangleMesh takenAs(Frame other) {
        return new TriangleMesh(vertices, triangles, other);
    }

    /** The same surface with every triangle turned over: what faced inward faces outward. */
    public TriangleMesh turnedOver() {
        int[] turned = triangles.clone();
        for (int t = 0; t < turned.length; t += 3) {
            turned[t + 1] = triangles[t + 2];
            turned[t + 2] = triangles[t + 1];
        }
        return new TriangleMesh(vertices, turned, frame);
    }

    /** The same triangles with moved vertices. */
    public TriangleMesh withVertices(float[] moved) {
        return new TriangleMesh(moved, triangles, frame);
    }

    /**
     * Unit vertex normals pointing outward: the mean of the normals of the triangles around a vertex, weighted by
     * area. Zero where a vertex has no triangle with an area.
     *
     * @return x, y, z of each vertex's normal
     */
    public float[] vertexNormals() {
        double[] sums = new double[vertices.length];
        double[] normal = new double[3];
        for (int t = 0; t < triangleCount(); t++) {
            areaVector(t, normal);
            for (int corner = 0; corner < 3; corner++) {
                int v = 3 * triangles[3 * t + corner];
                sums[v] += normal[0];
                sums[v + 1] += normal[1];
                sums[v + 2] += normal[2];
            }
        }
        float[] normals = new float[vertices.length];
        for (int v = 0; v < sums.length; v += 3) {
            double length = Math.sqrt(sums[v] * sums[v] + sums[v + 1] * sums[v + 1] + sums[v + 2] * sums[v + 2]);
            for (int axis = 0; axis < 3 && length > 0; axis++) {
                normals[v + axis] = (float) (sums[v + axis] / length);
            }
        }
        return normals;
    }

    /** The triangle's normal, as long as its area, into {@code out}. */
    public void areaVector(int triangle, double[] out) {
        double ax = corner(triangle, 0, 0);
        double ay = corner(triangle, 0, 1);
        double az = corner(triangle, 0, 2);
        double ux = corner(triangle, 1, 0) - ax;
        double uy = corner(triangle, 1, 1) - ay;
        double uz = corner(triangle, 1, 2) - az;
        double vx = corner(triangle, 2, 0) - ax;
        double vy = corner(triangle, 2, 1) - ay;
        double vz = corner(triangle, 2, 2) - az;
        out[0] = 0.5 * (uy * vz - uz * vy);
        out[1] = 0.5 * (uz * vx - ux * vz);
        out[2] = 0.5 * (ux * vy - uy * vx);
    }
}
