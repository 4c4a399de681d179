package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * United Imaging's mosaics: the slices of a volume as tiles of one picture, row by row, as many in a row as make it about
 * square; its last rows of tiles are left off where nothing is in them. How many slices there are, how large, and where
 * each one's first pixel lies, stands in private elements; directions and spacing are the picture's.
 */
final class UnitedMosaic {

    private static final String CREATOR = "Image Private Header";

    private UnitedMosaic() {}

    /** Whether a file is one. A picture with a place of its own is a slice, whatever it was made of. */
    static boolean isOne(DicomObject object) {
        return Arrays.asList(object.text(Tag.IMAGE_TYPE).split("\\\\")).contains("VFRAME")
                && (!object.has(Tag.POSITION) || hasPrivateElements(object) && object.has(Tag.UNITED_COUNT));
    }

    /** Whether the private block is United Imaging's: others may use its numbers. */
    static boolean hasPrivateElements(DicomObject object) {
        return object.text(Tag.UNITED_CREATOR).equals(CREATOR);
    }

    /**
     * @param whole the mosaic as if it were one slice
     * @throws InputException when the file does not say how many slices there are, how large and where, or they do not fit
     */
    static List<DicomSlice> slices(DicomObject object, DicomSlice whole) {
        double count = hasPrivateElements(object) ? object.number(Tag.UNITED_COUNT, 0) : 0;
        if (!(count >= 1 && count <= Mosaic.MOST_SLICES && count == Math.rint(count))) {
            throw refused(whole, "does not say how many slices it holds");
        }
        int across = (int) Math.ceil(Math.sqrt(count));
        int columns = whole.columns() / across;
        int rows = whole.rows() / (int) Math.ceil(count / across);
        if (!isTile(object.text(Tag.UNITED_TILE), columns, rows) || whole.columns() != columns * across
                || whole.rows() != rows * (int) Math.ceil(count / across)) {
            throw refused(whole, "claims " + (int) count + " slices of \"" + object.text(Tag.UNITED_TILE)
                    + "\" pixels, which do not fit its " + whole.columns() + " x " + whole.rows() + " pixels");
        }
        List<DicomObject> items = object.items(Tag.UNITED_SLICES);
        if (whole.along() == null || items.size() != count) {
            throw refused(whole, "does not say where its slices lie");
        }
        List<DicomSlice> slices = new ArrayList<>();
        for (DicomObject item : items) {
            double[] position = item.numbers(Tag.POSITION, 3);
            if (position == null) {
                throw refused(whole, "does not say where its slices lie");
            }
            int n = slices.size();
            slices.add(whole.tile(n % across * columns, n / across * rows, rows, columns, SliceReader.vector(position)));
        }
        return slices;
    }

    // Which of the two numbers comes first is nowhere said.
    private static boolean isTile(String size, int columns, int rows) {
        return size.equals(columns + "*" + rows) || size.equals(rows + "*" + columns);
    }

    private static InputException refused(DicomSlice whole, String problem) {
        return Mosaic.refused(whole.image().path(), "United Imaging", problem);
    }
}
