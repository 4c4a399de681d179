package io.github.medgs.engine.tornado.plan;

import io.github.medgs.engine.Step;
import io.github.medgs.engine.Target;
import io.github.medgs.engine.View;

/**
 * What the targets of a step need on the device: the training slices, which stay there, and room for pictures that come
 * with the step.
 *
 * @param images the stack of all training slices that image targets are cut from; one float when there is none
 * @param masks likewise
 * @param pictures how many other pictures a step has at most
 */
public record TargetStacks(float[] images, float[] masks, int pictures) {

    /** Nothing yet. */
    public static TargetStacks none() {
        return new TargetStacks(new float[1], new float[1], 0);
    }

    /** These, and what another step needs: itself when it needs no more. */
    public TargetStacks with(Step step) {
        float[] moreImages = images;
        float[] moreMasks = masks;
        for (View view : step.views()) {
            moreImages = stackOf(view.image(), moreImages);
            moreMasks = stackOf(view.mask(), moreMasks);
        }
        int morePictures = 0;
        for (View view : step.views()) {
            morePictures += isPicture(view.image(), moreImages) ? 1 : 0;
            morePictures += isPicture(view.mask(), moreMasks) ? 1 : 0;
        }
        boolean enough = moreImages == images && moreMasks == masks && morePictures <= pictures;
        return enough ? this : new TargetStacks(moreImages, moreMasks, Math.max(pictures, morePictures));
    }

    // The first stack stays; slices of a second one travel as pictures.
    private static float[] stackOf(Target target, float[] stack) {
        return target != null && target.slice() >= 0 && stack.length == 1 ? target.values() : stack;
    }

    /** Whether a target is no slice of a stack that the device holds. */
    static boolean isPicture(Target target, float[] stack) {
        return target != null && (target.slice() < 0 || target.values() != stack);
    }
}
