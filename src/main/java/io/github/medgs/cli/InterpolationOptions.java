package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.VolumeRenderer;
import io.github.medgs.volume.SliceGeometry;
import picocli.CommandLine.Option;

/** How finely the space between the slices is drawn. */
final class InterpolationOptions {

    private static final int HIGHEST_AUTOMATIC_FACTOR = 8;

    @Option(names = "--factor", paramLabel = "K", description = "K times as many slices (default: as fine as the pixels, from 2 to 8)")
    private Integer factor;

    @Option(names = "--spacing", paramLabel = "MM", description = "distance of the new slices in millimetres")
    private Double spacing;

    /** Checks the options before any long work. */
    void check() {
        if (factor != null && spacing != null) {
            throw new InputException("--factor", "contradicts --spacing", "give one of them");
        }
        if (factor != null && factor < 1) {
            throw new InputException("--factor " + factor, "is not a factor", "give 1 or more");
        }
        if (spacing != null && !(spacing > 0 && Double.isFinite(spacing))) {
            throw new InputException("--spacing " + spacing, "is not a distance", "give millimetres above 0");
        }
    }

    /** Positions in millimetres from the first slice. */
    double[] positions(VolumeRenderer renderer, SliceGeometry geometry) {
        if (spacing != null) {
            return renderer.positionsBySpacing(spacing);
        }
        return renderer.positionsByFactor(factor == null ? automaticFactor(geometry) : factor);
    }

    /** How many slices {@link #positions} will be, from sizes alone. */
    long count(int slices, double between, double inPlane) {
        if (spacing != null) {
            return (long) ((slices - 1) * between / spacing) + 1;
        }
        return (slices - 1L) * (factor == null ? automaticFactor(between, inPlane) : factor) + 1;
    }

    private static int automaticFactor(SliceGeometry geometry) {
        double inPlane = Math.min(geometry.rowSpacing(), geometry.columnSpacing());
        double[] positions = geometry.positions();
        double between = positions.length > 1 ? positions[positions.length - 1] / (positions.length - 1) : inPlane;
        return automaticFactor(between, inPlane);
    }

    private static int automaticFactor(double between, double inPlane) {
        return (int) Math.clamp(Math.round(between / inPlane), 2, HIGHEST_AUTOMATIC_FACTOR);
    }
}
