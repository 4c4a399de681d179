package io.github.medgs.cli;

import io.github.medgs.reconstruction.DrawingRecipe;
import io.github.medgs.reconstruction.SliceSpacing;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How finely the space between the slices is drawn, and what the volume holds. */
final class InterpolationOptions {

    /** Where acquired slices come from. */
    enum Acquired {
        INPUT,
        MODEL
    }

    /** How voxels are stored. */
    enum Type {
        INPUT,
        FLOAT
    }

    @Mixin
    private SpacingOptions spacing;

    @Option(names = "--acquired", paramLabel = "FROM", defaultValue = "input", description = "acquired slices as in the input, to the bit, or as the model draws them, in floats: input or model (default: ${DEFAULT-VALUE})")
    private Acquired acquired;

    @Option(names = "--type", paramLabel = "TYPE", defaultValue = "input", description = "voxels stored in the input's own type and scaling, or as float: input or float (default: ${DEFAULT-VALUE})")
    private Type type;

    @Option(names = "--band", paramLabel = "SHARE", defaultValue = "0.9", description = "share of the errors that the band of the uncertainty is meant to hold (default: ${DEFAULT-VALUE})")
    private double band;

    SliceSpacing spacing() {
        return spacing.at(null);
    }

    /** @param place of a single slice, or {@code null} */
    SliceSpacing spacing(Double place) {
        return spacing.at(place);
    }

    /** @param uncertainty whether the expected error is wanted */
    DrawingRecipe recipe(boolean uncertainty) {
        return new DrawingRecipe(acquired == Acquired.INPUT, type == Type.FLOAT, uncertainty, band);
    }

    boolean wantsInput() {
        return acquired == Acquired.INPUT;
    }
}
