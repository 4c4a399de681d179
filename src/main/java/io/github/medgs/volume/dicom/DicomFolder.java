package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.raw.ByteSource;
import io.github.medgs.volume.raw.Folders;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What lies in a folder and below it, by the beginning of each file: enough to tell series apart and what is no image.
 * A file that is damaged is a line of its own and in nobody's way.
 *
 * @param images files that hold slices
 * @param others what else is there
 * @param faults files that are DICOM and cannot be read
 */
record DicomFolder(List<Entry> images, List<Entry> others, List<Fault> faults) {

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

    /** A file that cannot be read, and why. */
    record Fault(Path path, InputException error) {}

    static boolean isDicom(Path path) {
        try {
            return DicomParser.looksLikeOne(new ByteSource(path, 0, ByteSource.Compression.NONE).first(START));
        } catch (InputException e) {
            return false;
        }
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
        return Folders.filesBelow(folder).stream().anyMatch(DicomFolder::isDicom);
    }

    static DicomFolder scan(List<Path> files) {
        DicomFolder folder = new DicomFolder(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Path file : files) {
            if (isDicom(file)) {
                folder.add(file);
            }
        }
        return folder;
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

    /** The files that a DICOMDIR names, which must lie below it. */
    static List<Path> filesOf(Path directory) {
        Path folder = directory.toAbsolutePath().normalize().getParent();
        Set<Path> files = new LinkedHashSet<>();
        int missing = 0;
        try (DicomParser parser = new DicomParser(directory)) {
            for (DicomObject item : parser.read().items(Tag.DIRECTORY_RECORDS)) {
                String name = item.text(Tag.REFERENCED_FILE).replace('\\', '/');
                Path file = name.isEmpty() || name.contains("..") ? null : folder.resolve(name).normalize();
                if (file != null && file.startsWith(folder) && Files.isRegularFile(file)) {
                    files.add(file);
                } else if (!name.isEmpty()) {
                    missing++;
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
            throw new InputException(directory.toString(), "names " + (missing == 0 ? "no files" : missing
                    + " files, none of which is there"), "give the folder of the images themselves");
        }
        return List.copyOf(files);
    }

    /** What was left aside, one sentence for each kind and each fault. */
    List<String> leftAside() {
        List<String> lines = new ArrayList<>();
        List<String> kinds = others.stream().map(entry -> entry.kind.words()).distinct().toList();
        for (String kind : kinds) {
            List<Entry> same = others.stream().filter(entry -> entry.kind.words().equals(kind)).toList();
            String first = same.getFirst().path.getFileName().toString();
            lines.add("left aside: " + first + " is " + kind
                    + (same.size() == 1 ? "" : ", and so are " + (same.size() - 1) + " more"));
        }
        faults.forEach(fault -> lines.add("left aside: " + fault.error.getMessage()));
        return lines;
    }
}
