package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Learns a {@link DetailNetwork}: squared error over that of the guess, and {@value #SSIM_WEIGHT} times what SSIM lacks,
 * on parts of left-out slices, mirrored and turned.
 *
 * <p>The parts of a batch are shared out and their gradients added in order, and vectors are eight lanes wide on every
 * machine: the same network for any number of threads.
 */
final class DetailLearner {

    private static final int[] SIZES = {DetailInputs.SIZE, 24, 24, 24, 24, 1};
    private static final int BATCH = 12;
    private static final int SIDE = 48;
    private static final Parameters.Course COURSE = new Parameters.Course(2e-3, 0.1, 0.98, 0, 1);
    private static final double SSIM_WEIGHT = 2;

    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_256;
    private static final int TAPS = ConvolutionNetwork.TAPS;

    private final DetailExamples examples;
    private final double[] ends;
    private final Workers workers;
    private final Random random;
    private final int layers = SIZES.length - 1;
    private final float[][] weights = new float[layers][];
    private final float[][] biases = new float[layers][];
    private final Parameters parameters;
    private final Part[] parts = new Part[BATCH];
    private final ConvolutionNetwork network;

    DetailLearner(DetailExamples examples, Workers workers, long seed) {
        this.examples = examples;
        this.workers = workers;
        this.random = new Random(seed);
        this.ends = new double[examples.cuts().size()];
        double end = 0;
        for (int n = 0; n < ends.length; n++) {
            end += examples.cuts().get(n).share();
            ends[n] = end;
        }
        for (int l = 0; l < layers; l++) {
            boolean last = l == layers - 1;
            double bound = (last ? 0.1 : 1) / Math.sqrt(TAPS * SIZES[l]);
            weights[l] = Parameters.uniform(random, TAPS * SIZES[l] * SIZES[l + 1], bound);
            biases[l] = Parameters.uniform(random, SIZES[l + 1], last ? 0 : bound);
        }
        parameters = new Parameters(weights, biases, COURSE);
        network = new ConvolutionNetwork(new NetworkWeights(SIZES, weights, biases), DetailNetwork.DILATIONS);
        Arrays.setAll(parts, n -> new Part());
    }

    NetworkWeights learn(int steps) {
        double loss = 0;
        double error = 0;
        for (int step = 0; step < steps; step++) {
            loss += (run(random) - loss) / Math.min(step + 1, 500);
            double left = IntStream.range(0, BATCH).mapToDouble(n -> parts[n].error).sum()
                    / IntStream.range(0, BATCH).mapToDouble(n -> parts[n].errorOfGuess).sum();
            error += (left - error) / Math.min(step + 1, 500);
            parameters.move(step, steps, this::gradient);
            if (step % 500 == 499 || step == steps - 1) {
                System.out.printf("step %d of %d, loss %.4f, error %.4f of the guess's%n", step + 1, steps, loss, error);
            }
        }
        return network.weights();
    }

    /** The mean loss of some parts; leaves its gradient. */
    private double run(Random choice) {
        long[] seeds = choice.longs(BATCH).toArray();
        workers.forEach(BATCH, (n, worker) -> parts[n].run(new Random(seeds[n])));
        return IntStream.range(0, BATCH).mapToDouble(n -> parts[n].loss).sum() / BATCH;
    }

    /** The mean loss of one fixed batch, with one of the parameters, in the order of {@link #gradient}, changed. */
    double loss(int parameter, float change) {
        return parameters.changed(parameter, change, () -> run(new Random(BATCH)));
    }

    /** The gradient of the fixed batch's mean loss: of each layer the weights', then the biases'. */
    double[] gradient() {
        loss(0, 0);
        return parameters.all(this::gradient);
    }

    private double gradient(int n, int i) {
        double sum = 0;
        for (Part part : parts) {
            sum += part.gradients[n][i];
        }
        return sum / BATCH;
    }

    /** One part's way through the network and back. */
    private final class Part {

        final float[][] gradients = new float[2 * layers][];
        final SsimLoss ssim = new SsimLoss();
        ConvolutionNetwork.Frame frame = new ConvolutionNetwork.Frame(0, 0);
        float[][][] planes;
        float[][][] changes;
        double loss;
        double error;
        double errorOfGuess;

        Part() {
            Arrays.setAll(gradients, n -> new float[parameters.values(n).length]);
        }

        void run(Random chosen) {
            double at = chosen.nextDouble() * ends[ends.length - 1];
            int number = 0;
            while (ends[number] <= at) {
                number++;
            }
            DetailExamples.Cut cut = examples.cuts().get(number);
            DetailExamples.Picture picture = cut.pictures().get(chosen.nextInt(cut.pictures().size()));
            boolean upright = chosen.nextBoolean();
            int height = Math.min(SIDE, upright ? cut.height() : cut.width());
            int width = Math.min(SIDE, upright ? cut.width() : cut.height());
            int top = chosen.nextInt((upright ? cut.height() : cut.width()) - height + 1);
            int left = chosen.nextInt((upright ? cut.width() : cut.height()) - width + 1);
            boolean flipped = chosen.nextBoolean();
            boolean mirrored = chosen.nextBoolean();
            boolean turned = chosen.nextBoolean();
            if (frame.height() != height || frame.width() != width) {
                frame = new ConvolutionNetwork.Frame(height, width);
                planes = network.workspace(frame);
                changes = network.workspace(frame);
            }
            float[] guess = new float[height * width];
            float[] truth = new float[height * width];
            for (int r = 0; r < height; r++) {
                for (int c = 0; c < width; c++) {
                    int row = top + (flipped ? height - 1 - r : r);
                    int column = left + (mirrored ? width - 1 - c : c);
                    int p = upright ? row * cut.width() + column : column * cut.width() + row;
                    guess[r * width + c] = picture.guess()[p];
                    truth[r * width + c] = picture.truth()[p];
                    for (int i = 0; i < DetailInputs.SIZE; i++) {
                        planes[0][i][frame.at(r, c)] = Float.float16ToFloat(picture.planes()[i][p]);
                    }
                }
            }
            if (turned) {
                DetailNetwork.turn(planes[0]);
            }
            network.forward(planes, frame);
            measure(guess, truth, cut);
            for (int l = layers - 1; l >= 0; l--) {
                back(l);
            }
        }

        private void measure(float[] guess, float[] truth, DetailExamples.Cut cut) {
            int width = frame.width();
            float[] drawn = new float[guess.length];
            double squared = 0;
            double squaredGuess = 0;
            for (int p = 0; p < drawn.length; p++) {
                drawn[p] = guess[p] + cut.unit() * planes[layers][0][frame.at(p / width, p % width)];
                squared += (double) (drawn[p] - truth[p]) * (drawn[p] - truth[p]);
                squaredGuess += (double) (guess[p] - truth[p]) * (guess[p] - truth[p]);
            }
            error = squared / drawn.length / cut.error();
            errorOfGuess = squaredGuess / drawn.length / cut.error();
            float[] gradient = new float[drawn.length];
            loss = error + SSIM_WEIGHT * ssim.of(drawn, truth, frame.height(), width, gradient);
            for (int p = 0; p < drawn.length; p++) {
                changes[layers][0][frame.at(p / width, p % width)] = (float) (cut.unit()
                        * (2 * (drawn[p] - truth[p]) / drawn.length / cut.error() + SSIM_WEIGHT * gradient[p]));
            }
        }

        private void back(int l) {
            for (int o = 0; o < SIZES[l + 1]; o++) {
                float[] change = changes[l + 1][o];
                float sum = 0;
                for (int p = frame.first(); p < frame.end(); p++) {
                    sum += change[p];
                }
                gradients[2 * l + 1][o] = sum;
                for (int i = 0; i < SIZES[l]; i++) {
                    correlate(change, planes[l][i], network.dilation(l), gradients[2 * l], (o * SIZES[l] + i) * TAPS);
                }
            }
            if (l == 0) {
                return;
            }
            ConvolutionNetwork.convolve(changes[l + 1], transposed(l), null, network.dilation(l), frame, changes[l]);
            for (int i = 0; i < SIZES[l]; i++) {
                float[] change = changes[l][i];
                float[] value = planes[l][i];
                for (int p = frame.first(); p < frame.end(); p++) {
                    change[p] *= value[p] > 0 ? 1 : ConvolutionNetwork.LEAK;
                }
                frame.clearSides(change);
            }
        }

        /** Weights by which a change goes back: input by input, of each output by output, the last tap first. */
        private float[] transposed(int l) {
            float[] transposed = new float[weights[l].length];
            for (int n = 0; n < transposed.length; n++) {
                int input = n / TAPS / SIZES[l + 1];
                int output = n / TAPS % SIZES[l + 1];
                transposed[n] = weights[l][(output * SIZES[l] + input) * TAPS + TAPS - 1 - n % TAPS];
            }
            return transposed;
        }

        /** Sums of a change times a plane shifted to each tap; what lies beside the rows is zero in the change. */
        private void correlate(float[] change, float[] plane, int dilation, float[] sums, int at) {
            int stride = frame.stride();
            int end = frame.end();
            int whole = frame.first() + LANES.loopBound(end - frame.first());
            for (int t = 0; t < TAPS; t += 3) {
                int shift = (t / 3 - 1) * dilation * stride;
                FloatVector left = FloatVector.zero(LANES);
                FloatVector middle = left;
                FloatVector right = left;
                for (int p = frame.first(); p < whole; p += LANES.length()) {
                    FloatVector by = FloatVector.fromArray(LANES, change, p);
                    left = by.fma(FloatVector.fromArray(LANES, plane, p + shift - dilation), left);
                    middle = by.fma(FloatVector.fromArray(LANES, plane, p + shift), middle);
                    right = by.fma(FloatVector.fromArray(LANES, plane, p + shift + dilation), right);
                }
                float[] tails = new float[3];
                for (int p = whole; p < end; p++) {
                    tails[0] += change[p] * plane[p + shift - dilation];
                    tails[1] += change[p] * plane[p + shift];
                    tails[2] += change[p] * plane[p + shift + dilation];
                }
                sums[at + t] = sum(left) + tails[0];
                sums[at + t + 1] = sum(middle) + tails[1];
                sums[at + t + 2] = sum(right) + tails[2];
            }
        }

        private float sum(FloatVector lanes) {
            float sum = 0;
            for (float lane : lanes.toArray()) {
                sum += lane;
            }
            return sum;
        }
    }
}
