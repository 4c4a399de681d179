package io.github.medgs.exercise;

/** One way to do each. Look here last. */
final class Solved extends Unsolved {

    @Override
    float displacement(float[] weights, float u) {
        float sum = 0f;
        for (int i = weights.length - 1; i >= 0; i--) {
            sum = (sum + weights[i]) * u;
        }
        return sum;
    }

    @Override
    int index(int row, int rows, int g, int capacity) {
        return row * capacity + g;
    }

    @Override
    float[] composite(float[] alphas, float[] colours) {
        float colour = 0f;
        float through = 1f;
        for (int i = 0; i < alphas.length; i++) {
            colour += colours[i] * alphas[i] * through;
            through *= 1f - alphas[i];
        }
        return new float[] {colour, through};
    }

    @Override
    int[] lists(int[] tileOf, int tiles, int chunk, int[] finished) {
        int chunks = (tileOf.length + chunk - 1) / chunk;
        // A counter for each tile and chunk: tile by tile, and within a tile chunk by chunk.
        int[] places = new int[tiles * chunks + 1];
        for (int g = 0; g < tileOf.length; g++) {
            places[tileOf[g] * chunks + g / chunk + 1]++;
        }
        for (int i = 0; i < tiles * chunks; i++) {
            places[i + 1] += places[i];
        }
        int[] entries = new int[tileOf.length];
        for (int c : finished) {
            for (int g = c * chunk; g < Math.min((c + 1) * chunk, tileOf.length); g++) {
                entries[places[tileOf[g] * chunks + c]++] = g;
            }
        }
        return entries;
    }

    @Override
    int place(int k, int l) {
        return (5 * 64 + 4) * k + 5 * l;
    }

    @Override
    float sum(float[] computed, int[] arrived) {
        float[] tree = computed.clone();
        for (int stride = 1; stride < tree.length; stride *= 2) {
            for (int i = 0; i + stride < tree.length; i += 2 * stride) {
                tree[i] += tree[i + stride];
            }
        }
        return tree[0];
    }
}
