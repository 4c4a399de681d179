package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.raw.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * How the pixels of one file are stored. Each frame has {@code rows * columns} grey values.
 *
 * @param syntax transfer syntax, "" where the file does not say
 * @param highBit the highest bit of a stored value
 * @param deflated whether offsets of the pixels count in what the file inflates to
 * @param frameParts the fragments of each frame where pixels are compressed, else null
 */
record DicomImage(Path path, String syntax, ByteOrder order, PixelData pixels, int frames, int rows, int columns,
        int bitsAllocated, int bitsStored, int highBit, boolean signed, String photometric, boolean deflated,
        List<List<PixelData.Part>> frameParts) {

    /** More frames than any object has, and what counts them fits. */
    private static final int MOST_FRAMES = 1 << 20;

    /** Of one frame: more than an array takes twice. */
    private static final int MOST_PIXELS = 1 << 30;

    /** A parsed file: its elements and its pixels. */
    record Parsed(DicomObject object, DicomImage image) {}

    /**
     * Parses a file strictly.
     *
     * @throws InputException when it is damaged, holds no grey image, or is stored in a way that is not read
     */
    static Parsed parse(Path path) {
        try (DicomParser parser = new DicomParser(path)) {
            DicomObject object = parser.read();
            if (parser.pixels() == null) {
                ObjectKind kind = ObjectKind.of(object);
                throw new InputException(path.toString(), "is DICOM without image pixels"
                        + (kind.kind() == ObjectKind.Kind.IMAGE ? ": it is cut short, or only a header"
                        : " (" + kind.words() + ")"), "give a file of the image series");
            }
            return new Parsed(object, of(path, object, parser));
        } catch (EOFException e) {
            throw DicomParser.cutShort(path, e);
        } catch (IOException e) {
            throw ByteSource.unreadable(path, e);
        }
    }

    private static DicomImage of(Path path, DicomObject object, DicomParser parser) throws IOException {
        String photometric = object.text(Tag.PHOTOMETRIC);
        if (object.unsignedShort(Tag.SAMPLES_PER_PIXEL, 1) != 1
                || !photometric.isEmpty() && !photometric.startsWith("MONOCHROME") && !isPalette(object, photometric)) {
            throw new InputException(path.toString(), "holds colour pixels (" + photometric + "), which are not read",
                    "give a grey series, or convert it to grey");
        }
        int allocated = object.unsignedShort(Tag.BITS_ALLOCATED, 0);
        int stored = object.unsignedShort(Tag.BITS_STORED, allocated);
        int high = object.unsignedShort(Tag.HIGH_BIT, stored - 1);
        boolean floats = parser.pixels().tag() != Tag.PIXELS;
        boolean bits = allocated == 8 || allocated == 16 || allocated == 32 || allocated == 1 && stored == 1;
        if (floats ? allocated != (parser.pixels().tag() == Tag.FLOAT_PIXELS ? 32 : 64)
                : !bits || stored < 1 || stored > allocated || high >= allocated || high < stored - 1) {
            throw new InputException(path.toString(), "stores pixels in " + stored + " of " + allocated
                    + " bits up to bit " + high + ", which is not read", "convert it to 8 or 16 bits");
        }
        double frames = object.text(Tag.FRAMES).isEmpty() ? 1 : object.number(Tag.FRAMES, 0);
        int rows = object.unsignedShort(Tag.ROWS, 0);
        int columns = object.unsignedShort(Tag.COLUMNS, 0);
        if (rows < 1 || columns < 1 || (long) rows * columns > MOST_PIXELS || frames < 1 || frames > MOST_FRAMES || frames != Math.rint(frames)) {
            throw DicomParser.damaged(path, "it claims " + object.text(Tag.FRAMES) + " frames of " + columns + " x "
                    + rows + " pixels");
        }
        if (parser.pixels().encapsulated() && TransferSyntax.isPlain(parser.syntax())) {
            throw DicomParser.damaged(path, "its pixels are compressed, and it does not say how");
        }
        List<List<PixelData.Part>> parts = parser.pixels().encapsulated()
                ? FrameParts.of(path, parser.pixels(), (int) frames, object, parser.input()) : null;
        DicomImage image = new DicomImage(path, parser.syntax(), parser.syntax().equals(TransferSyntax.GE_BIG_ENDIAN)
                ? ByteOrder.BIG_ENDIAN : object.order(), parser.pixels(), (int) frames, rows,
                columns, allocated, stored, high, object.unsignedShort(Tag.PIXEL_REPRESENTATION, 0) == 1, photometric,
                parser.syntax().equals(TransferSyntax.DEFLATED), parts);
        image.requirePixels(parser.input());
        return image;
    }

    // The pixels of a label map are labels, whose colours may stand in a palette (PS3.3, A.101).
    private static boolean isPalette(DicomObject object, String photometric) {
        return photometric.equals("PALETTE COLOR") && object.text(Tag.SEGMENTATION_TYPE).equals("LABELMAP");
    }

    private void requirePixels(DicomInput input) throws IOException {
        if (pixels.encapsulated()) {
            FrameReader.requireReadable(this, input);
            return;
        }
        long needed = ((long) frames * rows * columns * bitsAllocated + 7) / 8;
        if (needed > pixels.parts().getFirst().length()) {
            throw DicomParser.damaged(path, columns + " x " + rows + " pixels" + (frames == 1 ? "" : " in " + frames
                    + " frames") + " do not fit " + pixels.parts().getFirst().length() + " bytes of pixel data");
        }
        if (!TransferSyntax.isPlain(syntax)) {
            throw TransferSyntax.unread(path, syntax);
        }
    }

    /** Whether values are floating-point numbers. */
    boolean floats() {
        return pixels.tag() != Tag.PIXELS;
    }

    /** Pixels of one frame. */
    int size() {
        return rows * columns;
    }
}
