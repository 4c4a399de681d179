package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.volume.Segment;
import io.github.medgs.volume.Volume;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.joml.Vector3d;

/**
 * Writes a label map as a DICOM segmentation (PS3.3, A.51): binary, one frame for each slice that a segment is in, in
 * the study of the series that it was made from, on whose slices it lies.
 *
 * <p>The file is made of its input alone: the same labels on the same series give the same bytes.
 */
public final class SegmentationWriter {

    static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.66.4";

    /** Before a label in a tracking identifier. */
    static final String LABEL = "label ";

    private static final int LARGEST_LABEL = 65_535;

    /** Characters of a long string (PS3.5, 6.2). */
    private static final int LONGEST_NAME = 64;

    /** Colours of segments that come without one, and far apart. */
    private static final int[] COLOURS = {0xE6194B, 0x3CB44B, 0x4363D8, 0xF58231, 0x911EB4, 0x42D4F4, 0xF032E6, 0xBFEF45,
        0xFABED4, 0x469990, 0xDCBEFF, 0x9A6324, 0xFFE119, 0x800000, 0xAAFFC3, 0x808000};

    private final Volume labels;
    private final DicomSource source;
    private final String label;
    private final List<Segment> segments;

    private SegmentationWriter(Volume labels, List<Segment> names, DicomSource source, String label) {
        this.labels = labels;
        this.source = source;
        this.label = label;
        this.segments = segments(names);
    }

    /**
     * Writes a segmentation whole or not at all.
     *
     * @param labels on the series' own grid: whole numbers from 0 to 65535, 0 for the background
     * @param names what the labels stand for; those without a name are called by their number
     * @param source the series that was segmented
     * @param label what the segmentation is called: up to sixteen capitals, digits, blanks and underscores
     * @return what the file does not hold, in words; empty for nothing
     * @throws InputException when the labels lie on another grid, are no labels, or mark nothing
     */
    public static List<String> write(Volume labels, List<Segment> names, DicomSource source, String label,
            Path target) throws IOException {
        if (!labels.grid().sameAs(source.grid())) {
            throw new InputException(target.toString(), "cannot hold labels of another grid than the series' (labels: "
                    + labels.describeGrid() + "; series: " + source.grid().describe() + ")", "bring them onto it first");
        }
        SegmentationWriter writer = new SegmentationWriter(labels, names, source, label);
        byte[] file = writer.file(target);
        AtomicFile.write(target, out -> out.write(file));
        return writer.segments.stream().filter(segment -> !shortened(segment.name()).equals(segment.name()))
                .map(segment -> "the name of label " + segment.label() + " was cut to the " + LONGEST_NAME
                        + " characters that DICOM takes: " + shortened(segment.name())).toList();
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
    }

    // The labels that occur, by number. DICOM numbers segments from one on without gaps; what each label was stands in its
    // tracking identifier.
    private List<Segment> segments(List<Segment> names) {
        SortedMap<Integer, Segment> present = new TreeMap<>();
        for (float voxel : labels.voxels()) {
            if (voxel != 0 && voxel == (int) voxel && voxel > 0 && voxel <= LARGEST_LABEL) {
                present.computeIfAbsent((int) voxel, n -> names.stream().filter(name -> name.label() == n).findFirst()
                        .orElse(new Segment(n, "label " + n, Segment.NO_COLOUR)));
            } else if (voxel != 0) {
                throw new InputException(source.name(), "cannot be given a segmentation that holds " + voxel,
                        "give a label map: whole numbers from 0 to " + LARGEST_LABEL);
            }
        }
        return List.copyOf(present.values());
    }

    private byte[] file(Path target) {
        if (segments.isEmpty()) {
            throw new InputException(target.toString(), "would hold no segment: every voxel is 0",
                    "give labels that mark something");
        }
        List<DicomBuilder> frames = new ArrayList<>();
        ByteArrayOutputStream bits = new ByteArrayOutputStream();
        byte[] packed = pack(frames, bits);
        byte[] key = key();
        // The same pixels on other slices are another segmentation.
        byte[] places = new DicomBuilder().sequence(Tag.FRAME_GROUPS, frames.toArray(DicomBuilder[]::new)).bytes();
        String instance = Identifiers.of("instance".getBytes(StandardCharsets.US_ASCII), key, packed, places);
        DicomBuilder file = new SegmentationHeader(source, label, instance,
                Identifiers.of("series".getBytes(StandardCharsets.US_ASCII), key, packed, places),
                Identifiers.of("dimensions".getBytes(StandardCharsets.US_ASCII), key)).elements();
        file.shorts(Tag.ROWS, labels.ny()).shorts(Tag.COLUMNS, labels.nx())
                .text(Tag.FRAMES, "IS", String.valueOf(frames.size()))
                .sequence(Tag.SEGMENTS, IntStream.range(0, segments.size()).mapToObj(n -> segment(n, instance))
                        .toArray(DicomBuilder[]::new))
                .sequence(Tag.SHARED_GROUPS, shared())
                .sequence(Tag.FRAME_GROUPS, frames.toArray(DicomBuilder[]::new))
                .raw(Tag.PIXELS, "OB", packed);
        return file.file(SOP_CLASS, instance);
    }

