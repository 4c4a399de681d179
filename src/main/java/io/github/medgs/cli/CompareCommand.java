package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.evaluation.longitudinal.Comparison;
import io.github.medgs.evaluation.longitudinal.ComparisonFiles;
import io.github.medgs.evaluation.longitudinal.OrganSurface;
import io.github.medgs.evaluation.longitudinal.StructureChange;
import io.github.medgs.files.FolderLock;
import io.github.medgs.volume.Words;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs compare}: what has changed between two time points. */
@Command(name = "compare",
        description = "Compare two time points (masks, models or meshes): volumes, growth, distances. Nothing is"
                + " registered: both are taken where they lie in patient space.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    private static final String RESULT = "a comparison";

    @Parameters(index = "0", paramLabel = "BASELINE", description = "mask, model or mesh of the earlier time point")
    private Path baseline;

    @Parameters(index = "1", paramLabel = "FOLLOWUP", description = "the same of the later time point; its grid may differ")
    private Path followup;

    @Mixin
    private OutputFolder output;

    @Option(names = "--label", paramLabel = "N", description = "label of the masks to compare, new or gone where one lacks it; repeat for several (default: all); a mesh or a field has none and is taken whole")
    private List<Long> labels = List.of();

    @Option(names = "--baseline-date", paramLabel = "YYYY-MM-DD", description = "with the other date: growth per year")
    private String baselineDate;

    @Option(names = "--followup-date", paramLabel = "YYYY-MM-DD", description = "see --baseline-date")
    private String followupDate;

    @Mixin
    private FrameOptions frames;

    @Mixin
    private VolumeOptions volumeOptions;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        LocalDate before = date("--baseline-date", baselineDate);
        LocalDate after = date("--followup-date", followupDate);
        if ((before == null) != (after == null)) {
            throw new InputException(before == null ? "--baseline-date" : "--followup-date", "is missing",
                    "give both dates or none");
        }
        if (before != null && !after.isAfter(before)) {
            throw new InputException("--followup-date " + followupDate, "is not after the baseline",
                    "give the earlier time point first");
        }
        output.check(ComparisonFiles.JSON, RESULT);
        output.checkFiles(List.of(ComparisonFiles.CSV, ComparisonFiles.PICTURE, ComparisonFiles.GLB, ComparisonFiles.PAGE));
        Set<Long> wanted = new LinkedHashSet<>(labels);
        SurfacePair pair = SurfacePair.read(
                baseline, followup, wanted, true, frames, volumeOptions, engineOptions, console);
        // Also where only one of the two has a structure: its surface may be open.
        Set<String> warnings = new LinkedHashSet<>(pair.first().warnings());
        warnings.addAll(pair.second().warnings());
        pair.rows().stream().filter(SurfacePair.Row::inBoth).forEach(row -> warnings.addAll(
                FrameOptions.warnings(pair.first(), row.first().mesh(), pair.second(), row.second().mesh())));
        warnings.forEach(warning -> console.say("warning: " + warning));
        try (FolderLock _ = output.lock(ComparisonFiles.JSON, RESULT)) {
            List<OrganSurface> earlier = pair.firstOrgans();
            List<StructureChange> changes =
                    Comparison.of(earlier, pair.secondOrgans(), before, after, engineOptions.threads());
            for (Path file : ComparisonFiles.surfaces(output.path, changes)) {
                OutputFile.requireOther(file, baseline, followup);
                output.checkFiles(List.of(file.getFileName().toString()));
            }
            ComparisonFiles.write(output.path, earlier, changes, List.copyOf(warnings));
            changes.forEach(change -> console.say(line(change)));
        }
        console.say("wrote " + output);
        return Main.DONE;
    }

    private static LocalDate date(String option, String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new InputException(option + " " + text, "is no date", "write it as 2026-01-31", e);
        }
    }

    private static String volume(double value) {
        return Double.isNaN(value) ? "-" : Words.measure(value);
    }

    private static String line(StructureChange change) {
        String text = String.format(Locale.ROOT, "  %-12s %-10s %10s mm3 -> %10s mm3", change.name(),
                change.status().name().toLowerCase(Locale.ROOT), volume(change.baselineVolume()),
                volume(change.followupVolume()));
        if (change.distances() != null) {
            text += ", " + Words.signed(100 * change.relativeChange(), 1) + " %, surface "
                    + Words.signed(change.meanDistance(), 2) + " mm on average (" + Words.signed(change.largestLoss(), 2)
                    + " to " + Words.signed(change.largestGrowth(), 2) + ")";
        }
        if (Double.isFinite(change.years()) && change.baselineVolume() > 0) {
            text += ", " + Words.signed(100 * change.growthPerYear(), 1) + " % per year";
        }
        return text;
    }
}
