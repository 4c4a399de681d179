package io.github.medgs.volume;

/**
 * What a file says of its own content, beside the voxels: a line for whoever looks at its header, and a text for
 * programs.
 *
 * @param line ASCII, at most {@value #LONGEST_LINE} characters, which is what NIfTI's {@code descrip} holds
 * @param text a JSON object in one line, or empty
 */
public record Remark(String line, String text) {

    public static final int LONGEST_LINE = 79;

    /** Nothing but who wrote it. */
    public static final Remark NONE = new Remark("MedGS for the JVM", "");

    public Remark {
        if (line.length() > LONGEST_LINE || line.indexOf('\n') >= 0 || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a remark of " + line.length() + " characters, or of several lines");
        }
    }
}