    // What identifiers are made from besides the pixels and where they lie: the series, the names.
    private byte[] key() {
        StringBuilder key = new StringBuilder(label);
        source.slices().forEach(slice -> key.append('\n').append(slice.marks().instance()));
        segments.forEach(segment -> key.append('\n').append(segment));
        return key.toString().getBytes(StandardCharsets.UTF_8);
    }

    // Frames follow each other bit by bit, the lowest bit first; the end is padded to whole words.
    private byte[] pack(List<DicomBuilder> frames, ByteArrayOutputStream bits) {
        int size = labels.nx() * labels.ny();
        int pending = 0;
        int count = 0;
        for (int index = 0; index < segments.size(); index++) {
            float wanted = segments.get(index).label();
            for (int k = 0; k < labels.nz(); k++) {
                if (!holds(k * size, size, wanted)) {
                    continue;
                }
                frames.add(frame(index, k));
                for (int n = 0; n < size; n++) {
                    pending |= (labels.voxels()[k * size + n] == wanted ? 1 : 0) << count++;
                    if (count == 8) {
                        bits.write(pending);
                        pending = 0;
                        count = 0;
                    }
                }
            }
        }
        if (count > 0) {
            bits.write(pending);
        }
        if (bits.size() % 2 == 1) {
            bits.write(0);
        }
        return bits.toByteArray();
    }

    private boolean holds(int from, int count, float wanted) {
        for (int n = from; n < from + count; n++) {
            if (labels.voxels()[n] == wanted) {
                return true;
            }
        }
        return false;
    }

    private DicomBuilder frame(int segment, int k) {
        Vector3d place = labels.grid().place(0, 0, k);
        DicomSlice slice = source.slices().get(k);
        DicomBuilder image = new DicomBuilder().text(Tag.REFERENCED_CLASS, "UI", slice.marks().sopClass())
                .text(Tag.REFERENCED_INSTANCE, "UI", slice.marks().instance())
                .code(Tag.PURPOSE, "121322", "DCM", "Source image for image processing operation");
        if (slice.image().frames() > 1) {
            image.text(Tag.REFERENCED_FRAME, "IS", String.valueOf(slice.frame() + 1));
        }
        DicomBuilder derivation = new DicomBuilder().code(Tag.DERIVATION_CODE, "113076", "DCM", "Segmentation")
                .sequence(Tag.SOURCE_IMAGES, image);
        return new DicomBuilder()
                .sequence(Tag.FRAME_CONTENT, new DicomBuilder().integers(Tag.DIMENSION_VALUES, segment + 1, k + 1))
                .sequence(Tag.PLANE_POSITIONS, new DicomBuilder().decimals(Tag.POSITION, -place.x, -place.y, place.z))
                .sequence(Tag.SEGMENT_IDENTIFICATION, new DicomBuilder().shorts(Tag.REFERENCED_SEGMENT,
                        segment + 1))
                .sequence(Tag.DERIVATION_IMAGES, derivation);
    }

    private DicomBuilder shared() {
        DicomSlice first = source.slices().getFirst();
        double step = labels.grid().spacing(2) * Math.abs(new Vector3d(column(2)).normalize().dot(first.normal()));
        DicomBuilder measures = new DicomBuilder().decimals(Tag.SLICE_THICKNESS, step)
                .decimals(Tag.PIXEL_SPACING, labels.spacing(1), labels.spacing(0))
                .decimals(Tag.SPACING_BETWEEN_SLICES, step);
        Vector3d along = column(0).normalize();
        Vector3d down = column(1).normalize();
        return new DicomBuilder().sequence(Tag.PIXEL_MEASURES, measures)
                .sequence(Tag.PLANE_ORIENTATIONS, new DicomBuilder().decimals(Tag.ORIENTATION, along.x, along.y, along.z,
                        down.x, down.y, down.z));
    }

    // A step of the grid, in LPS.
    private Vector3d column(int axis) {
        return new Vector3d(-labels.indexToPatient().get(axis, 0), -labels.indexToPatient().get(axis, 1),
                labels.indexToPatient().get(axis, 2));
    }

    private DicomBuilder segment(int index, String instance) {
        Segment segment = segments.get(index);
        int colour = segment.rgb() >= 0 ? segment.rgb() : COLOURS[index % COLOURS.length];
        String name = segment.name().replace('\\', '/');
        return new DicomBuilder().shorts(Tag.SEGMENT_NUMBER, index + 1)
                .text(Tag.SEGMENT_LABEL, "LO", shortened(name))
                .text(Tag.SEGMENT_ALGORITHM_TYPE, "CS", "SEMIAUTOMATIC")
                .text(Tag.SEGMENT_ALGORITHM_NAME, "LO", "medgs")
                .code(Tag.SEGMENT_CATEGORY, "85756007", "SCT", "Tissue")
                .code(Tag.SEGMENT_TYPE, "85756007", "SCT", "Tissue")
                .text(Tag.TRACKING_IDENTIFIER, "UT", LABEL + segment.label())
                .text(Tag.TRACKING_UID, "UI", Identifiers.of((instance + "/" + segment.label())
                        .getBytes(StandardCharsets.US_ASCII)))
                .shorts(Tag.SEGMENT_COLOUR, LabColour.ofRgb(colour));
    }
}
