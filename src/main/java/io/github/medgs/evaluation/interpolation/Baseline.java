package io.github.medgs.evaluation.interpolation;

import io.github.medgs.training.target.InBetweenTarget;
import io.github.medgs.training.target.KeptSlices;
import io.github.medgs.volume.SliceStack;
import java.util.Map;

/**
 * A method without Gaussians.
 *
 * @param kind which
 * @param threads how many threads it may use
 */
public record Baseline(InBetweenTarget.Kind kind, int threads) implements InterpolationMethod {

    @Override
    public String name() {
        return switch (kind) {
            case LINEAR -> "linear";
            case CUBIC -> "cubic";
            case SPLINE -> "spline";
            case FLOW -> "flow";
            case MOTION -> "motion";
        };
    }

    @Override
    public String description() {
        return switch (kind) {
            case LINEAR -> "blend of the two neighbouring slices by distance";
            case CUBIC -> "Catmull-Rom's cubic through four slices";
            case SPLINE -> "natural cubic spline through all slices";
            case FLOW -> "dense optical flow of the two neighbouring slices, both warped and blended";
            case MOTION -> "the in-between target that Gaussians are trained on, without Gaussians";
        };
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of();
    }

    @Override
    public Interpolator fit(SliceStack kept) {
        KeptSlices slices = new KeptSlices(kept.values(), kept.positions(), kept.height(), kept.width());
        return InBetweenTarget.of(kind, slices, threads)::at;
    }
}
