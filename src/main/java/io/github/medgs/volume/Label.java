package io.github.medgs.volume;

/**
 * A structure of a label map.
 *
 * @param id its number in the map
 * @param name for people
 * @param color red, green, blue as 0xRRGGBB
 */
public record Label(long id, String name, int color) {

    // Told apart by people with any kind of colour vision: Okabe and Ito's palette, without black.
    private static final int[] PALETTE = {0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7};

    private static final double GOLDEN_ANGLE = 137.50776405;

    /** A label without a name of its own. */
    public static Label of(long id) {
        return new Label(id, "label " + id, colorOf(id));
    }

    /** A colour for a label: seven that everybody tells apart, then hues a golden angle apart. */
    public static int colorOf(long id) {
        if (id >= 1 && id <= PALETTE.length) {
            return PALETTE[(int) id - 1];
        }
        double sixth = (id * GOLDEN_ANGLE % 360 + 360) % 360 / 60;
        int color = 0;
        for (int channel = 0; channel < 3; channel++) {
            double away = Math.abs((sixth + 2 * channel) % 6 - 3);
            color = color << 8 | (int) Math.round(255 * (0.35 + 0.55 * Math.clamp(away - 1, 0, 1)));
        }
        return color;
    }
}
