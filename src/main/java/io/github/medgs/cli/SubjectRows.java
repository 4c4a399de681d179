package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.cohort.BidsFolder;
import io.github.medgs.cohort.Subject;
import io.github.medgs.cohort.SubjectTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The rows of a cohort as subjects: each row's arguments are the shared options, with those replaced that it has a column
 * for.
 *
 * @param bids whether they are the images of a BIDS folder
 */
record SubjectRows(List<Subject> subjects, boolean bids) {

    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z0-9_-]+)\\}");

    /** Several values in one cell. */
    private static final String BETWEEN_VALUES = "[;|\\s]+";

    /** Columns that say more than one label, as people write them. */
    private static final Map<String, String> OTHER_NAMES = Map.of("labels", "label");

    private static final Set<String> TRUE = Set.of("true", "yes", "1", "x");

    /**
     * @param filter of a BIDS folder, or {@code null}
     * @param shared options for all rows, each with its words
     */
    static SubjectRows read(Path source, String filter, Map<String, List<String>> shared) throws IOException {
        if (!Files.exists(source)) {
            throw new InputException(source.toString(), "does not exist", "check the path");
        }
        boolean bids = Files.isDirectory(source);
        if (bids && !BidsFolder.is(source)) {
            throw new InputException(source.toString(), "is a folder, but no BIDS data set: it has no sub-*",
                    "give such a folder, or a table");
        }
        List<Map<String, String>> rows = bids ? BidsFolder.read(source, filter) : SubjectTable.read(source);
        Path parent = source.toAbsolutePath().normalize();
        Path base = bids ? parent : parent.getParent();
        List<Subject> subjects = new ArrayList<>();
        Map<String, OptionSpec> options = SharedOptions.ofReconstruct();
        for (Map<String, String> row : rows) {
            if (row.getOrDefault("id", "").isEmpty() || row.getOrDefault("image", "").isEmpty()) {
                throw new InputException(source.toString(), "has no id or no image in row " + (subjects.size() + 1),
                        "every row needs both");
            }
            subjects.add(subject(row, base, shared, options));
        }
        if (subjects.isEmpty()) {
            throw new InputException(source.toString(), "has no rows", "give one row a subject");
        }
        return new SubjectRows(subjects, bids);
    }

    private static Subject subject(Map<String, String> row, Path base, Map<String, List<String>> shared,
            Map<String, OptionSpec> options) {
        Map<String, List<String>> words = new LinkedHashMap<>(shared);
        Map<String, String> extra = new LinkedHashMap<>();
        row.forEach((column, cell) -> {
            String name = OTHER_NAMES.getOrDefault(column, column);
            OptionSpec option = options.get(name);
            if (option == null) {
                if (!name.equals("id") && !name.equals("image")) {
                    extra.put(column, cell);
                }
            } else if (!cell.isEmpty()) {
                words.put(name, option.isMultiValue() ? List.of(cell.split(BETWEEN_VALUES)) : List.of(cell));
            }
        });
        List<String> inputs = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        String image = base.resolve(filled(row.get("image"), row)).normalize().toString();
        inputs.add(image);
        arguments.add(image);
        words.forEach((name, values) -> {
            OptionSpec option = options.get(name);
            for (String value : values) {
                if (option.arity().max() == 0) {
                    if (TRUE.contains(value.toLowerCase(java.util.Locale.ROOT))) {
                        arguments.add("--" + name);
                    }
                } else if (SharedOptions.isFile(option)) {
                    // In a table paths are the table's; on the command line they are the user's.
                    Path from = row.getOrDefault(name, "").isEmpty() ? Path.of("").toAbsolutePath() : base;
                    String file = from.resolve(filled(value, row)).normalize().toString();
                    inputs.add(file);
                    arguments.add("--" + name + "=" + file);
                } else {
                    arguments.add("--" + name + "=" + filled(value, row));
                }
            }
        });
        return new Subject(row.get("id"), inputs, arguments, extra);
    }

    /** A value with {@code {column}} replaced by the row's cell. */
    private static String filled(String value, Map<String, String> row) {
        return PLACE.matcher(value).replaceAll(place -> Matcher.quoteReplacement(
                row.getOrDefault(place.group(1), place.group())));
    }
}
