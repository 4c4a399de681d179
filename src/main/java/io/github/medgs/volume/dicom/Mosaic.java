package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.joml.Vector3d;

/**
 * Siemens' mosaics: the slices of a volume as tiles of one picture, row by row. How many they are, and on which side the
 * next slice lies, stands in private elements; the position is that of a picture as large as the mosaic whose middle is
 * the first slice's.
 */
final class Mosaic {

    static final int MOST_SLICES = 4096;

    private Mosaic() {}

    static boolean isOne(DicomObject object) {
        return Arrays.asList(object.text(Tag.IMAGE_TYPE).split("\\\\")).contains("MOSAIC");
    }

    /**
     * @param whole the mosaic as if it were one slice
     * @throws InputException when the file does not say how many slices there are, or they do not fit
     */
    static List<DicomSlice> slices(DicomObject object, DicomSlice whole) {
        Path path = whole.image().path();
        byte[] header = object.bytes(Tag.SIEMENS_HEADER);
        double[] stated = header == null ? null : headerNumbers(header, "NumberOfImagesInMosaic", 1);
        int count = stated == null ? object.unsignedShort(Tag.MOSAIC_COUNT, 0) : (int) stated[0];
        double[] sides = header == null ? null : headerNumbers(header, "SliceNormalVector", 3);
        if (count < 1 || count > MOST_SLICES) {
            throw refused(path, "does not say how many slices it holds");
        }
        int tiles = (int) Math.ceil(Math.sqrt(count));
        if (whole.rows() % tiles != 0 || whole.columns() % tiles != 0) {
            throw refused(path, "claims " + count + " slices, which do not fit its " + whole.columns() + " x "
                    + whole.rows() + " pixels");
        }
        if (whole.position() == null || whole.along() == null || !(whole.sliceStep() > 0)) {
            throw refused(path, "does not say where its slices lie");
        }
        int rows = whole.rows() / tiles;
        int columns = whole.columns() / tiles;
        Vector3d normal = whole.normal();
        if (sides != null && normal.dot(sides[0], sides[1], sides[2]) < 0) {
            normal.negate();
        }
        Vector3d first = new Vector3d(whole.position())
                .fma((whole.columns() - columns) / 2.0 * whole.columnSpacing(), whole.along())
                .fma((whole.rows() - rows) / 2.0 * whole.rowSpacing(), whole.down());
        List<DicomSlice> slices = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            slices.add(whole.tile(n % tiles * columns, n / tiles * rows, rows, columns,
                    new Vector3d(first).fma(n * whole.sliceStep(), normal)));
        }
        return slices;
    }

    private static InputException refused(Path path, String problem) {
        return refused(path, "Siemens", problem);
    }

    static InputException refused(Path path, String maker, String problem) {
        return new InputException(path.toString(), "is a " + maker + " mosaic (many slices in one picture) that " + problem,
                "export it with its private elements, or slice by slice");
    }

    /**
     * Numbers of Siemens' private image header ("CSA"): 64-byte names, a count of values, and values as texts, each with
     * four lengths before it and padded to four bytes; in its second form behind the mark "SV10".
     *
     * @return null where the header has no such element, or is of another form
     */
    static double[] headerNumbers(byte[] header, String wanted, int count) {
        ByteBuffer in = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        boolean second = header.length > 16 && new String(header, 0, 4, StandardCharsets.US_ASCII).equals("SV10");
        int at = second ? 16 : 8;
        int elements = at <= header.length ? in.getInt(at - 8) : 0;
        int itemsOfFirst = 0;
        for (int n = 0; n < elements && n < 1024; n++) {
            if (at + 84 > header.length) {
                return null;
            }
            String name = nameAt(header, at);
            int items = in.getInt(at + 76);
            itemsOfFirst = n == 0 ? items : itemsOfFirst;
            at += 84;
            double[] numbers = new double[count];
            int found = 0;
            for (int item = 0; item < items; item++) {
                if (items > 1024 || at + 16 > header.length) {
                    return null;
                }
                // The first form adds the number of the first element's items to the length.
                int length = second ? in.getInt(at + 4) : in.getInt(at) - itemsOfFirst;
                at += 16;
                if (length < 0 || length > header.length - at) {
                    return null;
                }
                if (name.equals(wanted) && found < count && length > 0) {
                    try {
                        numbers[found] = Double.parseDouble(
                                new String(header, at, length, StandardCharsets.US_ASCII).replace('\0', ' ').strip());
                        found++;
                    } catch (NumberFormatException e) {
                        return null;
                    }
                }
                at += (length + 3) / 4 * 4;
            }
            if (name.equals(wanted)) {
                return found == count ? numbers : null;
            }
        }
        return null;
    }

    private static String nameAt(byte[] header, int at) {
        int end = at;
        while (end < at + 64 && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.US_ASCII);
    }
}
