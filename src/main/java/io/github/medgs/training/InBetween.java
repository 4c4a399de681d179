package io.github.medgs.training;

/**
 * What a run is told about the space between its slices.
 *
 * @param image target of the image head, or {@code null}
 * @param mask target of the mask head, or {@code null}
 * @param motion how the anatomy moves, or {@code null}
 */
public record InBetween(BetweenPictures image, BetweenPictures mask, SliceMotion motion) {

    public static final InBetween NOTHING = new InBetween(null, null, null);

    /** What the configuration asks for. */
    public static InBetween of(TrainingConfig config, TrainingData data, Heads heads) {
        BetweenPictures image = switch (config.between().target()) {
            case NONE -> null;
            case LINEAR, CUBIC, MOTION -> BetweenPictures.linear(data.stack().values(), data.pixels());
        };
        BetweenPictures mask = data.mask() == null ? null : switch (config.between().maskTarget()) {
            case NONE -> null;
            case LINEAR -> BetweenPictures.linear(data.mask(), data.pixels());
            case SHAPE -> BetweenPictures.shape(data);
        };
        return new InBetween(heads.hasImage() ? image : null, heads.hasMask() ? mask : null, null);
    }
}
