package io.github.medgs.interslice;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pixels between the kept slices of solids: what {@link OutlinePatches} say of each, the guess, and the truth. */
final class OutlineExamples {

    /** One cut of a solid; numbers as half-precision floats, pixel by pixel. */
    private record Piece(short[] numbers, float[] guesses, boolean[] inside) {}

    private final List<Piece> pieces;
    private final int[] ends;

    private OutlineExamples(List<Piece> pieces) {
        this.pieces = pieces;
        this.ends = new int[pieces.size()];
        int end = 0;
        for (int n = 0; n < ends.length; n++) {
            end += pieces.get(n).guesses.length;
            ends[n] = end;
        }
    }

    /** Gathers the pieces of many cuts. */
    static final class Builder {

        private final List<Piece> pieces = new ArrayList<>();

        /** In an order that does not depend on which thread was first. */
        void add(Builder other) {
            pieces.addAll(other.pieces);
        }

        /**
         * Keeps every few slices of a solid and takes some pixels of those between.
         *
         * @param share of the pixels near the guessed outline
         */
        void cut(OutlineSolid solid, int stride, int first, double share, long seed) {
            KeptSlices kept = solid.every(stride, first);
            if (kept == null) {
                return;
            }
            int[] box = MixedPredictor.bounds(kept);
            Random random = new Random(seed);
            SliceCorrection recorder = (patches, slice, evidence) -> {
                float at = slice.fraction() * stride;
                int between = Math.round(at);
                if (Math.abs(at - between) < 1e-3) {
                    int plane = first + slice.k() * stride + between;
                    record(patches, slice, share, random,
                            p -> solid.inside(plane, box[0] + p / (box[3] - box[2] + 1), box[2] + p % (box[3] - box[2] + 1)));
                }
                return slice.mixed();
            };
            new MixedPredictor(kept, recorder, 1);
        }

        private interface Truth {
            boolean inside(int pixel);
        }

        private void record(OutlinePatches patches, OutlinePatches.Slice slice, double share, Random random,
                Truth truth) {
            int[] band = OutlineNetwork.band(slice.mixed());
            int count = 0;
            for (int p : band) {
                if (random.nextDouble() < share) {
                    band[count++] = p;
                }
            }
            OutlinePatches.Slice seen = random.nextBoolean() ? slice.reversed() : slice;
            float[][] described = new float[OutlinePatches.SIZE][count];
            patches.describe(seen, band, count, random.nextBoolean(), described);
            Piece piece = new Piece(new short[OutlinePatches.SIZE * count], new float[count], new boolean[count]);
            for (int n = 0; n < count; n++) {
                piece.guesses[n] = slice.mixed()[band[n]];
                piece.inside[n] = truth.inside(band[n]);
                for (int i = 0; i < OutlinePatches.SIZE; i++) {
                    piece.numbers[n * OutlinePatches.SIZE + i] = Float.floatToFloat16(described[i][n]);
                }
            }
            if (count > 0) {
                pieces.add(piece);
            }
        }

        OutlineExamples build() {
            return new OutlineExamples(pieces);
        }
    }

    int count() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    private int piece(int example) {
        int low = 0;
        int high = ends.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > example) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private int within(int example, int piece) {
        return example - (piece == 0 ? 0 : ends[piece - 1]);
    }

    /** @param out receives the numbers of one example */
    void read(int example, float[] out) {
        int piece = piece(example);
        int from = within(example, piece) * OutlinePatches.SIZE;
        for (int i = 0; i < OutlinePatches.SIZE; i++) {
            out[i] = Float.float16ToFloat(pieces.get(piece).numbers[from + i]);
        }
    }

    /** Signed distance of the guess, in pixels. */
    float guess(int example) {
        int piece = piece(example);
        return pieces.get(piece).guesses[within(example, piece)];
    }

    /** The truth. */
    boolean inside(int example) {
        int piece = piece(example);
        return pieces.get(piece).inside[within(example, piece)];
    }
}
