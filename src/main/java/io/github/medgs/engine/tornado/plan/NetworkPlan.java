package io.github.medgs.engine.tornado.plan;

import static io.github.medgs.engine.tornado.kernels.NetworkLayout.*;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.kernels.LearningKernels;
import io.github.medgs.engine.tornado.kernels.NetworkKernels;
import io.github.medgs.engine.tornado.scheduling.Grids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;

/**
 * A network that lies on a device while it learns: a batch's places go up, f and its gradient come down, the loss' derivatives
 * by them go up again.
 */
public final class NetworkPlan implements AutoCloseable {

    private static final int BEGIN = 0;
    private static final int VALUES = 1;
    private static final int GRADIENTS = 2;
    private static final int SUMS = 3;
    private static final int LEARN = 4;

    private static final int NONE = -1;

    /**
     * Whose buffers all other graphs go on with. They take them from whatever graph was the last one to run, so each of them
     * keeps them all; a graph that named another one here would be given nothing but what it named.
     */
    private static final String RESIDENT = "network";

    private final NetworkForm network;
    private final int[] form;
    private final int[] count = new int[1];
    private final float[] step = new float[STEP_FLOATS];
    private final float[] points;
    private final float[] byValue;
    private final float[] byGradient;
    private final float[] values;
    private final float[] gradients;
    private final float[] state;
    private final float[] weights;
    private final float[] transposed;
    private final float[] weightParts;
    private final float[] biasParts;
    private final float[] directions;
    private final float[] first;
    private final float[] second;
    private final float[] units;
    private final float[] firstOfUnits;
    private final float[] secondOfUnits;

    private final DevicePlan plan;

    /**
     * @param weights of each layer, numbers out x numbers in
     * @param biases of each layer
     */
    public NetworkPlan(Device device, NetworkForm network, float[][] weights, float[][] biases) {
        network.requireFits(device);
        this.network = network;
        form = network.ints();
        int rows = network.capacity();
        points = new float[rows * network.inputs()];
        byValue = new float[rows];
        byGradient = new float[rows * network.inputs()];
        values = new float[rows];
        gradients = new float[rows * network.inputs()];
        state = new float[form[STATE]];
        this.weights = new float[form[WEIGHTS]];
        transposed = new float[form[WEIGHTS]];
        weightParts = new float[form[WEIGHTS] * network.slices()];
        biasParts = new float[form[UNITS] * network.slices()];
        directions = new float[form[WEIGHTS]];
        first = new float[form[WEIGHTS]];
        second = new float[form[WEIGHTS]];
        units = new float[2 * form[UNITS]];
        firstOfUnits = new float[2 * form[UNITS]];
        secondOfUnits = new float[2 * form[UNITS]];
        takeUp(weights, biases);
        plan = new DevicePlan(device, begin(), values(), gradients(), sums(), learn());
        plan.execute(BEGIN);
    }

    private void takeUp(float[][] start, float[][] biases) {
        for (int l = 0; l < network.layers(); l++) {
            int in = network.in()[l];
            System.arraycopy(start[l], 0, directions, firstWeight(l), start[l].length);
            for (int unit = 0; unit < network.out()[l]; unit++) {
                double squares = 0;
                for (int i = unit * in; i < (unit + 1) * in; i++) {
                    squares += (double) start[l][i] * start[l][i];
                }
                units[firstUnit(l) + unit] = (float) Math.sqrt(squares);
                units[form[UNITS] + firstUnit(l) + unit] = biases[l][unit];
            }
        }
    }

    private int firstWeight(int l) {
        return form[FIRST_LAYER + l * LAYER_INTS + FIRST_WEIGHT];
    }

    private int firstUnit(int l) {
        return form[FIRST_LAYER + l * LAYER_INTS + FIRST_UNIT];
    }

    /** Where in the state lies what layer l gets. */
    private int got(int l) {
        return form[GOT] + l * network.capacity() * network.width();
    }

    /** Where the derivatives by layer l's sums lie; those by the output are 1. */
    private int changes(int l) {
        return l == network.hidden() ? form[ONES] : form[CHANGES] + l * network.capacity() * network.width();
    }

    private int changesStride(int l) {
        return l == network.hidden() ? 1 : network.width();
    }

