package io.github.medgs.edit;

/** What comes where something was taken away. */
public sealed interface Fill {

    /** The surroundings, continued smoothly into the hole. */
    record Neighbours() implements Fill {}

    /** One intensity, in the input's units; outside of every structure. */
    record Background(double intensity) implements Fill {}

    /** Nothing: the Gaussians are gone, and the model draws black there. */
    record None() implements Fill {}
}
