package io.github.medgs.exercise;

/**
 * An exercise for each chapter of {@code kernels.md}, as it is before anybody has done anything. Every method runs, and
 * every one is wrong or slow in the way that its chapter is about. Write yours in {@link Mine}.
 */
class Unsolved {

    /**
     * Chapter 1. The displacement of a Gaussian at u = m - t: the sum of w_i u^i for i from 1 to the number of weights,
     * by Horner's rule, in single precision.
     */
    float displacement(float[] weights, float u) {
        return 0f;
    }

    /**
     * Chapter 2. Where parameter {@code row} of Gaussian g lies. Thread g reads it for its own g, so neighbouring
     * threads should read neighbouring floats. As it stands, each Gaussian's parameters lie side by side.
     */
    int index(int row, int rows, int g, int capacity) {
        return g * rows + row;
    }

    /**
     * Chapter 3. Front to back: colour += c alpha T, T *= 1 - alpha, from T = 1.
     *
     * @return colour, transmittance
     */
    float[] composite(float[] alphas, float[] colours) {
        float colour = 0f;
        for (int i = 0; i < alphas.length; i++) {
            colour += alphas[i] * colours[i];
        }
        return new float[] {colour, 1f};
    }

    /**
     * Chapter 4. All splats' numbers, tile by tile, and within a tile in the splats' order. Chunks of consecutive splats
     * are counted by threads that know nothing of one another; here the chunks finish in the order {@code finished}.
     *
     * @param tileOf the tile of each splat
     * @param chunk splats of a chunk
     * @param finished the chunks, in the order in which their threads come to write
     */
    int[] lists(int[] tileOf, int tiles, int chunk, int[] finished) {
        int[] places = new int[tiles + 1];
        for (int tile : tileOf) {
            places[tile + 1]++;
        }
        for (int tile = 0; tile < tiles; tile++) {
            places[tile + 1] += places[tile];
        }
        int[] entries = new int[tileOf.length];
        for (int c : finished) {
            for (int g = c * chunk; g < Math.min((c + 1) * chunk, tileOf.length); g++) {
                entries[places[tileOf[g]]++] = g;
            }
        }
        return entries;
    }

    /**
     * Chapter 5. Where in local memory a group keeps five numbers that pixel {@code l} says of entry {@code k}, of 16
     * entries and 64 pixels (the engine's kernel keeps four). In the next phase the 32 threads of a warp read entries 8 to a warp, pixels 4 to an entry;
     * local memory has 32 banks, float i lies in bank i % 32, and two threads that want the same bank wait for each
     * other.
     */
    int place(int k, int l) {
        return 5 * (64 * k + l);
    }

    /**
     * Chapter 6. The sum of what the threads computed, the same bits whichever came first.
     *
     * @param arrived the threads, in the order in which they came
     */
    float sum(float[] computed, int[] arrived) {
        float sum = 0f;
        for (int thread : arrived) {
            sum += computed[thread];
        }
        return sum;
    }
}
