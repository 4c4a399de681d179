package io.github.medgs.engine.tornado.plan;

import static io.github.medgs.engine.tornado.kernels.IsosurfaceKernels.*;
import static io.github.medgs.engine.tornado.kernels.StepLayout.COUNTERS;
import static io.github.medgs.engine.tornado.kernels.StepLayout.SCAN_BLOCK;

import io.github.medgs.engine.Isosurface;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.kernels.IsosurfaceKernels;
import io.github.medgs.engine.tornado.kernels.ScanKernels;
import io.github.medgs.engine.tornado.scheduling.Grids;
import io.github.medgs.kernel.MarchingCubesTable;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;

/** Marching cubes on the device: four kernels, one field up, one mesh down. */
public final class IsosurfacePlan implements AutoCloseable {

    private final int[] sizes = new int[SIZES];
    private final float[] level = new float[1];
    private final float[] vertices;
    private final int[] triangles;
    private final int[] totals = new int[2];
    private final DevicePlan plan;

    /**
     * @param field x fastest, sent up before each execution
     * @param vertexCapacity room for vertices; {@code triangleCapacity} likewise
     */
    public IsosurfacePlan(Device device, float[] field, int nx, int ny, int nz, int vertexCapacity,
            int triangleCapacity) {
        long samples = (nx + 2L) * (ny + 2L) * (nz + 2L);
        DeviceLimits.requireBuffer(device, "the counters of a grid of " + nx + " x " + ny + " x " + nz, 4 * samples);
        int[] counters = new int[(int) (4 * samples)];
        int[] blockSums = new int[Math.ceilDiv(counters.length, SCAN_BLOCK)];
        sizes[NX] = nx;
        sizes[NY] = ny;
        sizes[NZ] = nz;
        sizes[VERTEX_CAPACITY] = vertexCapacity;
        sizes[TRIANGLE_CAPACITY] = triangleCapacity;
        sizes[COUNTERS] = counters.length;
        vertices = new float[3 * vertexCapacity];
        triangles = new int[3 * triangleCapacity];
        // Copies: a buffer that goes up once must be this plan's own, or what an earlier plan left may stand in for it.
        int[] start = MarchingCubesTable.start().clone();
        int[] edges = MarchingCubesTable.edges().clone();
        List<KernelTask> tasks = List.of(
                new KernelTask("classify", Grids.elements((int) samples), graph -> graph.task("classify",
                        IsosurfaceKernels::classify, new KernelContext(), sizes, level, field, start, counters)),
                new KernelTask("sumBlocks", Grids.groups(blockSums.length), graph -> graph.task("sumBlocks",
                        ScanKernels::sumBlocks, new KernelContext(), sizes, counters, blockSums)),
                new KernelTask("scanBlocks", Grids.groups(blockSums.length), graph -> graph.task("scanBlocks",
                        ScanKernels::scanBlocks, new KernelContext(), sizes, blockSums, counters)),
                new KernelTask("emit", Grids.elements((int) samples), graph -> graph.task("emit",
                        IsosurfaceKernels::emit, new KernelContext(), sizes, level, field, start, edges, counters,
                        vertices, triangles, totals)));
        // The mesh's buffers go up once too: written in part, they would come down with what memory happened to hold.
        plan = new DevicePlan(device, new Stage("isosurface",
                graph -> DevicePlan.always(DevicePlan.once(graph, start, edges, counters, blockSums, vertices, triangles),
                        sizes, level, field),
                tasks, graph -> DevicePlan.back(graph, vertices, triangles, totals)));
    }

    /** Extracts; {@code null} when the mesh does not fit. {@link #vertexCount} and {@link #triangleCount} say its size. */
    public Isosurface extract(float at) {
        level[0] = at;
        plan.execute(0);
        if (totals[0] > sizes[VERTEX_CAPACITY] || totals[1] > sizes[TRIANGLE_CAPACITY]) {
            return null;
        }
        return new Isosurface(Arrays.copyOf(vertices, 3 * totals[0]), Arrays.copyOf(triangles, 3 * totals[1]));
    }

    public int vertexCount() {
        return totals[0];
    }

    public int triangleCount() {
        return totals[1];
    }

    public DevicePlan devicePlan() {
        return plan;
    }

    @Override
    public void close() {
        plan.close();
    }
}
