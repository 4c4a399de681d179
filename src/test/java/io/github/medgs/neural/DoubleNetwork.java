package io.github.medgs.neural;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** The network's formula written out in double precision, one place at a time: the oracle of its gradients. */
public final class DoubleNetwork {

    private final NetworkShape shape;
    private final Layer[] layers;

    public DoubleNetwork(Network network) {
        HostNetwork host = (HostNetwork) network;
        this.shape = host.shape();
        this.layers = host.layers();
    }

    /**
     * Numbers of one kind that a layer learns, and their gradients as the network left them.
     *
     * @param stride from row to row; {@code columns} of them are used
     */
    public record Learnt(String name, float[] values, float[] gradient, int rows, int columns, int stride) {

        /** Index of any of them. */
        public int any(Random random) {
            return random.nextInt(rows) * stride + random.nextInt(columns);
        }

        /** The largest gradient. */
        public double largest() {
            double largest = 0;
            for (float g : gradient) {
                largest = Math.max(largest, Math.abs(g));
            }
            return largest;
        }

        /**
         * Some of the gradients against central differences.
         *
         * @param loss by the values as they stand
         */
        public void check(Random random, int times, DoubleSupplier loss) {
            // So small a step that hardly any unit changes its side on the way.
            float step = 0x1p-22f;
            for (int n = 0; n < times; n++) {
                int index = any(random);
                float before = values[index];
                values[index] = before + step;
                double high = values[index];
                double above = loss.getAsDouble();
                values[index] = before - step;
                double low = values[index];
                double below = loss.getAsDouble();
                values[index] = before;
                double expected = (above - below) / (high - low);
                assertEquals(expected, gradient[index], 2e-3 * (Math.abs(expected) + 0.05 * largest()) + 1e-7, name);
            }
        }
    }

    /** All that is learnt, layer by layer. */
    public List<Learnt> learnt() {
        List<Learnt> all = new ArrayList<>();
        for (int l = 0; l < layers.length; l++) {
            Layer layer = layers[l];
            all.add(new Learnt("direction " + l, layer.direction, layer.weightGradient, layer.out, layer.in, layer.stride));
            all.add(new Learnt("bias " + l, layer.bias, layer.biasGradient, 1, layer.out, layer.out));
            if (layer.length != null) {
                all.add(new Learnt("length " + l, layer.length, layer.lengthGradient, 1, layer.out, layer.out));
            }
        }
        return all;
    }

    /** f(x). */
    public double value(double[] x) {
        return run(x, null)[0];
    }

    /** f(x), then its gradient, by one change along each input. */
    public double[] valueAndGradient(double[] x) {
        double[] all = new double[1 + x.length];
        for (int i = 0; i < x.length; i++) {
            double[] along = new double[x.length];
            along[i] = 1;
            double[] run = run(x, along);
            all[0] = run[0];
            all[1 + i] = run[1];
        }
        return all;
    }

    private double[] run(double[] x, double[] along) {
        double[] a = x.clone();
        double[] t = along == null ? new double[x.length] : along.clone();
        for (int l = 0; l < shape.layers(); l++) {
            if (l == shape.join()) {
                a = joined(a, x);
                t = joined(t, along == null ? new double[x.length] : along);
            }
            double[] next = new double[layers[l].out];
            double[] change = new double[layers[l].out];
            for (int o = 0; o < next.length; o++) {
                double scale = shape.normalised() ? layers[l].length[o] / norm(layers[l], o) : 1;
                double sum = layers[l].bias[o];
                double changed = 0;
                for (int i = 0; i < a.length; i++) {
                    sum += scale * layers[l].direction[o * layers[l].stride + i] * a[i];
                    changed += scale * layers[l].direction[o * layers[l].stride + i] * t[i];
                }
                double slope = l + 1 == shape.layers() || sum > 0 ? 1 : shape.leak();
                next[o] = slope * sum;
                change[o] = slope * changed;
            }
            a = next;
            t = change;
        }
        return new double[] {a[0], t[0]};
    }

    private static double[] joined(double[] a, double[] x) {
        double[] both = new double[a.length + x.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = Math.sqrt(0.5) * (i < a.length ? a[i] : x[i - a.length]);
        }
        return both;
    }

    private static double norm(Layer layer, int unit) {
        double squares = 0;
        for (int i = 0; i < layer.in; i++) {
            double v = layer.direction[unit * layer.stride + i];
            squares += v * v;
        }
        return Math.sqrt(squares);
    }
}
