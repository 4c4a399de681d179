package io.github.medgs.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@code reconstruct} on {@code cohort}: taken as words, to be handed on to every subject. */
final class SharedOptions {

    /** A cohort sees to these itself: what stands in a folder, threads, and who is told; it has no page of a run. */
    private static final Set<String> NOT_SHARED = Set.of("--output", "--resume", "--force", "--threads", "--quiet",
            "--verbose", "--json", "--help", "--version", "--view", "--port", "--bind", "--allow-remote", "--no-open");

    private SharedOptions() {}

    /** Every option that a row may set, by its long name without dashes. */
    static Map<String, OptionSpec> ofReconstruct() {
        Map<String, OptionSpec> options = new LinkedHashMap<>();
        for (OptionSpec option : new CommandLine(new ReconstructCommand()).getCommandSpec().options()) {
            if (!NOT_SHARED.contains(option.longestName())) {
                options.put(option.longestName().substring(2), option);
            }
        }
        return options;
    }

    /** Whether an option's value is the path of a file that is read. */
    static boolean isFile(OptionSpec option) {
        return option.type() == Path.class;
    }

    /** Adds them to the command, as words. */
    static void addTo(CommandSpec cohort) {
        for (OptionSpec option : ofReconstruct().values()) {
            if (cohort.findOption(option.longestName()) == null) {
                boolean flag = option.arity().max() == 0;
                cohort.addOption(OptionSpec.builder(option.longestName()).paramLabel(option.paramLabel())
                        .description(option.description()).arity(flag ? "0" : "1")
                        .type(List.class).auxiliaryTypes(String.class).build());
            }
        }
    }

    /** The options that were given, by name without dashes, each with its words. */
    static Map<String, List<String>> given(CommandSpec cohort) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (Map.Entry<String, OptionSpec> entry : ofReconstruct().entrySet()) {
            OptionSpec option = cohort.findOption("--" + entry.getKey());
            if (option != null && option.arity().max() == 0 && cohort.commandLine().getParseResult().hasMatchedOption(option)) {
                // A flag has no words of its own.
                given.put(entry.getKey(), List.of("true"));
            } else if (option != null && !option.originalStringValues().isEmpty()) {
                given.put(entry.getKey(), new ArrayList<>(option.originalStringValues()));
            }
        }
        return given;
    }
}
