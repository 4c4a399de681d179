package io.github.medgs.documents;

import java.util.ArrayList;
import java.util.List;

/** A line as a shell splits it into words, so far as documents need it: quotes, backslashes, comments, redirections. */
final class ShellWords {

    private ShellWords() {}

    /** The words up to a pipe, a redirection, a semicolon or a comment. Variables stay as they are written. */
    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int n = 0; n < line.length(); n++) {
            char c = line.charAt(n);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == ' ' || c == '\t') {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
            } else if (c == '|' || c == '>' || c == ';' || c == '&' || c == '#' && word == null) {
                break;
            } else {
                word = word == null ? new StringBuilder() : word;
                if (c == '\'' || c == '"') {
                    quote = c;
                } else if (c == '\\' && n + 1 < line.length()) {
                    word.append(line.charAt(++n));
                } else {
                    word.append(c);
                }
            }
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}
