package io.github.medgs.training;

/** Which heads a run trains. */
public enum Heads {
    /** Both when a mask is given, else the image alone. */
    AUTO,
    IMAGE,
    MASK,
    JOINT;

    /** This choice, with {@link #AUTO} decided. */
    public Heads resolve(boolean maskGiven) {
        if (this != AUTO) {
            return this;
        }
        return maskGiven ? JOINT : IMAGE;
    }

    public boolean hasImage() {
        return this == IMAGE || this == JOINT;
    }

    public boolean hasMask() {
        return this == MASK || this == JOINT;
    }
}
