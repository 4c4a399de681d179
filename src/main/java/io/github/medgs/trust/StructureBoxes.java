package io.github.medgs.trust;

import io.github.medgs.parallel.Workers;
import io.github.medgs.volume.LabelSlices;

/** Where the structures of a stack lie: for each its smallest box of whole pixels and slices, all found in one pass. */
public final class StructureBoxes {

    private static final int AXES = 3;

    /** For each structure the lowest column, row and slice, then the highest; {@code null} where it is nowhere. */
    private final int[][] boxes;

    private StructureBoxes(int[][] boxes) {
        this.boxes = boxes;
    }

    /** @param threads how many may be used; the result does not depend on it */
    public static StructureBoxes of(LabelSlices labels, int threads) {
        Workers workers = new Workers(threads);
        int[][][] found = new int[workers.count()][labels.labels().size()][];
        workers.forEach(labels.count(), (slice, worker) -> {
            for (int p = slice * labels.pixels(); p < (slice + 1) * labels.pixels(); p++) {
                int structure = labels.at(p);
                if (structure >= 0) {
                    found[worker][structure] = with(found[worker][structure], p % labels.width(),
                            p % labels.pixels() / labels.width(), slice);
                }
            }
        });
        int[][] boxes = found[0];
        for (int worker = 1; worker < found.length; worker++) {
            for (int structure = 0; structure < boxes.length; structure++) {
                int[] other = found[worker][structure];
                if (other != null) {
                    boxes[structure] = with(with(boxes[structure], other[0], other[1], other[2]), other[AXES],
                            other[AXES + 1], other[AXES + 2]);
                }
            }
        }
        return new StructureBoxes(boxes);
    }

    private static int[] with(int[] box, int column, int row, int slice) {
        if (box == null) {
            return new int[] {column, row, slice, column, row, slice};
        }
        box[0] = Math.min(box[0], column);
        box[1] = Math.min(box[1], row);
        box[2] = Math.min(box[2], slice);
        box[AXES] = Math.max(box[AXES], column);
        box[AXES + 1] = Math.max(box[AXES + 1], row);
        box[AXES + 2] = Math.max(box[AXES + 2], slice);
        return box;
    }

    /** Whether any pixel is of a structure. */
    boolean holds(int structure) {
        return boxes[structure] != null;
    }

    /** @param axis 0 for columns, 1 for rows, 2 for slices */
    int low(int structure, int axis) {
        return boxes[structure][axis];
    }

    /** As {@link #low}, and itself inside. */
    int high(int structure, int axis) {
        return boxes[structure][AXES + axis];
    }
}
