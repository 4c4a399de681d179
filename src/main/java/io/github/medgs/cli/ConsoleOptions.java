package io.github.medgs.cli;

import picocli.CommandLine.Option;

/** How much is said, and in which form. */
final class ConsoleOptions {

    @Option(names = "--quiet", description = "say nothing but errors")
    private boolean quiet;

    @Option(names = "--json", description = "progress as JSON lines on standard output")
    private boolean json;

    Console console() {
        return new Console(quiet, json);
    }
}
