package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionNetworkTest {

    private static final int[] SIZES = {3, 5, 4, 1};
    private static final int[] DILATIONS = {1, 4, 2};

    private static NetworkWeights random(Random random) {
        float[][] weights = new float[3][];
        float[][] biases = new float[3][];
        for (int l = 0; l < 3; l++) {
            weights[l] = floats(random, ConvolutionNetwork.TAPS * SIZES[l] * SIZES[l + 1]);
            biases[l] = floats(random, SIZES[l + 1]);
        }
        return new NetworkWeights(SIZES, weights, biases);
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int n = 0; n < count; n++) {
            values[n] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Pictures smaller than the taps reach, of one run and of several. */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 7", "11, 30", "40, 23"})
    void itIsLayersOfConvolutionsAndLeakyRectifiersBetweenThem(int height, int width) {
        Random random = new Random(7);
        NetworkWeights weights = random(random);
        ConvolutionNetwork network = new ConvolutionNetwork(weights, DILATIONS);
        ConvolutionNetwork.Frame frame = new ConvolutionNetwork.Frame(height, width);
        float[][][] planes = network.workspace(frame);
        double[][][] expected = new double[SIZES[0]][height][width];
        for (int i = 0; i < SIZES[0]; i++) {
            for (int r = 0; r < height; r++) {
                for (int c = 0; c < width; c++) {
                    planes[0][i][frame.at(r, c)] = (float) random.nextGaussian();
                    expected[i][r][c] = planes[0][i][frame.at(r, c)];
                }
            }
        }
        // Twice, since what stands beside the rows must not add up.
        network.forward(planes, frame);
        network.forward(planes, frame);
        for (int l = 0; l < 3; l++) {
            expected = layer(expected, weights, l, height, width);
        }
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                double value = expected[0][r][c];
                assertEquals(value, planes[3][0][frame.at(r, c)], 1e-4 * (1 + Math.abs(value)), r + ", " + c);
            }
        }
    }

    private static double[][][] layer(double[][][] in, NetworkWeights weights, int l, int height, int width) {
        double[][][] out = new double[SIZES[l + 1]][height][width];
        for (int o = 0; o < out.length; o++) {
            for (int r = 0; r < height; r++) {
                for (int c = 0; c < width; c++) {
                    double sum = weights.biases()[l][o];
                    for (int i = 0; i < in.length; i++) {
                        for (int tap = 0; tap < 9; tap++) {
                            int row = r + DILATIONS[l] * (tap / 3 - 1);
                            int column = c + DILATIONS[l] * (tap % 3 - 1);
                            if (row >= 0 && row < height && column >= 0 && column < width) {
                                sum += weights.weights()[l][(o * in.length + i) * 9 + tap] * in[i][row][column];
                            }
                        }
                    }
                    out[o][r][c] = l < 2 && sum < 0 ? 0.1 * sum : sum;
                }
            }
        }
        return out;
    }
}
