/**
 * What has changed between two time points: volumes, growth, and how far each point of a surface has moved away from the
 * earlier one. Both time points are taken where they lie in patient space; nothing is registered.
 */
package io.github.medgs.evaluation.longitudinal;
