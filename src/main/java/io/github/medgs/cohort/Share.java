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
        int slurm = number(environment, "SLURM_ARRAY_TASK_ID", -1);
        if (slurm >= 0) {
            int first = number(environment, "SLURM_ARRAY_TASK_MIN", 1);
            int step = number(environment, "SLURM_ARRAY_TASK_STEP", 1);
            requireAll(number(environment, "SLURM_ARRAY_TASK_COUNT", count), count, "Slurm's", "SLURM_ARRAY_TASK_ID");
            return (slurm - first) / step + 1;
        }
        int sge = number(environment, "SGE_TASK_ID", -1);
        if (sge >= 0) {
            int first = number(environment, "SGE_TASK_FIRST", 1);
            int step = number(environment, "SGE_TASK_STEPSIZE", 1);
            int last = number(environment, "SGE_TASK_LAST", first + (count - 1) * step);
            requireAll((last - first) / step + 1, count, "SGE's", "SGE_TASK_ID");
            return (sge - first) / step + 1;
        }
        String kubernetes = environment.get("JOB_COMPLETION_INDEX");
        if (kubernetes != null) {
            return Integer.parseInt(kubernetes) + 1;
        }
        throw new InputException("the share's index", "is not given, and no scheduler says it",
                "write it as in 3/8").naming("array");
    }

    /** SGE says "undefined" where there is no array. */
    private static int number(Map<String, String> environment, String name, int otherwise) {
        String text = environment.getOrDefault(name, "undefined");
        return text.equals("undefined") ? otherwise : Integer.parseInt(text);
    }

    // Where some are submitted again, it is not known any more how those of all were numbered.
    private static void requireAll(int tasks, int count, String whose, String variable) {
        if (tasks != count) {
            throw new InputException("the share's index", "cannot be told: of " + whose + " tasks there are " + tasks
                    + ", of shares " + count, "write $" + variable + "/" + count + " where tasks are numbered from 1")
                    .naming("array");
        }
    }

    /** How many of so many subjects. */
    public int sizeOf(int all) {
        return Math.max(0, (all - index) / count + (all < index ? 0 : 1));
    }

    <T> List<T> of(List<T> all) {
        return IntStream.iterate(index - 1, i -> i < all.size(), i -> i + count).mapToObj(all::get).toList();
    }
}
