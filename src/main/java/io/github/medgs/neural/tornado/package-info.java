/** Networks on a device: the engine room's plan, as the networks' own interface. */
package io.github.medgs.neural.tornado;
