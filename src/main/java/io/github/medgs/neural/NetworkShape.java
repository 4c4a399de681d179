package io.github.medgs.neural;

/**
 * The shape of a network with one output: hidden layers of equal width, each followed by a rectifier.
 *
 * @param inputs how many numbers go in, fewer than {@link Panels#WIDTH}
 * @param width of every hidden layer, a multiple of {@link Panels#WIDTH}
 * @param hidden how many hidden layers there are
 * @param join the layer, counted from 0, before which the inputs are joined again to what it gets, both divided by sqrt 2;
 *     the layer before it is narrower by the inputs; -1 for none
 * @param leak the rectifier's slope below zero, in [0, 1)
 * @param normalised whether weights are learnt as a direction and a length for each unit (Salimans and Kingma 2016)
 */
public record NetworkShape(int inputs, int width, int hidden, int join, float leak, boolean normalised) {

    private static final float JOINED = (float) Math.sqrt(0.5);

    public NetworkShape {
        if (inputs < 1 || inputs >= Panels.WIDTH || width != Panels.padded(width) || hidden < 1 || join == 0 || join >= hidden
                || !(leak >= 0 && leak < 1)) {
            throw new IllegalArgumentException(inputs + " inputs, " + hidden + " layers of " + width + ", joined before "
                    + join + ", leak " + leak);
        }
    }

    /** Layers with weights: the hidden ones and the output. */
    public int layers() {
        return hidden + 1;
    }

    /** Numbers that layer l gets. */
    public int in(int l) {
        return l == 0 ? inputs : width;
    }

    /** Numbers that layer l gives. */
    public int out(int l) {
        return l == hidden ? 1 : l + 1 == join ? width - inputs : width;
    }

    /** What layer l's input is scaled by. */
    public float scale(int l) {
        return l == join ? JOINED : 1f;
    }

    /** Writes the inputs of rows from {@code first} on, scaled, behind what the layer before the join gave. */
    void join(float[] points, int first, float[] to, int toFirst, int rows) {
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < inputs; i++) {
                to[(toFirst + r + 1) * width - inputs + i] = JOINED * points[(first + r) * inputs + i];
            }
        }
    }

    /** How many numbers are learnt. */
    public int parameters() {
        int count = 0;
        for (int l = 0; l < layers(); l++) {
            count += out(l) * (in(l) + (normalised ? 2 : 1));
        }
        return count;
    }
}
