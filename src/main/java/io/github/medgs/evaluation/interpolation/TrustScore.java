package io.github.medgs.evaluation.interpolation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.medgs.interslice.Interpolation;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.parallel.Workers;
import io.github.medgs.trust.ErrorModel;
import io.github.medgs.trust.Foreground;
import io.github.medgs.trust.SliceTrust;
import java.util.Arrays;
import java.util.List;

/**
 * Whether the expected errors and bands of a method's slices hold against the truth. Over the voxels of scored slices
 * where the slice or one of its kept neighbours is above the window's low end, and where nothing else is said.
 *
 * @param level share of the errors that the band is meant to hold
 * @param coverage share that it holds
 * @param halfWidth mean half width of the band, in widths of the window
 * @param trivialHalfWidth the {@code level} quantile of linear interpolation's absolute errors: the band that needs no
 *     model, if one knew the truth
 * @param expectedError mean expected absolute error; {@code error} is the true one
 * @param sparsification see {@link Sparsification}: area between curve and oracle over all voxels of scored slices, and
 *     {@code sparsificationOfChance} that of chance
 * @param sparsificationInForeground the first over the second, over the foreground alone
 * @param leftOut slices that were left out to learn the band; 0 where the prior alone spoke
 */
public record TrustScore(double level, double coverage, double halfWidth, double trivialHalfWidth,
        double expectedError, double error, double sparsification, double sparsificationOfChance,
        double sparsificationInForeground, int leftOut) {

    /** The area over that of chance: 0 for a perfect order of errors, 1 for none. */
    @JsonProperty("sparsificationRatio")
    public double sparsificationRatio() {
        return sparsification / sparsificationOfChance;
    }

    /**
     * Scores.
     *
     * @param truth of all slices; {@code predicted} likewise, at scored places
     * @param empty for each scored slice whether it is left out
     * @param threads no result depends on it
     */
    static TrustScore of(SliceTrust trust, List<HoldOut.Scored> scored, float[][] truth, float[][] predicted,
            boolean[] empty, int threads) {
        KeptSlices kept = trust.slices();
        ErrorModel model = trust.model();
        float[][] expected = new float[scored.size()][kept.pixels()];
        float[][] band = new float[scored.size()][kept.pixels()];
        new Workers(threads).forEach(scored.size(), (n, worker) -> {
            HoldOut.Scored place = scored.get(n);
            if (!empty[n]) {
                trust.of(place.before(), place.fraction(), predicted[place.source()], expected[n], band[n]);
            }
        });
        SlicePredictor linear = Interpolation.LINEAR.ofImage(kept, 1);
        float[] straight = new float[kept.pixels()];
        float[] trivial = new float[1 << 16];
        Sparsification all = new Sparsification();
        Sparsification foreground = new Sparsification();
        int count = 0;
        long inside = 0;
        double width = 0;
        double expectedSum = 0;
        double errorSum = 0;
        for (int n = 0; n < scored.size(); n++) {
            HoldOut.Scored place = scored.get(n);
            if (empty[n]) {
                continue;
            }
            linear.predict(place.before(), place.fraction(), straight);
            for (int p = 0; p < straight.length; p++) {
                float value = truth[place.source()][p];
                float error = Math.abs(predicted[place.source()][p] - value);
                float said = expected[n][p];
                all.add(said, error);
                if (value > 0 || Foreground.of(kept, place.before(), p)) {
                    foreground.add(said, error);
                    float half = band[n][p];
                    inside += error <= half ? 1 : 0;
                    width += half;
                    expectedSum += said;
                    errorSum += error;
                    trivial = count == trivial.length ? Arrays.copyOf(trivial, 2 * count) : trivial;
                    trivial[count++] = Math.abs(straight[p] - value);
                }
            }
        }
        Arrays.sort(trivial, 0, count);
        double quantile = count == 0 ? Double.NaN : trivial[Math.min(count - 1, (int) (model.level() * count))];
        return new TrustScore(model.level(), (double) inside / count, width / count, quantile, expectedSum / count,
                errorSum / count, all.area(), all.areaOfChance(), foreground.area() / foreground.areaOfChance(),
                model.leftOut());
    }
}
