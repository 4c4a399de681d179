package io.github.medgs.evaluation.interpolation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Slices and their errors as pictures inside a page. */
final class Pictures {

    /** An error of this much, of the whole intensity range, has the brightest colour. */
    static final float FULL_ERROR = 0.25f;

    private Pictures() {}

    /** Grey values of [0, 1] as a data URI. */
    static String grey(float[] values, int height, int width) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < values.length; p++) {
            int level = Math.round(255 * Math.clamp(values[p], 0f, 1f));
            image.setRGB(p % width, p / width, level << 16 | level << 8 | level);
        }
        return dataUri(image);
    }

    /** Predicted minus true: white is none, red too bright, blue too dark. */
    static String error(float[] predicted, float[] truth, int height, int width) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < truth.length; p++) {
            float error = Math.clamp((predicted[p] - truth[p]) / FULL_ERROR, -1f, 1f);
            int pale = Math.round(255 * (1 - Math.abs(error)));
            int colour = error >= 0 ? 255 << 16 | pale << 8 | pale : pale << 16 | pale << 8 | 255;
            image.setRGB(p % width, p / width, colour);
        }
        return dataUri(image);
    }

    /** An expected absolute error: white is none, purple large. */
    static String expected(float[] errors, int height, int width) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < errors.length; p++) {
            float share = Math.clamp(errors[p] / FULL_ERROR, 0f, 1f);
            int green = Math.round(255 * (1 - share));
            int others = Math.round(255 - 115 * share);
            image.setRGB(p % width, p / width, others << 16 | green << 8 | others);
        }
        return dataUri(image);
    }

    private static String dataUri(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return dataUri(bytes.toByteArray());
    }

    static String dataUri(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
