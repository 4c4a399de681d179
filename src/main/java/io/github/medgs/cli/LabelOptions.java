package io.github.medgs.cli;

import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelChoice;
import io.github.medgs.volume.LabelNames;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.Mask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which labels of a map become one structure, and what structures are called. */
final class LabelOptions {

    @Option(names = "--merge", paramLabel = "A+B", description = "labels to learn as one structure, by numbers or names, as in 1+2, under the number of the first; repeat for other groups; all joins every label")
    private List<String> merges = List.of();

    @Option(names = "--names", paramLabel = "FILE", description = "names and colours of labels: JSON, ITK-SNAP's label descriptions or a 3D Slicer colour table")
    private Path names;

    /** Which of these was given, or {@code null}. */
    String given() {
        return joins() ? "--merge" : names != null ? "--names" : null;
    }

    /** Where names come from, or {@code null}. */
    Path namesFile() {
        return names;
    }

    boolean joins() {
        return !merges.isEmpty();
    }

    boolean mergeAll() {
        return merges.stream().anyMatch(text -> text.equalsIgnoreCase("all"));
    }

    /** The groups of labels that a mask's become one of. */
    List<List<Long>> merges(Mask mask) {
        return merges.stream().filter(text -> !text.equalsIgnoreCase("all"))
                .map(text -> LabelChoice.merge(text, mask.names(),
                        Labels.occurring(mask.volume(), mask.name()), mask.name())).toList();
    }

    Map<Long, Label> names() throws IOException {
        return names == null ? Map.of() : LabelNames.read(names);
    }
}
