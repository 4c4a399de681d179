package io.github.medgs.training;

import io.github.medgs.interslice.Interpolation;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.LearnedPredictor;
import io.github.medgs.interslice.MotionPredictor;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.interslice.StackMotion;
import java.util.List;
import java.util.Objects;

/**
 * What a run is told about the space between its slices.
 *
 * @param image target of the image head, or {@code null}
 * @param masks target of the mask head for each channel; empty for none
 * @param motion how the anatomy moves, or {@code null}
 */
public record InBetween(SlicePredictor image, List<SlicePredictor> masks, StackMotion motion) {

    /** What the configuration asks for, worked out on all processors. */
    public static InBetween of(TrainingConfig config, TrainingData data, Heads heads) {
        return of(config, data, heads, Runtime.getRuntime().availableProcessors());
    }

    /**
     * What the configuration asks for.
     *
     * @param threads how many threads working it out may use; the result does not depend on it
     */
    public static InBetween of(TrainingConfig config, TrainingData data, Heads heads, int threads) {
        KeptSlices slices = KeptSlices.of(data.stack());
        Interpolation target = heads.hasImage() ? config.between().target() : Interpolation.NONE;
        boolean startsMoving = config.start().kind() == TrainingConfig.StartKind.SLICES && config.start().motion();
        StackMotion motion = target.byMotion() || startsMoving ? StackMotion.following(slices, threads) : null;
        SlicePredictor image =
                target.byMotion() ? target.along(motion, slices, threads) : target.ofImage(slices, threads);
        List<SlicePredictor> masks = !heads.hasMask() ? List.of() : data.channels().stream()
                .map(mask -> config.between().maskTarget().ofMaskHead(KeptSlices.of(data.stack(), mask), threads))
                .filter(Objects::nonNull).toList();
        return new InBetween(image, masks, startsMoving ? motion : null);
    }

    /** The motion along which the image's target is made, or {@code null} where it is made otherwise. */
    public MotionPredictor imageMotion() {
        return image instanceof LearnedPredictor learned ? learned.motion()
                : image instanceof MotionPredictor known ? known : null;
    }
}
