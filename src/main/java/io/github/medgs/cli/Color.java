package io.github.medgs.cli;

import picocli.CommandLine.Help.Ansi;

/** When text is coloured: {@code --color}, and NO_COLOR (no-color.org) where that says nothing. */
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
        String noColor = System.getenv("NO_COLOR");
        boolean on = this == ALWAYS || this == AUTO && terminal && (noColor == null || noColor.isEmpty());
        return on ? Ansi.ON : Ansi.OFF;
    }
}
