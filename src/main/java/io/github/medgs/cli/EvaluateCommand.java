package io.github.medgs.cli;

import picocli.CommandLine.Command;

/** {@code medgs evaluate}: how good results are, against what was really measured. */
@Command(name = "evaluate", description = "Measure how good in-between slices or surfaces are.",
        mixinStandardHelpOptions = true, synopsisSubcommandLabel = "WHAT",
        subcommands = {EvaluateInterpolationCommand.class, EvaluateSurfaceCommand.class, EvaluateSparseCommand.class,
            EvaluateCompactnessCommand.class, EvaluateTablesCommand.class})
final class EvaluateCommand {}
