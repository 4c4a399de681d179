package io.github.medgs.volume.dicom;

import io.github.medgs.volume.dicom.DicomSlice.Marks;
import io.github.medgs.volume.dicom.DicomSlice.Scale;
import io.github.medgs.volume.dicom.DicomSlice.SpacingSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.joml.Vector3d;

/**
 * The slices of a file: one, one for each frame, or those of a mosaic. What the functional groups of a frame say goes
 * before those that all frames share, and these before the top level (PS3.3, C.7.6.16).
 */
final class SliceReader {

    /** Of a normal, of its part along the patient: slices that are as good as axial. */
    private static final double HEAD_TO_FEET = 0.999;

    /** Off length 1 or a right angle by less than this, directions are rounded, and stay as they are. */
    private static final double ROUNDED_DIRECTION = 1e-4;
    private static final double SAID_DIRECTION = 1e-3;

    private static final String NOT_SQUARE = "the directions of its rows and columns are not of length 1 or not at a right"
            + " angle; they were made so, the rows' first";

    private final DicomObject object;
    private final DicomImage image;
    private final DicomObject shared;
    private final List<DicomObject> groups;
    private double farthestOff;

    private SliceReader(DicomObject object, DicomImage image) {
        this.object = object;
        this.image = image;
        this.shared = object.first(Tag.SHARED_GROUPS);
        this.groups = object.items(Tag.FRAME_GROUPS);
    }

    /** Parses a file strictly; never empty. */
    static List<DicomSlice> slices(Path path, List<String> notes) {
        DicomImage.Parsed parsed = DicomImage.parse(path);
        return slices(parsed.object(), parsed.image(), notes);
    }

    /** @param notes gets what is to be said of all files alike, once */
    static List<DicomSlice> slices(DicomObject object, DicomImage image, List<String> notes) {
        SliceReader reader = new SliceReader(object, image);
        List<DicomSlice> slices = reader.slices();
        if (reader.farthestOff > SAID_DIRECTION && !notes.contains(NOT_SQUARE)) {
            notes.add(NOT_SQUARE);
        }
        return slices;
    }

    private List<DicomSlice> slices() {
        if (Mosaic.isOne(object)) {
            return Mosaic.slices(object, slice(0));
        }
        if (UnitedMosaic.isOne(object)) {
            return UnitedMosaic.slices(object, slice(0));
        }
        List<Vector3d> places = placesByOffset();
        List<DicomSlice> slices = new ArrayList<>();
        for (int frame = 0; frame < image.frames(); frame++) {
            DicomSlice slice = slice(frame);
            slices.add(places == null ? slice : slice.at(places.get(frame)));
        }
        return slices;
    }

    /** Millimetres between rows and between columns, as the first frame says; null where it does not. */
    static double[] pixelSpacing(DicomObject object) {
        return new SliceReader(object, null).numbers(Tag.PIXEL_MEASURES, Tag.PIXEL_SPACING, 0, 2);
    }

    /** Millimetres between slices by SpacingBetweenSlices, else SliceThickness, of the first frame; 0 where it says neither. */
    static double sliceStep(DicomObject object) {
        SliceReader reader = new SliceReader(object, null);
        DicomObject between = reader.holder(Tag.PIXEL_MEASURES, Tag.SPACING_BETWEEN_SLICES, 0);
        DicomObject thickness = reader.holder(Tag.PIXEL_MEASURES, Tag.SLICE_THICKNESS, 0);
        return Math.abs(between.number(Tag.SPACING_BETWEEN_SLICES, thickness.number(Tag.SLICE_THICKNESS, 0)));
    }

    /** SpacingBetweenSlices of the first frame in millimetres, or 0 where it is not said. */
    static double spacingBetween(DicomObject object, DicomImage image) {
        double between = Math.abs(new SliceReader(object, image).number(Tag.PIXEL_MEASURES, Tag.SPACING_BETWEEN_SLICES, 0));
        return Double.isFinite(between) ? between : 0;
    }

    /** The slice of one frame. */
    private DicomSlice slice(int frame) {
        double[] orientation = orientation(frame);
        double[] position = position(frame);
        double[] spacing = null;
        SpacingSource source = SpacingSource.NONE;
        for (SpacingSource candidate : SpacingSource.values()) {
            spacing = spacing(candidate, frame);
            if (spacing != null && spacing[0] > 0 && spacing[1] > 0) {
                source = candidate;
                break;
            }
            spacing = null;
        }
        double between = number(Tag.PIXEL_MEASURES, Tag.SPACING_BETWEEN_SLICES, frame);
        double step = Math.abs(between) > 0 ? Math.abs(between)
                : Math.abs(number(Tag.PIXEL_MEASURES, Tag.SLICE_THICKNESS, frame));
        return new DicomSlice(image, frame, 0, 0, image.rows(), image.columns(), direction(orientation, 0),
                direction(orientation, 3), vector(position), spacing == null ? 0 : spacing[0],
                spacing == null ? 0 : spacing[1], source, Double.isFinite(step) ? step : 0,
                object.number(Tag.SLICE_LOCATION, Double.NaN), scale(frame), marks(frame));
    }

