package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.raw.ByteSource;
import io.github.medgs.volume.raw.Folders;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What lies in a folder and below it, by the beginning of each file: enough to tell series apart and what is no image.
 * A file that is damaged is a line of its own and in nobody's way.
 *
 * @param root the folder, absolute: files are called by their way from it
 * @param images files that hold slices
 * @param others what else is there
 * @param faults files that are DICOM, or should be, and cannot be read, and folders that cannot be looked into
 * @param notes what else is to be said
 */
record DicomFolder(Path root, List<Entry> images, List<Entry> others, List<Fault> faults, List<String> notes) {

    private static final int START = 256;

    /** A file with what its beginning says. */
    record Entry(Path path, DicomObject head, ObjectKind kind) {

        String series() {
            return head.text(Tag.SERIES);
        }

        boolean isMask() {
            return kind.kind() == ObjectKind.Kind.SEGMENTATION || kind.kind() == ObjectKind.Kind.STRUCTURES;
        }
    }

    /** A file or folder that cannot be read, and why. */
    record Fault(Path path, InputException error) {}

    static boolean isDicom(Path path) {
        try {
            return beginsAsOne(path);
        } catch (InputException e) {
            return false;
        }
    }

    private static boolean beginsAsOne(Path path) {
        return DicomParser.looksLikeOne(new ByteSource(path, 0, ByteSource.Compression.NONE).first(START));
    }

    /** Whether a file is a DICOMDIR, which stands for a folder. */
    static boolean isDirectory(Entry entry) {
        return entry.kind.words().equals("a DICOMDIR");
    }

    /** Whether a folder holds DICOM files itself. */
    static boolean holdsDicom(Path folder) {
        return Folders.files(folder).stream().anyMatch(DicomFolder::isDicom);
    }

    /** Whether a folder below holds DICOM files. */
    static boolean holdsDicomBelow(Path folder) {
        return Folders.filesBelow(folder, (_, _) -> { }).stream().anyMatch(DicomFolder::isDicom);
    }

    /** Looks into a folder and those below it; what cannot be opened, or is named as DICOM and is none, is a fault. */
    static DicomFolder scan(Path folder) {
        List<Fault> closed = new ArrayList<>();
        DicomFolder found = scan(folder, Folders.filesBelow(folder, (inner, error) -> closed.add(new Fault(inner, error))));
        found.faults.addAll(closed);
        return found;
    }

    /** Looks into files of a folder. */
    static DicomFolder scan(Path folder, List<Path> files) {
        return scan(folder, files, false);
    }

