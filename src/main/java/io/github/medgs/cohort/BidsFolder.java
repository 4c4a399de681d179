package io.github.medgs.cohort;

import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The images of a BIDS data set: {@code sub-*}{@code /[ses-*}{@code /]anat/*.nii[.gz]}, as rows of a table. */
public final class BidsFolder {

    static final String DESCRIPTION = "dataset_description.json";
    private static final String SUFFIX = "suffix";

    private BidsFolder() {}

    /** Whether a folder is a BIDS data set: it has a description, or folders of subjects. */
    public static boolean is(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        return Files.exists(folder.resolve(DESCRIPTION)) || !folders(folder, "sub-").isEmpty();
    }

    /**
     * One row an image, with columns {@code id} (the entities of its name), {@code image} and one for each entity.
     *
     * @param filter entities and suffix as {@code key=value}, by comma, as in {@code suffix=T1w,ses=01}; the suffix is T1w
     *     where none is named
     */
    public static List<Map<String, String>> read(Path folder, String filter) throws IOException {
        Map<String, String> wanted = filter(filter);
        List<Map<String, String>> rows = new ArrayList<>();
        for (Path subject : folders(folder, "sub-")) {
            List<Path> sessions = new ArrayList<>(folders(subject, "ses-"));
            sessions.addFirst(subject);
            for (Path session : sessions) {
                for (Path image : images(session.resolve("anat"))) {
                    Map<String, String> row = row(image);
                    if (row.entrySet().containsAll(wanted.entrySet())) {
                        row.remove(SUFFIX);
                        rows.add(row);
                    }
                }
            }
        }
        if (rows.isEmpty()) {
            throw new InputException(folder.toString(), "has no image sub-*/[ses-*/]anat/*.nii.gz with " + wanted,
                    "choose others").naming("bids-filter");
        }
        return rows;
    }

    private static Map<String, String> filter(String filter) {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put(SUFFIX, "T1w");
        for (String part : filter == null ? new String[0] : filter.split(",")) {
            String[] pair = part.split("=", 2);
            if (pair.length != 2 || pair[0].isBlank()) {
                throw new InputException("filter " + part, "is not KEY=VALUE", "write it as in suffix=T2w,ses=01")
                        .naming("bids-filter");
            }
            wanted.put(pair[0].strip(), pair[1].strip());
        }
        return wanted;
    }

    private static Map<String, String> row(Path image) {
        String name = image.getFileName().toString();
        String stem = name.substring(0, name.indexOf(".nii"));
        String[] parts = stem.split("_");
        Map<String, String> row = new LinkedHashMap<>();
        row.put("id", stem.substring(0, Math.max(0, stem.lastIndexOf('_'))));
        row.put("image", image.toAbsolutePath().toString());
        for (int p = 0; p + 1 < parts.length; p++) {
            int dash = parts[p].indexOf('-');
            if (dash > 0) {
                row.put(parts[p].substring(0, dash), parts[p].substring(dash + 1));
            }
        }
        row.put(SUFFIX, parts[parts.length - 1]);
        return row;
    }

    private static List<Path> images(Path folder) throws IOException {
        return list(folder, path -> path.getFileName().toString().matches(".*_[A-Za-z0-9]+\\.nii(\\.gz)?"));
    }

    private static List<Path> folders(Path folder, String prefix) throws IOException {
        return list(folder, path -> path.getFileName().toString().startsWith(prefix) && Files.isDirectory(path));
    }

    private static List<Path> list(Path folder, java.util.function.Predicate<Path> wanted) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(wanted).sorted().toList();
        }
    }
}
