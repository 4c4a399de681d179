package io.github.medgs.engine.vector;

import static io.github.medgs.kernel.AlphaCompositing.*;
import static io.github.medgs.kernel.Folding.ALPHA_CUT;
import static io.github.medgs.kernel.Layout.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Alpha compositing of a band of rows: {@link io.github.medgs.kernel.AlphaCompositing} on eight pixels at once.
 *
 * <p>One loop for one head, one for both, which share the Gaussian. A finished pixel has transmittance 0 and takes part
 * without effect. The backward loops draw again from the front, and subtract from the finished colour: what is left is
 * the colour behind.
 */
final class AlphaRows {

    private AlphaRows() {}

    /** Draws one head into a band. */
    static void draw(ViewBuffers view, int band, Planes planes, int opacityField) {
        int first = view.firstRow(band);
        int last = view.lastRow(band);
        planes.start(first, last, 1f);
        for (int e = view.bandStart[band]; e < view.bandStart[band + 1]; e++) {
            drawSplat(view.splats, view.entries[e] * SPLAT_STRIDE, opacityField, planes, first, last);
        }
    }

    private static void drawSplat(float[] splats, int s, int opacityField, Planes planes, int first, int last) {
        int firstRow = Math.max(first, Ellipse.firstRow(splats, s));
        int lastRow = Math.min(last, Ellipse.lastRow(splats, s));
        int lastColumn = Ellipse.lastColumn(splats, s, planes.width);
        float meanV = splats[s + MEAN_V];
        float conicC = splats[s + CONIC_C];
        float cut = -splats[s + CUT];
        float opacity = splats[s + opacityField];
        float intensity = splats[s + opacityField + 1];
        for (int column = Ellipse.firstColumn(splats, s); column <= lastColumn; column += Lanes.LANES) {
            FloatVector du = Ellipse.offsets(splats[s + MEAN_U], column);
            FloatVector quadratic = Ellipse.quadratic(splats[s + CONIC_A], du, column, lastColumn);
            FloatVector cross = du.mul(splats[s + CONIC_B]);
            for (int row = firstRow; row <= lastRow; row++) {
                FloatVector exponent = Ellipse.exponent(quadratic, cross, conicC, meanV - row);
                FloatVector gaussian = Ellipse.gaussian(exponent, cut);
                drawHead(gaussian, opacity, intensity, planes.through, planes.colour,
                        planes.row(row) + column);
            }
        }
    }

    /** Draws both heads into a band. */
    static void drawBoth(ViewBuffers view, int band) {
        int first = view.firstRow(band);
        int last = view.lastRow(band);
        view.image.start(first, last, 1f);
        view.mask.start(first, last, 1f);
        for (int e = view.bandStart[band]; e < view.bandStart[band + 1]; e++) {
            drawSplatOnBoth(view.splats, view.entries[e] * SPLAT_STRIDE, view.image, view.mask, first, last);
        }
    }

    private static void drawSplatOnBoth(float[] splats, int s, Planes image, Planes mask, int first, int last) {
        int firstRow = Math.max(first, Ellipse.firstRow(splats, s));
        int lastRow = Math.min(last, Ellipse.lastRow(splats, s));
        int lastColumn = Ellipse.lastColumn(splats, s, image.width);
        float meanV = splats[s + MEAN_V];
        float conicC = splats[s + CONIC_C];
        float cut = -splats[s + CUT];
        float imageOpacity = splats[s + SPLAT_IMAGE_OPACITY];
        float imageIntensity = splats[s + SPLAT_IMAGE_INTENSITY];
        float maskOpacity = splats[s + SPLAT_MASK_OPACITY];
        float maskIntensity = splats[s + SPLAT_MASK_INTENSITY];
        for (int column = Ellipse.firstColumn(splats, s); column <= lastColumn; column += Lanes.LANES) {
            FloatVector du = Ellipse.offsets(splats[s + MEAN_U], column);
            FloatVector quadratic = Ellipse.quadratic(splats[s + CONIC_A], du, column, lastColumn);
            FloatVector cross = du.mul(splats[s + CONIC_B]);
            for (int row = firstRow; row <= lastRow; row++) {
                FloatVector exponent = Ellipse.exponent(quadratic, cross, conicC, meanV - row);
                FloatVector gaussian = Ellipse.gaussian(exponent, cut);
                int p = image.row(row) + column;
                drawHead(gaussian, imageOpacity, imageIntensity, image.through, image.colour, p);
                drawHead(gaussian, maskOpacity, maskIntensity, mask.through, mask.colour, p);
            }
        }
    }

