package io.github.medgs.cli;

import io.github.medgs.reconstruction.SliceSpacing;
import picocli.CommandLine.Option;

/** How finely the space between a model's slices is drawn. */
final class SpacingOptions {

    @Option(names = "--factor", paramLabel = "K", description = "K times as many slices (default: as fine as the pixels, from 2 to 8)")
    private Integer factor;

    @Option(names = "--spacing", paramLabel = "MM", description = "distance of the new slices in millimetres")
    private Double spacing;

    /** @param place of a single slice, or {@code null} */
    SliceSpacing at(Double place) {
        return new SliceSpacing(factor, spacing, place);
    }

    boolean isGiven() {
        return factor != null || spacing != null;
    }
}
