package io.github.medgs.volume;

/**
 * What a label of a mask stands for.
 *
 * @param label its voxels' value, above 0
 * @param name as its author called it: "left kidney"
 * @param rgb the colour it is shown in, 0xRRGGBB, or -1 where none is known
 */
public record Segment(int label, String name, int rgb) {

    /** No colour is known. */
    public static final int NO_COLOUR = -1;

    /** The structure that it is when it is learnt: a label without a colour gets one. */
    public Label asLabel() {
        return new Label(label, name, rgb == NO_COLOUR ? Label.colorOf(label) : rgb);
    }
}