    // What is named as DICOM and is none is a slice that was lost: cut to nothing, or never copied.
    private static DicomFolder scan(Path root, List<Path> files, boolean allAreMeant) {
        DicomFolder folder = new DicomFolder(root.toAbsolutePath().normalize(), new ArrayList<>(), new ArrayList<>(),
                new ArrayList<>(), new ArrayList<>());
        List<Fault> closed = new ArrayList<>();
        List<Path> rest = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Path file : files) {
            try {
                if (beginsAsOne(file)) {
                    folder.add(file);
                    names.add(withoutDigits(file));
                } else {
                    rest.add(file);
                }
            } catch (InputException e) {
                closed.add(new Fault(file, e));
            }
        }
        // Behind what is DICOM for certain.
        folder.faults.addAll(closed);
        for (Path file : rest) {
            String name = withoutDigits(file);
            if (allAreMeant || names.contains(name) || name.endsWith(".dcm") || name.endsWith(".ima")) {
                folder.faults.add(new Fault(file, new InputException(file.toString(), file.toFile().length() == 0 ? "is empty"
                        : "is named as DICOM and is none", "copy or export it again")));
            }
        }
        return folder;
    }

    private static String withoutDigits(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("[0-9]+", "#");
    }

    private void add(Path file) {
        try {
            Entry entry = entry(file);
            (entry.kind.kind() == ObjectKind.Kind.IMAGE ? images : others).add(entry);
        } catch (InputException e) {
            faults.add(new Fault(file, e));
        }
    }

    /** Reads the beginning of one file. */
    static Entry entry(Path file) {
        try (DicomParser parser = new DicomParser(file)) {
            DicomObject head = parser.readBefore(Tag.MODALITY_LUT);
            return new Entry(file, head, ObjectKind.of(head));
        } catch (EOFException e) {
            throw DicomParser.cutShort(file, e);
        } catch (IOException e) {
            throw ByteSource.unreadable(file, e);
        }
    }

    /** What a DICOMDIR names; how many of it are not there is a note. */
    static DicomFolder ofDirectory(Path directory) {
        Set<String> missing = new LinkedHashSet<>();
        List<Path> files = filesOf(directory, missing);
        DicomFolder folder = scan(directory.toAbsolutePath().getParent(), files, true);
        if (!missing.isEmpty()) {
            folder.notes.add(missing.size() + " of the " + (files.size() + missing.size()) + " files that it names "
                    + (missing.size() == 1 ? "is" : "are") + " not there (" + firstOf(List.copyOf(missing)) + ")");
        }
        return folder;
    }

    /** The files that a DICOMDIR names, which must lie below it, as far as they are there. */
    static List<Path> filesOf(Path directory) {
        return filesOf(directory, new LinkedHashSet<>());
    }

    private static List<Path> filesOf(Path directory, Set<String> missing) {
        Path folder = directory.toAbsolutePath().normalize().getParent();
        Set<Path> files = new LinkedHashSet<>();
        try (DicomParser parser = new DicomParser(directory)) {
            for (DicomObject item : parser.read().items(Tag.DIRECTORY_RECORDS)) {
                String name = item.text(Tag.REFERENCED_FILE).replace('\\', '/');
                Path file = name.isEmpty() || name.contains("..") ? null : folder.resolve(name).normalize();
                if (file != null && file.startsWith(folder) && Files.isRegularFile(file)) {
                    files.add(file);
                } else if (!name.isEmpty()) {
                    missing.add(name);
                }
            }
        } catch (EOFException e) {
            throw DicomParser.cutShort(directory, e);
        } catch (IOException e) {
            throw ByteSource.unreadable(directory, e);
        } catch (java.nio.file.InvalidPathException e) {
            throw DicomParser.damaged(directory, "it names files as no file is named");
        }
        if (files.isEmpty()) {
            throw new InputException(directory.toString(), "names " + (missing.isEmpty() ? "no files" : missing.size()
                    + " files, none of which is there"), "give the folder of the images themselves");
        }
        return List.copyOf(files);
    }

    /** A file as one finds it from the folder: in a tree many are called alike. */
    String name(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        return (whole.startsWith(root) ? root.relativize(whole) : whole.getFileName()).toString();
    }

    /** ", and so are 2 more"; nothing for none. */
    static String andSoAre(int more) {
        return more == 0 ? "" : ", and so " + (more == 1 ? "is " : "are ") + more + " more";
    }

    /** What was left aside, one sentence for each kind and each fault. */
    List<String> leftAside() {
        List<String> lines = new ArrayList<>();
        List<String> kinds = others.stream().map(entry -> entry.kind.words()).distinct().toList();
        for (String kind : kinds) {
            List<Entry> same = others.stream().filter(entry -> entry.kind.words().equals(kind)).toList();
            lines.add("left aside: " + name(same.getFirst().path) + " is " + kind + andSoAre(same.size() - 1));
        }
        lines.addAll(damaged());
        return lines;
    }

    /** What is not there, and the faults, one sentence for each; files of which the same is to be said share one. */
    List<String> damaged() {
        Map<String, List<Fault>> alike = new LinkedHashMap<>();
        for (Fault fault : faults) {
            alike.computeIfAbsent(fault.error.getMessage().replace(fault.path.toString(), ""), problem -> new ArrayList<>())
                    .add(fault);
        }
        List<String> lines = new ArrayList<>(notes);
        for (List<Fault> same : alike.values()) {
            List<String> more = same.stream().skip(1).map(fault -> name(fault.path)).toList();
            lines.add("left aside: " + same.getFirst().error.getMessage()
                    + (more.isEmpty() ? "" : ", and likewise " + more.size() + " more (" + firstOf(more) + ")"));
        }
        return lines;
    }

    private static String firstOf(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(3, names.size()))) + (names.size() > 3 ? ", ..." : "");
    }
}
