package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutlineNetworkTest {

    private static final int N = 40;

    private static OutlineNetwork random(int... sizes) {
        Random random = new Random(4);
        float[][] weights = new float[sizes.length - 1][];
        float[][] biases = new float[sizes.length - 1][];
        for (int l = 0; l < weights.length; l++) {
            weights[l] = floats(random, sizes[l] * sizes[l + 1]);
            biases[l] = floats(random, sizes[l + 1]);
        }
        return new OutlineNetwork(new NetworkWeights(sizes, weights, biases));
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int n = 0; n < count; n++) {
            values[n] = (float) random.nextGaussian();
        }
        return values;
    }

    private static byte[] written(OutlineNetwork network) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        network.weights().write(bytes, OutlineNetwork.FORMAT);
        return bytes.toByteArray();
    }

    private static OutlineNetwork read(byte[] bytes) throws IOException {
        return new OutlineNetwork(NetworkWeights.read(new DataInputStream(new ByteArrayInputStream(bytes)), OutlineNetwork.FORMAT, 1));
    }

    private static float[] values(OutlineNetwork network, float[] inputs) {
        float[][][] values = network.workspace();
        for (int i = 0; i < inputs.length; i++) {
            values[0][i / OutlineNetwork.BATCH][i % OutlineNetwork.BATCH] = inputs[i];
        }
        network.forward(values);
        return values[values.length - 1][0];
    }

    @Test
    void itIsThreeLayersOfWeightsAndRectifiersBetweenThem() throws IOException {
        int[] sizes = {7, 5, 6, 1};
        OutlineNetwork network = random(sizes);
        DataInputStream file = new DataInputStream(new ByteArrayInputStream(written(network)));
        file.skipNBytes(4L * (2 + sizes.length));
        float[] inputs = floats(new Random(5), 7 * OutlineNetwork.BATCH);
        double[][] expected = new double[OutlineNetwork.BATCH][];
        for (int n = 0; n < expected.length; n++) {
            expected[n] = new double[7];
            for (int i = 0; i < 7; i++) {
                expected[n][i] = inputs[i * OutlineNetwork.BATCH + n];
            }
        }
        for (int l = 0; l < 3; l++) {
            float[] weights = new float[sizes[l] * sizes[l + 1]];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = file.readFloat();
            }
            double[][] next = new double[expected.length][sizes[l + 1]];
            for (int o = 0; o < sizes[l + 1]; o++) {
                float bias = file.readFloat();
                for (int n = 0; n < expected.length; n++) {
                    double sum = bias;
                    for (int i = 0; i < sizes[l]; i++) {
                        sum += weights[o * sizes[l] + i] * expected[n][i];
                    }
                    next[n][o] = l < 2 ? Math.max(0, sum) : sum;
                }
            }
            expected = next;
        }
        float[] found = values(network, inputs);
        for (int n = 0; n < expected.length; n++) {
            assertEquals(expected[n][0], found[n], 1e-4 * Math.max(1, Math.abs(expected[n][0])));
        }
    }

    @Test
    void aFileGivesTheSameNetworkAndADamagedOneIsRefused() throws IOException {
        OutlineNetwork network = random(3, 4, 1);
        byte[] bytes = written(network);
        float[] inputs = floats(new Random(6), 3 * OutlineNetwork.BATCH);
        assertArrayEquals(values(network, inputs), values(read(bytes), inputs));
        assertThrows(EOFException.class, () -> read(Arrays.copyOf(bytes, bytes.length - 1)));
        bytes[0] ^= 1;
        assertThrows(IOException.class, () -> read(bytes));
    }

    @Test
    void theOneOfTheProgramTakesWhatPatchesSay() {
        assertEquals(OutlinePatches.SIZE, OutlineNetwork.learnt().workspace()[0].length);
    }

    /** A disc's signed distances with a bump on one side, seen from above or turned by a quarter. */
    private static float[] bumped(double radius, boolean turned) {
        float[] map = new float[N * N];
        for (int p = 0; p < map.length; p++) {
            double x = p % N - (N - 1) / 2.0;
            double y = p / N - (N - 1) / 2.0;
            double across = turned ? y : x;
            double along = turned ? -x : y;
            map[p] = (float) (radius - Math.hypot(x, y) + Math.exp(-0.05 * (across - radius) * (across - radius)
                    - 0.1 * (along - 3) * (along - 3)));
        }
        return map;
    }

    private static OutlinePatches patches(int width, int height, double rowSpacing, double columnSpacing) {
        KeptSlices slices = new KeptSlices(new float[2 * width * height], new double[] {0, 4}, height, width, rowSpacing,
                columnSpacing);
        return new OutlinePatches(slices, new float[2][width * height], 1);
    }

    private static OutlinePatches.Slice slice(boolean turned) {
        float[][] sections = {null, bumped(7, turned), bumped(8, turned), bumped(11, turned), null, null};
        float[] share = new float[N * N];
        Arrays.fill(share, 0.6f);
        return new OutlinePatches.Slice(2, 0.25f, 4, bumped(9, turned), bumped(9.2, turned), bumped(8.8, turned), share,
                sections);
    }

    private static float[] described(OutlinePatches patches, OutlinePatches.Slice slice, int p) {
        float[][] described = new float[OutlinePatches.SIZE][1];
        patches.describe(slice, new int[] {p}, 1, false, described);
        float[] numbers = new float[described.length];
        for (int n = 0; n < numbers.length; n++) {
            numbers[n] = described[n][0];
        }
        return numbers;
    }

    @Test
    void anOutlineIsDescribedAlikeWhicheverWayItRuns() {
        for (int[] place : new int[][] {{29, 22}, {25, 13}, {12, 25}, {20, 20}}) {
            int x = place[0];
            int y = place[1];
            float[] straight = described(patches(N, N, 1, 1), slice(false), y * N + x);
            float[] turned = described(patches(N, N, 1, 1), slice(true), x * N + N - 1 - y);
            assertArrayEquals(straight, turned, 1e-4f, x + " " + y);
        }
    }

    @Test
    void sectionsThatAreNotThereAreSaidAndStoodForByTheNextOne() {
        float[] numbers = described(patches(N, N, 1, 1), slice(false), 22 * N + 29);
        // Of the pixel itself: the guess, then three sections before it and three after.
        assertEquals(numbers[2], numbers[1]);
        assertTrue(numbers[3] > numbers[2]);
        assertTrue(numbers[4] > numbers[3]);
        assertEquals(numbers[5], numbers[4]);
        assertEquals(numbers[6], numbers[4]);
        int own = OutlinePatches.PLACES * OutlinePatches.MAPS;
        assertArrayEquals(new float[] {0.6f, -0.25f, 0.75f, 1, 0, 1, 1, 1},
                Arrays.copyOfRange(numbers, own + 3, own + 11), 1e-6f);
    }

    @Test
    void pixelsThatAreNotSquareAreSeenInMillimetres() {
        // The same planes of distances, sampled twice as wide apart along rows.
        float[] fine = new float[N * N];
        float[] coarse = new float[N * N / 2];
        for (int p = 0; p < fine.length; p++) {
            fine[p] = 0.6f * (p % N - 20) + 0.8f * (p / N - 20);
        }
        for (int p = 0; p < coarse.length; p++) {
            coarse[p] = fine[p / (N / 2) * N + 2 * (p % (N / 2))];
        }
        float[][] described = new float[2][];
        float[][] maps = {fine, coarse};
        for (int n = 0; n < 2; n++) {
            int width = n == 0 ? N : N / 2;
            float[] map = maps[n];
            described[n] = described(patches(width, N, 1, n == 0 ? 1 : 2), new OutlinePatches.Slice(0, 0.5f, 4, map, map,
                    map, map, new float[][] {null, null, map, map, null, null}), 20 * width + (n == 0 ? 20 : 10));
        }
        assertArrayEquals(described[0], described[1], 1e-4f);
    }

    @Test
    void evidenceTellsHowMuchOfItIsTaken() {
        OutlineNetwork network = OutlineNetwork.learnt();
        OutlinePatches patches = patches(N, N, 1, 1);
        OutlinePatches.Slice slice = slice(false);
        assertArrayEquals(slice.mixed(), network.correct(patches, slice, 0));
        OutlinePatches.Slice close = new OutlinePatches.Slice(slice.k(), slice.fraction(), 1, slice.mixed(), slice.shape(),
                slice.smooth(), slice.share(), slice.sections());
        assertArrayEquals(slice.mixed(), network.correct(patches, close, 1));
        float[] half = network.correct(patches, slice, 0.5);
        float[] whole = network.correct(patches, slice, 1);
        boolean moved = false;
        for (int p = 0; p < whole.length; p++) {
            if (Math.abs(slice.mixed()[p]) >= OutlineNetwork.BAND) {
                assertEquals(slice.mixed()[p], whole[p]);
            }
            assertEquals((slice.mixed()[p] + whole[p]) / 2, half[p], 1e-5f);
            moved |= Math.abs(whole[p] - slice.mixed()[p]) > 0.01f;
        }
        assertTrue(moved);
    }

    @Test
    void theStackTurnedRoundIsCorrectedAlike() {
        OutlineNetwork network = OutlineNetwork.learnt();
        OutlinePatches patches = patches(N, N, 1, 1);
        assertArrayEquals(network.correct(patches, slice(false), 1), network.correct(patches, slice(false).reversed(), 1),
                1e-5f);
    }

    @Test
    void aMirroredOutlineIsCorrectedAlike() {
        OutlineNetwork network = OutlineNetwork.learnt();
        OutlinePatches patches = patches(N, N, 1, 1);
        OutlinePatches.Slice slice = slice(false);
        float[][] sections = new float[6][];
        for (int n = 0; n < 6; n++) {
            sections[n] = slice.sections()[n] == null ? null : mirrored(slice.sections()[n]);
        }
        float[] found = network.correct(patches, new OutlinePatches.Slice(2, 0.25f, 4, mirrored(slice.mixed()),
                mirrored(slice.shape()), mirrored(slice.smooth()), slice.share(), sections), 1);
        assertArrayEquals(mirrored(network.correct(patches, slice, 1)), found, 1e-4f);
    }

    private static float[] mirrored(float[] map) {
        float[] mirrored = new float[map.length];
        for (int p = 0; p < map.length; p++) {
            mirrored[p] = map[p / N * N + N - 1 - p % N];
        }
        return mirrored;
    }
}
