package io.github.medgs.view;

import static io.github.medgs.kernel.Layout.*;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.kernel.AlphaCompositing;
import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.NormalisedSum;
import io.github.medgs.kernel.Transcendental;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.MaskHeads;
import io.github.medgs.model.ParameterTable;
import io.github.medgs.model.TrainedModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which Gaussians made a pixel, and how much of it each: its weight, alpha times transmittance in the published form, w
 * over the sum of weights in the normalised one. The kernels are those of the reference engine, one Gaussian after the
 * other, so that the shares times the intensities add up to its pixel. Of many labels the mask head is that of the channel
 * which is drawn highest there, as the label of the pixel is.
 */
final class PixelShares {

    /** Points of a Gaussian's path, from where it is first drawn to where it is last. */
    private static final int PATH_POINTS = 17;

    /**
     * One Gaussian's part in a pixel.
     *
     * @param share from 0 to 1 of the pixel's weight
     * @param intensity as the head draws it, [0, 1] for what was trained
     */
    private record Part(int gaussian, double share, float intensity) {}

    private final TrainedModel model;
    private final FoldedGaussians gaussians;
    private final int[] form;
    private final float time;
    private final int column;
    private final int row;
    private final boolean mask;
    private final float[] splat = new float[SPLAT_STRIDE];

    /** Largest share first. */
    private final List<Part> parts = new ArrayList<>();

    /** The pixel as the head draws it. */
    private float value;

    /** The pixel of the slice: the image held to the range that was trained, the mask as occupancy. */
    private float shown;

    /** @param mask whether the mask head is meant, not the image head */
    PixelShares(TrainedModel model, double millimetres, int column, int row, boolean mask) {
        this.model = model;
        this.gaussians = mask && model.labelled() ? apart(model.gaussians()) : model.gaussians();
        this.form = gaussians.form().toKernel();
        this.time = model.timeScale().ofPosition(millimetres);
        this.column = column;
        this.row = row;
        this.mask = mask;
        if (mask && model.labelled()) {
            gatherHighest(model.heads().apart());
        } else {
            gather();
            shown = mask ? gaussians.form().occupancy(value) : Math.clamp(value, 0f, 1f);
        }
    }

    private boolean fold(int g, float at) {
        return Folding.fold(gaussians.parameters().values(), gaussians.capacity(), form, g, at, splat, 0) != 0;
    }

    // In which the heads take turns, while others draw from the model's own table.
    private static FoldedGaussians apart(FoldedGaussians shared) {
        ParameterTable table = shared.parameters();
        return new FoldedGaussians(shared.form(), new ParameterTable(table.rows(), table.capacity(), table.values().clone()),
                shared.count());
    }

    private void gatherHighest(MaskHeads heads) {
        int highest = 0;
        float best = 0;
        float sum = 0;
        for (int channel = 0; channel < heads.channels(); channel++) {
            heads.stand(channel, gaussians.parameters());
            gather();
            sum += Math.max(0f, value);
            if (value > best) {
                best = value;
                highest = channel;
            }
        }
        heads.stand(highest, gaussians.parameters());
        gather();
        // As a slice has all labels together: by how much they are ahead of the background.
        shown = gaussians.form().occupancy(0.5f + 0.5f * (best - (1 - sum)));
    }

