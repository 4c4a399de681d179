package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import java.util.Arrays;
import java.util.List;

/**
 * What a segmentation says of itself and of the series that it was made from: patient, study, frame of reference and
 * references are the series'.
 */
final class SegmentationHeader {

    /** Copied as they are; where the series lacks one it is written empty, as the standard allows. */
    private static final Object[][] COPIED = {{Tag.STUDY_DATE, "DA"}, {Tag.STUDY_TIME, "TM"}, {Tag.ACCESSION_NUMBER, "SH"},
        {Tag.REFERRING_PHYSICIAN, "PN"}, {Tag.PATIENT_NAME, "PN"}, {Tag.PATIENT_ID, "LO"}, {Tag.PATIENT_BIRTH_DATE, "DA"},
        {Tag.PATIENT_SEX, "CS"}, {Tag.STUDY_ID, "SH"}};

    private static final String VERSION = version();

    private final DicomSource source;
    private final String label;
    private final String instance;
    private final String series;
    private final String dimensions;

    SegmentationHeader(DicomSource source, String label, String instance, String series, String dimensions) {
        this.source = source;
        this.label = label;
        this.instance = instance;
        this.series = series;
        this.dimensions = dimensions;
    }

    private static String version() {
        String version = SegmentationHeader.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** All elements but the segments, the frames and the pixels. */
    DicomBuilder elements() {
        DicomSlice first = source.slices().getFirst();
        DicomObject head = DicomFolder.entry(first.image().path()).head();
        if (head.text(Tag.STUDY).isEmpty() || head.text(Tag.SERIES).isEmpty() || first.marks().instance().isEmpty()) {
            throw new InputException(source.name(), "lacks identifiers of its study, series or slices, which a segmentation"
                    + " has to name", "give the series as the archive has it");
        }
        DicomBuilder file = new DicomBuilder();
        for (Object[] copied : COPIED) {
            file.text((int) copied[0], (String) copied[1], head.text((int) copied[0]));
        }
        String frameOfReference = head.text(Tag.FRAME_OF_REFERENCE);
        String date = head.text(Tag.STUDY_DATE);
        return file.text(Tag.CHARACTER_SET, "CS", "ISO_IR 192")
                .text(Tag.IMAGE_TYPE, "CS", "DERIVED\\PRIMARY")
                .text(Tag.SOP_CLASS, "UI", SegmentationWriter.SOP_CLASS)
                .text(Tag.SOP_INSTANCE, "UI", instance)
                .text(Tag.CONTENT_DATE, "DA", date.isEmpty() ? "19000101" : date)
                .text(Tag.CONTENT_TIME, "TM", "000000")
                .text(Tag.MODALITY, "CS", "SEG")
                .text(Tag.MANUFACTURER, "LO", "MedGS for the JVM")
                .text(Tag.MODEL_NAME, "LO", "medgs")
                .text(Tag.SERIAL_NUMBER, "LO", "none")
                .text(Tag.SOFTWARE_VERSIONS, "LO", VERSION)
                .text(Tag.SERIES_DESCRIPTION, "LO", "Segmentation")
                .text(Tag.STUDY, "UI", head.text(Tag.STUDY))
                .text(Tag.SERIES, "UI", series)
                .text(Tag.SERIES_NUMBER, "IS", "1000")
                .text(Tag.INSTANCE_NUMBER, "IS", "1")
                .text(Tag.FRAME_OF_REFERENCE, "UI", frameOfReference.isEmpty()
                        ? Identifiers.of(head.text(Tag.SERIES).getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        : frameOfReference)
                .text(Tag.POSITION_REFERENCE, "LO", "")
                .text(Tag.CONTENT_LABEL, "CS", label)
                .text(Tag.CONTENT_DESCRIPTION, "LO", "")
                .text(Tag.CONTENT_CREATOR, "PN", "")
                .sequence(Tag.REFERENCED_SERIES, references(head))
                .sequence(Tag.DIMENSION_ORGANISATION, new DicomBuilder().text(Tag.DIMENSION_IDENTIFIER, "UI", dimensions))
                .sequence(Tag.DIMENSIONS, dimension(Tag.REFERENCED_SEGMENT, Tag.SEGMENT_IDENTIFICATION),
                        dimension(Tag.POSITION, Tag.PLANE_POSITIONS))
                .shorts(Tag.SAMPLES_PER_PIXEL, 1).text(Tag.PHOTOMETRIC, "CS", "MONOCHROME2")
                .shorts(Tag.BITS_ALLOCATED, 1).shorts(Tag.BITS_STORED, 1).shorts(Tag.HIGH_BIT, 0)
                .shorts(Tag.PIXEL_REPRESENTATION, 0).text(Tag.LOSSY, "CS", "00")
                .text(Tag.SEGMENTATION_TYPE, "CS", "BINARY").text(Tag.SEGMENTS_OVERLAP, "CS", "NO");
    }

    private DicomBuilder references(DicomObject head) {
        List<DicomSlice> slices = source.slices();
        DicomBuilder[] instances = slices.stream().map(DicomSlice::marks).distinct().map(marks -> new DicomBuilder()
                .text(Tag.REFERENCED_CLASS, "UI", marks.sopClass())
                .text(Tag.REFERENCED_INSTANCE, "UI", marks.instance())).toArray(DicomBuilder[]::new);
        boolean single = slices.stream().map(slice -> slice.marks().instance()).distinct().count() == 1;
        return new DicomBuilder().text(Tag.SERIES, "UI", head.text(Tag.SERIES))
                .sequence(Tag.REFERENCED_INSTANCES, single ? Arrays.copyOf(instances, 1) : instances);
    }

    private DicomBuilder dimension(int element, int group) {
        return new DicomBuilder().text(Tag.DIMENSION_IDENTIFIER, "UI", dimensions).tags(Tag.DIMENSION_POINTER, element)
                .tags(Tag.DIMENSION_GROUP, group);
    }
}
