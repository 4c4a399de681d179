package io.github.medgs.cohort;

import io.github.medgs.InputException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which part of the subjects this process does: every count-th, from the index-th on.
 *
 * @param index from 1
 * @param count of all shares
 */
public record Share(int index, int count) {

    public static final Share ALL = new Share(1, 1);

    public Share {
        if (count < 1 || index < 1 || index > count) {
            throw new InputException("share " + index + "/" + count, "is no share",
                    "write I/N with I from 1 to N").naming("array");
        }
    }

    /**
     * Reads {@code I/N}, or {@code N} where the scheduler says I: Slurm, SGE, or an indexed job of Kubernetes.
     *
     * @param environment of the process
     */
    public static Share parse(String text, Map<String, String> environment) {
        try {
            int slash = text.indexOf('/');
            if (slash > 0) {
                return new Share(Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
            }
            int count = Integer.parseInt(slash == 0 ? text.substring(1) : text);
            return new Share(index(environment, count), count);
        } catch (NumberFormatException e) {
            throw new InputException("share " + text, "is not I/N", "write it as in 3/8").naming("array");
        }
    }

    private static int index(Map<String, String> environment, int count) {
        String slurm = environment.get("SLURM_ARRAY_TASK_ID");
        if (slurm != null) {
            String tasks = environment.get("SLURM_ARRAY_TASK_COUNT");
            if (tasks != null && Integer.parseInt(tasks) != count) {
                // As when some are submitted again: whether the first of all had the number 0 or 1 is known no more.
                throw new InputException("the share's index", "cannot be told: of Slurm's tasks there are " + tasks
                        + ", of shares " + count, "write $SLURM_ARRAY_TASK_ID/" + count + " where tasks are numbered from 1")
                        .naming("array");
            }
            return Integer.parseInt(slurm) - Integer.parseInt(environment.getOrDefault("SLURM_ARRAY_TASK_MIN", "1")) + 1;
        }
        String sge = environment.getOrDefault("SGE_TASK_ID", "undefined");
        if (!sge.equals("undefined")) {
            return Integer.parseInt(sge);
        }
        String kubernetes = environment.get("JOB_COMPLETION_INDEX");
        if (kubernetes != null) {
            return Integer.parseInt(kubernetes) + 1;
        }
        throw new InputException("the share's index", "is not given, and no scheduler says it",
                "write it as in 3/8").naming("array");
    }

    /** How many of so many subjects. */
    public int sizeOf(int all) {
        return Math.max(0, (all - index) / count + (all < index ? 0 : 1));
    }

    <T> List<T> of(List<T> all) {
        return IntStream.iterate(index - 1, i -> i < all.size(), i -> i + count).mapToObj(all::get).toList();
    }
}
