package io.github.medgs.engine.tornado.plan;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.engine.tornado.kernels.BinKernels;
import io.github.medgs.engine.tornado.kernels.DrawKernels;
import io.github.medgs.engine.tornado.kernels.FoldKernels;
import io.github.medgs.engine.tornado.kernels.ScanKernels;
import io.github.medgs.engine.tornado.kernels.StateKernels;
import io.github.medgs.engine.tornado.kernels.StepLayout;
import io.github.medgs.engine.tornado.kernels.Targets;
import io.github.medgs.engine.tornado.scheduling.Grids;
import io.github.medgs.model.Compositing;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** From parameters to pixels: the buffers and kernels that training and rendering share. */
final class Drawing {

    final int[] ints;
    final FloatArray floats;
    final int[] form;
    final float[] parameters;
    final float[] splats;
    final int[] boxes;
    final int[] counters;
    final int[] blockSums;
    final int[] splatSums;
    final int[] tiles;
    final int[] owners;
    final int[] entries;
    final int[] slots;
    final int[] firstSlot;
    final float[] states;
    final int[] totals;
    final float[] pixels;
    private final Shape shape;
    private final WorkerGrid byGaussian;
    private Shape current;

    /** @param parameters rows x capacity, kept */
    Drawing(Shape shape, float[] parameters) {
        this.shape = shape;
        this.current = shape;
        this.parameters = parameters;
        ints = shape.newInts();
        floats = shape.newFloats();
        form = shape.form().toKernel();
        splats = new float[shape.views() * shape.capacity() * SPLAT_STRIDE];
        boxes = new int[shape.views() * shape.capacity() * BOX_INTS];
        counters = new int[shape.counters()];
        blockSums = new int[shape.scanBlocks()];
        splatSums = new int[shape.splatBlocks()];
        tiles = new int[shape.entries()];
        owners = new int[shape.entries()];
        entries = new int[shape.entries()];
        slots = new int[shape.entries()];
        firstSlot = new int[shape.splats() + 1];
        states = new float[shape.states()];
        totals = new int[LOG_ROWS];
        pixels = new float[shape.views() * 4 * shape.pixels()];
        byGaussian = Grids.byView(shape.capacity(), shape.views());
    }

    /** The buffers that are made and used on the device alone. */
    Object[] intermediates() {
        return new Object[] {splats, boxes, counters, blockSums, splatSums, tiles, owners, entries, slots, firstSlot,
            states, pixels, totals};
    }

    /** What goes up with the model and stays. */
    Object[] scalars() {
        return new Object[] {ints, form};
    }

    /** The stage that takes a model up which is only drawn, and the graphs after it that find it there. */
    Stage hold() {
        return new Stage("state", graph -> DevicePlan.always(DevicePlan.always(graph, scalars()), parameters),
                List.of(new KernelTask("hold", Grids.elements(1), graph -> graph.task("hold", StateKernels::hold,
                        new KernelContext(), ints, form, parameters))), this::keep);
    }

    TaskGraph held(TaskGraph graph) {
        return graph.consumeFromDevice("state", scalars()).consumeFromDevice("state", parameters);
    }

    TaskGraph keep(TaskGraph graph) {
        return graph.persistOnDevice(scalars()).persistOnDevice(parameters);
    }

    /** Has the next execution draw one view. */
    void want(float time, boolean image, boolean mask) {
        floats.set(VIEWS, 1);
        floats.set(FIRST_VIEW_FLOAT + StepLayout.TIME, time);
        floats.set(FIRST_VIEW_FLOAT + IMAGE_TARGET, image ? 0 : Targets.NONE);
        floats.set(FIRST_VIEW_FLOAT + MASK_TARGET, mask ? 0 : Targets.NONE);
    }

    /** Says how many Gaussians are alive, before the integers go up, and leaves launches at their full size. */
    void count(int alive) {
        ints[COUNT] = alive;
    }

    /** Says how many Gaussians are alive, and cuts launches to them. */
    void live(int alive) {
        count(alive);
        Grids.fit(byGaussian, alive);
    }

    /** Takes over the sizes of a shape that there is room for. */
    Shape adopt(Shape smaller) {
        if (!shape.hasRoomFor(smaller)) {
            throw new IllegalArgumentException(smaller + " in a plan of " + shape);
        }
        System.arraycopy(smaller.newInts(), 0, ints, 0, INTS);
        System.arraycopy(smaller.form().toKernel(), 0, form, 0, form.length);
        current = smaller;
        return smaller;
    }

    List<KernelTask> tasks() {
        List<KernelTask> tasks = new ArrayList<>(binning());
        tasks.add(new KernelTask("draw", Grids.tiles(shape.tiles() * shape.segments()), graph -> graph.task("draw",
                DrawKernels::draw, new KernelContext(), ints, floats, form, splats, counters, entries, states)));
        tasks.add(new KernelTask("compose", Grids.tiles(shape.tiles()), graph -> graph.task("compose",
                DrawKernels::compose, new KernelContext(), ints, floats, form, counters, states, pixels)));
        if (shape.form().compositing() == Compositing.ALPHA) {
            tasks.add(new KernelTask("finishPixels", Grids.tiles(shape.tiles() * shape.segments()),
                    graph -> graph.task("finishPixels", DrawKernels::finishPixels, new KernelContext(), ints, floats,
                            form, splats, counters, entries, states, pixels)));
        }
        return tasks;
    }

    /** From parameters to the tiles' lists. */
    List<KernelTask> binning() {
        WorkerGrid chunks = Grids.tiles(shape.chunks() * shape.views());
        return List.of(
                fold(),
                new KernelTask("sumSplats", Grids.groups(shape.splatBlocks()), graph -> graph.task("sumSplats",
                        BinKernels::sumSplats, new KernelContext(), ints, floats, firstSlot, splatSums)),
                new KernelTask("number", Grids.groups(shape.splatBlocks()), graph -> graph.task("number",
                        BinKernels::number, new KernelContext(), ints, floats, boxes, splatSums, firstSlot, tiles,
                        owners, totals)),
                new KernelTask("count", chunks, graph -> graph.task("count",
                        BinKernels::count, new KernelContext(), ints, firstSlot, tiles, counters)),
                new KernelTask("sumBlocks", Grids.groups(shape.scanBlocks()), graph -> graph.task("sumBlocks",
                        ScanKernels::sumBlocks, new KernelContext(), ints, counters, blockSums)),
                new KernelTask("scanBlocks", Grids.groups(shape.scanBlocks()), graph -> graph.task("scanBlocks",
                        ScanKernels::scanBlocks, new KernelContext(), ints, blockSums, counters)),
                new KernelTask("fill", chunks, graph -> graph.task("fill",
                        BinKernels::fill, new KernelContext(), ints, firstSlot, tiles, owners, counters, entries,
                        slots)));
    }

    KernelTask fold() {
        return new KernelTask("fold", byGaussian, graph -> graph.task("fold", FoldKernels::fold, new KernelContext(),
                ints, floats, form, parameters, splats, boxes, firstSlot));
    }

    /** Whether the tile entries of the step in a row of the log were more than there was room for. */
    boolean isOverflowed(int row) {
        return totals[row] > current.entries();
    }
}
