package io.github.medgs.volume.raw;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Files of a folder in the order people mean: 2 before 10. */
public final class Folders {

    private Folders() {}

    /** The regular files of a folder, none of those that hide behind a dot; empty for what is no folder. */
    public static List<Path> files(Path folder) {
        return files(folder, Files::isRegularFile);
    }

    /** The same with links to what is not there: for those who say what they could not read. */
    public static List<Path> filesAndLostLinks(Path folder) {
        return files(folder, path -> Files.isRegularFile(path) || Files.isSymbolicLink(path) && !Files.exists(path));
    }

    private static List<Path> files(Path folder, Predicate<Path> wanted) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> wanted.test(path) && !path.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(path -> path.getFileName().toString(), Folders::compareNames)).toList();
        } catch (IOException e) {
            throw ByteSource.unreadable(folder, e);
        }
    }

    /** Whether a program was stopped in the middle of filling a folder: some of its files are missing. */
    public static boolean isUnfinished(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.anyMatch(AtomicFile::isPartWithin);
        } catch (IOException e) {
            throw ByteSource.unreadable(folder, e);
        }
    }

    /** Whether nothing at all lies in a folder, but what a killed process was writing for it. */
    public static boolean isEmpty(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.allMatch(AtomicFile::isPartWithin);
        } catch (IOException e) {
            throw ByteSource.unreadable(folder, e);
        }
    }

    /**
     * The regular files of a folder and of the folders below it, and links to what is not there, none of those that hide
     * behind a dot, folder by folder. Links to folders are not followed.
     *
     * @param closed told each folder below that cannot be looked into, and why: what lies beside it is there all the same
     */
    public static List<Path> filesBelow(Path folder, BiConsumer<Path, InputException> closed) {
        List<Path> files = new ArrayList<>(filesAndLostLinks(folder));
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> folders = entries.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                    && !path.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(path -> path.getFileName().toString(), Folders::compareNames)).toList();
            for (Path inner : folders) {
                try {
                    files.addAll(filesBelow(inner, closed));
                } catch (InputException e) {
                    closed.accept(inner, e);
                }
            }
        } catch (IOException e) {
            throw ByteSource.unreadable(folder, e);
        }
        return files;
    }

    /** Runs of digits by their number, the rest by character. */
    public static int compareNames(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int endA = endOfDigits(a, i);
                int endB = endOfDigits(b, j);
                int order = compareNumbers(a.substring(i, endA), b.substring(j, endB));
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
            } else if (a.charAt(i) != b.charAt(j)) {
                return Character.compare(a.charAt(i), b.charAt(j));
            } else {
                i++;
                j++;
            }
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        return rest != 0 ? rest : a.compareTo(b);
    }

    // As text, since names hold longer numbers than types do: more digits is more, leading zeros apart.
    private static int compareNumbers(String a, String b) {
        String x = a.replaceFirst("^0+(?=.)", "");
        String y = b.replaceFirst("^0+(?=.)", "");
        return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
