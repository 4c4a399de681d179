package io.github.medgs.evaluation.interpolation;

import io.github.medgs.interslice.Interpolation;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.volume.SliceStack;
import java.util.Locale;
import java.util.Map;

/**
 * A method without Gaussians.
 *
 * @param kind one of images
 * @param threads how many threads it may use
 */
public record Baseline(Interpolation kind, int threads) implements InterpolationMethod {

    @Override
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String description() {
        return switch (kind) {
            case LINEAR -> "blend of the two neighbouring slices by distance";
            case CUBIC -> "Catmull-Rom's cubic through four slices";
            case SPLINE -> "natural cubic spline through all slices";
            case FLOW -> "dense optical flow of the two neighbouring slices, both warped and blended";
            case MOTION -> "along the motion of the whole stack, blended as the stack asks for";
            case LEARNED -> "the in-between target that Gaussians are trained on, without Gaussians: motion, corrected by a small network";
            default -> throw new IllegalStateException(kind + " predicts no images");
        };
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of();
    }

    @Override
    public SlicePredictor fit(SliceStack kept) {
        return kind.ofImage(KeptSlices.of(kept), threads);
    }

    @Override
    public boolean drawsByMotion() {
        return kind.byMotion();
    }
}
