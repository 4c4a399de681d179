package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The image series of a folder, in the order in which their first files come. */
final class SeriesList {

    /** Elements that must agree between the single slices that are taken as one series. */
    private static final int[] COMMON = {Tag.STUDY, Tag.MODALITY, Tag.SERIES_DESCRIPTION, Tag.FRAME_OF_REFERENCE,
        Tag.SOP_CLASS, Tag.ORIENTATION, Tag.PIXEL_SPACING, Tag.PATIENT_ID};

    /** Classes of single slices: radiograph, CT, MR, PET, screenshot. */
    private static final Set<String> SINGLE_FRAME = Set.of("1.2.840.10008.5.1.4.1.1.1", "1.2.840.10008.5.1.4.1.1.2",
            "1.2.840.10008.5.1.4.1.1.4", "1.2.840.10008.5.1.4.1.1.128", "1.2.840.10008.5.1.4.1.1.7");

    private final DicomFolder folder;
    private final List<List<DicomFolder.Entry>> series;
    private final boolean joined;

    private SeriesList(DicomFolder folder, List<List<DicomFolder.Entry>> series, boolean joined) {
        this.folder = folder;
        this.series = series;
        this.joined = joined;
    }

    static SeriesList of(DicomFolder folder) {
        Map<String, List<DicomFolder.Entry>> byIdentifier = new LinkedHashMap<>();
        for (DicomFolder.Entry entry : folder.images()) {
            byIdentifier.computeIfAbsent(identifier(entry), identifier -> new ArrayList<>()).add(entry);
        }
        List<List<DicomFolder.Entry>> series = List.copyOf(byIdentifier.values());
        return isOneInPieces(series) ? new SeriesList(folder, List.of(folder.images()), true)
                : new SeriesList(folder, series, false);
    }

    // Where there is no SeriesInstanceUID, what a person would tell series by.
    private static String identifier(DicomFolder.Entry entry) {
        return entry.series().isEmpty() ? "no identifier, " + entry.head().text(Tag.STUDY) + ", "
                + entry.head().text(Tag.SERIES_NUMBER) + ", " + entry.head().text(Tag.SERIES_DESCRIPTION) : entry.series();
    }

    // Some anonymisers give each slice a SeriesInstanceUID of its own: single slices which agree in all else and lie at
    // different places are one series.
    private static boolean isOneInPieces(List<List<DicomFolder.Entry>> series) {
        if (series.size() < 3 || series.stream().anyMatch(files -> files.size() > 1)) {
            return false;
        }
        DicomObject first = series.getFirst().getFirst().head();
        Set<String> places = new HashSet<>();
        for (List<DicomFolder.Entry> files : series) {
            DicomObject head = files.getFirst().head();
            boolean same = head.unsignedShort(Tag.ROWS, 0) == first.unsignedShort(Tag.ROWS, 0)
                    && head.unsignedShort(Tag.COLUMNS, 0) == first.unsignedShort(Tag.COLUMNS, 0)
                    && head.number(Tag.FRAMES, 1) <= 1
                    && Arrays.stream(COMMON).allMatch(tag -> head.text(tag).equals(first.text(tag)));
            if (!same || !head.has(Tag.POSITION) || !places.add(head.text(Tag.POSITION))) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return series.size();
    }

    /** The files of the only series. */
    List<Path> only(List<String> notes) {
        if (joined) {
            notes.add("each of its " + series.getFirst().size() + " slices has a SeriesInstanceUID of its own; they were"
                    + " taken as one series by their positions");
        }
        return paths(series.getFirst());
    }

    /**
     * The series that a user asks for; without a wish the only one, or the only one that lies in the patient and has
     * more than one slice.
     *
     * @param wanted a number as {@link #lines} shows it, an identifier, or null
     */
    List<Path> choose(String name, String wanted, List<String> notes) {
        if (wanted != null) {
            for (int n = 0; n < series.size(); n++) {
                if (wanted.strip().equals(String.valueOf(number(n)))
                        || wanted.strip().equals(series.get(n).getFirst().series())) {
                    return paths(series.get(n));
                }
            }
            throw new InputException(name, "has no series " + wanted, "choose one of " + choices()).naming("series");
        }
        if (series.size() == 1) {
            return only(notes);
        }
        List<List<DicomFolder.Entry>> placed = placed();
        if (placed.size() == 1) {
            series.stream().filter(files -> files != placed.getFirst()).forEach(files -> notes.add("left aside: "
                    + folder.name(files.getFirst().path()) + " is a picture without a place in the patient"
                    + DicomFolder.andSoAre(files.size() - 1) + (files.size() == 1 ? "" : " of its series")));
            return paths(placed.getFirst());
        }
        throw new InputException(name, "holds " + series.size() + " image series (" + choices() + ")",
                "choose one, by its number or by giving a file of it; medgs info says more of each").naming("series");
    }

    /** Whether one series lies in the patient, and the others are pictures of another kind. */
    boolean hasOnePlaced() {
        return placed().size() == 1;
    }

    private List<List<DicomFolder.Entry>> placed() {
        return series.stream().filter(SeriesList::liesInThePatient).toList();
    }

    private static boolean liesInThePatient(List<DicomFolder.Entry> files) {
        DicomObject head = files.getFirst().head();
        if (UnitedMosaic.isOne(head)) {
            // Its slices have their places.
            return true;
        }
        if (head.number(Tag.FRAMES, 1) > 1) {
            // Frames of a class that has one frame lie nowhere.
            return !SINGLE_FRAME.contains(head.text(Tag.SOP_CLASS));
        }
        return head.has(Tag.POSITION) || head.has(Tag.SLICE_LOCATION) || !head.text(Tag.IMAGE_TYPE).contains("SECONDARY") && files.size() > 1;
    }

    /** The files of the series that a file belongs to; null where it is in none. */
    List<Path> of(Path file, List<String> notes) {
        for (List<DicomFolder.Entry> files : series) {
            for (DicomFolder.Entry entry : files) {
                if (entry.path().toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize())) {
                    return joined ? only(notes) : paths(files);
                }
            }
        }
        return null;
    }

