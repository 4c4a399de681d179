/**
 * Do in-between slices hold against slices that were really measured? Slices are left out, predicted by each method
 * from those kept, and compared: metrics, the hold-out protocol, reports. The methods to beat (linear, cubic, spline,
 * optical flow) and the trained model all come in as one small interface.
 */
package io.github.medgs.evaluation.interpolation;
