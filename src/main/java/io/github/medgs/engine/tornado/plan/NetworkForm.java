package io.github.medgs.engine.tornado.plan;

import static io.github.medgs.engine.tornado.kernels.NetworkLayout.*;

import io.github.medgs.InputException;
import io.github.medgs.engine.tornado.device.Device;

/**
 * A network with one output and hidden layers of one width, as a device's kernels lay it out.
 *
 * @param in numbers that each layer gets; the first one's are the network's inputs
 * @param out numbers that each layer gives; the last one's is 1
 * @param join the layer before which the inputs are joined again, or -1
 * @param leak the rectifier's slope below zero
 * @param normalised whether weights are learnt as directions and lengths
 * @param capacity rows of the largest batch
 */
public record NetworkForm(int[] in, int[] out, int join, float leak, boolean normalised, int capacity) {

    public int inputs() {
        return in[0];
    }

    public int layers() {
        return in.length;
    }

    int hidden() {
        return in.length - 1;
    }

    int width() {
        return in[hidden()];
    }

    /** What layer l's input is scaled by. */
    float scale(int l) {
        return l == join ? JOINED_SCALE : 1f;
    }

    int slices() {
        return Math.ceilDiv(capacity, SLICE);
    }

    /** The integers that the kernels read. */
    int[] ints() {
        int[] ints = new int[FIRST_LAYER + layers() * LAYER_INTS];
        ints[INPUTS] = inputs();
        ints[WIDTH] = width();
        ints[LAYERS] = layers();
        ints[JOIN] = join;
        ints[CAPACITY] = capacity;
        ints[NORMALISED] = normalised ? 1 : 0;
        for (int l = 0; l < layers(); l++) {
            int layer = FIRST_LAYER + l * LAYER_INTS;
            ints[layer + IN] = in[l];
            ints[layer + OUT] = out[l];
            ints[layer + FIRST_WEIGHT] = ints[WEIGHTS];
            ints[layer + FIRST_UNIT] = ints[UNITS];
            ints[layer + FIRST_TILE] = ints[TILES];
            ints[WEIGHTS] += in[l] * out[l];
            ints[UNITS] += out[l];
            ints[TILES] += Math.ceilDiv(in[l], TILE) * Math.ceilDiv(out[l], TILE);
        }
        ints[CHANGES] = ints[GOT] + layers() * capacity * width();
        ints[ONES] = ints[CHANGES] + hidden() * capacity * width();
        ints[ALPHA] = ints[ONES] + capacity;
        ints[VALUE] = ints[ALPHA] + capacity;
        ints[SLOPE] = ints[VALUE] + capacity;
        ints[JOINED] = ints[SLOPE] + capacity * inputs();
        ints[STATE] = ints[JOINED] + capacity * inputs();
        return ints;
    }

    /** @throws InputException where the network needs larger buffers than the device gives, or than arrays are */
    void requireFits(Device device) {
        long state = (2L * layers() - 1) * capacity * width() + (3L + 2 * inputs()) * capacity;
        long weights = 0;
        for (int l = 0; l < layers(); l++) {
            weights += (long) in[l] * out[l];
        }
        DeviceLimits.requireBuffer(device, "what a network's layers give", state);
        DeviceLimits.requireBuffer(device, "a network's gradient", weights * slices());
    }
}
