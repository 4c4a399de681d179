package io.github.medgs.engine;

/**
 * Where a field on a grid passes a level, in the grid's own indices.
 *
 * @param vertices three coordinates each, in samples from the first one
 * @param triangles three vertex numbers each, counter-clockwise seen from outside
 */
public record Isosurface(float[] vertices, int[] triangles) {}
