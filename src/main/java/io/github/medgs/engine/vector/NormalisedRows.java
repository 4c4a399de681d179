package io.github.medgs.engine.vector;

import static io.github.medgs.kernel.Layout.*;
import static io.github.medgs.kernel.NormalisedSum.EPSILON;

import jdk.incubator.vector.FloatVector;

/**
 * The normalised sum over a band of rows: {@link io.github.medgs.kernel.NormalisedSum} on eight pixels at once.
 *
 * <p>For the backward loops each pixel holds R = (dL/dpixel) / N and R C, with N the denominator and C the finished
 * pixel: dL/dw = R c - R C, and dL/dc = R w.
 */
final class NormalisedRows {

    private NormalisedRows() {}

    /** Draws one head into a band, and finishes its pixels. */
    static void draw(ViewBuffers view, int band, Planes planes, int opacityField) {
        int first = view.firstRow(band);
        int last = view.lastRow(band);
        planes.start(first, last, 0f);
        for (int e = view.bandStart[band]; e < view.bandStart[band + 1]; e++) {
            drawSplat(view.splats, view.entries[e] * SPLAT_STRIDE, opacityField, planes, first, last);
        }
        finish(planes, first, last);
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
                add(Ellipse.gaussian(exponent, cut).mul(opacity), intensity, planes, planes.row(row) + column);
            }
        }
    }

    /** Draws both heads into a band, and finishes their pixels. */
    static void drawBoth(ViewBuffers view, int band) {
        int first = view.firstRow(band);
        int last = view.lastRow(band);
        view.image.start(first, last, 0f);
        view.mask.start(first, last, 0f);
        for (int e = view.bandStart[band]; e < view.bandStart[band + 1]; e++) {
            drawSplatOnBoth(view.splats, view.entries[e] * SPLAT_STRIDE, view.image, view.mask, first, last);
        }
        finish(view.image, first, last);
        finish(view.mask, first, last);
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
                add(gaussian.mul(imageOpacity), imageIntensity, image, p);
                add(gaussian.mul(maskOpacity), maskIntensity, mask, p);
            }
        }
    }

    private static void add(FloatVector weight, float intensity, Planes planes, int p) {
        FloatVector.fromArray(Lanes.FLOATS, planes.through, p).add(weight).intoArray(planes.through, p);
        FloatVector.fromArray(Lanes.FLOATS, planes.colour, p)
                .add(weight.mul(intensity))
                .intoArray(planes.colour, p);
    }

    private static void finish(Planes planes, int first, int last) {
        int end = planes.row(last + 1) - Lanes.LANES;
        for (int p = planes.row(first); p < end; p += Lanes.LANES) {
            FloatVector sumOfWeights = FloatVector.fromArray(Lanes.FLOATS, planes.through, p);
            FloatVector weightedSum = FloatVector.fromArray(Lanes.FLOATS, planes.colour, p);
            weightedSum.div(sumOfWeights.add(EPSILON)).intoArray(planes.finished, p);
        }
    }

    /** Makes R and R C of a band's finished sums and pixels and of their gradient. */
    static void startGradient(Planes planes, int first, int last) {
        int end = planes.row(last + 1) - Lanes.LANES;
        for (int p = planes.row(first); p < end; p += Lanes.LANES) {
            FloatVector sumOfWeights = FloatVector.fromArray(Lanes.FLOATS, planes.through, p);
            FloatVector perWeight = FloatVector.fromArray(Lanes.FLOATS, planes.gradient, p)
                    .div(sumOfWeights.add(EPSILON));
            perWeight.intoArray(planes.through, p);
            perWeight.mul(FloatVector.fromArray(Lanes.FLOATS, planes.finished, p)).intoArray(planes.colour, p);
        }
    }

    /** The gradient of one head in a band, after {@link #startGradient}: writes the band's records. */
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
                FloatVector gaussian = Ellipse.gaussian(Ellipse.exponent(quadratic, cross, conicC, dv), cut);
                int p = planes.row(row) + column;
                FloatVector perWeight = FloatVector.fromArray(Lanes.FLOATS, planes.through, p).mul(gaussian);
                FloatVector e = perWeight.mul(intensity)
                        .sub(FloatVector.fromArray(Lanes.FLOATS, planes.colour, p).mul(gaussian));
                dIntensity = dIntensity.add(perWeight);
                columnE = columnE.add(e);
                columnEDv = e.fma(Lanes.broadcast(dv), columnEDv);
                eDvDv = e.fma(Lanes.broadcast(dv * dv), eDvDv);
            }
            dOpacity = dOpacity.add(columnE);
            eDu = columnE.fma(du, eDu);
            eDuDu = columnE.fma(du.mul(du), eDuDu);
            eDv = eDv.add(columnEDv);
            eDuDv = columnEDv.fma(du, eDuDv);
        }
        Lanes.sums(eDu.mul(opacity), eDv.mul(opacity), eDuDu.mul(opacity), eDuDv.mul(opacity), eDvDv.mul(opacity),
                dOpacity, dIntensity.mul(opacity), zero).intoArray(records, record);
        records[record + ViewBuffers.SECOND_INTENSITY] = 0f;
    }

    /** The gradient of both heads in a band, after {@link #startGradient}: writes the band's records. */
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
                FloatVector gaussian = Ellipse.gaussian(Ellipse.exponent(quadratic, cross, conicC, dv), cut);
                int p = image.row(row) + column;
                FloatVector perWeight = FloatVector.fromArray(Lanes.FLOATS, image.through, p).mul(gaussian);
                FloatVector dWeight = perWeight.mul(imageIntensity)
                        .sub(FloatVector.fromArray(Lanes.FLOATS, image.colour, p).mul(gaussian));
                dImageIntensity = dImageIntensity.add(perWeight);
                dImageOpacity = dImageOpacity.add(dWeight);
                FloatVector e = dWeight.mul(imageOpacity);

                perWeight = FloatVector.fromArray(Lanes.FLOATS, mask.through, p).mul(gaussian);
                dWeight = perWeight.mul(maskIntensity)
                        .sub(FloatVector.fromArray(Lanes.FLOATS, mask.colour, p).mul(gaussian));
                dMaskIntensity = dMaskIntensity.add(perWeight);
                dMaskOpacity = dMaskOpacity.add(dWeight);
                e = dWeight.fma(Lanes.broadcast(maskOpacity), e);

                columnE = columnE.add(e);
                columnEDv = e.fma(Lanes.broadcast(dv), columnEDv);
                eDvDv = e.fma(Lanes.broadcast(dv * dv), eDvDv);
            }
            eDu = columnE.fma(du, eDu);
            eDuDu = columnE.fma(du.mul(du), eDuDu);
            eDv = eDv.add(columnEDv);
            eDuDv = columnEDv.fma(du, eDuDv);
        }
        Lanes.sums(eDu, eDv, eDuDu, eDuDv, eDvDv, dImageOpacity, dImageIntensity.mul(imageOpacity), dMaskOpacity)
                .intoArray(records, record);
        records[record + ViewBuffers.SECOND_INTENSITY] = Lanes.sum(dMaskIntensity.mul(maskOpacity));
    }
}
