/**
 * The device engine: the same arithmetic as kernels that TornadoVM compiles to OpenCL or CUDA. The only room that imports
 * TornadoVM.
 *
 * <p>Five rooms inside: {@code device} (what there is to run on), {@code kernels} (what one thread does), {@code
 * scheduling} (how many threads), {@code plan} (which kernels in which order on which buffers), and here the engine and
 * its sessions, which see no kernel.
 */
package io.github.medgs.engine.tornado;
