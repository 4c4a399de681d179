package io.github.medgs.training;

import io.github.medgs.InputException;
import io.github.medgs.interslice.Interpolation;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What the values of a configuration must fulfil beyond their types. */
final class ConfigRules {

    private static final int MOST_GAUSSIANS = 20_000_000;

    private final UnaryOperator<String> subjects;

    /** @param subjects how a message names a key: with where its value is from */
    ConfigRules(UnaryOperator<String> subjects) {
        this.subjects = subjects;
    }

    /** @throws InputException that names the first key at fault */
    void check(TrainingConfig c) {
        between("iterations", c.iterations(), 0, 10_000_000);
        between("passes", c.passes(), 1, 100_000);
        between("checkpointInterval", c.checkpointInterval(), 1, Integer.MAX_VALUE);
        between("reportInterval", c.reportInterval(), 1, Integer.MAX_VALUE);
        between("model.motionDegree", c.model().motionDegree(), 0, ModelForm.HIGHEST_MOTION_DEGREE);
        between("model.intensityDegree", c.model().intensityDegree(), 0, ModelForm.HIGHEST_INTENSITY_DEGREE);
        boolean anchored = c.model().timeAxis() == TimeAxis.SLICES;
        if ((c.model().window() == TemporalWindow.HAT) != anchored) {
            throw new InputException(subjects.apply("model.window"), "the hat and timeAxis slices belong together",
                    "set both, or neither");
        }
        if ((c.start().kind() == TrainingConfig.StartKind.SLICES) != anchored) {
            throw new InputException(subjects.apply("start.kind"), "a start on the slices and timeAxis slices belong together",
                    "set both, or neither");
        }
        between("start.gaussians", c.start().gaussians(), 1, MOST_GAUSSIANS);
        between("start.pixelsPerGaussian", c.start().pixelsPerGaussian(), 1, 1e6);
        between("start.spacings", c.start().spacings(), 0.01, 100);
        between("start.edgeShare", c.start().edgeShare(), 0, 1);
        between("start.sharpening", c.start().sharpening(), 0, 1000);
        checkObjective(c.objective());
        choice("between.target", c.between().target(), Interpolation::ofImages);
        choice("between.maskTarget", c.between().maskTarget(), Interpolation::ofMasks);
        between("between.from", c.between().from(), 0, Integer.MAX_VALUE);
        between("between.lowest", c.between().lowest(), 0, 1);
        between("between.highest", c.between().highest(), c.between().lowest(), 1);
        checkRates(c.rates());
        between("adam.beta1", c.adam().beta1(), 0, 0.999999);
        between("adam.beta2", c.adam().beta2(), 0, 0.9999999);
        between("adam.epsilon", c.adam().epsilon(), 1e-30, 1);
        between("density.most", c.density().most(), 1, MOST_GAUSSIANS);
        between("density.interval", c.density().interval(), 1, Integer.MAX_VALUE);
        between("density.opacityReset", c.density().opacityReset(), 1, Integer.MAX_VALUE);
        between("density.resetOpacity", c.density().resetOpacity(), 1e-6, 0.999999);
    }

    private void checkObjective(TrainingConfig.Objective o) {
        weight("imageAbsolute", o.imageAbsolute());
        weight("imageSquared", o.imageSquared());
        weight("imageStructural", o.imageStructural());
        weight("betweenAbsolute", o.betweenAbsolute());
        weight("betweenSquared", o.betweenSquared());
        weight("maskAbsolute", o.maskAbsolute());
        weight("maskSquared", o.maskSquared());
        weight("maskBetweenAbsolute", o.maskBetweenAbsolute());
        weight("maskBetweenSquared", o.maskBetweenSquared());
        weight("spreadImage", o.spreadImage());
        weight("spreadMask", o.spreadMask());
    }

    private void checkRates(TrainingConfig.Rates r) {
        between("rates.position", r.position(), 0, 1);
        between("rates.positionLast", r.positionLast(), 0, 1);
        between("rates.scale", r.scale(), 0, 1);
        between("rates.angle", r.angle(), 0, 1);
        between("rates.time", r.time(), 0, 1);
        between("rates.spread", r.spread(), 0, 1);
        between("rates.motion", r.motion(), 0, 1);
        between("rates.opacity", r.opacity(), 0, 1);
        between("rates.intensity", r.intensity(), 0, 1);
        between("rates.intensitySlope", r.intensitySlope(), 0, 1);
        between("rates.decay", r.decay(), 1e-9, 1);
    }

    private void weight(String name, float value) {
        between("objective." + name, value, 0, 1e6);
    }

    private void choice(String key, Interpolation chosen, Predicate<Interpolation> fits) {
        Predicate<Interpolation> allowed = fits.or(interpolation -> interpolation == Interpolation.NONE);
        if (!allowed.test(chosen)) {
            throw new InputException(subjects.apply(key), "cannot be " + name(chosen), "give one of "
                    + Arrays.stream(Interpolation.values()).filter(allowed).map(ConfigRules::name)
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String name(Interpolation interpolation) {
        return interpolation.name().toLowerCase(Locale.ROOT);
    }

    private void between(String key, long value, long lowest, long highest) {
        require(value >= lowest && value <= highest, key, Long.toString(value), Long.toString(lowest), Long.toString(highest));
    }

    // The ends as floats, or what is given as 0.01 would lie below 0.01. Written so that NaN fails.
    private void between(String key, float value, double lowest, double highest) {
        require(value >= (float) lowest && value <= (float) highest, key, number(value), number((float) lowest),
                number((float) highest));
    }

    private void require(boolean within, String key, String value, String lowest, String highest) {
        if (!within) {
            throw new InputException(subjects.apply(key), "is " + value + ", out of range",
                    "give a value from " + lowest + " to " + highest);
        }
    }

    private static String number(float value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Float.toString(value);
    }
}
