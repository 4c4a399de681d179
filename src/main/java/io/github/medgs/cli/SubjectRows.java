package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.cohort.BidsFolder;
import io.github.medgs.cohort.Subject;
import io.github.medgs.cohort.SubjectTable;
import io.github.medgs.files.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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

    /** Several values in one cell; blanks and commas part numbers alone, since names have them. */
    private static final String BETWEEN_VALUES = "\\s*[;|]\\s*";
    private static final String BETWEEN_NUMBERS = "[\\s,]+";
    private static final Pattern NUMBERS = Pattern.compile("[\\d+.-]+(?:" + BETWEEN_NUMBERS + "[\\d+.-]+)+");

    /** Columns that say more than one label, as people write them. */
    private static final Map<String, String> OTHER_NAMES = Map.of("labels", "label");

    /** A whole number of a column with gaps comes as a fraction out of pandas. */
    private static final Pattern WHOLE = Pattern.compile("(-?\\d+)\\.0+");
    private static final Set<Class<?>> WHOLE_TYPES = Set.of(int.class, Integer.class, long.class, Long.class);
    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1", "1.0", "x");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off", "0", "0.0", "-");

    /** Options that mean nothing without a mask. */
    private static final Set<String> OF_MASKS = Set.of("label", "merge", "names", "soft", "resample-mask");

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
        Path parent = InputFiles.plain(source);
        Path base = bids ? parent : parent.getParent();
        List<Subject> subjects = new ArrayList<>();
        Map<String, OptionSpec> options = SharedOptions.ofReconstruct();
        requireColumns(source, rows.isEmpty() ? Set.of("id", "image") : rows.getFirst().keySet(), options.keySet());
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

    /** A column that is nearly called as one that counts would be carried along unread, and its mask not learnt. */
    private static void requireColumns(Path source, Set<String> columns, Set<String> options) {
        Set<String> known = new LinkedHashSet<>(options);
        known.addAll(OTHER_NAMES.keySet());
        known.addAll(List.of("id", "image"));
        for (String column : columns) {
            String near = column.toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "-").replaceFirst("^-+", "");
            if (known.contains(near) && !columns.contains(near)) {
                throw new InputException(source.toString(), "has a column " + column + ", which counts only when it is written "
                        + near, "rename it to " + near + ", or to something else");
            }
        }
        for (String column : List.of("id", "image")) {
            if (!columns.contains(column)) {
                throw new InputException(source.toString(), "has no column " + column,
                        "give a table with the columns id and image");
            }
        }
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
                List<String> values = option.isMultiValue() ? values(cell) : List.of(cell);
                boolean whole = name.equals("label") || WHOLE_TYPES.contains(option.type());
                words.put(name, whole ? values.stream().map(SubjectRows::withoutFraction).toList() : values);
            }
        });
        // What all rows share is no fault of one that has no mask; what it says itself is.
        if (!words.containsKey("mask")) {
            words.keySet().removeIf(name -> (OF_MASKS.contains(name) || ReconstructCommand.OF_SURFACES.contains(name))
                    && shared.containsKey(name) && words.get(name).equals(shared.get(name)));
        }
        List<String> inputs = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        String image = InputFiles.plain(base.resolve(filled(row.get("image"), row))).toString();
        inputs.add(image);
        arguments.add(image);
        words.forEach((name, values) -> {
            OptionSpec option = options.get(name);
            for (String value : values) {
                if (option.arity().max() == 0) {
                    if (isTrue(value, name, row)) {
                        arguments.add("--" + name);
                    }
                } else if (SharedOptions.isFile(option)) {
                    // In a table paths are the table's; on the command line they are the user's.
                    Path from = row.getOrDefault(name, "").isEmpty() ? Path.of("").toAbsolutePath() : base;
                    String file = InputFiles.plain(from.resolve(filled(value, row))).toString();
                    inputs.add(file);
                    arguments.add("--" + name + "=" + file);
                } else {
                    arguments.add("--" + name + "=" + filled(value, row));
                }
            }
        });
        return new Subject(row.get("id"), inputs, arguments, extra);
    }

    private static List<String> values(String cell) {
        String text = cell.strip();
        return List.of(text.split(NUMBERS.matcher(text).matches() ? BETWEEN_NUMBERS : BETWEEN_VALUES));
    }

    private static String withoutFraction(String value) {
        Matcher fraction = WHOLE.matcher(value);
        return fraction.matches() ? fraction.group(1) : value;
    }

    private static boolean isTrue(String value, String column, Map<String, String> row) {
        String word = value.strip().toLowerCase(Locale.ROOT);
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            throw new InputException("row " + row.get("id"), "says " + value + " in the column " + column
                    + ", which is yes or no", "write yes or no, or leave it empty");
        }
        return TRUE.contains(word);
    }

    /** A value with {@code {column}} replaced by the row's cell. */
    private static String filled(String value, Map<String, String> row) {
        return PLACE.matcher(value).replaceAll(place -> Matcher.quoteReplacement(
                row.getOrDefault(place.group(1), place.group())));
    }
}
