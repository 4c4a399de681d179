package io.github.medgs.evaluation.interpolation;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How one method did on one volume at one stride.
 *
 * @param method its name
 * @param description what it does
 * @param settings what it was told
 * @param psnr mean over the scored slices that are not empty; NaN when there are none
 * @param ssim likewise
 * @param meanAbsoluteError likewise
 * @param roughness of the stack put together from kept and predicted slices; see {@link ThroughPlane#roughness}
 * @param ownPsnr how well it gives back the kept slices themselves: mean PSNR
 * @param ownSsim likewise
 * @param fitSeconds time to learn from the kept slices
 * @param secondsPerSlice mean time to predict a slice
 * @param slices every scored slice
 * @param trust whether its expected errors hold; {@code null} for a method that nothing is expected of
 */
public record MethodResult(
        String method,
        String description,
        Map<String, Object> settings,
        double psnr,
        double ssim,
        double meanAbsoluteError,
        double roughness,
        double ownPsnr,
        double ownSsim,
        double fitSeconds,
        double secondsPerSlice,
        List<SliceScore> slices,
        TrustScore trust) {

    static double mean(List<SliceScore> scores, ToDoubleFunction<SliceScore> value) {
        return scores.stream().filter(score -> !score.empty()).mapToDouble(value).average().orElse(Double.NaN);
    }
}
