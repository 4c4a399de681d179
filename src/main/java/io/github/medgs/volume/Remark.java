package io.github.medgs.volume;

import java.util.List;

/**
 * What a file says of its own content, beside the voxels: a line for whoever looks at its header, and a text for
 * programs.
 *
 * @param line ASCII, at most {@value #LONGEST_LINE} characters, which is what NIfTI's {@code descrip} holds
 * @param text a JSON object in one line, or empty
 * @param segments what its labels are called, for formats that can say so (NIfTI, NRRD); empty for an image
 */
public record Remark(String line, String text, List<Segment> segments) {

    public static final int LONGEST_LINE = 79;

    /** Nothing but who wrote it. */
    public static final Remark NONE = new Remark("MedGS for the JVM", "", List.of());

    public Remark {
        segments = List.copyOf(segments);
        if (line.length() > LONGEST_LINE || line.indexOf('\n') >= 0 || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a remark of " + line.length() + " characters, or of several lines");
        }
    }

    /** Of an image. */
    public Remark(String line, String text) {
        this(line, text, List.of());
    }

    /** Nothing but who wrote it and what the labels are called. */
    public static Remark naming(List<Segment> segments) {
        return new Remark(NONE.line, NONE.text, segments);
    }
}
