package io.github.medgs;

/**
 * The user's input is at fault: a file, an option or a configuration key. The command line prints the message as its
 * one line and ends with status 2.
 */
public final class InputException extends RuntimeException {

    /**
     * @param subject the file, option or key, as the user wrote it
     * @param problem what is wrong with it
     * @param remedy what to do about it
     */
    public InputException(String subject, String problem, String remedy) {
        super(oneLine(subject + ": " + problem + "; " + remedy));
    }

    /** As above, keeping the technical cause for {@code --verbose} and for tests. */
    public InputException(String subject, String problem, String remedy, Throwable cause) {
        this(subject, problem, remedy);
        initCause(cause);
    }

    // Names come from files and shells: a line break in one must not break the one line.
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