    private Stage begin() {
        List<KernelTask> tasks = List.of(
                new KernelTask("begin", Grids.elements(network.capacity()), graph -> graph.task("begin",
                        NetworkKernels::begin, new KernelContext(), form, state)),
                refresh());
        return new Stage(RESIDENT, graph -> DevicePlan.always(graph, resident()), tasks, this::keep);
    }

    private Stage values() {
        List<KernelTask> tasks = forward();
        tasks.add(leave());
        return new Stage("values", this::sendPoints, tasks, graph -> DevicePlan.back(keep(graph), values, gradients));
    }

    private Stage gradients() {
        List<KernelTask> tasks = forward();
        for (int l = network.hidden() - 1; l >= 0; l--) {
            tasks.add(product("change" + l, weights, product(network.out()[l + 1], network.out()[l], changes(l + 1),
                    changesStride(l + 1), firstWeight(l + 1), network.in()[l + 1], changes(l), network.width(), NONE, 0,
                    got(l + 1)), slopes(l + 1)));
        }
        int inputs = network.inputs();
        if (network.join() > 0) {
            // What came back through the join goes to the inputs' gradient, and no further.
            int l = network.join();
            tasks.add(product("joined", weights, product(network.out()[l], inputs, changes(l), changesStride(l),
                    firstWeight(l) + network.width() - inputs, network.in()[l], form[JOINED], inputs, NONE, 0, NONE),
                    new float[] {network.scale(l), network.scale(l)}));
        }
        tasks.add(product("slope", weights, product(network.out()[0], inputs, changes(0), changesStride(0), firstWeight(0),
                inputs, form[SLOPE], inputs, NONE, 0, NONE), new float[] {1f, 1f}));
        tasks.add(leave());
        return new Stage("gradients", this::sendPoints, tasks,
                graph -> DevicePlan.back(keep(graph), values, gradients));
    }

    private Stage sums() {
        List<KernelTask> tasks = new ArrayList<>();
        tasks.add(new KernelTask("carry", Grids.elements(points.length), graph -> graph.task("carry", NetworkKernels::carry,
                new KernelContext(), form, count, points, byValue, byGradient, state)));
        for (int l = 0; l < network.hidden(); l++) {
            tasks.add(product("carry" + l, transposed, forward(l, form[ALPHA], got(l + 1)), slopes(l + 1)));
        }
        tasks.add(new KernelTask("weights", Grids.groups(form[TILES] * network.slices()), graph -> graph.task("weights",
                LearningKernels::weights, new KernelContext(), form, count, state, weightParts)));
        tasks.add(new KernelTask("biases", Grids.elements(biasParts.length), graph -> graph.task("biases",
                LearningKernels::biases, new KernelContext(), form, count, state, biasParts)));
        return new Stage("sums", graph -> DevicePlan.once(DevicePlan.always(consume(graph), count, points, byValue,
                byGradient), weightParts, biasParts), tasks, graph -> keep(graph).persistOnDevice(weightParts, biasParts));
    }

    private Stage learn() {
        List<KernelTask> tasks = List.of(
                new KernelTask("descend", Grids.groups(form[UNITS]), graph -> graph.task("descend", LearningKernels::descend,
                        new KernelContext(), form, count, step, weightParts, biasParts, directions, first, second, units,
                        firstOfUnits, secondOfUnits)),
                refresh());
        return new Stage("learn", graph -> DevicePlan.once(DevicePlan.always(
                consume(graph).consumeFromDevice(RESIDENT, weightParts, biasParts), count, step), first, second, firstOfUnits,
                secondOfUnits), tasks,
                graph -> keep(graph).persistOnDevice(first, second, firstOfUnits, secondOfUnits));
    }

    private List<KernelTask> forward() {
        List<KernelTask> tasks = new ArrayList<>();
        tasks.add(new KernelTask("enter", Grids.elements(points.length), graph -> graph.task("enter", NetworkKernels::enter,
                new KernelContext(), form, count, points, state)));
        for (int l = 0; l < network.layers(); l++) {
            boolean output = l == network.hidden();
            tasks.add(product("layer" + l, transposed, forward(l, form[ONES], NONE),
                    output ? new float[] {1f, 1f} : slopes(l + 1)));
        }
        return tasks;
    }

