package io.github.medgs.volume.raw;

import io.github.medgs.InputException;
import io.github.medgs.files.InputFiles;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The data files that a header names: one, a list, or a pattern with a range of numbers, as NRRD and MetaImage do. */
public final class DataFiles {

    private static final int MOST_FILES = 100_000;

    /** A name with one number in it as printf writes it, then first, last, step and perhaps dimensions. */
    private static final Pattern NUMBERED =
            Pattern.compile("(.*?)%(0?)(\\d{0,2})([di])(.*?)\\s+(-?\\d+)\\s+(-?\\d+)\\s+(-?\\d+)(?:\\s+\\d+)?");

    private DataFiles() {}

    /**
     * A file that a header names, which must lie in the header's folder or below: a header from a stranger shall not
     * read elsewhere. Quotes round the name and backslashes of Windows are understood.
     */
    public static Path sibling(Path header, String name) {
        for (String candidate : new String[] {name, name.replaceAll("^\"(.*)\"$", "$1").replace('\\', '/')}) {
            Path data = within(header, candidate);
            if (Files.isRegularFile(data)) {
                return data;
            }
        }
        throw new InputException(header.toString(), "names the data file " + name + ", which is not there",
                "put it beside the header");
    }

    private static Path within(Path header, String name) {
        try {
            Path folder = InputFiles.plain(header).getParent();
            Path data = folder.resolve(name).normalize();
            if (data.startsWith(folder) && !data.equals(folder)) {
                return data;
            }
        } catch (InvalidPathException e) {
            // Said below: such a name is no path within the folder.
        }
        throw new InputException(header.toString(), "names a data file outside its folder: " + name,
                "put the data beside the header and name it there");
    }

    /** Whether a field names several files, by a list or a pattern. */
    public static boolean isList(String field) {
        return field.matches("LIST(\\s+\\d+D?)?\\s*");
    }

    /** The files of a list, one name a line. */
    public static List<Path> listed(Path header, List<String> names) {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            if (!name.isBlank()) {
                files.add(sibling(header, name.strip()));
            }
            if (files.size() > MOST_FILES) {
                throw tooMany(header);
            }
        }
        if (files.isEmpty()) {
            throw new InputException(header.toString(), "has a list of data files without a name",
                    "write the volume as one file");
        }
        return files;
    }

    /** The files that a field names: itself, or a pattern such as {@code slice%03d.raw 1 20 1}. */
    public static List<Path> named(Path header, String field) {
        Matcher pattern = NUMBERED.matcher(field);
        if (!pattern.matches()) {
            return List.of(sibling(header, field));
        }
        long first = TextHeader.wholeNumbers(header, "data file", pattern.group(6))[0];
        long last = TextHeader.wholeNumbers(header, "data file", pattern.group(7))[0];
        long step = TextHeader.wholeNumbers(header, "data file", pattern.group(8))[0];
        if (step == 0 || (last - first) / step < 0) {
            throw TextHeader.badField(header, "data file", field);
        }
        if ((last - first) / step >= MOST_FILES) {
            throw tooMany(header);
        }
        String format = pattern.group(3).isEmpty() ? "%d" : "%" + pattern.group(2) + pattern.group(3) + "d";
        List<Path> files = new ArrayList<>();
        for (long number = first; step > 0 ? number <= last : number >= last; number += step) {
            String written = pattern.group(3).equals("0") || pattern.group(3).equals("00") ? Long.toString(number)
                    : String.format(Locale.ROOT, format, number);
            files.add(sibling(header, pattern.group(1) + written + pattern.group(5)));
        }
        return files;
    }

    /** A header and its data files. */
    public static List<Path> with(Path header, List<Path> data) {
        List<Path> files = new ArrayList<>(List.of(header));
        files.addAll(data);
        return files;
    }

    private static InputException tooMany(Path header) {
        return new InputException(header.toString(), "names more than " + MOST_FILES + " data files",
                "write the volume as one file");
    }
}