    private static void drawHead(FloatVector gaussian, float opacity, float intensity,
            float[] through, float[] colour, int p) {
        FloatVector transmittance = FloatVector.fromArray(Lanes.FLOATS, through, p);
        FloatVector alpha = alphas(gaussian.mul(opacity));
        FloatVector behind = behind(transmittance, alpha);
        FloatVector weight = weight(transmittance, behind, alpha);
        behind.intoArray(through, p);
        FloatVector.fromArray(Lanes.FLOATS, colour, p).add(weight.mul(intensity)).intoArray(colour, p);
    }

    /** min(0.99, o G), 0 where it is passed over. */
    private static FloatVector alphas(FloatVector product) {
        FloatVector clamped = product.blend(ALPHA_HIGHEST, product.compare(VectorOperators.GT, ALPHA_HIGHEST));
        return Lanes.broadcast(0f).blend(clamped, clamped.compare(VectorOperators.GE, ALPHA_CUT));
    }

    private static FloatVector behind(FloatVector transmittance, FloatVector alpha) {
        FloatVector behind = transmittance.mul(Lanes.broadcast(1f).sub(alpha));
        return behind.blend(0f, behind.compare(VectorOperators.LT, TRANSMITTANCE_LOWEST));
    }

    private static FloatVector weight(FloatVector transmittance, FloatVector behind, FloatVector alpha) {
        return Lanes.broadcast(0f).blend(alpha.mul(transmittance), behind.compare(VectorOperators.GT, 0f));
    }

    /** The gradient of one head in a band: writes the band's records. */
    static void gradient(ViewBuffers view, int band, Planes planes, int opacityField) {
        int first = view.firstRow(band);
        int last = view.lastRow(band);
        for (int e = view.bandStart[band]; e < view.bandStart[band + 1]; e++) {
            splatGradient(view.splats, view.entries[e] * SPLAT_STRIDE, opacityField, planes, first, last,
                    view.records, e * ViewBuffers.RECORD);
        }
    }

