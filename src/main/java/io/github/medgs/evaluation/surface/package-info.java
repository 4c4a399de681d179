/**
 * How good a surface is: distances between surfaces, overlap of volumes, the classical ways to get a surface from a
 * few slices, and the protocol that compares them with the learned one. Nothing here ever rescales or registers.
 */
package io.github.medgs.evaluation.surface;