    private double[] orientation(int frame) {
        double[] plain = numbers(Tag.PLANE_ORIENTATIONS, Tag.ORIENTATION, frame, 6);
        if (plain != null) {
            return plain;
        }
        double[] ultrasound = reals(Tag.VOLUME_ORIENTATIONS, Tag.VOLUME_ORIENTATION, frame, 6);
        DicomObject detector = object.first(Tag.DETECTORS);
        return ultrasound != null || detector == null ? ultrasound : detector.numbers(Tag.ORIENTATION, 6);
    }

    private double[] position(int frame) {
        double[] plain = numbers(Tag.PLANE_POSITIONS, Tag.POSITION, frame, 3);
        if (plain != null) {
            return plain;
        }
        double[] ultrasound = reals(Tag.VOLUME_POSITIONS, Tag.VOLUME_POSITION, frame, 3);
        DicomObject detector = object.first(Tag.DETECTORS);
        return ultrasound != null || detector == null ? ultrasound : detector.numbers(Tag.POSITION, 3);
    }

    // (row, column), in millimetres.
    private double[] spacing(SpacingSource source, int frame) {
        return switch (source) {
            case PIXEL_SPACING -> numbers(Tag.PIXEL_MEASURES, Tag.PIXEL_SPACING, frame, 2);
            case IMAGER -> object.numbers(Tag.IMAGER_PIXEL_SPACING, 2);
            case NOMINAL -> object.numbers(Tag.NOMINAL_PIXEL_SPACING, 2);
            case ULTRASOUND -> ultrasoundSpacing();
            case NONE -> null;
        };
    }

    // Of the one region that is measured in centimetres both ways (PS3.3, C.8.5.5).
    private double[] ultrasoundSpacing() {
        List<DicomObject> regions = object.items(Tag.ULTRASOUND_REGIONS);
        if (regions.size() != 1 || regions.getFirst().unsignedShort(Tag.REGION_UNITS_X, 0) != 3
                || regions.getFirst().unsignedShort(Tag.REGION_UNITS_Y, 0) != 3) {
            return null;
        }
        return new double[] {10 * Math.abs(regions.getFirst().real(Tag.REGION_DELTA_Y, 0)),
            10 * Math.abs(regions.getFirst().real(Tag.REGION_DELTA_X, 0))};
    }

    private Scale scale(int frame) {
        double dose = object.number(Tag.DOSE_SCALING, Double.NaN);
        if (Double.isFinite(dose)) {
            return dose == 0 ? new Scale(1, 0, Scale.State.ZERO_SLOPE) : new Scale(dose, 0, Scale.State.GIVEN);
        }
        String slope = text(Tag.VALUE_TRANSFORMATION, Tag.SLOPE, frame);
        String intercept = text(Tag.VALUE_TRANSFORMATION, Tag.INTERCEPT, frame);
        if (slope.isEmpty() && intercept.isEmpty()) {
            boolean table = !object.items(Tag.MODALITY_LUT).isEmpty();
            return new Scale(1, 0, table ? Scale.State.LOOKUP_TABLE : Scale.State.ABSENT);
        }
        double[] slopes = slope.isEmpty() ? new double[] {1}
                : numbers(Tag.VALUE_TRANSFORMATION, Tag.SLOPE, frame, 1);
        double[] intercepts = intercept.isEmpty() ? new double[] {0}
                : numbers(Tag.VALUE_TRANSFORMATION, Tag.INTERCEPT, frame, 1);
        if (slopes == null || intercepts == null) {
            return new Scale(1, 0, Scale.State.UNREADABLE);
        }
        return slopes[0] == 0 ? new Scale(1, intercepts[0], Scale.State.ZERO_SLOPE)
                : new Scale(slopes[0], intercepts[0], Scale.State.GIVEN);
    }

    private Marks marks(int frame) {
        DicomObject content = group(Tag.FRAME_CONTENT, frame);
        double[] times = {
            content == null ? Double.NaN : missing(content.integer(Tag.TEMPORAL_INDEX, -1)),
            object.number(Tag.TEMPORAL_POSITION, Double.NaN), object.number(Tag.ACQUISITION_NUMBER, Double.NaN),
            object.number(Tag.ECHO_NUMBER, Double.NaN), echoTime(frame), object.number(Tag.TRIGGER_TIME, Double.NaN),
            holder(Tag.DIFFUSION, Tag.B_VALUE, frame).real(Tag.B_VALUE, 0), acquired()};
        double number = object.number(Tag.INSTANCE_NUMBER, -1);
        return new Marks(object.text(Tag.SOP_INSTANCE), object.text(Tag.SOP_CLASS),
                Math.abs(number) <= Integer.MAX_VALUE ? (int) number : -1, times);
    }

