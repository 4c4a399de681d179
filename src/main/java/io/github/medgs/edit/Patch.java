package io.github.medgs.edit;

import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.AlphaCompositing;
import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.NormalisedSum;
import io.github.medgs.kernel.Transcendental;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadRows;
import java.util.Arrays;
import org.joml.Matrix3x2d;

/**
 * A rectangle of a slice, drawn by plain loops: an edit touches little of a model, and its result must not depend on
 * which engine the machine has.
 */
final class Patch {

    private final FoldedGaussians gaussians;
    private final int[] form;
    private final HeadRows heads;
    private final float[] scratch;
    private final int stride;
    private final float time;
    private final Rectangle rectangle;
    private final Matrix3x2d move;
    private final int[] drawn;
    private final float[] splats;
    private final int count;

    /**
     * @param candidates the Gaussians that may be drawn at this time, in array order
     * @param move where the slice's pixels are moved to; {@code null} for nowhere
     */
    Patch(FoldedGaussians gaussians, HeadRows heads, int[] candidates, float time, Rectangle rectangle, Matrix3x2d move) {
        this.gaussians = gaussians;
        this.form = gaussians.form().toKernel();
        this.heads = heads;
        this.scratch = new float[gaussians.form().rows()];
        // After a splat come opacity and intensity of each head that has no place in it.
        this.stride = SPLAT_STRIDE + 2 * (heads.count() - 2);
        this.time = time;
        this.rectangle = rectangle;
        this.move = move;
        int[] found = new int[candidates.length];
        float[] splat = new float[stride];
        int n = 0;
        for (int g : candidates) {
            if (fold(g, splat, 0) && overlaps(splat, 0)) {
                found[n++] = g;
            }
        }
        this.count = n;
        this.drawn = Arrays.copyOf(found, n);
        this.splats = new float[n * stride];
    }

    int count() {
        return count;
    }

    /** The Gaussian behind splat {@code k}. */
    int gaussian(int k) {
        return drawn[k];
    }

    /** Where splat {@code k} was last drawn. */
    float column(int k) {
        return splats[k * stride + MEAN_U];
    }

    float row(int k) {
        return splats[k * stride + MEAN_V];
    }

    /** Draws every head with the parameters as they are now: image, then mask or channels, not clamped. */
    float[][] draw() {
        boolean alpha = form[COMPOSITING] == COMPOSITING_ALPHA;
        int plane = rectangle.pixels();
        float[][] sums = new float[heads.count()][2 * plane];
        for (float[] head : sums) {
            Arrays.fill(head, 0, plane, alpha ? 1f : 0f);
        }
        for (int k = 0; k < count; k++) {
            int s = k * stride;
            if (fold(drawn[k], splats, s)) {
                draw(s, alpha, sums, plane);
            }
        }
        float[][] drawnHeads = new float[heads.count()][plane];
        for (int head = 0; head < drawnHeads.length; head++) {
            for (int p = 0; p < plane; p++) {
                drawnHeads[head][p] = alpha ? sums[head][plane + p]
                        : NormalisedSum.finish(sums[head][p], sums[head][plane + p]);
            }
        }
        return drawnHeads;
    }

    private void draw(int s, boolean alpha, float[][] sums, int plane) {
        for (int r = first(splats[s + MEAN_V] - splats[s + EXTENT_V], rectangle.top());
                r <= last(splats[s + MEAN_V] + splats[s + EXTENT_V], rectangle.top(), rectangle.height()); r++) {
            for (int c = first(splats[s + MEAN_U] - splats[s + EXTENT_U], rectangle.left());
                    c <= last(splats[s + MEAN_U] + splats[s + EXTENT_U], rectangle.left(), rectangle.width()); c++) {
                float exponent = exponent(s, c, r);
                if (exponent < -splats[s + CUT]) {
                    continue;
                }
                float gaussian = Transcendental.exp(exponent);
                for (int head = 0; head < heads.count(); head++) {
                    int opacity = field(head);
                    int p = r * rectangle.width() + c;
                    if (alpha) {
                        AlphaCompositing.draw(splats, s, opacity, gaussian, sums[head], p, plane);
                    } else {
                        NormalisedSum.draw(splats, s, opacity, gaussian, sums[head], p, plane);
                    }
                }
            }
        }
    }

    /** Where a head's opacity stands in its splat; its intensity follows. */
    private int field(int head) {
        if (head == 0) {
            return SPLAT_IMAGE_OPACITY;
        }
        return heads.isOwn(head) ? SPLAT_MASK_OPACITY : SPLAT_STRIDE + 2 * heads.waitingPlace(head);
    }

    /** The means of a head's pictures under splat {@code k}, as it was last drawn: weighed by the Gaussian. */
    float[] meansUnder(int k, float[][] pictures) {
        int s = k * stride;
        float[] sums = new float[pictures.length];
        float weights = 0;
        for (int r = first(splats[s + MEAN_V] - splats[s + EXTENT_V], rectangle.top());
                r <= last(splats[s + MEAN_V] + splats[s + EXTENT_V], rectangle.top(), rectangle.height()); r++) {
            for (int c = first(splats[s + MEAN_U] - splats[s + EXTENT_U], rectangle.left());
                    c <= last(splats[s + MEAN_U] + splats[s + EXTENT_U], rectangle.left(), rectangle.width()); c++) {
                float exponent = exponent(s, c, r);
                if (exponent >= -splats[s + CUT]) {
                    float gaussian = Transcendental.exp(exponent);
                    weights += gaussian;
                    for (int head = 0; head < sums.length; head++) {
                        sums[head] += gaussian * pictures[head][r * rectangle.width() + c];
                    }
                }
            }
        }
        for (int head = 0; head < sums.length; head++) {
            sums[head] = weights > 0 ? sums[head] / weights : 0;
        }
        return sums;
    }

