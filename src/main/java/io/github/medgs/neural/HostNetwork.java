package io.github.medgs.neural;

import io.github.medgs.engine.Step;
import io.github.medgs.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * A network on the processor. Threads share blocks of a batch, and in the weight gradient strips of a layer's columns, so each
 * number is one sum in one order: the same bits for any number of threads.
 */
public final class HostNetwork implements Network {

    /** Rows of a batch that one thread takes at once: their numbers of two layers stay in a core's second cache. */
    static final int BLOCK = 100;

    private final NetworkShape shape;
    private final MatrixProducts products;
    private final Workers workers;
    private final Layer[] layers;
    private final List<Band> bands = new ArrayList<>();
    private final int capacity;
    private final SecondPass secondPass;

    /** A layer's units that one thread takes at once. */
    private record Band(Layer layer, int band) {}

    private float[] points;
    private int count;

    /** Whether the last batch left what {@link #weightGradients} reads, and nothing has spent it. */
    private boolean learnable;

    private final float[] values;
    private final float[] gradients;

    /** a of each layer but the first; {@link #weightGradients} puts c in its place. */
    private final float[][] inputs;

    /** d of each hidden layer. */
    private final float[][] changes;

    /** @param capacity rows of the largest batch */
    public HostNetwork(NetworkStart start, int capacity, MatrixProducts products, Workers workers) {
        this.shape = start.shape();
        this.products = products;
        this.workers = workers;
        this.capacity = capacity;
        this.layers = new Layer[shape.layers()];
        for (int l = 0; l < layers.length; l++) {
            layers[l] = new Layer(shape.in(l), shape.out(l), shape.normalised());
            layers[l].begin(start.weights(l), start.biases(l));
            for (int band = 0; band < layers[l].bands(); band++) {
                bands.add(new Band(layers[l], band));
            }
        }
        this.values = new float[capacity];
        this.gradients = new float[capacity * shape.inputs()];
        this.inputs = new float[layers.length][];
        int wholeBlocks = (capacity + BLOCK - 1) / BLOCK * BLOCK;
        this.changes = new float[shape.hidden()][wholeBlocks * shape.width()];
        for (int l = 1; l < layers.length; l++) {
            inputs[l] = new float[capacity * shape.width()];
        }
        this.secondPass = new SecondPass(shape, layers, capacity, products, workers);
        refresh();
    }

    /** Makes the products' weights from what is learnt. */
    void refresh() {
        forEachBand(Layer::refresh);
    }

    private void forEachBand(ObjIntConsumer<Layer> work) {
        workers.forEach(bands.size(), (n, worker) -> work.accept(bands.get(n).layer(), bands.get(n).band()));
    }

    @Override
    public void forward(float[] points, int count) {
        pass(points, count, false);
    }

    @Override
    public void forwardWithGradients(float[] points, int count) {
        pass(points, count, true);
    }

    private void pass(float[] points, int count, boolean withGradients) {
        if (count > capacity || points.length < count * shape.inputs()) {
            throw new IllegalArgumentException(count + " rows of " + points.length + " numbers, room for " + capacity);
        }
        this.points = points;
        this.count = count;
        this.learnable = withGradients;
        workers.forEach(blocks(), (block, worker) -> {
            forwardBlock(block * BLOCK, rows(block));
            if (withGradients) {
                gradientBlock(block * BLOCK, rows(block));
            }
        });
    }

    @Override
    public float[] values() {
        return values;
    }

    @Override
    public float[] gradients() {
        return gradients;
    }

    @Override
    public void weightGradients(float[] byValue, float[] byGradient) {
        if (!learnable) {
            throw new IllegalStateException("weightGradients needs an unspent batch of forwardWithGradients");
        }
        learnable = false;
        secondPass.run(points, count, byValue, byGradient, inputs, changes);
        forEachBand(Layer::normaliseGradient);
    }

    @Override
    public void descend(Step.Adam adam, int iteration, double rate) {
        forEachBand((layer, band) -> {
            layer.descend(band, adam, iteration, rate);
            layer.refresh(band);
        });
    }

    /** The layers, the output's last. */
    Layer[] layers() {
        return layers;
    }

    NetworkShape shape() {
        return shape;
    }

    private int blocks() {
        return (count + BLOCK - 1) / BLOCK;
    }

    private int rows(int block) {
        return Math.min(BLOCK, count - block * BLOCK);
    }

    /** What layer l gets, from a row on. */
    private MatrixView input(int l, int first) {
        return l == 0 ? MatrixView.rows(points, first * shape.inputs(), shape.inputs())
                : MatrixView.rows(inputs[l], first * shape.width(), shape.width());
    }

    private void forwardBlock(int first, int rows) {
        int width = shape.width();
        for (int l = 0; l < shape.hidden(); l++) {
            float[] next = inputs[l + 1];
            for (int r = first; r < first + rows; r++) {
                System.arraycopy(layers[l].bias, 0, next, r * width, width);
            }
            products.multiply(input(l, first), rows, layers[l].forward, MatrixView.rows(next, first * width, width));
            float scale = shape.scale(l + 1);
            float leaked = scale * shape.leak();
            for (int i = first * width; i < (first + rows) * width; i++) {
                next[i] = Math.max(scale * next[i], leaked * next[i]);
            }
            if (l + 1 == shape.join()) {
                shape.join(points, first, next, first, rows);
            }
        }
        Layer last = layers[shape.hidden()];
        float[] got = inputs[shape.hidden()];
        for (int r = first; r < first + rows; r++) {
            float sum = last.bias[0];
            for (int i = 0; i < width; i++) {
                sum += last.weights[i] * got[r * width + i];
            }
            values[r] = sum;
        }
    }

    /** What came back through a join goes to the inputs' gradient, and no further. */
    private void unjoin(float[] back, int first, int rows) {
        int inputCount = shape.inputs();
        for (int r = first; r < first + rows; r++) {
            for (int i = 0; i < inputCount; i++) {
                int place = (r + 1) * shape.width() - inputCount + i;
                gradients[r * inputCount + i] = shape.scale(shape.join()) * back[place];
                back[place] = 0f;
            }
        }
    }

    private void gradientBlock(int first, int rows) {
        int width = shape.width();
        int inputCount = shape.inputs();
        int from = first * width;
        int size = rows * width;
        Arrays.fill(gradients, first * inputCount, (first + rows) * inputCount, 0f);
        for (int l = shape.hidden() - 1; l >= 0; l--) {
            float[] back = changes[l];
            Layer above = layers[l + 1];
            if (l == shape.hidden() - 1) {
                for (int r = first; r < first + rows; r++) {
                    System.arraycopy(above.weights, 0, back, r * width, width);
                }
            } else {
                Arrays.fill(back, from, from + size, 0f);
                products.multiply(MatrixView.rows(changes[l + 1], from, width), rows, above.backward,
                        MatrixView.rows(back, from, width));
            }
            if (l + 1 == shape.join()) {
                unjoin(back, first, rows);
            }
            products.applySlopes(back, from, inputs[l + 1], from, size, shape.leak(), shape.scale(l + 1));
        }
        float[] weights = layers[0].weights;
        int stride = layers[0].stride;
        for (int r = first; r < first + rows; r++) {
            for (int i = 0; i < inputCount; i++) {
                float sum = gradients[r * inputCount + i];
                for (int o = 0; o < layers[0].out; o++) {
                    sum += changes[0][r * width + o] * weights[o * stride + i];
                }
                gradients[r * inputCount + i] = sum;
            }
        }
    }
}