    private static void splatGradient(float[] splats, int s, int opacityField, Planes planes, int first, int last,
            float[] records, int record) {
        int firstRow = Math.max(first, Ellipse.firstRow(splats, s));
        int lastRow = Math.min(last, Ellipse.lastRow(splats, s));
        int lastColumn = Ellipse.lastColumn(splats, s, planes.width);
        float meanV = splats[s + MEAN_V];
        float conicC = splats[s + CONIC_C];
        float cut = -splats[s + CUT];
        float opacity = splats[s + opacityField];
        float intensity = splats[s + opacityField + 1];
        FloatVector zero = Lanes.broadcast(0f);
        FloatVector eDu = zero;
        FloatVector eDv = zero;
        FloatVector eDuDu = zero;
        FloatVector eDuDv = zero;
        FloatVector eDvDv = zero;
        FloatVector dOpacity = zero;
        FloatVector dIntensity = zero;
        for (int column = Ellipse.firstColumn(splats, s); column <= lastColumn; column += Lanes.LANES) {
            FloatVector du = Ellipse.offsets(splats[s + MEAN_U], column);
            FloatVector quadratic = Ellipse.quadratic(splats[s + CONIC_A], du, column, lastColumn);
            FloatVector cross = du.mul(splats[s + CONIC_B]);
            FloatVector columnE = zero;
            FloatVector columnEDv = zero;
            for (int row = firstRow; row <= lastRow; row++) {
                float dv = meanV - row;
                FloatVector exponent = Ellipse.exponent(quadratic, cross, conicC, dv);
                FloatVector gaussian = Ellipse.gaussian(exponent, cut);
                int p = planes.row(row) + column;
                FloatVector g = FloatVector.fromArray(Lanes.FLOATS, planes.gradient, p);
                FloatVector product = gaussian.mul(opacity);
                FloatVector transmittance = FloatVector.fromArray(Lanes.FLOATS, planes.through, p);
                FloatVector alpha = alphas(product);
                FloatVector behind = behind(transmittance, alpha);
                FloatVector weight = weight(transmittance, behind, alpha);
                FloatVector left = FloatVector.fromArray(Lanes.FLOATS, planes.colour, p).sub(weight.mul(intensity));
                behind.intoArray(planes.through, p);
                left.intoArray(planes.colour, p);
                FloatVector dGaussian = gaussianGradient(g, intensity, transmittance, left, alpha, weight, product)
                        .mul(gaussian);
                dOpacity = dOpacity.add(dGaussian);
                dIntensity = g.fma(weight, dIntensity);
                FloatVector e = dGaussian.mul(opacity);
                columnE = columnE.add(e);
                columnEDv = e.fma(Lanes.broadcast(dv), columnEDv);
                eDvDv = e.fma(Lanes.broadcast(dv * dv), eDvDv);
            }
            eDu = columnE.fma(du, eDu);
            eDuDu = columnE.fma(du.mul(du), eDuDu);
            eDv = eDv.add(columnEDv);
            eDuDv = columnEDv.fma(du, eDuDv);
        }
        Lanes.sums(eDu, eDv, eDuDu, eDuDv, eDvDv, dOpacity, dIntensity, zero).intoArray(records, record);
        records[record + ViewBuffers.SECOND_INTENSITY] = 0f;
    }

    /** The gradient of both heads in a band: writes the band's records. */
    static void gradientOfBoth(ViewBuffers view, int band) {
        int first = view.firstRow(band);
        int last = view.lastRow(band);
        for (int e = view.bandStart[band]; e < view.bandStart[band + 1]; e++) {
            splatGradientOfBoth(view.splats, view.entries[e] * SPLAT_STRIDE, view.image, view.mask, first, last,
                    view.records, e * ViewBuffers.RECORD);
        }
    }

