/**
 * From a field on a grid to a closed surface in patient millimetres: marching cubes, clean-up, measures, mesh files.
 *
 * <p>{@link io.github.medgs.surface.MarchingCubes} makes a {@link io.github.medgs.surface.TriangleMesh}; the other
 * classes are procedures over it. A mesh always says in which {@link io.github.medgs.surface.Frame} its millimetres
 * are.
 */
package io.github.medgs.surface;
