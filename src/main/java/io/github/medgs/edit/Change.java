package io.github.medgs.edit;

/** What an edit does to what it selects. */
public sealed interface Change {

    /** Whether it empties the place of what it selects, so that something has to fill it. */
    default boolean leavesHole() {
        return false;
    }

    /**
     * Scales, then rotates, both about one point, then translates.
     *
     * @param scale factors along the patient's axes
     * @param axis of the rotation, not zero
     * @param degrees counter-clockwise when the axis points at the viewer
     * @param about the fixed point, millimetres RAS+; {@code null} for the centroid of what is selected
     * @param translation millimetres RAS+
     * @param duplicate whether what is selected stays where it is, too
     */
    record Move(double[] scale, double[] axis, double degrees, double[] about, double[] translation,
            boolean duplicate) implements Change {

        @Override
        public boolean leavesHole() {
            return !duplicate;
        }
    }

    /** One intensity, in the input's units. */
    record SetIntensity(double value) implements Change {}

    /** about + factor (intensity - about), in the input's units. */
    record ScaleIntensity(double factor, double about) implements Change {}

    /** @param left how much stays, 0 to 1; the rest is what would fill the hole if it were deleted */
    record Fade(double left) implements Change {

        @Override
        public boolean leavesHole() {
            return true;
        }
    }

    /** Removes it. */
    record Delete() implements Change {

        @Override
        public boolean leavesHole() {
            return true;
        }
    }
}
