package io.github.medgs.volume.dicom;

/** Colours as DICOM keeps them: CIELab in three 16-bit numbers (PS3.3, C.10.7.1.1), from and to sRGB by D65's white. */
final class LabColour {

    private static final double[] WHITE = {0.95047, 1, 1.08883};
    private static final double KINK = 216.0 / 24389;
    private static final double SLOPE = 24389.0 / 27;

    private LabColour() {}

    /** @param rgb 0xRRGGBB */
    static int[] ofRgb(int rgb) {
        double red = linear((rgb >> 16 & 0xFF) / 255.0);
        double green = linear((rgb >> 8 & 0xFF) / 255.0);
        double blue = linear((rgb & 0xFF) / 255.0);
        double x = root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / WHITE[0]);
        double y = root((0.2126729 * red + 0.7151522 * green + 0.0721750 * blue) / WHITE[1]);
        double z = root((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / WHITE[2]);
        return new int[] {stored((116 * y - 16) / 100), stored((500 * (x - y) + 128) / 255),
            stored((200 * (y - z) + 128) / 255)};
    }

    /** @return 0xRRGGBB */
    static int toRgb(int[] lab) {
        double y = (lab[0] / 65_535.0 * 100 + 16) / 116;
        double x = WHITE[0] * cube(y + (lab[1] / 65_535.0 * 255 - 128) / 500);
        double z = WHITE[2] * cube(y - (lab[2] / 65_535.0 * 255 - 128) / 200);
        y = WHITE[1] * cube(y);
        return level(3.2404542 * x - 1.5371385 * y - 0.4985314 * z) << 16
                | level(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z) << 8
                | level(0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
    }

    private static int stored(double part) {
        return (int) Math.clamp(Math.round(65_535 * part), 0, 65_535);
    }

    private static double linear(double level) {
        return level <= 0.04045 ? level / 12.92 : Math.pow((level + 0.055) / 1.055, 2.4);
    }

    private static int level(double linear) {
        double level = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return (int) Math.clamp(Math.round(255 * level), 0, 255);
    }

    private static double root(double t) {
        return t > KINK ? Math.cbrt(t) : (SLOPE * t + 16) / 116;
    }

    private static double cube(double t) {
        return t * t * t > KINK ? t * t * t : (116 * t - 16) / SLOPE;
    }
}
