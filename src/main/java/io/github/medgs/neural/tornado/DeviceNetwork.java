package io.github.medgs.neural.tornado;

import io.github.medgs.engine.Step;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.plan.NetworkForm;
import io.github.medgs.engine.tornado.plan.NetworkPlan;
import io.github.medgs.neural.Network;
import io.github.medgs.neural.NetworkShape;
import io.github.medgs.neural.NetworkStart;
import java.util.stream.IntStream;

/** A network whose weights stay on a device from its first batch to its last. */
final class DeviceNetwork implements Network {

    private final NetworkShape shape;
    private final int capacity;
    private final NetworkPlan plan;
    private boolean learnable;

    DeviceNetwork(Device device, NetworkStart start, int capacity) {
        this.shape = start.shape();
        this.capacity = capacity;
        int[] in = IntStream.range(0, shape.layers()).map(shape::in).toArray();
        int[] out = IntStream.range(0, shape.layers()).map(shape::out).toArray();
        float[][] weights = new float[in.length][];
        float[][] biases = new float[in.length][];
        for (int l = 0; l < in.length; l++) {
            weights[l] = start.weights(l);
            biases[l] = start.biases(l);
        }
        this.plan = new NetworkPlan(device,
                new NetworkForm(in, out, shape.join(), shape.leak(), shape.normalised(), capacity), weights, biases);
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
        learnable = withGradients;
        plan.pass(points, count, withGradients);
    }

    @Override
    public float[] values() {
        return plan.lastValues();
    }

    @Override
    public float[] gradients() {
        return plan.lastGradients();
    }

    @Override
    public void weightGradients(float[] byValue, float[] byGradient) {
        if (!learnable) {
            throw new IllegalStateException("weightGradients needs an unspent batch of forwardWithGradients");
        }
        learnable = false;
        plan.sum(byValue, byGradient);
    }

    @Override
    public void descend(Step.Adam adam, int iteration, double rate) {
        plan.descend((float) (rate / adam.firstCorrection(iteration)), adam.secondCorrection(iteration), adam.beta1(),
                adam.beta2(), adam.epsilon());
    }

    @Override
    public void close() {
        plan.close();
    }
}
