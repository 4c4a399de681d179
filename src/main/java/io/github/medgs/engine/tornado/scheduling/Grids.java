package io.github.medgs.engine.tornado.scheduling;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;

/**
 * Launch grids. Every task has one: left to itself TornadoVM may launch groups of a single thread. Global sizes are
 * rounded up to whole groups, and the kernels leave the threads beyond the end idle.
 */
public final class Grids {

    /** Threads of a group where a thread does much, or where the grid has a second dimension: two warps. */
    private static final int SMALL_GROUP = 64;

    private Grids() {}

    /** A thread for each element (a Gaussian, a chunk of them) of each view. */
    public static WorkerGrid byView(int elements, int views) {
        WorkerGrid grid = new WorkerGrid2D(Math.max(1, Math.ceilDiv(elements, SMALL_GROUP)) * SMALL_GROUP, views);
        grid.setLocalWork(SMALL_GROUP, 1, 1);
        return grid;
    }

    /** A group for each tile, a thread for each of its pixels. */
    public static WorkerGrid tiles(int tiles) {
        return groups(tiles, TILE_PIXELS);
    }

    /** A number of groups of {@code GROUP} threads. */
    public static WorkerGrid groups(int groups) {
        return groups(groups, GROUP);
    }

    /** A thread for each element, in groups of {@code GROUP}. */
    public static WorkerGrid elements(int elements) {
        return groups(Math.max(1, Math.ceilDiv(elements, GROUP)), GROUP);
    }

    /** A thread for each element, in small groups: for kernels with much private state. */
    public static WorkerGrid heavyElements(int elements) {
        return groups(Math.max(1, Math.ceilDiv(elements, SMALL_GROUP)), SMALL_GROUP);
    }

    /** Has a grid launch no more threads of its first dimension than these elements need, from the next launch on. */
    public static void fit(WorkerGrid grid, int elements) {
        long group = grid.getLocalWork()[0];
        long threads = Math.max(1, Math.ceilDiv(elements, group)) * group;
        grid.setGlobalWork(threads, grid.getGlobalWork()[1], 1);
    }

    private static WorkerGrid groups(int groups, int threads) {
        WorkerGrid grid = new WorkerGrid1D(Math.multiplyExact(groups, threads));
        grid.setLocalWork(threads, 1, 1);
        return grid;
    }

    /** For people: "1024 x 5 threads in groups of 64". */
    public static String describe(WorkerGrid grid) {
        long[] global = grid.getGlobalWork();
        String threads = global[1] > 1 ? global[0] + " x " + global[1] : Long.toString(global[0]);
        return threads + " threads in groups of " + grid.getLocalWork()[0];
    }
}
