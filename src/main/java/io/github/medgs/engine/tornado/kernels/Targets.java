package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

/**
 * What a head of a view should look like, as one integer: the offset of a training slice that the device holds; -2 minus
 * the offset of a picture that came up with this step; or {@link #NONE}.
 */
public final class Targets {

    /** The head is not drawn. */
    public static final int NONE = -1;

    private Targets() {}

    /** The integer for a picture that comes up with the step. */
    public static int ofPicture(int offset) {
        return -2 - offset;
    }

    /** The target of a head of a view; {@link #NONE} beyond the views of this step. */
    public static int of(int[] ints, int view, int head) {
        int target = ints[FIRST_VIEW_INT + VIEW_INTS * (view < ints[VIEWS] ? view : 0) + head];
        return view < ints[VIEWS] ? target : NONE;
    }

    /** 1 when a view of this step wants a head. */
    public static int isWanted(int[] ints, int view, int head) {
        return of(ints, view, head) != NONE ? 1 : 0;
    }

    /** Pixel p of a target that is not {@link #NONE}. */
    public static float pixel(int target, float[] slices, float[] pictures, int p) {
        float value = 0f;
        if (target >= 0) {
            value = slices[target + p];
        }
        if (target < NONE) {
            value = pictures[-2 - target + p];
        }
        return value;
    }

    /** The same for either head: images for head 0, masks for head 1. */
    public static float pixel(int target, int head, float[] images, float[] masks, float[] pictures, int p) {
        float value = 0f;
        if (head == 0) {
            value = pixel(target, images, pictures, p);
        }
        if (head != 0) {
            value = pixel(target, masks, pictures, p);
        }
        return value;
    }
}