    private static void splatGradientOfBoth(float[] splats, int s, Planes image, Planes mask, int first, int last,
            float[] records, int record) {
        int firstRow = Math.max(first, Ellipse.firstRow(splats, s));
        int lastRow = Math.min(last, Ellipse.lastRow(splats, s));
        int lastColumn = Ellipse.lastColumn(splats, s, image.width);
        float meanV = splats[s + MEAN_V];
        float conicC = splats[s + CONIC_C];
        float cut = -splats[s + CUT];
        float imageOpacity = splats[s + SPLAT_IMAGE_OPACITY];
        float imageIntensity = splats[s + SPLAT_IMAGE_INTENSITY];
        float maskOpacity = splats[s + SPLAT_MASK_OPACITY];
        float maskIntensity = splats[s + SPLAT_MASK_INTENSITY];
        FloatVector zero = Lanes.broadcast(0f);
        FloatVector eDu = zero;
        FloatVector eDv = zero;
        FloatVector eDuDu = zero;
        FloatVector eDuDv = zero;
        FloatVector eDvDv = zero;
        FloatVector dImageOpacity = zero;
        FloatVector dImageIntensity = zero;
        FloatVector dMaskOpacity = zero;
        FloatVector dMaskIntensity = zero;
        for (int column = Ellipse.firstColumn(splats, s); column <= lastColumn; column += Lanes.LANES) {
            FloatVector du = Ellipse.offsets(splats[s + MEAN_U], column);
            FloatVector quadratic = Ellipse.quadratic(splats[s + CONIC_A], du, column, lastColumn);
            FloatVector cross = du.mul(splats[s + CONIC_B]);
            FloatVector columnE = zero;
            FloatVector columnEDv = zero;
            for (int row = firstRow; row <= lastRow; row++) {
                float dv = meanV - row;
                FloatVector exponent = Ellipse.exponent(quadratic, cross, conicC, dv);
                FloatVector gaussian = Ellipse.gaussian(exponent, cut);
                int p = image.row(row) + column;

                FloatVector g = FloatVector.fromArray(Lanes.FLOATS, image.gradient, p);
                FloatVector product = gaussian.mul(imageOpacity);
                FloatVector transmittance = FloatVector.fromArray(Lanes.FLOATS, image.through, p);
                FloatVector alpha = alphas(product);
                FloatVector behind = behind(transmittance, alpha);
                FloatVector weight = weight(transmittance, behind, alpha);
                FloatVector left =
                        FloatVector.fromArray(Lanes.FLOATS, image.colour, p).sub(weight.mul(imageIntensity));
                behind.intoArray(image.through, p);
                left.intoArray(image.colour, p);
                FloatVector dGaussian =
                        gaussianGradient(g, imageIntensity, transmittance, left, alpha, weight, product)
                                .mul(gaussian);
                dImageOpacity = dImageOpacity.add(dGaussian);
                dImageIntensity = g.fma(weight, dImageIntensity);
                FloatVector e = dGaussian.mul(imageOpacity);

                g = FloatVector.fromArray(Lanes.FLOATS, mask.gradient, p);
                product = gaussian.mul(maskOpacity);
                transmittance = FloatVector.fromArray(Lanes.FLOATS, mask.through, p);
                alpha = alphas(product);
                behind = behind(transmittance, alpha);
                weight = weight(transmittance, behind, alpha);
                left = FloatVector.fromArray(Lanes.FLOATS, mask.colour, p).sub(weight.mul(maskIntensity));
                behind.intoArray(mask.through, p);
                left.intoArray(mask.colour, p);
                dGaussian = gaussianGradient(g, maskIntensity, transmittance, left, alpha, weight, product)
                        .mul(gaussian);
                dMaskOpacity = dMaskOpacity.add(dGaussian);
                dMaskIntensity = g.fma(weight, dMaskIntensity);
                e = dGaussian.fma(Lanes.broadcast(maskOpacity), e);

                columnE = columnE.add(e);
                columnEDv = e.fma(Lanes.broadcast(dv), columnEDv);
                eDvDv = e.fma(Lanes.broadcast(dv * dv), eDvDv);
            }
            eDu = columnE.fma(du, eDu);
            eDuDu = columnE.fma(du.mul(du), eDuDu);
            eDv = eDv.add(columnEDv);
            eDuDv = columnEDv.fma(du, eDuDv);
        }
        Lanes.sums(eDu, eDv, eDuDu, eDuDv, eDvDv, dImageOpacity, dImageIntensity, dMaskOpacity)
                .intoArray(records, record);
        records[record + ViewBuffers.SECOND_INTENSITY] = Lanes.sum(dMaskIntensity);
    }

    /** dL / dG over o: dL / d alpha where the splat counts and is not clamped, else 0. */
    private static FloatVector gaussianGradient(FloatVector g, float intensity, FloatVector transmittance,
            FloatVector colourBehind, FloatVector alpha, FloatVector weight, FloatVector product) {
        FloatVector dAlpha = transmittance.mul(intensity)
                .sub(colourBehind.div(Lanes.broadcast(1f).sub(alpha)))
                .mul(g);
        VectorMask<Float> counts = product.compare(
                VectorOperators.LE, ALPHA_HIGHEST, weight.compare(VectorOperators.GT, 0f));
        return Lanes.broadcast(0f).blend(dAlpha, counts);
    }
}
