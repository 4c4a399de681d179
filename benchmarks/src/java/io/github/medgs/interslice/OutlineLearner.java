package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntSupplier;

/**
 * Learns an {@link OutlineNetwork}: logistic loss of (guess + correction) / {@value #SOFTNESS} pixels against whether
 * the pixel is inside.
 *
 * <p>Chunks of a batch are shared out and their gradients added in order: the same network for any number of threads.
 */
final class OutlineLearner {

    private static final int[] SIZES = {OutlinePatches.SIZE, 64, 64, 1};
    private static final int CHUNKS = 8;
    private static final int BATCH = CHUNKS * OutlineNetwork.BATCH;
    private static final float SOFTNESS = 0.4f;
    private static final Parameters.Course COURSE =
            new Parameters.Course(3e-3, 0.3, 0.999, 1e-2, Double.POSITIVE_INFINITY);

    private final OutlineExamples examples;
    private final Workers workers;
    private final Random random;
    private final int layers = SIZES.length - 1;

    private final float[][] weights = new float[layers][];
    private final float[][] biases = new float[layers][];
    private final Chunk[] chunks = new Chunk[CHUNKS];
    private final Parameters parameters;
    private final OutlineNetwork network;

    OutlineLearner(OutlineExamples examples, Workers workers, long seed) {
        this.examples = examples;
        this.workers = workers;
        this.random = new Random(seed);
        for (int l = 0; l < layers; l++) {
            boolean last = l == layers - 1;
            double bound = (last ? 0.01 : 1) / Math.sqrt(SIZES[l]);
            weights[l] = Parameters.uniform(random, SIZES[l] * SIZES[l + 1], bound);
            biases[l] = Parameters.uniform(random, SIZES[l + 1], last ? 0 : bound);
        }
        parameters = new Parameters(weights, biases, COURSE);
        network = new OutlineNetwork(new NetworkWeights(SIZES, weights, biases));
        Arrays.setAll(chunks, n -> new Chunk());
    }

    /** @param passes how often each example is met, in the mean */
    OutlineNetwork learn(double passes) {
        int steps = (int) (passes * examples.count() / BATCH);
        double loss = 0;
        for (int step = 0; step < steps; step++) {
            double mean = run(() -> random.nextInt(examples.count()));
            parameters.move(step, steps, this::gradient);
            loss += (mean - loss) / Math.min(step + 1, 1000);
            if (step % 1000 == 999 || step == steps - 1) {
                System.out.printf("step %d of %d, loss %.5f%n", step + 1, steps, loss);
            }
        }
        return network;
    }

    /** The mean loss of some examples; leaves its gradient. */
    private double run(IntSupplier numbers) {
        for (Chunk chunk : chunks) {
            for (int n = 0; n < OutlineNetwork.BATCH; n++) {
                chunk.numbers[n] = numbers.getAsInt();
            }
        }
        workers.forEach(CHUNKS, (c, worker) -> chunks[c].run());
        double sum = 0;
        for (Chunk chunk : chunks) {
            sum += chunk.loss;
        }
        return sum / BATCH;
    }

    /** The mean loss of one fixed batch, with one of the parameters, in the order of {@link #gradient}, changed. */
    double loss(int parameter, float change) {
        Random fixed = new Random(BATCH);
        return parameters.changed(parameter, change, () -> run(() -> fixed.nextInt(examples.count())));
    }

    /** The gradient of the fixed batch's mean loss: of each layer the weights', then the biases'. */
    double[] gradient() {
        loss(0, 0);
        return parameters.all(this::gradient);
    }

    private double gradient(int array, int i) {
        double sum = 0;
        for (Chunk chunk : chunks) {
            sum += (array % 2 == 0 ? chunk.weightGradients : chunk.biasGradients)[array / 2][i];
        }
        return sum;
    }

    /** One chunk's way through the network and back. */
    private final class Chunk {

        final int[] numbers = new int[OutlineNetwork.BATCH];
        final float[][][] values = network.workspace();
        final float[][][] changes = network.workspace();
        final float[][] weightGradients = new float[layers][];
        final float[][] biasGradients = new float[layers][];
        final float[] example = new float[OutlinePatches.SIZE];
        final float[] row;
        double loss;

        Chunk() {
            int widest = 0;
            for (int n = 0; n <= layers; n++) {
                widest = Math.max(widest, SIZES[n]);
            }
            for (int l = 0; l < layers; l++) {
                weightGradients[l] = new float[SIZES[l] * SIZES[l + 1]];
                biasGradients[l] = new float[SIZES[l + 1]];
            }
            row = new float[widest];
        }

        void run() {
            for (int n = 0; n < OutlineNetwork.BATCH; n++) {
                examples.read(numbers[n], example);
                for (int i = 0; i < example.length; i++) {
                    values[0][i][n] = example[i];
                }
            }
            network.forward(values);
            loss = 0;
            for (int n = 0; n < OutlineNetwork.BATCH; n++) {
                double logit = (examples.guess(numbers[n]) + values[layers][0][n]) / SOFTNESS;
                double truth = examples.inside(numbers[n]) ? 1 : 0;
                loss += Math.max(logit, 0) - logit * truth + Math.log1p(Math.exp(-Math.abs(logit)));
                changes[layers][0][n] = (float) ((1 / (1 + Math.exp(-logit)) - truth) / SOFTNESS / BATCH);
            }
            for (int l = layers - 1; l >= 0; l--) {
                back(l);
            }
        }

        private void back(int l) {
            int inputs = SIZES[l];
            int outputs = SIZES[l + 1];
            Arrays.fill(weightGradients[l], 0);
            Arrays.fill(biasGradients[l], 0);
            for (int n = 0; n < OutlineNetwork.BATCH; n++) {
                for (int i = 0; i < inputs; i++) {
                    row[i] = values[l][i][n];
                }
                for (int o = 0; o < outputs; o++) {
                    float change = changes[l + 1][o][n];
                    if (change != 0) {
                        biasGradients[l][o] += change;
                        add(change, row, weightGradients[l], o * inputs, inputs);
                    }
                }
            }
            if (l == 0) {
                return;
            }
            for (int i = 0; i < inputs; i++) {
                float[] change = changes[l][i];
                Arrays.fill(change, 0);
                for (int o = 0; o < outputs; o++) {
                    add(weights[l][o * inputs + i], changes[l + 1][o], change, 0, change.length);
                }
                for (int n = 0; n < change.length; n++) {
                    change[n] = values[l][i][n] > 0 ? change[n] : 0;
                }
            }
        }

        private static void add(float factor, float[] from, float[] to, int at, int count) {
            for (int n = 0; n < count; n++) {
                to[at + n] += factor * from[n];
            }
        }
    }
}