    private void gather() {
        parts.clear();
        int opacity = mask ? SPLAT_MASK_OPACITY : SPLAT_IMAGE_OPACITY;
        boolean alpha = form[COMPOSITING] == COMPOSITING_ALPHA;
        // As the engines keep it: transmittance or sum of weights, then colour or weighted sum.
        float[] pixel = {alpha ? 1f : 0f, 0f};
        List<Part> raw = new ArrayList<>();
        for (int g = 0; g < gaussians.count(); g++) {
            if (!fold(g, time)) {
                continue;
            }
            float exponent = AlphaCompositing.exponent(splat[CONIC_A], splat[CONIC_B], splat[CONIC_C],
                    splat[MEAN_U] - column, splat[MEAN_V] - row);
            if (exponent < -splat[CUT]) {
                continue;
            }
            float gaussian = Transcendental.exp(exponent);
            float before = pixel[0];
            if (alpha) {
                AlphaCompositing.draw(splat, 0, opacity, gaussian, pixel, 0, 1);
            } else {
                NormalisedSum.draw(splat, 0, opacity, gaussian, pixel, 0, 1);
            }
            double weight = !alpha ? splat[opacity] * gaussian
                    : AlphaCompositing.weight(before, pixel[0], AlphaCompositing.alpha(splat[opacity], gaussian));
            if (weight > 0) {
                raw.add(new Part(g, weight, splat[opacity + 1]));
            }
        }
        double whole = alpha ? 1 : pixel[0] + NormalisedSum.EPSILON;
        value = alpha ? pixel[1] : NormalisedSum.finish(pixel[0], pixel[1]);
        raw.forEach(part -> parts.add(new Part(part.gaussian(), part.share() / whole, part.intensity())));
        parts.sort(Comparator.comparingDouble(Part::share).reversed().thenComparingInt(Part::gaussian));
    }

    /** For the page: the largest parts with all their numbers. */
    ObjectNode toJson(int most) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("head", mask ? "mask" : "image");
        node.put("column", column);
        node.put("row", row);
        node.put("value", unit(value));
        node.put("shown", unit(shown));
        node.put("count", parts.size());
        double all = parts.stream().mapToDouble(Part::share).sum();
        double listed = parts.stream().limit(most).mapToDouble(Part::share).sum();
        node.put("others", Math.max(0, all - listed));
        node.put("background", Math.max(0, 1 - all));
        ArrayNode list = node.putArray("gaussians");
        parts.stream().limit(most).forEach(part -> describe(part, list.addObject()));
        return node;
    }

    /** In the input's units; a mask's as it is. */
    private float unit(float drawn) {
        return mask ? drawn : model.window().toInput(drawn);
    }

    private void describe(Part part, ObjectNode node) {
        int g = part.gaussian();
        fold(g, time);
        node.put("index", g);
        node.put("share", part.share());
        node.put("intensity", unit(part.intensity()));
        node.put("opacity", splat[mask ? SPLAT_MASK_OPACITY : SPLAT_IMAGE_OPACITY]);
        node.put("column", splat[MEAN_U]);
        node.put("row", splat[MEAN_V]);
        ellipse(node);
        float own = Folding.time(form[ANCHORED], gaussians.get(TIME, g));
        node.put("timeMm", model.timeScale().toPosition(own));
        float reach = (float) gaussians.form().window().reach(gaussians.get(SPREAD, g));
        double first = model.timeScale().toPosition(own - reach);
        double last = model.timeScale().toPosition(own + reach);
        double end = model.geometry().positions()[model.geometry().positions().length - 1];
        node.put("firstMm", Math.clamp(first, 0, end));
        node.put("lastMm", Math.clamp(last, 0, end));
        path(g, Math.clamp(first, 0, end), Math.clamp(last, 0, end), node.putArray("path"));
    }

    /** Standard deviations of the splat's axes in pixels, longer first, and where the longer one points. */
    private void ellipse(ObjectNode node) {
        double determinant = (double) splat[CONIC_A] * splat[CONIC_C] - (double) splat[CONIC_B] * splat[CONIC_B];
        double varianceU = splat[CONIC_C] / determinant;
        double varianceV = splat[CONIC_A] / determinant;
        double covariance = -splat[CONIC_B] / determinant;
        double middle = 0.5 * (varianceU + varianceV);
        double apart = Math.hypot(0.5 * (varianceU - varianceV), covariance);
        node.put("longPixels", Math.sqrt(middle + apart));
        node.put("shortPixels", Math.sqrt(Math.max(0, middle - apart)));
        node.put("angleDegrees", Math.toDegrees(0.5 * Math.atan2(2 * covariance, varianceU - varianceV)));
    }

    private void path(int g, double first, double last, ArrayNode points) {
        for (int n = 0; n < PATH_POINTS; n++) {
            double millimetres = first + (last - first) * n / (PATH_POINTS - 1);
            fold(g, model.timeScale().ofPosition(millimetres));
            points.addArray().add(millimetres).add(splat[MEAN_U]).add(splat[MEAN_V]);
        }
    }
}
