package io.github.medgs.training;

import io.github.medgs.volume.LabelSlices;

/**
 * Where structures have so few pixels on a slice that each of them counts: a Gaussian for every one of these and those round
 * them can show them, one for every second pixel may not.
 */
final class SmallSections {

    /** A section of more pixels than this is large. */
    private static final int SMALL = 24;

    private final LabelSlices labels;

    SmallSections(LabelSlices labels) {
        this.labels = labels;
    }

    /** How many pixels {@link #of} finds on all slices. */
    long pixels() {
        long found = 0;
        for (int slice = 0; slice < labels.count(); slice++) {
            for (boolean near : of(slice)) {
                found += near ? 1 : 0;
            }
        }
        return found;
    }

    /** The pixels of a slice that are in small sections, or beside one. */
    boolean[] of(int slice) {
        int[] sizes = new int[labels.labels().size()];
        int offset = slice * labels.pixels();
        for (int p = 0; p < labels.pixels(); p++) {
            int label = labels.at(offset + p);
            if (label >= 0) {
                sizes[label]++;
            }
        }
        boolean[] near = new boolean[labels.pixels()];
        for (int p = 0; p < near.length; p++) {
            int label = labels.at(offset + p);
            if (label < 0 || sizes[label] > SMALL) {
                continue;
            }
            for (int row = Math.max(0, p / labels.width() - 1); row <= Math.min(labels.height() - 1, p / labels.width() + 1); row++) {
                for (int column = Math.max(0, p % labels.width() - 1);
                        column <= Math.min(labels.width() - 1, p % labels.width() + 1); column++) {
                    near[row * labels.width() + column] = true;
                }
            }
        }
        return near;
    }
}
