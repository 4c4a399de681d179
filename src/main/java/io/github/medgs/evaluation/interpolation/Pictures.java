package io.github.medgs.evaluation.interpolation;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;

/** Slices and their errors as pictures. */
final class Pictures {

    /** An error of this much, of the whole intensity range, has the brightest colour. */
    static final float FULL_ERROR = 0.25f;

    private static final int GAP = 4;

    private Pictures() {}

    /** Grey values of [0, 1]. */
    static BufferedImage grey(float[] values, int height, int width) {
        return picture(height, width, p -> {
            int level = Math.round(255 * Math.clamp(values[p], 0f, 1f));
            return level << 16 | level << 8 | level;
        });
    }

    /** Predicted minus true: white is none, red too bright, blue too dark. */
    static BufferedImage error(float[] predicted, float[] truth, int height, int width) {
        return picture(height, width, p -> {
            float error = Math.clamp((predicted[p] - truth[p]) / FULL_ERROR, -1f, 1f);
            int pale = Math.round(255 * (1 - Math.abs(error)));
            return error >= 0 ? 255 << 16 | pale << 8 | pale : pale << 16 | pale << 8 | 255;
        });
    }

    /** An expected absolute error: white is none, purple large. */
    static BufferedImage expected(float[] errors, int height, int width) {
        return picture(height, width, p -> {
            float share = Math.clamp(errors[p] / FULL_ERROR, 0f, 1f);
            int green = Math.round(255 * (1 - share));
            int others = Math.round(255 - 115 * share);
            return others << 16 | green << 8 | others;
        });
    }

    /** One above the other, or the upper one alone where there is no lower one. */
    static BufferedImage stacked(BufferedImage upper, BufferedImage lower) {
        if (lower == null) {
            return upper;
        }
        BufferedImage both = new BufferedImage(upper.getWidth(), upper.getHeight() + GAP + lower.getHeight(),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = both.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, upper.getHeight(), both.getWidth(), GAP);
        graphics.drawImage(upper, 0, 0, null);
        graphics.drawImage(lower, 0, upper.getHeight() + GAP, null);
        graphics.dispose();
        return both;
    }

    /** Half as wide and high, rounded up: each pixel the mean of up to four. */
    static BufferedImage halved(BufferedImage image) {
        int right = image.getWidth() - 1;
        int bottom = image.getHeight() - 1;
        int width = right / 2 + 1;
        return picture(bottom / 2 + 1, width, p -> {
            int x = 2 * (p % width);
            int y = 2 * (p / width);
            int beside = Math.min(x + 1, right);
            int below = Math.min(y + 1, bottom);
            return mean(image.getRGB(x, y), image.getRGB(beside, y), image.getRGB(x, below), image.getRGB(beside, below));
        });
    }

    private static int mean(int... colours) {
        int mean = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int sum = colours.length / 2;
            for (int colour : colours) {
                sum += colour >> shift & 0xFF;
            }
            mean |= sum / colours.length << shift;
        }
        return mean;
    }

    private static BufferedImage picture(int height, int width, IntUnaryOperator colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < height * width; p++) {
            image.setRGB(p % width, p / width, colour.applyAsInt(p));
        }
        return image;
    }
}
