package io.github.medgs.reconstruction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.InputException;
import io.github.medgs.trust.Provenance;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Words;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How finely the space between the slices is drawn. With neither number given, slices come about as close as pixels.
 *
 * @param factor how many times as many slices, 1 or more; or {@code null}
 * @param millimetres distance of the new slices; or {@code null}
 * @param place of a single slice, in millimetres from the first; or {@code null}
 */
public record SliceSpacing(Integer factor, Double millimetres, Double place) {

    /** As fine as the pixels, from 2 to 8 times as many slices. */
    public static final SliceSpacing AUTOMATIC = new SliceSpacing(null, null, null);

    /** Under which name a report holds it. */
    static final String IN_REPORT = "drawing";

    private static final int HIGHEST_AUTOMATIC_FACTOR = 8;
    private static final int MOST_SLICES = 100_000;
    /** Of the commonest distance, that are tried for one that meets all slices. */
    private static final int MOST_PARTS = 50;
    private static final double ROUNDING = 1e-6;
    /** Millimetres to which somebody says where the last slice lies. */
    private static final double PLACE_ROUNDING = 0.01;

    /** Many slices. */
    public SliceSpacing(Integer factor, Double millimetres) {
        this(factor, millimetres, null);
    }

    /** @throws InputException for two numbers at once, and for one that is out of range */
    public SliceSpacing {
        if (factor != null && millimetres != null) {
            throw new InputException("factor", "contradicts the spacing", "give one of them").naming("factor", "spacing");
        }
        if (place != null && (factor != null || millimetres != null)) {
            throw new InputException("a single slice", "has no spacing", "give its place alone").naming("at");
        }
        if (factor != null && factor < 1) {
            throw new InputException("factor " + factor, "is not a factor", "give 1 or more").naming("factor");
        }
        if (millimetres != null && !(millimetres > 0 && Double.isFinite(millimetres))) {
            throw new InputException("spacing " + millimetres, "is not a distance", "give millimetres above 0")
                    .naming("spacing");
        }
    }

    /** As a run's report says it. */
    ObjectNode toJson() {
        return JsonNodeFactory.instance.objectNode().put("factor", factor).put("spacingMm", millimetres);
    }

    /**
     * That of a report; {@link #AUTOMATIC} where it says none.
     *
     * @throws InputException for numbers that are out of range
     */
    public static SliceSpacing ofReport(JsonNode report) {
        JsonNode node = report.path(IN_REPORT);
        JsonNode factor = node.path("factor");
        JsonNode millimetres = node.path("spacingMm");
        return new SliceSpacing(factor.isNumber() ? (Integer) factor.asInt() : null,
                millimetres.isNumber() ? (Double) millimetres.asDouble() : null);
    }

    /**
     * Equally spaced positions in millimetres from the first slice.
     *
     * @throws InputException when there would be too many
     */
    public double[] positions(SliceGeometry geometry) {
        double[] slices = geometry.positions();
        if (place != null) {
            double last = slices[slices.length - 1];
            if (!(place >= 0 && place <= last + PLACE_ROUNDING)) {
                throw new InputException("the place " + place, "lies outside the slices, of which the last is at "
                        + String.format(Locale.ROOT, "%.2f mm", last), "give millimetres from the first slice").naming("at");
            }
            return new double[] {Math.min(place, last)};
        }
        if (millimetres != null) {
            return equallySpaced((long) Math.floor(slices[slices.length - 1] / millimetres + ROUNDING) + 1, millimetres);
        }
        double spacing = slices.length == 1 ? 0 : slices[slices.length - 1] / (slices.length - 1);
        for (int f = 0; f < slices.length; f++) {
            if (Math.abs(slices[f] - f * spacing) > 1e-3 * spacing) {
                // Where some slices are missing, a factor-th of the commonest distance meets the others.
                double commonest = geometry.sourceSpacing();
                return new SliceSpacing(null, commonest / times(commonest, geometry)).positions(geometry);
            }
        }
        int times = times(slices.length > 1 ? spacing : inPlane(geometry), geometry);
        return equallySpaced((slices.length - 1L) * times + 1, spacing / times);
    }

    /**
     * A spacing, no coarser than one, at which every acquired slice is among the drawn ones: where their distances have a
     * common measure that is not much finer.
     *
     * @param millimetres the distance of slices that leave some out
     */
    static OptionalDouble meetingAll(SliceGeometry geometry, double millimetres) {
        double[] acquired = geometry.positions();
        int fewest = (int) Math.max(1, Math.ceil(geometry.sourceSpacing() / millimetres - ROUNDING));
        for (int parts = fewest; parts < fewest + MOST_PARTS; parts++) {
            // As somebody would give it.
            double spacing = Double.parseDouble(Words.number(geometry.sourceSpacing() / parts));
            if (acquired[acquired.length - 1] / spacing >= MOST_SLICES) {
                break;
            }
            double[] positions = new SliceSpacing(null, spacing).positions(geometry);
            if (Provenance.of(acquired, positions).missing() == 0) {
                return OptionalDouble.of(spacing);
            }
        }
        return OptionalDouble.empty();
    }

    private int times(double between, SliceGeometry geometry) {
        return factor != null ? factor : automaticFactor(between, inPlane(geometry));
    }

    private static double[] equallySpaced(long count, double spacing) {
        if (count > MOST_SLICES) {
            throw new InputException("the interpolated volume", "would have " + count + " slices, and may have " + MOST_SLICES,
                    "choose a smaller factor or a larger spacing").naming("factor", "spacing");
        }
        double[] positions = new double[(int) count];
        for (int n = 0; n < positions.length; n++) {
            positions[n] = n * spacing;
        }
        return positions;
    }

    private static double inPlane(SliceGeometry geometry) {
        return Math.min(geometry.rowSpacing(), geometry.columnSpacing());
    }

    private static int automaticFactor(double between, double inPlane) {
        return (int) Math.clamp(Math.round(between / inPlane), 2, HIGHEST_AUTOMATIC_FACTOR);
    }
}
