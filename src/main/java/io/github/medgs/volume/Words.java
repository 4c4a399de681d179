package io.github.medgs.volume;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them in messages. */
public final class Words {

    private Words() {}

    /** Six significant digits, as short as they go: 3, 0.75, 7.50002. */
    public static String number(double value) {
        return number(value, 6);
    }

    /** So many significant digits, as short as they go. */
    public static String number(double value, int digits) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        boolean plain = value == 0 || Math.abs(value) >= 1e-6 && Math.abs(value) < 1e9;
        return plain ? rounded.toPlainString() : rounded.toString();
    }

    /** A volume or an area: one decimal, or four significant digits of what is smaller than 100; 1234.5, 12.34, 0.0002. */
    public static String measure(double value) {
        return Math.abs(value) < 100 ? number(value, 4) : String.format(Locale.ROOT, "%.1f", value);
    }

    /** With its sign and so many decimals: "+1.5"; "+0.0" for what is rounded to nothing, "-" for what is not finite. */
    public static String signed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        String text = String.format(Locale.ROOT, "%+." + decimals + "f", value);
        return text.matches("-[0.]+") ? "+" + text.substring(1) : text;
    }

    /** Bytes in GiB, with one decimal: "3.5". */
    public static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / (double) (1L << 30));
    }

    /** A line that describes something: what is told, and what it is. */
    public static String line(String key, String value) {
        return String.format(Locale.ROOT, "%-11s%s\n", key, value);
    }

    /** "1 slice is", "2 slices are". */
    public static String count(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
