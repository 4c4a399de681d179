package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.raw.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.joml.Vector3d;

/**
 * One file of a series: where its slice lies, and how its pixels are stored.
 *
 * @param series SeriesInstanceUID, or "" where absent
 * @param instance SOPInstanceUID, or ""
 * @param number InstanceNumber, or 0
 * @param along direction of growing column index (LPS), or null where the file has no orientation
 * @param down direction of growing row index (LPS), or null
 * @param position of the first pixel (LPS, mm), or null
 * @param rowSpacing millimetres between rows, or 0 where absent
 * @param columnSpacing millimetres between columns, or 0
 * @param sliceStep SpacingBetweenSlices, else SliceThickness, else 0
 * @param highBit the highest bit of a stored value
 */
record DicomSlice(Path path, String series, String instance, int number, int rows, int columns, Vector3d along,
        Vector3d down, Vector3d position, double rowSpacing, double columnSpacing, double sliceStep, int bitsAllocated,
        int bitsStored, int highBit, boolean signed, double slope, double intercept, String modality,
        boolean inverted, long pixelOffset, ByteOrder order) {

    private static final int SOP_INSTANCE = 0x00080018;
    private static final int MODALITY = 0x00080060;
    private static final int SLICE_THICKNESS = 0x00180050;
    private static final int SPACING_BETWEEN_SLICES = 0x00180088;
    private static final int SERIES = 0x0020000E;
    private static final int INSTANCE_NUMBER = 0x00200013;
    private static final int POSITION = 0x00200032;
    private static final int ORIENTATION = 0x00200037;
    private static final int SAMPLES_PER_PIXEL = 0x00280002;
    private static final int PHOTOMETRIC = 0x00280004;
    private static final int FRAMES = 0x00280008;
    private static final int ROWS = 0x00280010;
    private static final int COLUMNS = 0x00280011;
    private static final int PIXEL_SPACING = 0x00280030;
    private static final int BITS_ALLOCATED = 0x00280100;
    private static final int BITS_STORED = 0x00280101;
    private static final int HIGH_BIT = 0x00280102;
    private static final int PIXEL_REPRESENTATION = 0x00280103;
    private static final int INTERCEPT = 0x00281052;
    private static final int SLOPE = 0x00281053;

    /** Reads a file's header; null where it is DICOM without an image (a DICOMDIR, a report). */
    static DicomSlice of(Path path) {
        try (DicomElements elements = new DicomElements(path)) {
            elements.read();
            return elements.pixelOffset() < 0 ? null : of(path, elements);
        } catch (EOFException e) {
            throw new InputException(path.toString(), "is cut short within its DICOM header", "copy or export it again", e);
        } catch (IOException e) {
            throw ByteSource.unreadable(path, e);
        }
    }

    private static DicomSlice of(Path path, DicomElements elements) {
        int allocated = elements.unsignedShort(BITS_ALLOCATED, 0);
        int stored = elements.unsignedShort(BITS_STORED, allocated);
        int high = elements.unsignedShort(HIGH_BIT, stored - 1);
        int rows = elements.unsignedShort(ROWS, 0);
        int columns = elements.unsignedShort(COLUMNS, 0);
        requireGrey(path, elements);
        if (allocated != 8 && allocated != 16 && allocated != 32 || stored < 1 || stored > allocated || high >= allocated
                || high < stored - 1) {
            throw new InputException(path.toString(), "stores pixels in " + stored + " of " + allocated
                    + " bits up to bit " + high + ", which is not read", "convert it to 8 or 16 bits");
        }
        if (rows < 1 || columns < 1 || (long) rows * columns * allocated / 8 > elements.pixelLength()) {
            throw elements.damaged(columns + " x " + rows + " pixels do not fit " + elements.pixelLength()
                    + " bytes of pixel data");
        }
        double[] orientation = numbers(elements, ORIENTATION, 6);
        double[] spacing = numbers(elements, PIXEL_SPACING, 2);
        return new DicomSlice(path, text(elements, SERIES), text(elements, SOP_INSTANCE),
                (int) number(elements, INSTANCE_NUMBER, 0), rows, columns, vector(orientation, 0),
                vector(orientation, 3), vector(numbers(elements, POSITION, 3), 0),
                spacing == null ? 0 : Math.abs(spacing[0]), spacing == null ? 0 : Math.abs(spacing[1]),
                Math.abs(number(elements, SPACING_BETWEEN_SLICES, number(elements, SLICE_THICKNESS, 0))),
                allocated, stored, high, elements.unsignedShort(PIXEL_REPRESENTATION, 0) == 1,
                number(elements, SLOPE, 1), number(elements, INTERCEPT, 0), text(elements, MODALITY),
                text(elements, PHOTOMETRIC).equals("MONOCHROME1"), elements.pixelOffset(), elements.order());
    }

    private static void requireGrey(Path path, DicomElements elements) {
        String photometric = text(elements, PHOTOMETRIC);
        if (elements.unsignedShort(SAMPLES_PER_PIXEL, 1) != 1
                || !photometric.isEmpty() && !photometric.startsWith("MONOCHROME")) {
            throw new InputException(path.toString(), "holds colour pixels (" + photometric + "), which are not read",
                    "convert the series to grey");
        }
        if (number(elements, FRAMES, 1) > 1) {
            throw new InputException(path.toString(), "is a multi-frame DICOM object, which is not read",
                    "convert it with dcm2niix");
        }
    }

    /** How stored pixels are decoded before shifting and masking. */
    ScalarType storage() {
        return switch (bitsAllocated) {
            case 8 -> ScalarType.UINT8;
            case 16 -> ScalarType.UINT16;
            default -> ScalarType.UINT32;
        };
    }

    /** Distance along the slices' normal; the order of instances where there is no position. */
    double height(Vector3d normal) {
        return position == null || normal == null ? number : position.dot(normal);
    }

    private static String text(DicomElements elements, int tag) {
        String text = elements.text(tag);
        return text == null ? "" : text;
    }

    private static double number(DicomElements elements, int tag, double otherwise) {
        double[] numbers = numbers(elements, tag, 1);
        return numbers == null ? otherwise : numbers[0];
    }

    // Decimal strings, separated by backslashes; null where absent or not finite.
    private static double[] numbers(DicomElements elements, int tag, int count) {
        String text = elements.text(tag);
        String[] words = text == null ? new String[0] : text.split("\\\\");
        if (words.length < count) {
            return null;
        }
        double[] numbers = new double[count];
        for (int n = 0; n < count; n++) {
            try {
                numbers[n] = Double.parseDouble(words[n].strip());
            } catch (NumberFormatException e) {
                return null;
            }
            if (!Double.isFinite(numbers[n])) {
                return null;
            }
        }
        return numbers;
    }

    private static Vector3d vector(double[] numbers, int at) {
        return numbers == null ? null : new Vector3d(numbers[at], numbers[at + 1], numbers[at + 2]);
    }
}
