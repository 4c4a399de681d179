package io.github.medgs.cohort;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What a subject's {@code subject.json} says.
 *
 * @param key checksum of its input files and arguments: another key makes the result out of date
 * @param process who works on it or did, as process@machine
 * @param started seconds since 1970
 * @param seconds that the last attempt took, 0 while it runs
 * @param reason one line, where it failed
 * @param outputs checksum of each file of the result
 * @param figures what the group's table takes from the result, where it is done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SubjectState(String id, Phase phase, String key, String process, long started, double seconds, String reason,
        Map<String, String> outputs, JsonNode figures, Map<String, String> extra, List<String> arguments) {

    /** How far it is. A subject that says it runs while nobody holds its lock died on the way. */
    enum Phase {
        RUNNING,
        DONE,
        FAILED
    }
}
