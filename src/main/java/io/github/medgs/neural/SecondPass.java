package io.github.medgs.neural;

import io.github.medgs.parallel.Workers;
import java.util.Arrays;

/** The second pass of {@link HostNetwork}, and the weight gradient made of what it leaves. */
final class SecondPass {

    /** Panels of columns in one piece of the weight gradient. */
    private static final int STRIP = 2;

    private static final int STRIP_COLUMNS = STRIP * Panels.WIDTH;

    private final NetworkShape shape;
    private final Layer[] layers;
    private final MatrixProducts products;
    private final Workers workers;

    /** c of the first layer, row by row. */
    private final float[] first;
    private final float[][] scratch;
    private final Panels[] strips;

    /** alpha, c and d of the batch at hand. */
    private float[] byValue;
    private float[][] inputs;
    private float[][] changes;
    private int count;

    SecondPass(NetworkShape shape, Layer[] layers, int capacity, MatrixProducts products, Workers workers) {
        this.shape = shape;
        this.layers = layers;
        this.products = products;
        this.workers = workers;
        this.first = new float[capacity * shape.inputs()];
        this.scratch = new float[workers.count()][HostNetwork.BLOCK * shape.width()];
        this.strips = new Panels[workers.count()];
        Arrays.setAll(strips, w -> new Panels(HostNetwork.BLOCK, STRIP_COLUMNS));
    }

    /**
     * Fills the layers' gradients by W and by the biases.
     *
     * @param byGradient gamma, or null for none
     * @param inputs a of each layer but the first; c afterwards
     * @param changes d of each hidden layer
     */
    void run(float[] points, int count, float[] byValue, float[] byGradient, float[][] inputs, float[][] changes) {
        this.byValue = byValue;
        this.inputs = inputs;
        this.changes = changes;
        this.count = count;
        for (int r = 0; r < count; r++) {
            for (int i = r * shape.inputs(); i < (r + 1) * shape.inputs(); i++) {
                first[i] = byValue[r] * points[i] + (byGradient == null ? 0f : byGradient[i]);
            }
        }
        workers.forEach((count + HostNetwork.BLOCK - 1) / HostNetwork.BLOCK, (block, worker) -> {
            int from = block * HostNetwork.BLOCK;
            int rows = Math.min(HostNetwork.BLOCK, count - from);
            if (byGradient == null) {
                scaleBlock(from, rows);
            } else {
                carryBlock(from, rows, scratch[worker]);
            }
        });
        int strip = (shape.width() + STRIP_COLUMNS - 1) / STRIP_COLUMNS;
        int pieces = 1 + (shape.hidden() - 1) * strip;
        workers.forEach(pieces + layers.length, (piece, worker) -> {
            if (piece == 0) {
                sumStrip(0, 0, strips[worker]);
            } else if (piece < pieces) {
                sumStrip(1 + (piece - 1) / strip, (piece - 1) % strip * STRIP_COLUMNS, strips[worker]);
            } else {
                sumBiases(piece - pieces);
            }
        });
    }

    /** Without gamma c is alpha a: nothing has to run. */
    private void scaleBlock(int from, int rows) {
        int width = shape.width();
        for (int l = 1; l < layers.length; l++) {
            float[] input = inputs[l];
            for (int r = from; r < from + rows; r++) {
                float alpha = byValue[r];
                for (int i = r * width; i < (r + 1) * width; i++) {
                    input[i] *= alpha;
                }
            }
        }
    }

    private void carryBlock(int from, int rows, float[] next) {
        int width = shape.width();
        for (int l = 0; l < shape.hidden(); l++) {
            float[] bias = layers[l].bias;
            for (int r = 0; r < rows; r++) {
                float alpha = byValue[from + r];
                for (int i = 0; i < width; i++) {
                    next[r * width + i] = alpha * bias[i];
                }
            }
            products.multiply(carried(l, from), rows, layers[l].forward, MatrixView.rows(next, 0, width));
            products.applySlopes(next, 0, inputs[l + 1], from * width, rows * width, shape.leak(), shape.scale(l + 1));
            if (l + 1 == shape.join()) {
                shape.join(first, from, next, 0, rows);
            }
            System.arraycopy(next, 0, inputs[l + 1], from * width, rows * width);
        }
    }

    private MatrixView carried(int l, int from) {
        return l == 0 ? MatrixView.rows(first, from * shape.inputs(), shape.inputs())
                : MatrixView.rows(inputs[l], from * shape.width(), shape.width());
    }

    /** dL/dW of a hidden layer, columns {@code column} to {@code column} + {@value #STRIP_COLUMNS} - 1: the sum of d c'. */
    private void sumStrip(int l, int column, Panels packed) {
        Layer layer = layers[l];
        int columns = Math.min(STRIP_COLUMNS, layer.in - column);
        Panels panels = columns < STRIP_COLUMNS ? new Panels(HostNetwork.BLOCK, columns) : packed;
        for (int o = 0; o < layer.out; o++) {
            int place = o * layer.stride + column;
            Arrays.fill(layer.weightGradient, place, place + panels.count() * Panels.WIDTH, 0f);
        }
        for (int from = 0; from < count; from += HostNetwork.BLOCK) {
            int rows = Math.min(HostNetwork.BLOCK, count - from);
            if (rows < HostNetwork.BLOCK) {
                Arrays.fill(panels.values(), 0f);
            }
            MatrixView c = carried(l, from);
            panels.pack(new MatrixView(c.values(), c.start() + column, c.rowStride(), 1), 0, rows, 0, columns);
            // A last block's missing rows are zeros in the panels; of d, whose arrays end with a block, they meet anything.
            MatrixView d = MatrixView.rows(changes[l], from * shape.width(), shape.width());
            products.multiply(d.transposed(), layer.out, panels,
                    MatrixView.rows(layer.weightGradient, column, layer.stride));
        }
    }

    /** dL/db of a layer, the sum of alpha d; of the last one, whose d is 1, dL/dW too. */
    private void sumBiases(int l) {
        Layer layer = layers[l];
        int width = shape.width();
        float[] sums = layer.biasGradient;
        Arrays.fill(sums, 0f);
        if (l < shape.hidden()) {
            for (int r = 0; r < count; r++) {
                addRow(byValue[r], changes[l], r * width, sums, width);
            }
            return;
        }
        Arrays.fill(layer.weightGradient, 0f);
        for (int r = 0; r < count; r++) {
            addRow(1f, inputs[l], r * width, layer.weightGradient, width);
            sums[0] += byValue[r];
        }
    }

    private static void addRow(float factor, float[] rows, int from, float[] sums, int width) {
        for (int i = 0; i < width; i++) {
            sums[i] += factor * rows[from + i];
        }
    }
}
