package io.github.medgs.cli;

import picocli.CommandLine;

/** The command line within this process, for tests of other rooms. */
public final class CommandLineRunner {

    private CommandLineRunner() {}

    /** The status that the command ends with. */
    public static int run(String... arguments) {
        return Main.run(arguments);
    }

    /** All commands and their options. */
    public static CommandLine commandLine() {
        return Main.commandLine();
    }
}
