package io.github.medgs.files;

/** Cells of tables that other programs read (RFC 4180). */
public final class Csv {

    private Csv() {}

    /** A cell of any text: in quotes where it holds a comma, a quote or the end of a line. */
    public static String cell(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : quoted(text);
    }

    /** A cell in quotes, whatever it holds. */
    public static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
