package io.github.medgs.engine.tornado;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.Target;
import io.github.medgs.engine.View;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.plan.DevicePlan;
import io.github.medgs.engine.tornado.plan.Shape;
import io.github.medgs.engine.tornado.plan.SharpenPlan;
import io.github.medgs.engine.tornado.plan.StepPlan;
import io.github.medgs.engine.tornado.plan.TargetStacks;
import io.github.medgs.engine.tornado.plan.TrainingState;
import io.github.medgs.kernel.BlendedPicture;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import java.util.List;
import java.util.function.Consumer;

/** What training runs on a device, on a model without Gaussians: it compiles everything and computes nothing. */
final class EmptyPlans {

    private static final int VIEWS = 5;

    private final Device device;
    private final ModelForm form;
    private final FoldedGaussians gaussians;
    private final int entries;

    /**
     * @param size of a slice's sides
     * @param room for Gaussians
     * @param entries room for pairs of a tile and a splat
     */
    EmptyPlans(Device device, int size, int room, int entries) {
        this.device = device;
        this.form = new ModelForm(size, size, 7, 0, Compositing.ALPHA, TemporalWindow.SCALES, HeadOpacity.SEPARATE,
                TimeAxis.PHYSICAL);
        this.gaussians = new FoldedGaussians(form, room);
        this.entries = entries;
    }

    /** A step, with a picture between slices and all losses. */
    void step(boolean recorded, Consumer<DevicePlan> sees) {
        AdamMoments moments = new AdamMoments(form.rows(), gaussians.capacity());
        TrainingState state = TrainingState.of(gaussians, moments, new DensityStatistics(gaussians.capacity()));
        float[] slices = new float[2 * form.width() * form.height()];
        BlendedPicture.Stack stack = new BlendedPicture.Stack(slices, slices, slices, slices, slices);
        View view = new View(0f, Target.blend(stack, new float[BlendedPicture.FLOATS]), null,
                new View.PixelCost(1f, 1f, 1f), View.PixelCost.NONE, true);
        Step step = new Step(1, List.of(view), new float[form.rows()], new Step.Adam(0.9f, 0.999f, 1e-15f),
                new Step.SpreadPenalty(0f, 1f, 1f), false, true);
        try (StepPlan plan = new StepPlan(device, new Shape(form, gaussians.capacity(), VIEWS, entries),
                TargetStacks.none().with(step), state, recorded, null)) {
            sees.accept(plan.devicePlan());
            plan.upload(0);
            plan.execute(step, 0);
        }
    }

    /** A round of sharpening. */
    void sharpening(Consumer<DevicePlan> sees) {
        try (SharpenPlan plan = new SharpenPlan(device, new Shape(form, gaussians.capacity(), 1, entries),
                gaussians.parameters().values())) {
            sees.accept(plan.devicePlan());
            plan.upload(0);
            plan.aim(0f, 0, 0, 0, new float[form.width() * form.height()], null);
            plan.round(0);
        }
    }
}
