package io.github.medgs.evaluation;

import java.util.List;
import java.util.Locale;

/**
 * Mean and spread of a figure over cases or seeds.
 *
 * @param count how many there were; what is not finite is not counted
 * @param mean NaN where there were none
 * @param deviation the sample's standard deviation; NaN where there were fewer than two
 */
public record Spread(int count, double mean, double deviation) {

    public static Spread of(List<Double> values) {
        double[] finite = values.stream().filter(Double::isFinite).mapToDouble(Double::doubleValue).toArray();
        double sum = 0;
        for (double value : finite) {
            sum += value;
        }
        double mean = sum / finite.length;
        double squares = 0;
        for (double value : finite) {
            squares += (value - mean) * (value - mean);
        }
        return new Spread(finite.length, mean, finite.length < 2 ? Double.NaN : Math.sqrt(squares / (finite.length - 1)));
    }

    /** As {@code 28.41} or, of two and more, {@code 28.41 ± 0.30}; a dash where there is nothing. */
    public String text(int decimals) {
        if (count == 0) {
            return "-";
        }
        String format = "%." + decimals + "f";
        String text = String.format(Locale.ROOT, format, mean);
        return count < 2 ? text : text + " ± " + String.format(Locale.ROOT, format, deviation);
    }
}
