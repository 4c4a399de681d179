package io.github.medgs.volume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gives structures the channels that draw them: those that come near one another different ones, greedily, the one with
 * most neighbours first (Welsh and Powell 1967). A body's organs need a handful, however many they are.
 */
final class LabelChannels {

    /** Pixels within which two structures count as near: what Gaussians at their boundaries reach together. */
    private static final int NEAR = 4;

    private final short[] index;
    private final int width;
    private final int height;
    private final BitSet[] near;

    private LabelChannels(int labels, short[] index, int width, int height) {
        this.index = index;
        this.width = width;
        this.height = height;
        this.near = new BitSet[labels];
        for (int label = 0; label < labels; label++) {
            near[label] = new BitSet();
        }
    }

    /** The channel of each of some labels; the index is that of {@link LabelSlices}. */
    static int[] of(int labels, short[] index, int width, int height) {
        LabelChannels channels = new LabelChannels(labels, index, width, height);
        int slices = index.length / (width * height);
        for (int slice = 0; slice < slices; slice++) {
            channels.look(slice, slices);
        }
        return channels.color();
    }

    // Whatever lies within reach of a pixel inside a structure also does of one on its edge, or lies over the structure.
    private void look(int slice, int slices) {
        int pixels = width * height;
        int base = slice * pixels;
        for (int p = 0; p < pixels; p++) {
            short own = index[base + p];
            if (own == 0) {
                continue;
            }
            if (slice + 1 < slices) {
                join(own, index[base + pixels + p]);
            }
            if (isEdge(base, p, own)) {
                lookRound(p, base, own);
                if (slice > 0) {
                    lookRound(p, base - pixels, own);
                }
                if (slice + 1 < slices) {
                    lookRound(p, base + pixels, own);
                }
            }
        }
    }

    private boolean isEdge(int base, int p, short own) {
        int column = p % width;
        int row = p / width;
        return column > 0 && index[base + p - 1] != own || column < width - 1 && index[base + p + 1] != own
                || row > 0 && index[base + p - width] != own || row < height - 1 && index[base + p + width] != own;
    }

    private void lookRound(int p, int base, short own) {
        int row = p / width;
        int column = p % width;
        for (int r = Math.max(0, row - NEAR); r <= Math.min(height - 1, row + NEAR); r++) {
            for (int c = Math.max(0, column - NEAR); c <= Math.min(width - 1, column + NEAR); c++) {
                if ((r - row) * (r - row) + (c - column) * (c - column) <= NEAR * NEAR) {
                    join(own, index[base + r * width + c]);
                }
            }
        }
    }

    private void join(short one, short other) {
        if (other != 0 && other != one) {
            near[Short.toUnsignedInt(one) - 1].set(Short.toUnsignedInt(other) - 1);
            near[Short.toUnsignedInt(other) - 1].set(Short.toUnsignedInt(one) - 1);
        }
    }

    private int[] color() {
        List<Integer> order = new ArrayList<>(IntStream.range(0, near.length).boxed().toList());
        order.sort(Comparator.comparingInt(label -> -near[label].cardinality()));
        int[] channels = new int[near.length];
        Arrays.fill(channels, -1);
        for (int label : order) {
            BitSet taken = new BitSet();
            near[label].stream().filter(other -> channels[other] >= 0).forEach(other -> taken.set(channels[other]));
            channels[label] = taken.nextClearBit(0);
        }
        return channels;
    }
}
