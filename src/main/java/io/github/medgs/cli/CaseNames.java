package io.github.medgs.cli;

import io.github.medgs.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What reports call the files of a study: their own names, and with as many folders as tell them apart. */
final class CaseNames {

    private CaseNames() {}

    /**
     * Names in the order of the files, with {@code /} between folders on every system.
     *
     * @throws InputException when a file is there twice: it would count twice in the means
     */
    static List<String> of(List<Path> files) {
        List<Path> whole = files.stream().map(file -> file.toAbsolutePath().normalize()).toList();
        Set<Path> once = new HashSet<>();
        for (int n = 0; n < files.size(); n++) {
            if (!once.add(whole.get(n))) {
                throw new InputException(files.get(n).toString(), "is there twice", "give it once");
            }
        }
        int[] parts = new int[whole.size()];
        List<String> names = List.of();
        boolean[] alike = new boolean[parts.length];
        Arrays.fill(alike, true);
        while (longer(parts, alike, whole)) {
            names = IntStream.range(0, parts.length).mapToObj(n -> tail(whole.get(n), parts[n])).toList();
            for (int n = 0; n < parts.length; n++) {
                alike[n] = Collections.frequency(names, names.get(n)) > 1;
            }
        }
        return names;
    }

    /** Takes one folder more of each that is called like another; whether any had one left. */
    private static boolean longer(int[] parts, boolean[] alike, List<Path> whole) {
        boolean any = false;
        for (int n = 0; n < parts.length; n++) {
            if (alike[n] && parts[n] < whole.get(n).getNameCount()) {
                parts[n]++;
                any = true;
            }
        }
        return any;
    }

    private static String tail(Path file, int parts) {
        int all = file.getNameCount();
        return IntStream.range(all - parts, all).mapToObj(part -> file.getName(part).toString()).collect(Collectors.joining("/"));
    }
}
