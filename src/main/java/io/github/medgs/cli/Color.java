package io.github.medgs.cli;

import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** When text is coloured: {@code --color}, and NO_COLOR (no-color.org) and TERM=dumb where that says nothing. */
enum Color {
    AUTO,
    ALWAYS,
    NEVER;

    /** What the arguments of a command line say; {@link #AUTO} for anything wrong, which the parser will refuse. */
    static Color of(String... arguments) {
        String word = "auto";
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--color=")) {
                word = arguments[i].substring("--color=".length());
            } else if (arguments[i].equals("--color") && i + 1 < arguments.length) {
                word = arguments[i + 1];
            }
        }
        for (Color color : values()) {
            if (color.name().equalsIgnoreCase(word)) {
                return color;
            }
        }
        return AUTO;
    }

    /** For standard output: help. */
    Ansi ofOutput() {
        return of(System.console() != null && System.console().isTerminal());
    }

    /** For standard error: messages. */
    Ansi ofErrors() {
        return of(Console.isTerminal());
    }

    private Ansi of(boolean terminal) {
        return isOn(terminal, System.getenv()) ? Ansi.ON : Ansi.OFF;
    }

    boolean isOn(boolean terminal, Map<String, String> environment) {
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
        return this == ALWAYS || this == AUTO && terminal && wanted;
    }
}
