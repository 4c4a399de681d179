package io.github.medgs;

import java.util.List;

/**
 * The user's input is at fault: a file, a quantity or a configuration key. The command line prints the message as its
 * one line, with the options that set the quantities it names, and ends with status 2.
 */
public final class InputException extends RuntimeException {

    private List<String> quantities = List.of();

    /**
     * @param subject the file, quantity or key, as the user wrote it
     * @param problem what is wrong with it
     * @param remedy what to do about it
     */
    public InputException(String subject, String problem, String remedy) {
        super(oneLine(subject + ": " + problem + "; " + remedy));
    }

    /** As above, keeping the technical cause for traces and for tests. */
    public InputException(String subject, String problem, String remedy, Throwable cause) {
        this(subject, problem, remedy);
        initCause(cause);
    }

    /**
     * Names what a caller may set to put it right, such as {@code factor}: an option of the command line. Most are methods
     * of a run as a library too, or parts of what such a method takes.
     *
     * @return this
     */
    public InputException naming(String... names) {
        quantities = List.of(names);
        return this;
    }

    /** What may be set to put it right; empty where nothing can. */
    public List<String> quantities() {
        return quantities;
    }

    // Names come from files and shells: a line break in one must not break the one line.
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
