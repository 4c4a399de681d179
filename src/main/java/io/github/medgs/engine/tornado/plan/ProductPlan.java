package io.github.medgs.engine.tornado.plan;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.kernels.ProductKernels;
import io.github.medgs.engine.tornado.scheduling.Grids;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;

/** A product of two matrices on a device, in both forms of {@link ProductKernels}, timed. */
public final class ProductPlan implements AutoCloseable {

    private final float[] plain;
    private final float[] tiled;
    private final DevicePlan plan;

    /**
     * @param left rows x depth, row by row; sent up once
     * @param right depth x columns, likewise
     */
    public ProductPlan(Device device, float[] left, float[] right, int rows, int depth, int columns) {
        int[] sizes = new int[ProductKernels.SIZES];
        sizes[ProductKernels.ROWS] = rows;
        sizes[ProductKernels.DEPTH] = depth;
        sizes[ProductKernels.COLUMNS] = columns;
        plain = new float[rows * columns];
        tiled = new float[rows * columns];
        int tiles = Math.ceilDiv(rows, ProductKernels.SIDE) * Math.ceilDiv(columns, ProductKernels.SIDE);
        List<KernelTask> tasks = List.of(
                new KernelTask("plainProduct", Grids.elements(rows * columns), graph -> graph.task("plainProduct",
                        ProductKernels::plainProduct, new KernelContext(), sizes, left, right, plain)),
                new KernelTask("product", Grids.groups(tiles), graph -> graph.task("product", ProductKernels::product,
                        new KernelContext(), sizes, left, right, tiled)));
        plan = new DevicePlan(device, new Stage("product", graph -> DevicePlan.once(graph, sizes, left, right, plain, tiled),
                tasks, graph -> DevicePlan.back(graph, plain, tiled)));
    }

    /** Multiplies, in both forms. */
    public void run() {
        plan.execute(0);
    }

    /** The product as the plain form made it, row by row. */
    public float[] plain() {
        return plain;
    }

    /** As the tiled form made it. */
    public float[] tiled() {
        return tiled;
    }

    public DevicePlan devicePlan() {
        return plan;
    }

    @Override
    public void close() {
        plan.close();
    }
}
