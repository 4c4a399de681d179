package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Walks the elements of a DICOM file (PS3.5, PS3.10) up to its pixels, or up to a tag where only the beginning is
 * wanted. Every length is held to what is left of the file.
 */
final class DicomParser implements AutoCloseable {

    private static final long UNDEFINED = 0xFFFFFFFFL;
    private static final int DEEPEST = 32;

    /** Longer values are of no use here, but for a contour's points. */
    private static final int LONGEST_KEPT = 1 << 20;

    /** More than the functional groups of ten thousand frames, and what a small heap holds. */
    private static final int MOST_ELEMENTS = 1_000_000;

    private static final Set<String> LONG_FORMS =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");
    private static final Set<String> SHORT_FORMS = Set.of("AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS",
            "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US");

    private final Path path;
    private DicomInput input;
    private long position;
    private boolean explicit = true;
    private boolean sequencesWanted = true;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private Charset characters = StandardCharsets.ISO_8859_1;
    private int elements;
    private long zerosTo;
    private String syntax = "";
    private PixelData pixels;

    /** An element's head: its tag, its value representation ("" where implicit) and its length. */
    private record Head(int tag, String form, long length) {}

    DicomParser(Path path) throws IOException {
        this.path = path;
        this.input = new DicomInput(path);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    /** Whether bytes begin as a DICOM file does: with the mark after the preamble, or at once with early elements. */
    static boolean looksLikeOne(byte[] start) {
        if (start.length >= 132 && start[128] == 'D' && start[129] == 'I' && start[130] == 'C' && start[131] == 'M') {
            return true;
        }
        // Without a preamble: group 2 or 8, a small even element, and a form or a small length.
        return start.length >= 12 && (start[0] == 8 || start[0] == 2) && start[1] == 0 && start[3] == 0
                && (isForm(start[4], start[5]) || start[6] == 0 && start[7] == 0 && start[5] == 0 && start[4] % 2 == 0
                && start[4] > 0 && start[2] <= 0x18 && start[2] >= 0);
    }

    private static boolean isForm(byte a, byte b) {
        String form = "" + (char) (a & 0xFF) + (char) (b & 0xFF);
        return SHORT_FORMS.contains(form) || LONG_FORMS.contains(form);
    }

    /** The elements before the pixels, sequences too; {@link #pixels} then says where the pixels are. */
    DicomObject read() throws IOException {
        return read(0xFFFFFFFF);
    }

    /** The elements of the top level that come before a tag, without sequences: what tells series apart. */
    DicomObject readBefore(int tag) throws IOException {
        sequencesWanted = false;
        return read(tag);
    }

    private DicomObject read(int end) throws IOException {
        DicomObject object = start();
        while (position < input.size() && !onlyZerosFollow()) {
            if (position + 8 > input.size()) {
                throw new EOFException("the file ends within an element");
            }
            long start = position;
            Head head = head();
            if (head.tag == Tag.PIXELS || head.tag == Tag.FLOAT_PIXELS || head.tag == Tag.DOUBLE_PIXELS) {
                pixels = pixelData(head);
                return object;
            }
            if (Integer.compareUnsigned(head.tag, end) >= 0) {
                position = start;
                return object;
            }
            element(head, object, 0);
            if (head.tag == Tag.CHARACTER_SET) {
                characters = DicomObject.characters(object.text(Tag.CHARACTER_SET));
                DicomObject renamed = new DicomObject(order, characters);
                object.copyTo(renamed);
                object = renamed;
            }
        }
        return object;
    }

    // What blocks of a medium or of a transfer were filled up with.
    private boolean onlyZerosFollow() throws IOException {
        // A hole of zeros is thousands of implicit elements, each of which asks: what was looked at is known.
        for (long at = Math.max(position, zerosTo); at < input.size(); at++) {
            if (input.byteAt(at) != 0) {
                zerosTo = at;
                return false;
            }
        }
        return true;
    }

    // Group 2 is always explicit and little-endian, whatever follows.
    private DicomObject readMetaInformation() throws IOException {
        DicomObject meta = new DicomObject(order, characters);
        if (position + 6 <= input.size()) {
            explicit = isForm(input.byteAt(position + 4), input.byteAt(position + 5));
        }
        while (position + 8 <= input.size() && input.shortAt(position, order) == 2) {
            element(head(), meta, 0);
        }
        syntax = meta.text(Tag.TRANSFER_SYNTAX);
        if (syntax.equals(TransferSyntax.DEFLATED)) {
            inflate();
        }
        if (syntax.equals(TransferSyntax.BIG_ENDIAN)) {
            order = ByteOrder.BIG_ENDIAN;
        }
        // What the first element shows goes before what the meta information claims: careless writers confuse the two.
        explicit = position + 6 > input.size()
                || isForm(input.byteAt(position + 4), input.byteAt(position + 5));
        DicomObject object = new DicomObject(order, characters);
        meta.copyTo(object);
        return object;
    }

    private void inflate() throws IOException {
        byte[] inflated = Inflated.from(path, position);
        input.close();
        input = new DicomInput(inflated);
        position = 0;
    }

    /** What follows the meta information of a deflated file. */
    static DicomInput inflated(Path path) throws IOException {
        DicomParser parser = new DicomParser(path);
        parser.start();
        return parser.input;
    }

    // Past the preamble and the meta information.
    private DicomObject start() throws IOException {
        boolean preamble = input.size() >= 132 && input.intAt(128, ByteOrder.LITTLE_ENDIAN) == 0x4D434944;
        position = preamble ? 132 : 0;
        return readMetaInformation();
    }

    private PixelData pixelData(Head head) throws IOException {
        if (head.length != UNDEFINED) {
            require(head.length, "its pixel data");
            return new PixelData(head.tag, List.of(new PixelData.Part(position, head.length)), false, head.form);
        }
        List<PixelData.Part> parts = new ArrayList<>();
        while (true) {
            Head item = head();
            if (item.tag == Tag.SEQUENCE_END) {
                break;
            }
            if (item.tag != Tag.ITEM || item.length == UNDEFINED) {
                throw damaged("its compressed pixels hold something that is no fragment");
            }
            require(item.length, "a fragment of its pixel data");
            parts.add(new PixelData.Part(position, item.length));
            count();
            position += item.length;
            if (position + 8 > input.size()) {
                throw damaged("its compressed pixels have no end");
            }
        }
        return new PixelData(head.tag, parts, true, head.form);
    }

    private Head head() throws IOException {
        int group = input.shortAt(position, order);
        int tag = group << 16 | input.shortAt(position + 2, order);
        if (group == 0xFFFE || !explicit) {
            long length = Integer.toUnsignedLong(input.intAt(position + 4, order));
            position += 8;
            return new Head(tag, "", length);
        }
        byte a = input.byteAt(position + 4);
        byte b = input.byteAt(position + 5);
        if (!(a >= 'A' && a <= 'Z' && b >= 'A' && b <= 'Z')) {
            throw damaged("at byte " + position + " no element begins");
        }
        String form = "" + (char) a + (char) b;
        if (LONG_FORMS.contains(form)) {
            long length = Integer.toUnsignedLong(input.intAt(position + 8, order));
            position += 12;
            return new Head(tag, form, length);
        }
        int length = input.shortAt(position + 6, order);
        position += 8;
        return new Head(tag, form, length);
    }

    private void element(Head head, DicomObject object, int depth) throws IOException {
        boolean sequence = head.form.equals("SQ") || head.length == UNDEFINED
                || (head.form.isEmpty() || head.form.equals("UN")) && (Tag.isKnownSequence(head.tag)
                        || head.tag == Tag.UNITED_SLICES && UnitedMosaic.hasPrivateElements(object));
        if (head.length == UNDEFINED && head.tag == Tag.PIXELS && head.form.startsWith("O")) {
            // Compressed pixels of an icon: fragments, not elements.
            pixelData(head);
            return;
        }
        if (head.length != UNDEFINED) {
            require(head.length, "element " + Tag.name(head.tag));
            if (!sequence || !sequencesWanted) {
                keep(head, object);
                position += head.length;
                return;
            }
        }
        List<DicomObject> items = sequence(head, depth + 1);
        if (sequencesWanted) {
            object.put(head.tag, items);
        }
    }

    private void keep(Head head, DicomObject object) throws IOException {
        if (head.length <= LONGEST_KEPT || head.tag == Tag.CONTOUR_POINTS) {
            count();
            object.put(head.tag, input.bytesAt(position, (int) head.length));
        }
    }

    // Item by item, to its end or its end mark; within an unknown (UN) one, elements are implicit (PS3.5, 6.2.2).
    private List<DicomObject> sequence(Head head, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw damaged("its sequences are nested too deeply");
        }
        boolean outside = explicit;
        explicit &= !head.form.equals("UN");
        long end = head.length == UNDEFINED ? Long.MAX_VALUE : position + head.length;
        List<DicomObject> items = new ArrayList<>(1);
        while (position < end) {
            Head item = head();
            if (item.tag == Tag.SEQUENCE_END) {
                break;
            }
            if (item.tag != Tag.ITEM) {
                throw damaged("a sequence holds something that is no item");
            }
            count();
            items.add(item(item, depth));
        }
        explicit = outside;
        return items;
    }

