package io.github.medgs.reconstruction;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.stream.IntStream;

/** Expected errors as colours over a grey picture: none is the picture itself, then red, then yellow. */
final class ErrorColors {

    /** Rows of the caption at the foot of a picture that has one. */
    static final int CAPTION = 22;

    private static final int BAR = 70;
    private static final int THICKNESS = 8;

    /** So many errors are looked at. */
    private static final int SAMPLES = 100_000;

    private ErrorColors() {}

    /**
     * A pixel with its error laid over it.
     *
     * @param share of the largest error, 0 to 1
     */
    static int over(int grey, float share) {
        float strength = Math.clamp(share, 0f, 1f);
        int red = blend(grey >> 16 & 255, 255, Math.min(1, 1.5f * strength));
        int green = blend(grey >> 8 & 255, Math.round(230 * strength), Math.min(1, 1.5f * strength));
        int blue = blend(grey & 255, 0, Math.min(1, 1.5f * strength));
        return 255 << 24 | red << 16 | green << 8 | blue;
    }

    private static int blend(int from, int to, float share) {
        return Math.round(from + share * (to - from));
    }

    /** The error that all but a two-hundredth of the drawn voxels stay below: the colours' end, so that one voxel does not dim all. */
    static float most(float[] errors) {
        int step = Math.max(1, errors.length / SAMPLES);
        double[] some = IntStream.iterate(0, i -> i < errors.length, i -> i + step).mapToDouble(i -> errors[i])
                .filter(error -> error > 0).sorted().toArray();
        return some.length == 0 ? 0 : (float) some[(int) (0.995 * (some.length - 1))];
    }

    /** Draws the scale, from 0 to the largest error, into the caption at a picture's foot. */
    static BufferedImage withScale(BufferedImage picture, float most) {
        Graphics2D graphics = picture.createGraphics();
        String end = String.format(Locale.ROOT, "%.3g", most);
        int right = picture.getWidth() - 6 - graphics.getFontMetrics().stringWidth(end);
        int left = right - BAR - 4;
        int top = picture.getHeight() - CAPTION + (CAPTION - THICKNESS) / 2;
        for (int x = 0; x < BAR; x++) {
            graphics.setColor(new Color(over(0x505050, x / (BAR - 1f))));
            graphics.fillRect(left + x, top, 1, THICKNESS);
        }
        graphics.setColor(Color.LIGHT_GRAY);
        graphics.drawString("0", left - 10, top + THICKNESS + 1);
        graphics.drawString(end, right, top + THICKNESS + 1);
        graphics.dispose();
        return picture;
    }
}
