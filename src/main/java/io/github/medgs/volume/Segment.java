package io.github.medgs.volume;

import java.util.stream.IntStream;

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

    /** A colour of shares of red, green and blue, each held to 0 to 1: so files of labels have them. */
    public static int rgb(double[] shares) {
        int rgb = 0;
        for (double share : shares) {
            rgb = rgb << 8 | (int) Math.round(255 * Math.clamp(share, 0, 1));
        }
        return rgb;
    }

    /** The colour that it is shown in, as shares of red, green and blue in digits. */
    public String[] shares() {
        int color = asLabel().color();
        return IntStream.of(16, 8, 0).mapToObj(shift -> Words.number((color >> shift & 0xFF) / 255.0)).toArray(String[]::new);
    }

    /** The structure that it is when it is learnt: a label without a colour gets one. */
    public Label asLabel() {
        return new Label(label, name, rgb == NO_COLOUR ? Label.colorOf(label) : rgb);
    }
}