    private DicomObject item(Head item, int depth) throws IOException {
        DicomObject object = new DicomObject(order, characters);
        if (item.length != UNDEFINED) {
            require(item.length, "an item");
        }
        long end = item.length == UNDEFINED ? Long.MAX_VALUE : position + item.length;
        if (!sequencesWanted && item.length != UNDEFINED) {
            position = end;
        }
        while (position < end) {
            Head head = head();
            if (head.tag == Tag.ITEM_END) {
                break;
            }
            if (sequencesWanted || head.length == UNDEFINED) {
                element(head, object, depth);
            } else {
                require(head.length, "an element of an item");
                position += head.length;
            }
        }
        if (item.length != UNDEFINED && position > end) {
            throw damaged("an item is longer than it says");
        }
        return object;
    }

    private void count() {
        if (++elements > MOST_ELEMENTS) {
            throw new InputException(path.toString(), "holds more than " + MOST_ELEMENTS + " elements",
                    "split it, or convert it with dcm2niix");
        }
    }

    private void require(long length, String what) {
        if (length > input.size() - position) {
            throw new InputException(path.toString(), "is cut short: " + what + " claims " + length + " bytes, and "
                    + Math.max(0, input.size() - position) + " are left", "copy or export it again");
        }
    }

    InputException damaged(String problem) {
        return damaged(path, problem);
    }

    static InputException damaged(Path path, String problem) {
        return new InputException(path.toString(), "is damaged DICOM: " + problem, "copy or export it again");
    }

    /** The user's error for a file that ended while it was parsed. */
    static InputException cutShort(Path path, EOFException cause) {
        return new InputException(path.toString(), "is cut short within its DICOM header", "copy or export it again",
                cause);
    }

    /** Where the pixels are, or null for none. */
    PixelData pixels() {
        return pixels;
    }

    /** What is parsed: for those who know where to look. */
    DicomInput input() {
        return input;
    }

    /** The identifier of the transfer syntax, "" where the file has no meta information. */
    String syntax() {
        return syntax;
    }
}