    /** Layer l's product of values, or of what the second pass carries. */
    private int[] forward(int l, int factors, int signs) {
        boolean output = l == network.hidden();
        return product(network.in()[l], network.out()[l], got(l), network.width(), firstWeight(l), network.out()[l],
                output ? form[VALUE] : got(l + 1), output ? 1 : network.width(), factors, form[UNITS] + firstUnit(l), signs);
    }

    private float[] slopes(int l) {
        return new float[] {network.scale(l), network.scale(l) * network.leak()};
    }

    private static int[] product(int depth, int columns, int left, int leftStride, int right, int rightStride, int to,
            int toStride, int factors, int biases, int signs) {
        int[] sizes = new int[PRODUCT_INTS];
        sizes[DEPTH] = depth;
        sizes[COLUMNS] = columns;
        sizes[LEFT] = left;
        sizes[LEFT_STRIDE] = leftStride;
        sizes[RIGHT] = right;
        sizes[RIGHT_STRIDE] = rightStride;
        sizes[TO] = to;
        sizes[TO_STRIDE] = toStride;
        sizes[FACTORS] = factors;
        sizes[BIASES] = biases;
        sizes[SIGNS] = signs;
        return sizes;
    }

    private KernelTask product(String name, float[] right, int[] sizes, float[] slopes) {
        int tiles = Math.ceilDiv(network.capacity(), TILE) * Math.ceilDiv(sizes[COLUMNS], TILE);
        return new KernelTask(name, Grids.groups(tiles), graph -> DevicePlan.once(graph, sizes, slopes).task(name,
                NetworkKernels::layer, new KernelContext(), count, sizes, slopes, right, units, state));
    }

    private KernelTask leave() {
        return new KernelTask("leave", Grids.elements(network.capacity()), graph -> graph.task("leave",
                NetworkKernels::leave, new KernelContext(), form, state, values, gradients));
    }

    private KernelTask refresh() {
        return new KernelTask("refresh", Grids.groups(form[UNITS]), graph -> graph.task("refresh", LearningKernels::refresh,
                new KernelContext(), form, directions, units, weights, transposed));
    }

    private Object[] resident() {
        return new Object[] {form, state, directions, units, weights, transposed};
    }

    private TaskGraph consume(TaskGraph graph) {
        return graph.consumeFromDevice(RESIDENT, resident());
    }

    private TaskGraph keep(TaskGraph graph) {
        return graph.persistOnDevice(resident());
    }

    private TaskGraph sendPoints(TaskGraph graph) {
        return DevicePlan.always(consume(graph), count, points);
    }

    /**
     * f at some places, and its gradient where that is wanted.
     *
     * @param places rows x inputs
     */
    public void pass(float[] places, int rows, boolean withGradients) {
        count[0] = rows;
        System.arraycopy(places, 0, points, 0, rows * network.inputs());
        plan.execute(withGradients ? GRADIENTS : VALUES);
    }

    /** Sums the weights' gradient of a loss of the last batch; {@code null} where it knows no gradient. */
    public void sum(float[] ofValue, float[] ofGradient) {
        System.arraycopy(ofValue, 0, byValue, 0, count[0]);
        if (ofGradient == null) {
            Arrays.fill(byGradient, 0f);
        } else {
            System.arraycopy(ofGradient, 0, byGradient, 0, count[0] * network.inputs());
        }
        plan.execute(SUMS);
    }

    /** A step of Adam down the last sums. */
    public void descend(float stepSize, float correction, float beta1, float beta2, float epsilon) {
        step[STEP_SIZE] = stepSize;
        step[CORRECTION] = correction;
        step[BETA_1] = beta1;
        step[BETA_2] = beta2;
        step[EPSILON] = epsilon;
        plan.execute(LEARN);
    }

    /** f at each row of the last batch. */
    public float[] lastValues() {
        return values;
    }

    /** Its gradients, row by row. */
    public float[] lastGradients() {
        return gradients;
    }

    public DevicePlan devicePlan() {
        return plan;
    }

    @Override
    public void close() {
        plan.close();
    }
}
