package io.github.medgs.benchmark;

import io.github.medgs.engine.Step;
import io.github.medgs.engine.View;
import io.github.medgs.engine.tornado.plan.Shape;
import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;

/**
 * How much a step has to do.
 *
 * @param gaussians alive
 * @param rows parameters of each
 * @param motionDegree of the model
 * @param views of the step
 * @param pixels of a slice
 * @param drawn splats that are drawn, over all views
 * @param entries pairs of a tile and a splat, over all views
 * @param counters of the tile lists' sort
 * @param similar heads of views with a structural cost
 * @param moved Gaussians that Adam moves
 */
public record Load(long gaussians, long rows, long motionDegree, long views, long pixels, long drawn, long entries,
        long counters, long similar, long moved) {

    /** Counts; the host folds every Gaussian for it. */
    static Load of(FoldedGaussians gaussians, Step step, Shape shape, int entries) {
        int[] form = gaussians.form().toKernel();
        float[] splat = new float[Layout.SPLAT_STRIDE];
        boolean[] seen = new boolean[gaussians.count()];
        long drawn = 0;
        long similar = 0;
        for (View view : step.views()) {
            for (int g = 0; g < gaussians.count(); g++) {
                if (Folding.fold(gaussians.parameters().values(), gaussians.capacity(), form, g, view.time(), splat, 0)
                        != 0) {
                    drawn++;
                    seen[g] = true;
                }
            }
            similar += view.image() != null && view.imageCost().structural() > 0 ? 1 : 0;
            similar += view.mask() != null && view.maskCost().structural() > 0 ? 1 : 0;
        }
        long moved = gaussians.count();
        if (step.drawnOnly()) {
            moved = 0;
            for (boolean isSeen : seen) {
                moved += isSeen ? 1 : 0;
            }
        }
        return new Load(gaussians.count(), gaussians.form().rows(), gaussians.form().motionDegree(), step.views().size(),
                shape.pixels(), drawn, entries, shape.counters(), similar, moved);
    }
}
