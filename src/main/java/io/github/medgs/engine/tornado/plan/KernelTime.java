package io.github.medgs.engine.tornado.plan;

/**
 * What TornadoVM's profiler says of one task.
 *
 * @param kernel graph and task
 * @param device backend and device on which it ran, as "0:0"; empty when the profile does not have it
 * @param nanoseconds on the device; 0 when it did not run there
 */
public record KernelTime(String kernel, String device, long nanoseconds) {

    /** Reads the latest entry of a task in a profile log: JSON objects, one after another. */
    static KernelTime parse(String log, String kernel) {
        int at = log.lastIndexOf("\"" + kernel + "\"");
        if (at < 0) {
            return new KernelTime(kernel, "", 0);
        }
        int end = log.indexOf('}', at);
        String entry = log.substring(at, end < 0 ? log.length() : end);
        String nanoseconds = value(entry, "TASK_KERNEL_TIME");
        return new KernelTime(kernel, value(entry, "DEVICE_ID"), nanoseconds.isEmpty() ? 0 : Long.parseLong(nanoseconds));
    }

    /**
     * Reads how long the copies of the latest execution that had a task took, in nanoseconds, and how many bytes went up
     * and down. (What is brought down on demand afterwards has a section of its own.)
     */
    static long[] copies(String log, String kernel) {
        String section = "{\n    \"";
        int at = Math.max(0, log.lastIndexOf("\"" + kernel + "\""));
        int end = log.indexOf(section, at);
        String latest = log.substring(Math.max(0, log.lastIndexOf(section, at)), end < 0 ? log.length() : end);
        return new long[] {sum(latest, "COPY_IN_TIME") + sum(latest, "COPY_OUT_TIME"),
                sum(latest, "TOTAL_COPY_IN_SIZE_BYTES"), sum(latest, "TOTAL_COPY_OUT_SIZE_BYTES")};
    }

    /** Of the graph's own figure and those of its tasks. */
    private static long sum(String log, String key) {
        long sum = 0;
        for (int at = log.indexOf("\"" + key + "\""); at >= 0; at = log.indexOf("\"" + key + "\"", at + 1)) {
            sum += Long.parseLong(value(log.substring(at), key));
        }
        return sum;
    }

    private static String value(String entry, String key) {
        int at = entry.indexOf("\"" + key + "\"");
        if (at < 0) {
            return "";
        }
        int open = entry.indexOf('"', entry.indexOf(':', at));
        return entry.substring(open + 1, entry.indexOf('"', open + 1));
    }
}
