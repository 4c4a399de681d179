/**
 * The arithmetic of one thread: fold a Gaussian at a time, evaluate a splat, its gradients, SSIM, Adam, a
 * marching-cubes cell.
 *
 * <p>Small static methods over primitives, {@code float[]} and {@code int[]}: no allocation, no launch loops, no
 * dependency at all. Every engine calls or mirrors these, so that a GPU thread, a plain loop and a row of vector lanes
 * compute the same formula. What a GPU compiler for Java cannot translate is kept out: no {@code break} or early return
 * inside a loop, no unsigned shifts, no {@code Math} call, no double precision.
 */
package io.github.medgs.kernel;
