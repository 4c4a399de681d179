package io.github.medgs.training;

/**
 * How the anatomy of a slice moves towards its neighbours: displacement = d1 u + d2 u^2 in pixels, u = m - t in slices,
 * so that u = -1 is the next slice and u = 1 the one before.
 */
public interface SliceMotion {

    /** Displacement along a row (columns) of order 1 or 2 at a pixel of a slice. */
    float columns(int slice, int column, int row, int order);

    /** Displacement across rows, downwards, of order 1 or 2 at a pixel of a slice. */
    float rows(int slice, int column, int row, int order);
}
