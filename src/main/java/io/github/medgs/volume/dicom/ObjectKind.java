package io.github.medgs.volume.dicom;

import java.util.Map;

/**
 * What a DICOM object is, by its class.
 *
 * @param kind what is done with it
 * @param words for people: "a segmentation"
 */
record ObjectKind(Kind kind, String words) {

    /** Slices, a mask in one of two forms, a dose, or what is no volume at all. */
    enum Kind {
        IMAGE,
        SEGMENTATION,
        STRUCTURES,
        DOSE,
        OTHER
    }

    private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

    private static final Map<String, ObjectKind> KINDS = Map.ofEntries(
            Map.entry(STORAGE + "66.4", new ObjectKind(Kind.SEGMENTATION, "a segmentation")),
            Map.entry(STORAGE + "66.7", new ObjectKind(Kind.SEGMENTATION, "a label map segmentation")),
            Map.entry(STORAGE + "481.3", new ObjectKind(Kind.STRUCTURES, "a radiotherapy structure set")),
            Map.entry(STORAGE + "481.2", new ObjectKind(Kind.DOSE, "a radiotherapy dose")),
            Map.entry(STORAGE + "481.5", other("a radiotherapy plan")),
            Map.entry(STORAGE + "66", other("raw data")),
            Map.entry(STORAGE + "66.5", other("a surface segmentation")),
            Map.entry(STORAGE + "66.1", other("a spatial registration")),
            Map.entry(STORAGE + "66.3", other("a deformable registration")),
            Map.entry(STORAGE + "88.11", other("a report")),
            Map.entry(STORAGE + "88.22", other("a report")),
            Map.entry(STORAGE + "88.33", other("a report")),
            Map.entry(STORAGE + "88.67", other("a dose report")),
            Map.entry(STORAGE + "88.59", other("a list of key objects")),
            Map.entry(STORAGE + "11.1", other("a presentation state")),
            Map.entry(STORAGE + "104.1", other("a PDF document")),
            Map.entry(STORAGE + "4.2", other("a spectrum")),
            Map.entry("1.2.840.10008.1.3.10", other("a DICOMDIR")));

    private static ObjectKind other(String words) {
        return new ObjectKind(Kind.OTHER, words);
    }

    /** By the class and, for unknown classes, by whether there are rows of pixels. */
    static ObjectKind of(DicomObject object) {
        String identifier = object.text(Tag.SOP_CLASS);
        ObjectKind known = KINDS.get(identifier.isEmpty() ? object.text(Tag.MEDIA_CLASS) : identifier);
        if (known != null) {
            return known;
        }
        if (object.has(Tag.DIRECTORY_RECORDS)) {
            return other("a DICOMDIR");
        }
        boolean pixels = object.unsignedShort(Tag.ROWS, 0) > 0 && object.unsignedShort(Tag.COLUMNS, 0) > 0;
        if (!pixels) {
            String modality = object.text(Tag.MODALITY);
            return other("an object without pixels" + (modality.isEmpty() ? "" : ", modality " + modality));
        }
        if (object.unsignedShort(Tag.SAMPLES_PER_PIXEL, 1) != 1) {
            return other("a colour picture");
        }
        return new ObjectKind(Kind.IMAGE, "an image");
    }
}
