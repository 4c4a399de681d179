/**
 * How good a result is: interpolation against slices left out, surfaces against reference surfaces. Knows every other
 * room but the command line; no other room knows it.
 */
package io.github.medgs.evaluation;
