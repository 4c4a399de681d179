/**
 * The engines: who carries out a training step and draws slices. {@link io.github.medgs.engine.Engine} is what the
 * trainer sees; the rooms below hold one implementation each.
 */
package io.github.medgs.engine;
