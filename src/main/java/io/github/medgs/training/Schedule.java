package io.github.medgs.training;

import io.github.medgs.engine.Step;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import java.util.Arrays;

/** The learning rate of each parameter row at each step, and the sigma regulariser. */
final class Schedule {

    /** Slices of a stack up to which each step counts for Adam's corrections. */
    private static final int EACH_COUNTS = 24;

    private final TrainingConfig config;
    private final ModelForm form;
    private final Heads heads;
    private final float sliceSpacing;

    /** @param sliceSpacing in the model's time */
    Schedule(TrainingConfig config, ModelForm form, Heads heads, float sliceSpacing) {
        this.config = config;
        this.form = form;
        this.heads = heads;
        this.sliceSpacing = sliceSpacing;
    }

    /** Adam's constants for a stack of so many slices: in a longer one a Gaussian goes the course that it goes in these. */
    static Step.Adam adam(TrainingConfig config, int slices) {
        TrainingConfig.Adam adam = config.adam();
        double share = adam.drawnOnly() ? Math.min(1, (double) EACH_COUNTS / slices) : 1;
        return new Step.Adam(adam.beta1(), adam.beta2(), adam.epsilon(), share);
    }

    /** Rates while only the mask head is settled, the geometry held: {@code progress} runs from 0 to 1. */
    float[] settlingRates(double progress) {
        float[] byRow = new float[form.rows()];
        fillIntensity(byRow, form.maskIntensityRow(), true, (float) Math.pow(config.rates().decay(), progress));
        return byRow;
    }

    /** Rates by row; rows that the form, or the trained heads, do not use are frozen. */
    float[] rates(int iteration) {
        TrainingConfig.Rates rates = config.rates();
        double progress = (double) iteration / config.iterations();
        float decay = (float) Math.pow(rates.decay(), progress);
        float[] byRow = new float[form.rows()];
        float position = logLinear(rates.position(), rates.positionLast(), progress);
        byRow[Layout.X] = position;
        byRow[Layout.Z] = position;
        byRow[Layout.LOG_SCALE_X] = decay * rates.scale();
        byRow[Layout.LOG_SCALE_Z] = decay * rates.scale();
        byRow[Layout.ANGLE] = decay * rates.angle();
        byRow[Layout.TIME] = form.timeAxis() == TimeAxis.SLICES ? 0f : decay * rates.time();
        byRow[Layout.SPREAD] = form.window() == TemporalWindow.HAT ? 0f : decay * rates.spread();
        boolean shared = form.headOpacity() == HeadOpacity.SHARED;
        byRow[Layout.IMAGE_OPACITY] = heads.hasImage() || shared ? decay * rates.opacity() : 0f;
        byRow[Layout.MASK_OPACITY] = heads.hasMask() && !shared ? decay * rates.opacity() : 0f;
        fillIntensity(byRow, form.imageIntensityRow(), heads.hasImage(), decay);
        fillIntensity(byRow, form.maskIntensityRow(), heads.hasMask(), decay);
        Arrays.fill(byRow, form.motionRow(), form.rows(), decay * rates.motion());
        return byRow;
    }

    private void fillIntensity(float[] byRow, int row, boolean trained, float decay) {
        if (trained) {
            byRow[row] = decay * config.rates().intensity();
            Arrays.fill(byRow, row + 1, row + form.intensityDegree() + 1, decay * config.rates().intensitySlope());
        }
    }

    private static float logLinear(double first, double last, double progress) {
        if (first <= 0 || last <= 0) {
            return (float) first;
        }
        return (float) Math.exp((1 - progress) * Math.log(first) + progress * Math.log(last));
    }

    /**
     * The sigma regulariser: from one slice spacing to the whole stack. Published is 1 / F with time i / F: the same
     * spacing in the published time.
     */
    Step.SpreadPenalty spreadPenalty(int iteration) {
        TrainingConfig.Objective objective = config.objective();
        float weight = (heads.hasImage() ? objective.spreadImage() : 0f)
                + (heads.hasMask() ? objective.spreadMask() : 0f);
        boolean over = iteration >= objective.spreadUntil() || form.window() == TemporalWindow.HAT;
        return over ? Step.SpreadPenalty.NONE : new Step.SpreadPenalty(sliceSpacing, 1f, weight);
    }
}
