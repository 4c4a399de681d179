package io.github.medgs.cli;

import picocli.CommandLine.Option;

/** How much is said, and in which form. */
final class ConsoleOptions {

    @Option(names = {"-q", "--quiet"}, description = "say nothing but errors")
    private boolean quiet;

    @Option(names = {"-v", "--verbose"}, description = "say more: each report of training, how long each part took, the cause behind an error")
    private boolean verbose;

    @Option(names = "--json", description = "progress and errors as JSON lines on standard output")
    private boolean json;

    boolean json() {
        return json;
    }

    /** A line of what was asked for: on standard output, or as an event for programs. */
    void show(String line) {
        if (json) {
            console().say(line);
        } else {
            System.out.println(Console.shown(line));
        }
    }

    Console console() {
        return new Console(quiet, verbose, json);
    }
}
