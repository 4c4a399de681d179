package io.github.medgs.interslice;

/**
 * How the motion between slices is solved; see {@link io.github.medgs.interslice.OpticalFlow} for the energy.
 *
 * @param smoothness alpha, weight of smoothness in the slice plane
 * @param smoothnessEpsilon pixels per pixel: gradients of the motion well below it are penalised quadratically, well
 *     above it only linearly, so that motion may change abruptly at organ boundaries
 * @param continuity beta, weight of the motion going on evenly from one interval between slices to the next; zero
 *     solves every interval for itself
 * @param continuityEpsilon delta, in pixels: departures from even motion well below it are penalised quadratically, well above
 *     it only linearly, so that an interval may let go of it; infinite for quadratically however large they are
 * @param gradientWeight gamma, weight of the constancy of the gradient beside that of the brightness
 * @param noiseFloor zeta, grey values per pixel: gradients below it hardly count
 * @param dataEpsilon pixels: mismatches well below it are penalised quadratically
 * @param pyramidFactor size of a level over the size of the next finer one
 * @param coarsestSide pixels: no level is smaller
 * @param warps linearisations per level
 * @param lags updates of the nonlinear weights per linearisation
 * @param sweeps relaxation sweeps per update
 */
record FlowSettings(float smoothness, float smoothnessEpsilon, float continuity, float continuityEpsilon,
        float gradientWeight, float noiseFloor, float dataEpsilon, float pyramidFactor, int coarsestSide, int warps, int lags, int sweeps) {

    /** Each pair of slices for itself: the optical flow that serves as a baseline. */
    static FlowSettings pairwise() {
        return new FlowSettings(1f, 0.01f, 0f, Float.POSITIVE_INFINITY, 0.3f, 0.05f, 0.01f, 0.75f, 10, 4, 2, 8);
    }

    /** All intervals together, motion going on evenly across slices. */
    static FlowSettings continuous() {
        return lettingGo(Float.POSITIVE_INFINITY);
    }

    /** The same where motion may jump. */
    static FlowSettings lettingGo(float continuityEpsilon) {
        return new FlowSettings(0.5f, 0.01f, 1f, continuityEpsilon, 0.6f, 0.05f, 0.01f, 0.75f, 10, 4, 2, 8);
    }
}
