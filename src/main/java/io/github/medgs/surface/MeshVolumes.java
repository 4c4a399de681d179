package io.github.medgs.surface;

/**
 * Moves surfaces in or out along their normals, by one small distance for each of their pieces, until these have the
 * volumes that they should.
 */
public final class MeshVolumes {

    /** Corrections that are made in any case, and at most; how near a volume has to come, as a share of itself. */
    private static final int CORRECTIONS = 2;
    private static final int MOST_CORRECTIONS = 8;
    private static final double EXACT = 1e-4;

    /** What is still further off in the end did not come near. */
    private static final double NEAR = 0.01;

    /** A piece that has lost more than this share of its volume is no longer itself: thinner than what was smoothed. */
    private static final double MOST_LOST = 0.5;

    private final int[] pieces;
    private final int count;

    private MeshVolumes(TriangleMesh mesh, boolean apart) {
        pieces = new int[mesh.vertexCount()];
        if (!apart) {
            count = 1;
            return;
        }
        DisjointSets sets = MeshCleaning.pieces(mesh);
        int[] numbers = new int[pieces.length];
        int found = 0;
        for (int v = 0; v < pieces.length; v++) {
            int root = sets.find(v);
            if (numbers[root] == 0) {
                numbers[root] = ++found;
            }
            pieces[v] = numbers[root] - 1;
        }
        count = found;
    }

    /**
     * Gives each piece of a smoothed mesh the volume that it had. One that smoothing has nearly taken away, or that does
     * not come near its volume, gets its vertices back as they were.
     *
     * @param before the same mesh before it was smoothed, closed
     */
    public static TriangleMesh restored(TriangleMesh smoothed, TriangleMesh before) {
        MeshVolumes volumes = new MeshVolumes(before, true);
        double[] wanted = volumes.of(before);
        double[] left = volumes.of(smoothed);
        boolean[] lost = new boolean[volumes.count];
        for (int n = 0; n < lost.length; n++) {
            // Not the other way round: a volume that is no number is lost too.
            lost[n] = !(left[n] / wanted[n] > 1 - MOST_LOST);
        }
        TriangleMesh moved = volumes.moved(volumes.mixed(smoothed, before, lost), wanted, lost);
        return volumes.mixed(moved, before, lost);
    }

    /**
     * Moves the whole surface in or out by the one small distance that gives it a volume. A surface through the voxels of
     * a mask cuts their corners; this gives back what it lost, a few hundredths of a voxel.
     *
     * @param volume cubic millimetres, near the mesh's own
     * @return the mesh itself where no such distance is found
     */
    public static TriangleMesh withVolume(TriangleMesh mesh, double volume) {
        boolean[] lost = new boolean[1];
        TriangleMesh moved = new MeshVolumes(mesh, false).moved(mesh, new double[] {volume}, lost);
        return lost[0] ? mesh : moved;
    }

    /** @param lost pieces that are left alone; receives those, too, that did not get their volume */
    private TriangleMesh moved(TriangleMesh mesh, double[] wanted, boolean[] lost) {
        TriangleMesh moved = mesh;
        double[] now = of(moved);
        for (int correction = 0; correction < MOST_CORRECTIONS; correction++) {
            double[] areas = areas(moved);
            double[] distances = new double[count];
            boolean any = false;
            for (int n = 0; n < count; n++) {
                if (!lost[n] && (correction < CORRECTIONS || !isWithin(EXACT, now[n], wanted[n]))) {
                    distances[n] = (wanted[n] - now[n]) / areas[n];
                    lost[n] = !Double.isFinite(distances[n]);
                    distances[n] = lost[n] ? 0 : distances[n];
                    any |= !lost[n];
                }
            }
            if (!any) {
                break;
            }
            moved = offset(moved, distances);
            now = of(moved);
        }
        for (int n = 0; n < count; n++) {
            lost[n] |= !isWithin(NEAR, now[n], wanted[n]);
        }
        return moved;
    }

    private static boolean isWithin(double share, double volume, double wanted) {
        return Math.abs(volume - wanted) <= share * Math.abs(wanted);
    }

    /** Signed, cubic millimetres; about one point near the mesh, as {@link Measures#signedVolume}. */
    private double[] of(TriangleMesh mesh) {
        double[] volumes = new double[count];
        double[] normal = new double[3];
        for (int t = 0; t < mesh.triangleCount(); t++) {
            volumes[pieces[mesh.triangles()[3 * t]]] += Measures.threefoldVolume(mesh, t, mesh.vertices()[0],
                    mesh.vertices()[1], mesh.vertices()[2], normal);
        }
        for (int n = 0; n < count; n++) {
            volumes[n] /= 3;
        }
        return volumes;
    }

    private double[] areas(TriangleMesh mesh) {
        double[] areas = new double[count];
        double[] normal = new double[3];
        for (int t = 0; t < mesh.triangleCount(); t++) {
            mesh.areaVector(t, normal);
            areas[pieces[mesh.triangles()[3 * t]]] +=
                    Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
        }
        return areas;
    }

    /** Moves every vertex along its outward normal by its piece's distance. */
    private TriangleMesh offset(TriangleMesh mesh, double[] distances) {
        float[] normals = mesh.vertexNormals();
        float[] moved = mesh.vertices().clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (float) (moved[i] + distances[pieces[i / 3]] * normals[i]);
        }
        return mesh.withVertices(moved);
    }

    /** The vertices of some pieces as they were. */
    private TriangleMesh mixed(TriangleMesh mesh, TriangleMesh before, boolean[] lost) {
        float[] vertices = mesh.vertices().clone();
        for (int v = 0; v < pieces.length; v++) {
            if (lost[pieces[v]]) {
                System.arraycopy(before.vertices(), 3 * v, vertices, 3 * v, 3);
            }
        }
        return mesh.withVertices(vertices);
    }
}
