/** The shapes in which kernels are launched: how many threads, in groups of how many. */
package io.github.medgs.engine.tornado.scheduling;