    private float exponent(int s, int column, int row) {
        return AlphaCompositing.exponent(splats[s + CONIC_A], splats[s + CONIC_B], splats[s + CONIC_C],
                splats[s + MEAN_U] - (rectangle.left() + column), splats[s + MEAN_V] - (rectangle.top() + row));
    }

    private static int first(float edge, int from) {
        return Math.max(0, (int) Math.ceil(edge) - from);
    }

    private static int last(float edge, int from, int size) {
        return Math.min(size - 1, (int) Math.floor(edge) - from);
    }

    private boolean overlaps(float[] folded, int s) {
        return folded[s + MEAN_U] + folded[s + EXTENT_U] >= rectangle.left()
                && folded[s + MEAN_U] - folded[s + EXTENT_U] <= rectangle.left() + rectangle.width() - 1
                && folded[s + MEAN_V] + folded[s + EXTENT_V] >= rectangle.top()
                && folded[s + MEAN_V] - folded[s + EXTENT_V] <= rectangle.top() + rectangle.height() - 1;
    }

    private boolean fold(int g, float[] out, int s) {
        boolean drawn = Folding.fold(gaussians.parameters().values(), gaussians.capacity(), form, g, time, out, s) == 1;
        for (int head = 1; head < heads.count(); head++) {
            if (!heads.isOwn(head)) {
                if (form[HEAD_OPACITY] == HEAD_OPACITY_SHARED) {
                    foldIntensity(g, head, out, s);
                } else {
                    drawn |= foldApart(g, head, out, s);
                }
            }
        }
        if (drawn && move != null) {
            move(out, s);
        }
        return drawn;
    }

    /** The mask's opacity, and the head's own intensity. */
    private void foldIntensity(int g, int head, float[] out, int s) {
        float[] values = gaussians.parameters().values();
        float u = Folding.time(form[ANCHORED], gaussians.get(TIME, g)) - time;
        out[s + field(head)] = out[s + SPLAT_MASK_OPACITY];
        out[s + field(head) + 1] = Folding.intensity(form[COMPOSITING], 0.5f + Folding.C0 * Folding.intensityCoefficient(
                values, gaussians.capacity(), g, heads.intensity(head), form[INTENSITY_DEGREE], u));
    }

    /** Folds the Gaussian once more with this head in the mask's place; the splat reaches as far as its farthest head. */
    private boolean foldApart(int g, int head, float[] out, int s) {
        float[] splat = new float[SPLAT_STRIDE];
        for (int row = 0; row < scratch.length; row++) {
            scratch[row] = gaussians.get(row, g);
        }
        scratch[MASK_OPACITY] = gaussians.get(heads.opacity(head), g);
        for (int order = 0; order <= form[INTENSITY_DEGREE]; order++) {
            scratch[maskIntensity(form[INTENSITY_DEGREE]) + order] = gaussians.get(heads.intensity(head) + order, g);
        }
        boolean drawn = Folding.fold(scratch, 1, form, 0, time, splat, 0) == 1;
        out[s + field(head)] = splat[SPLAT_MASK_OPACITY];
        out[s + field(head) + 1] = splat[SPLAT_MASK_INTENSITY];
        for (int field = CUT; field <= EXTENT_V; field++) {
            out[s + field] = Math.max(out[s + field], splat[field]);
        }
        return drawn;
    }

    /** Mean B m + b, conic B^-T Q B^-1, and the extents that go with it; B is the move within the slice. */
    private void move(float[] out, int s) {
        double u = out[s + MEAN_U];
        double v = out[s + MEAN_V];
        out[s + MEAN_U] = (float) (move.m00 * u + move.m10 * v + move.m20);
        out[s + MEAN_V] = (float) (move.m01 * u + move.m11 * v + move.m21);
        double determinant = move.m00 * move.m11 - move.m10 * move.m01;
        // The inverse of B, row by row.
        double i00 = move.m11 / determinant;
        double i01 = -move.m10 / determinant;
        double i10 = -move.m01 / determinant;
        double i11 = move.m00 / determinant;
        double a = out[s + CONIC_A];
        double b = out[s + CONIC_B];
        double c = out[s + CONIC_C];
        double movedA = i00 * i00 * a + 2 * i00 * i10 * b + i10 * i10 * c;
        double movedB = i00 * i01 * a + (i00 * i11 + i01 * i10) * b + i10 * i11 * c;
        double movedC = i01 * i01 * a + 2 * i01 * i11 * b + i11 * i11 * c;
        out[s + CONIC_A] = (float) movedA;
        out[s + CONIC_B] = (float) movedB;
        out[s + CONIC_C] = (float) movedC;
        double inverse = 1 / (movedA * movedC - movedB * movedB);
        out[s + EXTENT_U] = (float) Math.sqrt(2 * out[s + CUT] * movedC * inverse);
        out[s + EXTENT_V] = (float) Math.sqrt(2 * out[s + CUT] * movedA * inverse);
    }
}
