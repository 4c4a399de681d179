package io.github.medgs.surface;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LabelField;
import java.util.Arrays;

/**
 * Taking pieces away from the structures of a label map and closing their holes, before surfaces are made: so that what
 * touches goes on touching. Voxels hang together as in {@link MarchingTetrahedra}.
 */
public final class LabelCleaning {

    private final LabelField field;
    private final Grid grid;
    private final DisjointSets pieces;

    private LabelCleaning(LabelField field) {
        this.field = field;
        this.grid = field.grid();
        this.pieces = new DisjointSets(field.index().length);
        for (int k = 0, n = 0; k < grid.nz(); k++) {
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++, n++) {
                    joinRound(n, i, j, k);
                }
            }
        }
    }

    private void joinRound(int n, int i, int j, int k) {
        for (int corner = 1; corner < 8; corner++) {
            int a = i + (corner & 1);
            int b = j + (corner >> 1 & 1);
            int c = k + (corner >> 2);
            if (a < grid.nx() && b < grid.ny() && c < grid.nz()) {
                int other = a + grid.nx() * (b + grid.ny() * c);
                if (field.index()[other] == field.index()[n]) {
                    pieces.join(n, other);
                }
            }
        }
    }

    /** Keeps the piece of each structure that has the largest volume; the others become background. */
    public static LabelField largest(LabelField field) {
        LabelCleaning cleaning = new LabelCleaning(field);
        double[] volumes = cleaning.volumes();
        int[] largest = new int[field.labels().size() + 1];
        Arrays.fill(largest, -1);
        for (int n = 0; n < volumes.length; n++) {
            int structure = Short.toUnsignedInt(field.index()[n]);
            if (largest[structure] < 0 || volumes[n] > volumes[largest[structure]]) {
                largest[structure] = n;
            }
        }
        short[] index = field.index().clone();
        for (int n = 0; n < index.length; n++) {
            int structure = Short.toUnsignedInt(index[n]);
            if (structure != 0 && cleaning.pieces.find(n) != cleaning.pieces.find(largest[structure])) {
                index[n] = 0;
            }
        }
        return new LabelField(field.grid(), field.type(), field.labels(), index, field.margin());
    }

    /** The volume of each piece in cubic millimetres, at the voxel that names it: slices may be of different thickness. */
    private double[] volumes() {
        double[] volumes = new double[field.index().length];
        for (int k = 0, n = 0; k < grid.nz(); k++) {
            double voxel = grid.voxelVolume(k);
            for (int end = n + grid.nx() * grid.ny(); n < end; n++) {
                volumes[pieces.find(n)] += voxel;
            }
        }
        return volumes;
    }

    /** Fills background that one structure encloses with that structure. */
    public static LabelField fillHoles(LabelField field) {
        LabelCleaning cleaning = new LabelCleaning(field);
        int[] round = cleaning.enclosing();
        short[] index = field.index().clone();
        for (int n = 0; n < index.length; n++) {
            int structure = round[cleaning.pieces.find(n)];
            if (index[n] == 0 && structure > 0) {
                index[n] = (short) structure;
            }
        }
        return new LabelField(field.grid(), field.type(), field.labels(), index, field.margin());
    }

    // For each piece of background the one structure that it touches; -1 where it touches several, or the grid's edge.
    private int[] enclosing() {
        int[] round = new int[field.index().length];
        for (int k = 0, n = 0; k < grid.nz(); k++) {
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++, n++) {
                    if (i == 0 || j == 0 || k == 0 || i == grid.nx() - 1 || j == grid.ny() - 1 || k == grid.nz() - 1) {
                        round[pieces.find(n)] = -1;
                    }
                    for (int corner = 1; corner < 8; corner++) {
                        int a = i + (corner & 1);
                        int b = j + (corner >> 1 & 1);
                        int c = k + (corner >> 2);
                        if (a < grid.nx() && b < grid.ny() && c < grid.nz()) {
                            int other = a + grid.nx() * (b + grid.ny() * c);
                            touch(round, n, other);
                            touch(round, other, n);
                        }
                    }
                }
            }
        }
        return round;
    }

    private void touch(int[] round, int n, int other) {
        int structure = Short.toUnsignedInt(field.index()[other]);
        if (field.index()[n] == 0 && structure != 0) {
            int piece = pieces.find(n);
            round[piece] = round[piece] == 0 || round[piece] == structure ? structure : -1;
        }
    }
}
