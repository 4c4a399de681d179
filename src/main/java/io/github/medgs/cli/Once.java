package io.github.medgs.cli;

import io.github.medgs.InputException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists in which a word that is there twice is a slip: it would count twice in every mean. So is a list without any. */
final class Once {

    private Once() {}

    /** @throws InputException where a list that is needed holds nothing, as of "," */
    static void requireSome(String option, List<?> values) {
        if (values.isEmpty()) {
            throw new InputException(option, "names nothing", "give at least one, or leave the option out");
        }
    }

    /** @throws InputException that names what an option was given twice */
    static void require(String option, List<?> values) {
        Set<Object> seen = new HashSet<>();
        for (Object value : values) {
            if (!seen.add(value)) {
                throw new InputException(option, "has " + value + " twice", "give it once");
            }
        }
    }
}