    private double echoTime(int frame) {
        double effective = holder(Tag.ECHO, Tag.EFFECTIVE_ECHO_TIME, frame).real(Tag.EFFECTIVE_ECHO_TIME, 0);
        return Double.isNaN(effective) ? object.number(Tag.ECHO_TIME, Double.NaN) : effective;
    }

    // The digits of date and time in a row, as far as they are there: a number that grows with time.
    private double acquired() {
        return 1e6 * object.number(Tag.ACQUISITION_DATE, 0) + object.number(Tag.ACQUISITION_TIME, Double.NaN);
    }

    private static double missing(int number) {
        return number < 0 ? Double.NaN : number;
    }

    // Where frames carry no place of their own: along the normal by a dose's or a nuclear object's distances, or, of
    // a film, all at one place; nowhere (null) where nothing is known. No list where each frame has its place.
    private List<Vector3d> placesByOffset() {
        DicomSlice first = slice(0);
        if (image.frames() == 1 || !groups.isEmpty()) {
            return null;
        }
        String increment = object.has(Tag.FRAME_INCREMENT) ? increment() : "";
        boolean film = increment.equals(Tag.name(Tag.FRAME_TIME)) || increment.equals(Tag.name(Tag.FRAME_TIME_VECTOR));
        double[] offsets = object.numbers(Tag.GRID_OFFSETS);
        double step = object.number(Tag.SPACING_BETWEEN_SLICES, first.sliceStep());
        boolean nuclear = increment.equals(Tag.name(Tag.SLICE_VECTOR)) && step != 0;
        Vector3d origin = first.position() == null ? new Vector3d() : first.position();
        Vector3d normal = first.normal() == null ? new Vector3d(0, 0, 1) : first.normal();
        if (areHeights(offsets, origin) && normal.z < -HEAD_TO_FEET) {
            normal.set(0, 0, 1);
        }
        List<Vector3d> places = new ArrayList<>();
        for (int frame = 0; frame < image.frames(); frame++) {
            double offset;
            if (film) {
                offset = 0;
            } else if (offsets != null && offsets.length == image.frames()) {
                offset = offsets[frame] - offsets[0];
            } else if (nuclear) {
                offset = frame * step;
            } else {
                places.add(null);
                continue;
            }
            places.add(new Vector3d(normal).mul(offset).add(origin));
        }
        return places;
    }

    // Distances along the normal begin with 0, heights of the patient's with the position's, whichever way the normal
    // points (PS3.3, C.8.8.3.2).
    private static boolean areHeights(double[] offsets, Vector3d origin) {
        return offsets != null && offsets.length > 0 && offsets[0] != 0
                && Math.abs(offsets[0] - origin.z) <= SlicePlaces.SAME_PLACE;
    }

    private String increment() {
        int[] halves = object.unsignedShorts(Tag.FRAME_INCREMENT);
        return halves.length == 2 ? Tag.name(halves[0] << 16 | halves[1]) : "";
    }

    private DicomObject group(int sequence, int frame) {
        DicomObject own = frame < groups.size() ? groups.get(frame).first(sequence) : null;
        return own != null ? own : shared == null ? null : shared.first(sequence);
    }

    private DicomObject holder(int sequence, int tag, int frame) {
        DicomObject group = group(sequence, frame);
        return group != null && group.has(tag) ? group : object;
    }

    private String text(int sequence, int tag, int frame) {
        return holder(sequence, tag, frame).text(tag);
    }

    private double number(int sequence, int tag, int frame) {
        return holder(sequence, tag, frame).number(tag, 0);
    }

    private double[] numbers(int sequence, int tag, int frame, int count) {
        return holder(sequence, tag, frame).numbers(tag, count);
    }

    private double[] reals(int sequence, int tag, int frame, int count) {
        double[] numbers = new double[count];
        for (int n = 0; n < count; n++) {
            numbers[n] = holder(sequence, tag, frame).real(tag, n);
            if (!Double.isFinite(numbers[n])) {
                return null;
            }
        }
        return numbers;
    }

    static Vector3d vector(double[] numbers) {
        return numbers == null ? null : new Vector3d(numbers[0], numbers[1], numbers[2]);
    }

    // Six numbers that span no plane are no orientation: a pair of zeros, or twice the same direction. Lengths other than
    // 1 would scale the distances of pixels.
    private Vector3d direction(double[] numbers, int at) {
        if (numbers == null) {
            return null;
        }
        Vector3d along = new Vector3d(numbers[0], numbers[1], numbers[2]);
        Vector3d down = new Vector3d(numbers[3], numbers[4], numbers[5]);
        boolean plane = new Vector3d(along).cross(down).length() > 0.5 && along.length() < 2 && down.length() < 2;
        if (!plane) {
            return null;
        }
        double off = Math.max(Math.abs(along.dot(down)), Math.max(Math.abs(along.length() - 1), Math.abs(down.length() - 1)));
        farthestOff = Math.max(farthestOff, off);
        if (off > ROUNDED_DIRECTION) {
            along.normalize();
            down.fma(-down.dot(along), along).normalize();
        }
        return at == 0 ? along : down;
    }
}
