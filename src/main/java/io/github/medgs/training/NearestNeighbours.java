package io.github.medgs.training;

/** Mean squared distance of each point of the plane to its three nearest neighbours, by a grid of cells. */
final class NearestNeighbours {

    private static final int NEIGHBOURS = 3;

    private final float[] x;
    private final float[] z;
    private final int side;
    private final float lowX;
    private final float lowZ;
    private final float cell;
    private final int[] cellStart;
    private final int[] members;

    private NearestNeighbours(float[] x, float[] z) {
        this.x = x;
        this.z = z;
        float highX = Float.NEGATIVE_INFINITY;
        float highZ = Float.NEGATIVE_INFINITY;
        float minX = Float.POSITIVE_INFINITY;
        float minZ = Float.POSITIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            minX = Math.min(minX, x[i]);
            minZ = Math.min(minZ, z[i]);
            highX = Math.max(highX, x[i]);
            highZ = Math.max(highZ, z[i]);
        }
        // About two points a cell.
        this.side = Math.max(1, (int) Math.sqrt(x.length / 2.0));
        this.lowX = minX;
        this.lowZ = minZ;
        this.cell = Math.max(1e-12f, Math.max(highX - minX, highZ - minZ) / side);
        this.cellStart = new int[side * side + 1];
        this.members = new int[x.length];
        fillCells();
    }

    private void fillCells() {
        for (int i = 0; i < x.length; i++) {
            cellStart[cellOf(i) + 1]++;
        }
        for (int c = 0; c < side * side; c++) {
            cellStart[c + 1] += cellStart[c];
        }
        int[] next = cellStart.clone();
        for (int i = 0; i < x.length; i++) {
            members[next[cellOf(i)]++] = i;
        }
    }

    private int cellOf(int i) {
        return column(z[i], lowZ) * side + column(x[i], lowX);
    }

    private int column(float value, float low) {
        return Math.clamp((int) ((value - low) / cell), 0, side - 1);
    }

    /** @return for each point; with fewer than three other points, over those there are (0 for a lone point) */
    static float[] meanSquaredDistances(float[] x, float[] z) {
        NearestNeighbours search = new NearestNeighbours(x, z);
        float[] means = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            means[i] = search.mean(i);
        }
        return means;
    }

    private float mean(int i) {
        float[] best = new float[NEIGHBOURS];
        java.util.Arrays.fill(best, Float.POSITIVE_INFINITY);
        int row = column(z[i], lowZ);
        int column = column(x[i], lowX);
        // Rings of cells outwards; a ring cannot hold anything nearer than its distance.
        for (int ring = 0; ring < side; ring++) {
            float ringDistance = (ring - 1) * cell;
            if (ring > 0 && best[NEIGHBOURS - 1] <= ringDistance * ringDistance) {
                break;
            }
            for (int r = row - ring; r <= row + ring; r++) {
                boolean edgeRow = r == row - ring || r == row + ring;
                for (int c = column - ring; c <= column + ring; c += edgeRow || ring == 0 ? 1 : 2 * ring) {
                    if (r >= 0 && r < side && c >= 0 && c < side) {
                        visit(i, r * side + c, best);
                    }
                }
            }
        }
        float sum = 0f;
        int found = 0;
        for (float distance : best) {
            if (distance < Float.POSITIVE_INFINITY) {
                sum += distance;
                found++;
            }
        }
        return found == 0 ? 0f : sum / found;
    }

    private void visit(int i, int cellIndex, float[] best) {
        for (int n = cellStart[cellIndex]; n < cellStart[cellIndex + 1]; n++) {
            int j = members[n];
            if (j == i) {
                continue;
            }
            float dx = x[j] - x[i];
            float dz = z[j] - z[i];
            float distance = dx * dx + dz * dz;
            for (int k = 0; k < NEIGHBOURS; k++) {
                if (distance < best[k]) {
                    float pushed = best[k];
                    best[k] = distance;
                    distance = pushed;
                }
            }
        }
    }
}
