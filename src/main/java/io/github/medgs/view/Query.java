package io.github.medgs.view;

import io.github.medgs.InputException;
import java.util.HashMap;
import java.util.Map;

/** The numbers behind a request's question mark. Names and words are plain ASCII, so nothing is decoded. */
final class Query {

    private static final int MOST = 8;

    private final Map<String, String> values = new HashMap<>();

    /** @param raw as it was sent; {@code null} for none */
    Query(String raw) {
        String[] pairs = raw == null ? new String[0] : raw.split("&", MOST + 1);
        for (int n = 0; n < Math.min(MOST, pairs.length); n++) {
            int equals = pairs[n].indexOf('=');
            if (equals > 0) {
                values.put(pairs[n].substring(0, equals), pairs[n].substring(equals + 1));
            }
        }
    }

    String word(String name) {
        return values.getOrDefault(name, "");
    }

    /** @throws InputException when it is missing, no number, or out of range */
    double number(String name, double lowest, double highest) {
        double number = Double.NaN;
        try {
            number = Double.parseDouble(word(name));
        } catch (NumberFormatException e) {
            // falls through to the one message
        }
        if (!(number >= lowest && number <= highest)) {
            throw new InputException(name, "is not a number in its range", "give " + lowest + " to " + highest);
        }
        return number;
    }

    /** A whole number from 0 to below a count. */
    int index(String name, int count) {
        double number = number(name, 0, count - 1);
        if (number != Math.rint(number)) {
            throw new InputException(name, "is not a whole number", "give 0 to " + (count - 1));
        }
        return (int) number;
    }
}
