package io.github.medgs.training;

import io.github.medgs.interslice.Interpolation;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;

/**
 * Every number of a training run. The presets in {@code configs/} are the one place of the values; there are no
 * defaults in code.
 *
 * @param iterations steps of Adam; 0 asks for {@code passes} steps for each slice
 * @param passes steps for each slice where the iterations are 0
 * @param seed of all random choices
 * @param checkpointInterval steps between checkpoints; more where they are over sooner than a checkpoint is written
 * @param reportInterval steps between rows of the history
 * @param heads which heads are trained
 */
public record TrainingConfig(
        int iterations,
        int passes,
        long seed,
        int checkpointInterval,
        int reportInterval,
        Heads heads,
        Model model,
        Start start,
        Views views,
        Objective objective,
        Between between,
        Rates rates,
        Adam adam,
        Density density) {

    /** This configuration with its number of steps worked out for a stack. */
    public TrainingConfig forSlices(int slices) {
        int steps = iterations > 0 ? iterations : (int) Math.min(Integer.MAX_VALUE, (long) passes * slices);
        return new TrainingConfig(steps, passes, seed, checkpointInterval, reportInterval, heads, model, start, views,
                objective, between, rates, adam, density);
    }

    /** The model's form; see {@link io.github.medgs.model.ModelForm}. */
    public record Model(
            int motionDegree,
            int intensityDegree,
            Compositing compositing,
            TemporalWindow window,
            HeadOpacity headOpacity,
            TimeAxis timeAxis) {}

    /** Where the Gaussians begin. */
    public enum StartKind {
        /** Uniform over plane and time, as published. */
        RANDOM,
        /** On the slices' own pixels, more where the intensity changes. */
        SLICES
    }

    /**
     * @param gaussians how many, for {@link StartKind#RANDOM}
     * @param pixelsPerGaussian pixels of a slice per Gaussian anchored on it, for {@link StartKind#SLICES}
     * @param spacings standard deviation of those, in units of their mean spacing
     * @param edgeShare 0 spreads them evenly, 1 entirely by gradient magnitude
     * @param motion whether their motion begins as the in-between target's motion
     * @param sharpening rounds of {@link IntensityStart} before the first step
     */
    public record Start(
            StartKind kind,
            int gaussians,
            float pixelsPerGaussian,
            float spacings,
            float edgeShare,
            boolean motion,
            int sharpening) {}

    /** @param neighbours whether a step looks at the chosen slice's two neighbours as well, as published */
    public record Views(boolean neighbours) {}

    /**
     * Weights of the loss; each multiplies a mean over pixels and views.
     *
     * @param spreadImage weight of the sigma regulariser with an image head; the two add up in joint training
     * @param spreadMask weight of the sigma regulariser with a mask head
     * @param spreadUntil last step but one of the sigma regulariser
     */
    public record Objective(
            float imageAbsolute,
            float imageSquared,
            float imageStructural,
            float betweenAbsolute,
            float betweenSquared,
            float maskAbsolute,
            float maskSquared,
            float maskBetweenAbsolute,
            float maskBetweenSquared,
            float spreadImage,
            float spreadMask,
            int spreadUntil) {}

    /**
     * In-between-frame regularisation.
     *
     * @param target what the image between two slices should look like: {@link Interpolation#LINEAR} as published
     * @param maskTarget what the mask there should look like
     * @param from first step that has it
     * @param lowest smallest fraction of the way from one slice to the next
     * @param highest largest fraction
     */
    public record Between(
            Interpolation target, Interpolation maskTarget, int from, float lowest, float highest) {}

    /**
     * Learning rates per step. The position's falls log-linearly from the first value to the last.
     *
     * @param decay factor that all other rates have reached at the last step, log-linearly; 1 keeps them
     */
    public record Rates(
            float position,
            float positionLast,
            float scale,
            float angle,
            float time,
            float spread,
            float motion,
            float opacity,
            float intensity,
            float intensitySlope,
            float decay) {}

    /** @param drawnOnly move only the Gaussians that the step drew */
    public record Adam(float beta1, float beta2, float epsilon, boolean drawnOnly) {}

    /**
     * Density control.
     *
     * @param most cap on the number of Gaussians; the strongest candidates come first when it is reached
     * @param after density control happens at multiples of the interval above this step
     * @param until and below this one; 0 turns it off
     * @param meanGradient threshold of the mean gradient norm by the splat's mean, in half slice sizes
     * @param timeGradient threshold of the mean absolute gradient by the raw time
     * @param smallScale Gaussians up to this standard deviation (world units) are cloned, larger ones split
     * @param lowestOpacity Gaussians below it in every trained head are removed
     * @param largestScale Gaussians above this standard deviation are removed, after {@code largestScaleAfter} steps
     * @param opacityReset steps between resets of the opacity to at most {@code resetOpacity}
     */
    public record Density(
            int most,
            int after,
            int until,
            int interval,
            float meanGradient,
            float timeGradient,
            float smallScale,
            float lowestOpacity,
            float largestScale,
            int largestScaleAfter,
            int opacityReset,
            float resetOpacity) {}
}
