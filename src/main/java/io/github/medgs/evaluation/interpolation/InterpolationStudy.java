package io.github.medgs.evaluation.interpolation;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.MotionPredictor;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.trust.ErrorModel;
import io.github.medgs.trust.SliceTrust;
import io.github.medgs.volume.SliceStack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Leaves slices of a stack out, lets each method predict them from those kept, and scores the predictions. */
public final class InterpolationStudy {

    /** Share of the errors that bands are meant to hold. */
    private static final double BAND = 0.9;

    private final SliceStack stack;
    private final HoldOut holdOut;
    private final SliceStack kept;
    private final int threads;
    private SliceTrust trust;

    /** A study on one thread. */
    public InterpolationStudy(SliceStack stack, int stride) {
        this(stack, stride, 1);
    }

    /**
     * @param stack all slices, more than the stride
     * @param threads for learning what errors to expect; no result depends on it
     */
    public InterpolationStudy(SliceStack stack, int stride, int threads) {
        this.stack = stack;
        this.threads = threads;
        this.holdOut = HoldOut.every(stride, stack);
        this.kept = stack.keep(holdOut.kept());
    }

    /**
     * Runs all methods one after the other.
     *
     * @param volume name for the report
     * @param pictured name of the method whose best, median and worst slices are shown
     */
    public CaseResult run(String volume, List<InterpolationMethod> methods, String pictured) throws IOException {
        List<MethodResult> results = new ArrayList<>();
        List<SlicePredictor> fitted = new ArrayList<>();
        for (InterpolationMethod method : methods) {
            long began = System.nanoTime();
            SlicePredictor predictor = method.fit(kept);
            double fitSeconds = (System.nanoTime() - began) / 1e9;
            fitted.add(predictor);
            if (trust == null && method.drawsByMotion()) {
                learnTrust();
            }
            results.add(score(method, predictor, fitSeconds));
        }
        int empty = (int) results.getFirst().slices().stream().filter(SliceScore::empty).count();
        return new CaseResult(volume, holdOut.stride(), stack.geometry().axis().name().toLowerCase(Locale.ROOT),
                stack.height(), stack.width(), stack.window().low(), stack.window().high(), stack.count(),
                kept.count(), empty, stack.nonFiniteCount(), ThroughPlane.roughness(trueSlices(), spannedPositions()), pictured, results,
                pictures(results, fitted, pictured));
    }

    /** The scores of one method alone; what errors to expect of it is not asked. */
    public static MethodResult score(SliceStack stack, int stride, InterpolationMethod method) throws IOException {
        InterpolationStudy study = new InterpolationStudy(stack, stride);
        long began = System.nanoTime();
        SlicePredictor predictor = method.fit(study.kept);
        return study.score(method, predictor, (System.nanoTime() - began) / 1e9);
    }

    /** What errors to expect, learnt from the kept slices alone. */
    private void learnTrust() {
        MotionPredictor motion = MotionPredictor.of(KeptSlices.of(kept), threads);
        trust = ErrorModel.trust(motion, null, kept.step(), BAND, threads);
    }

    private TrustScore trustScore(float[][] together, List<SliceScore> scores) {
        boolean[] empty = new boolean[scores.size()];
        for (int n = 0; n < empty.length; n++) {
            empty[n] = scores.get(n).empty();
        }
        return TrustScore.of(trust, holdOut.scored(), trueSlices(), together, empty, threads);
    }

    private MethodResult score(InterpolationMethod method, SlicePredictor predictor, double fitSeconds) {
        float[][] together = trueSlices();
        List<SliceScore> scores = new ArrayList<>();
        double[] positions = stack.positions();
        long began = System.nanoTime();
        for (HoldOut.Scored scored : holdOut.scored()) {
            float[] predicted = new float[pixels()];
            predictor.predict(scored.before(), scored.fraction(), predicted);
            together[scored.source()] = predicted;
        }
        double secondsPerSlice = (System.nanoTime() - began) / 1e9 / holdOut.scored().size();
        for (HoldOut.Scored scored : holdOut.scored()) {
            scores.add(SliceScore.of(scored.source(), positions[scored.source()], together[scored.source()],
                    stack.slice(scored.source()), stack.height(), stack.width()));
        }
        List<SliceScore> own = ownSlices(predictor);
        return new MethodResult(method.name(), method.description(), method.settings(),
                MethodResult.mean(scores, SliceScore::psnr), MethodResult.mean(scores, SliceScore::ssim),
                MethodResult.mean(scores, SliceScore::error), ThroughPlane.roughness(together, spannedPositions()),
                MethodResult.mean(own, SliceScore::psnr), MethodResult.mean(own, SliceScore::ssim), fitSeconds,
                secondsPerSlice, scores, trust != null && method.drawsByMotion() ? trustScore(together, scores) : null);
    }

    private List<SliceScore> ownSlices(SlicePredictor predictor) {
        List<SliceScore> own = new ArrayList<>();
        float[] predicted = new float[pixels()];
        for (int k = 0; k < kept.count(); k++) {
            boolean last = k == kept.count() - 1;
            predictor.predict(last ? k - 1 : k, last ? 1 : 0, predicted);
            own.add(SliceScore.of(holdOut.kept()[k], kept.positions()[k], predicted, stack.slice(holdOut.kept()[k]),
                    stack.height(), stack.width()));
        }
        return own;
    }

    private List<CaseResult.SlicePictures> pictures(List<MethodResult> results, List<SlicePredictor> fitted,
            String name) {
        MethodResult leading = results.stream().filter(result -> result.method().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no method " + name));
        List<SliceScore> ranked = leading.slices().stream().filter(score -> !score.empty())
                .sorted(Comparator.comparingDouble(SliceScore::psnr).reversed()).toList();
        if (ranked.isEmpty()) {
            return List.of();
        }
        int pictured = results.indexOf(leading);
        return List.of(picture("best", ranked.getFirst(), fitted, pictured),
                picture("median", ranked.get(ranked.size() / 2), fitted, pictured),
                picture("worst", ranked.getLast(), fitted, pictured));
    }

    private CaseResult.SlicePictures picture(String title, SliceScore score, List<SlicePredictor> fitted, int pictured) {
        HoldOut.Scored scored = holdOut.scored().stream().filter(s -> s.source() == score.slice()).findFirst()
                .orElseThrow();
        List<float[]> predictions = new ArrayList<>();
        for (SlicePredictor predictor : fitted) {
            float[] predicted = new float[pixels()];
            predictor.predict(scored.before(), scored.fraction(), predicted);
            predictions.add(predicted);
        }
        float[] expected = trust == null ? null : new float[pixels()];
        if (trust != null) {
            trust.of(scored.before(), scored.fraction(), predictions.get(pictured), expected, new float[pixels()]);
        }
        return new CaseResult.SlicePictures(title, score.slice(), stack.slice(score.slice()), predictions, expected);
    }

    /** The true slices from the first kept one to the last. */
    private float[][] trueSlices() {
        float[][] slices = new float[spanned()][];
        for (int f = 0; f < slices.length; f++) {
            slices[f] = stack.slice(f);
        }
        return slices;
    }

    private double[] spannedPositions() {
        return Arrays.copyOf(stack.positions(), spanned());
    }

    private int spanned() {
        return holdOut.kept()[holdOut.kept().length - 1] + 1;
    }

    private int pixels() {
        return stack.height() * stack.width();
    }
}
