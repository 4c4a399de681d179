package io.github.medgs.cohort;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * One row of a cohort.
 *
 * @param id the name of its folder
 * @param inputs files whose bytes decide the result, as paths
 * @param arguments what a run of it is told, as on the command line, without the output folder
 * @param extra columns of the table that nobody here knows, carried into the results
 */
public record Subject(String id, List<String> inputs, List<String> arguments, Map<String, String> extra)
        implements Serializable {

    public Subject {
        inputs = List.copyOf(inputs);
        arguments = List.copyOf(arguments);
    }
}
