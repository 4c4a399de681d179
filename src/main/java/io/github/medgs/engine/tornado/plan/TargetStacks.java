package io.github.medgs.engine.tornado.plan;

import io.github.medgs.engine.Step;
import io.github.medgs.engine.Target;
import io.github.medgs.engine.View;
import io.github.medgs.kernel.BlendedPicture;

/**
 * What the targets of a step need on the device: the training slices, which stay there, and room for pictures that come
 * with the step or are made for it.
 *
 * @param images the stack of all training slices that image targets are cut from; one float when there is none
 * @param masks likewise
 * @param pictures how many pictures that the host sends a step has at most
 * @param blended what the device blends pictures from, or {@code null}
 * @param blends how many of those a step has at most
 * @param structural whether a step has a structural cost; {@code bounded} whether it bounds the temporal spread
 */
public record TargetStacks(float[] images, float[] masks, int pictures, BlendedPicture.Stack blended, int blends,
        boolean structural, boolean bounded) {

    /** Nothing yet. */
    public static TargetStacks none() {
        return new TargetStacks(new float[1], new float[1], 0, null, 0, false, false);
    }

    /** These, and what another step needs: itself when it needs no more. */
    public TargetStacks with(Step step) {
        float[] moreImages = images;
        float[] moreMasks = masks;
        BlendedPicture.Stack stack = blended;
        int moreBlends = 0;
        boolean isStructural = structural;
        boolean isBounded = bounded || step.spreadPenalty().weight() != 0f;
        for (View view : step.views()) {
            moreImages = stackOf(view.image(), moreImages);
            moreMasks = stackOf(view.mask(), moreMasks);
            isStructural |= view.image() != null && view.imageCost().structural() > 0f;
            isStructural |= view.mask() != null && view.maskCost().structural() > 0f;
            if (view.image() != null && view.image().stack() != null) {
                stack = view.image().stack();
                moreImages = moreImages.length == 1 ? stack.values() : moreImages;
                moreBlends++;
            }
        }
        if (stack != null && stack.values() != moreImages) {
            throw new IllegalArgumentException("pictures blended from other slices than those that are learnt");
        }
        int morePictures = 0;
        for (View view : step.views()) {
            morePictures += isPicture(view.image(), moreImages) ? 1 : 0;
            morePictures += isPicture(view.mask(), moreMasks) ? 1 : 0;
        }
        boolean enough = moreImages == images && moreMasks == masks && morePictures <= pictures && stack == blended
                && moreBlends <= blends && isStructural == structural && isBounded == bounded;
        return enough ? this : new TargetStacks(moreImages, moreMasks, Math.max(pictures, morePictures), stack,
                Math.max(blends, moreBlends), isStructural, isBounded);
    }

    // The first stack stays; slices of a second one travel as pictures.
    private static float[] stackOf(Target target, float[] stack) {
        return target != null && target.slice() >= 0 && stack.length == 1 ? target.values() : stack;
    }

    /** Whether a target's values have to be sent: it is no slice of a stack that the device holds, and no blend. */
    static boolean isPicture(Target target, float[] stack) {
        return target != null && target.stack() == null && (target.slice() < 0 || target.values() != stack);
    }
}
