/**
 * Learning: the configuration, where the Gaussians begin, what each step looks at and what it costs, density control,
 * checkpoints, and the trainer that runs them on an engine.
 */
package io.github.medgs.training;
