package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What a head of a view should look like, as one integer: the number of a training slice that the device holds; -2 minus
 * the number of a picture that came up with this step, or was made for it; or {@link #NONE}.
 */
public final class Targets {

    /** The head is not drawn. */
    public static final int NONE = -1;

    private Targets() {}

    /** The integer for a picture that is not one of the slices. */
    public static int ofPicture(int number) {
        return -2 - number;
    }

    /** The target of a head of a view; {@link #NONE} beyond the views of this step. */
    public static int of(FloatArray floats, int view, int head) {
        int views = views(floats);
        int target = (int) floats.get(FIRST_VIEW_FLOAT + VIEW_FLOATS * (view < views ? view : 0) + IMAGE_TARGET + head);
        return view < views ? target : NONE;
    }

    /** 1 when a view of this step wants a head. */
    public static int isWanted(FloatArray floats, int view, int head) {
        return of(floats, view, head) != NONE ? 1 : 0;
    }

    /** Pixel p, of so many, of a target that is not {@link #NONE}. */
    public static float pixel(int target, float[] slices, FloatArray pictures, int pixels, int p) {
        float value = 0f;
        if (target >= 0) {
            value = slices[target * pixels + p];
        }
        if (target < NONE) {
            value = pictures.get((-2 - target) * pixels + p);
        }
        return value;
    }

    /** The same for either head: images for head 0, masks for head 1. */
    public static float pixel(int target, int head, float[] images, float[] masks, FloatArray pictures, int pixels,
            int p) {
        float value = 0f;
        if (head == 0) {
            value = pixel(target, images, pictures, pixels, p);
        }
        if (head != 0) {
            value = pixel(target, masks, pictures, pixels, p);
        }
        return value;
    }
}
