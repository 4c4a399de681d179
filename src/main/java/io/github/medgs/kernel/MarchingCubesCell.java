package io.github.medgs.kernel;

/**
 * The arithmetic of one marching-cubes cell: which of the 256 cases it is, and where the surface crosses an edge.
 *
 * <p>Source: W. Lorensen and H. Cline, Marching cubes, SIGGRAPH 1987; the table is {@link MarchingCubesTable}'s own.
 * One thread handles one cell.
 */
public final class MarchingCubesCell {

    /**
     * The nearest that a vertex comes to a grid point, as a share of the edge. Where a sample equals the level, the
     * vertices of all the edges that meet there would fall together and leave triangles without area.
     */
    public static final float MARGIN = 1f / 128f;

    private MarchingCubesCell() {}

    /** 1 where a sample is inside the surface, else 0. A sample at the level is inside; NaN is outside. */
    public static int inside(float value, float level) {
        // Not "at least": TornadoVM compiles that as "not less", which a NaN passes.
        return (value > level ? 1 : 0) | (value == level ? 1 : 0);
    }

    /**
     * The case of a cell: bit c is set where corner c, at {@code (c & 1, c >> 1 & 1, c >> 2)}, is inside.
     *
     * @param v0 input: the field at the eight corners, x fastest (to {@code v7})
     * @param level input: the isosurface's value
     * @return 0 to 255
     */
    public static int caseIndex(float v0, float v1, float v2, float v3, float v4, float v5, float v6, float v7,
            float level) {
        return inside(v0, level) | inside(v1, level) << 1 | inside(v2, level) << 2 | inside(v3, level) << 3
                | inside(v4, level) << 4 | inside(v5, level) << 5 | inside(v6, level) << 6 | inside(v7, level) << 7;
    }

    /**
     * Where a linear function from a to b takes the value level, as a share of the way: (level - a) / (b - a), held
     * {@link #MARGIN} away from either end. Values that are not finite count as the end of the edge they stand for, so
     * the result is always a number.
     */
    public static float crossing(float a, float b, float level) {
        float share = (level - a) / (b - a);
        float held = share < MARGIN ? MARGIN : share;
        held = held > 1f - MARGIN ? 1f - MARGIN : held;
        return held == held ? held : 0.5f;
    }

    /** The axis, 0 to 2, along which edge 0 to 11 of a cell runs. */
    public static int edgeAxis(int edge) {
        return edge >> 2;
    }

    /** The corner, 0 to 7, at which an edge starts; it ends one step along {@link #edgeAxis}. */
    public static int edgeCorner(int edge) {
        int axis = edge >> 2;
        int low = edge & 1;
        int high = edge >> 1 & 1;
        // The two other axes, lower first: (y, z), (x, z) or (x, y).
        return axis == 0 ? low << 1 | high << 2 : axis == 1 ? low | high << 2 : low | high << 1;
    }

    /**
     * The number of triangles of a case.
     *
     * @param start input: {@link MarchingCubesTable#start()}, 257 offsets
     */
    public static int triangleCount(int cell, int[] start) {
        return (start[cell + 1] - start[cell]) / 3;
    }
}
