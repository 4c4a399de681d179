package io.github.medgs.training;

import io.github.medgs.training.target.InBetweenTarget;
import io.github.medgs.training.target.KeptSlices;
import io.github.medgs.training.target.StackMotion;
import io.github.medgs.volume.SliceStack;

/**
 * What a run is told about the space between its slices.
 *
 * @param image target of the image head, or {@code null}
 * @param mask target of the mask head, or {@code null}
 * @param motion how the anatomy moves, or {@code null}
 */
public record InBetween(BetweenPictures image, BetweenPictures mask, SliceMotion motion) {

    public static final InBetween NOTHING = new InBetween(null, null, null);

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
        SliceStack stack = data.stack();
        KeptSlices slices = new KeptSlices(stack.values(), stack.positions(), stack.height(), stack.width());
        boolean byMotion = heads.hasImage() && config.between().target() == TrainingConfig.BetweenTarget.MOTION;
        boolean startsMoving = config.start().kind() == TrainingConfig.StartKind.SLICES && config.start().motion();
        StackMotion motion = byMotion || startsMoving ? StackMotion.continuous(slices, threads) : null;
        BetweenPictures image = switch (config.between().target()) {
            case NONE -> null;
            case LINEAR -> InBetweenTarget.of(InBetweenTarget.Kind.LINEAR, slices, threads)::at;
            case CUBIC -> InBetweenTarget.of(InBetweenTarget.Kind.CUBIC, slices, threads)::at;
            case MOTION -> heads.hasImage() ? InBetweenTarget.motion(slices, motion, threads)::at : null;
        };
        BetweenPictures mask = data.mask() == null ? null : switch (config.between().maskTarget()) {
            case NONE -> null;
            case LINEAR -> BetweenPictures.linear(data.mask(), data.pixels());
            case SHAPE -> BetweenPictures.shape(data);
        };
        return new InBetween(heads.hasImage() ? image : null, heads.hasMask() ? mask : null,
                startsMoving ? polynomial(motion) : null);
    }

    private static SliceMotion polynomial(StackMotion motion) {
        return new SliceMotion() {
            @Override
            public float columns(int slice, int column, int row, int order) {
                return terms(slice, column, row)[2 * order - 2];
            }

            @Override
            public float rows(int slice, int column, int row, int order) {
                return terms(slice, column, row)[2 * order - 1];
            }

            private float[] terms(int slice, int column, int row) {
                float[] terms = new float[4];
                motion.polynomial(slice, row, column, terms);
                return terms;
            }
        };
    }
}
