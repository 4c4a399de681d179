package io.github.medgs.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code medgs completion}: what makes the shell complete commands and options. */
@Command(name = "completion", mixinStandardHelpOptions = true,
        // A line each: what is broken within a path cannot be copied.
        description = {"Print a completion script for bash and zsh.", "In a session:", "  source <(medgs completion)",
            "For good, write it to this file:", "  ~/.local/share/bash-completion/completions/medgs"})
final class CompletionCommand implements Callable<Integer> {

    /** An option's values, which the parser knows as constants are written; but those of frames, as people write them. */
    private static final Pattern VALUES = Pattern.compile("(?<=_option_args=\\()[^)]*(?=\\) # --(?!frame))");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        System.out.print(VALUES.matcher(AutoComplete.bash("medgs", spec.parent().commandLine()))
                .replaceAll(found -> Matcher.quoteReplacement(found.group().toLowerCase(Locale.ROOT))));
        System.out.flush();
        return Main.DONE;
    }
}
