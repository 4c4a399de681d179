package io.github.medgs.neural;

/** The network's formula written out in double precision, one place at a time: the oracle of its gradients. */
final class DoubleNetwork {

    private final NetworkShape shape;
    private final Layer[] layers;

    DoubleNetwork(Network network) {
        this.shape = network.shape();
        this.layers = network.layers();
    }

    /** f(x). */
    double value(double[] x) {
        return run(x, null)[0];
    }

    /** f(x), then its gradient, by one change along each input. */
    double[] valueAndGradient(double[] x) {
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