    private static List<Path> paths(List<DicomFolder.Entry> files) {
        return files.stream().map(DicomFolder.Entry::path).toList();
    }

    // Their own numbers where all have one and no two the same, else 1, 2, ...
    private int number(int index) {
        List<Double> own = series.stream().map(files -> files.getFirst().head().number(Tag.SERIES_NUMBER, -1)).toList();
        boolean distinct = own.stream().allMatch(n -> n >= 0 && n == Math.rint(n)) && new HashSet<>(own).size() == own.size();
        return distinct ? own.get(index).intValue() : index + 1;
    }

    private String choices() {
        List<String> words = new ArrayList<>();
        for (int n = 0; n < Math.min(series.size(), 8); n++) {
            String description = series.get(n).getFirst().head().text(Tag.SERIES_DESCRIPTION);
            words.add(number(n) + (description.isEmpty() ? "" : ": " + description));
        }
        return words.stream().collect(Collectors.joining(", ")) + (series.size() > 8 ? ", ..." : "");
    }

    /** Each series in one line: number, description, sizes, spacing, identifier. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int n = 0; n < series.size(); n++) {
            DicomObject head = series.get(n).getFirst().head();
            int slices = 0;
            for (DicomFolder.Entry entry : series.get(n)) {
                slices += (int) Math.clamp(entry.head().number(Tag.FRAMES, 1), 1, 1 << 20);
            }
            boolean isMosaic = Mosaic.isOne(head) || UnitedMosaic.isOne(head);
            DicomObject spaced = head.number(Tag.FRAMES, 1) > 1 ? whole(series.get(n).getFirst()) : head;
            double[] spacing = SliceReader.pixelSpacing(spaced);
            double step = SliceReader.sliceStep(spaced);
            lines.add(String.format(Locale.ROOT, "%d: %s%s%s, %d x %d pixels%s, first file %s%s", number(n),
                    text(head, Tag.SERIES_DESCRIPTION, ", "), text(head, Tag.MODALITY, ", "),
                    isMosaic ? Words.count(slices, "mosaic", "mosaics") : Words.count(slices, "slice", "slices"), head.unsignedShort(Tag.COLUMNS, 0),
                    head.unsignedShort(Tag.ROWS, 0), spacing == null ? "" : " of " + Words.number(spacing[1]) + " x "
                            + Words.number(spacing[0]) + (step > 0 ? " x " + Words.number(step) : "") + " mm",
                    folder.name(series.get(n).getFirst().path()),
                    series.get(n).getFirst().series().isEmpty() ? "" : ", " + series.get(n).getFirst().series()));
        }
        return lines;
    }

    // The functional groups of frames come behind what tells series apart. What is damaged there is said when it is read.
    private static DicomObject whole(DicomFolder.Entry entry) {
        try (DicomParser parser = new DicomParser(entry.path())) {
            return parser.read();
        } catch (IOException | InputException e) {
            return entry.head();
        }
    }

    private static String text(DicomObject head, int tag, String after) {
        return head.text(tag).isEmpty() ? "" : head.text(tag) + after;
    }
}
