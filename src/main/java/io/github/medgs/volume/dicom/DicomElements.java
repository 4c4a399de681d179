package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Walks the elements of a DICOM file up to its pixels and keeps the short ones of the top level. Every length is held
 * to what is left of the file.
 */
final class DicomElements implements AutoCloseable {

    static final int TRANSFER_SYNTAX = 0x00020010;
    static final int PIXEL_DATA = 0x7FE00010;

    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_END = 0xFFFEE00D;
    private static final int SEQUENCE_END = 0xFFFEE0DD;
    private static final long UNDEFINED = 0xFFFFFFFFL;
    private static final int LONGEST_KEPT = 1024;
    private static final int DEEPEST = 32;
    private static final int MOST_KEPT = 20_000;
    private static final Set<String> LONG_FORMS =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final Map<Integer, byte[]> values = new HashMap<>();
    private final ByteBuffer window = ByteBuffer.allocate(1 << 12);
    private long windowStart = -1;
    private long position;
    private boolean explicit = true;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private long pixelOffset = -1;
    private long pixelLength;

    /** An element's head: its tag, its value representation ("" where implicit) and its length. */
    private record Head(int tag, String form, long length) {}

    DicomElements(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.size = channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
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
        return a >= 'A' && a <= 'Z' && b >= 'A' && b <= 'Z';
    }

    /** Reads everything up to the pixels. */
    void read() throws IOException {
        position = size >= 132 && intAt(128) == 0x4D434944 ? 132 : 0;
        readMetaInformation();
        applyTransferSyntax();
        while (position + 8 <= size) {
            Head head = head();
            if (head.tag == PIXEL_DATA) {
                if (head.length == UNDEFINED) {
                    throw compressed("an encapsulated transfer syntax");
                }
                pixelOffset = position;
                pixelLength = head.length;
                require(head.length, "its pixel data");
                return;
            }
            keepOrSkip(head);
        }
    }

    // Group 2 is always explicit and little-endian, whatever follows.
    private void readMetaInformation() throws IOException {
        explicit = position + 6 <= size && isForm(byteAt(position + 4), byteAt(position + 5));
        while (position + 8 <= size && (shortAt(position) & 0xFFFF) == 2) {
            keepOrSkip(head());
        }
    }

    private void applyTransferSyntax() {
        String syntax = text(TRANSFER_SYNTAX);
        switch (syntax == null ? "" : syntax) {
            case "" -> {
                // No meta information: the order is little, and the first element has shown its form.
            }
            case "1.2.840.10008.1.2" -> explicit = false;
            case "1.2.840.10008.1.2.1" -> explicit = true;
            case "1.2.840.10008.1.2.2" -> order = ByteOrder.BIG_ENDIAN;
            case "1.2.840.10008.1.2.1.99" -> throw compressed("deflate");
            default -> throw compressed(TransferSyntaxes.name(syntax));
        }
    }

    private InputException compressed(String how) {
        return new InputException(path.toString(), "is compressed DICOM (" + how + ")",
                "decompress the series first, with \"dcmdjpeg\" (DCMTK) or \"gdcmconv --raw\" (GDCM)");
    }

    private Head head() throws IOException {
        int group = shortAt(position) & 0xFFFF;
        int tag = group << 16 | shortAt(position + 2) & 0xFFFF;
        if (group == 0xFFFE || !explicit) {
            long length = Integer.toUnsignedLong(intAt(position + 4));
            position += 8;
            return new Head(tag, "", length);
        }
        byte a = byteAt(position + 4);
        byte b = byteAt(position + 5);
        if (!isForm(a, b)) {
            throw damaged("at byte " + position + " no element begins");
        }
        String form = "" + (char) a + (char) b;
        if (LONG_FORMS.contains(form)) {
            long length = Integer.toUnsignedLong(intAt(position + 8));
            position += 12;
            return new Head(tag, form, length);
        }
        int length = shortAt(position + 6) & 0xFFFF;
        position += 8;
        return new Head(tag, form, length);
    }

    private void keepOrSkip(Head head) throws IOException {
        if (head.length == UNDEFINED) {
            skipSequence(1, head.form.equals("UN"));
            return;
        }
        require(head.length, String.format("element (%04x,%04x)", head.tag >>> 16, head.tag & 0xFFFF));
        if (head.length <= LONGEST_KEPT && values.size() < MOST_KEPT) {
            values.put(head.tag, bytesAt(position, (int) head.length));
        }
        position += head.length;
    }

    // A sequence of undefined length, item by item; within an unknown (UN) one, elements are implicit.
    private void skipSequence(int depth, boolean implicit) throws IOException {
        if (depth > DEEPEST) {
            throw damaged("its sequences are nested too deeply");
        }
        boolean outside = explicit;
        explicit &= !implicit;
        while (true) {
            Head item = head();
            if (item.tag == SEQUENCE_END) {
                break;
            }
            if (item.tag != ITEM) {
                throw damaged("a sequence holds something that is no item");
            }
            if (item.length == UNDEFINED) {
                skipItem(depth);
            } else {
                require(item.length, "an item");
                position += item.length;
            }
        }
        explicit = outside;
    }

    private void skipItem(int depth) throws IOException {
        while (true) {
            Head head = head();
            if (head.tag == ITEM_END) {
                return;
            }
            if (head.length == UNDEFINED) {
                skipSequence(depth + 1, head.form.equals("UN"));
            } else {
                require(head.length, "an element of an item");
                position += head.length;
            }
        }
    }

    private void require(long length, String what) {
        if (length > size - position) {
            throw new InputException(path.toString(), "is cut short: " + what + " claims " + length + " bytes, and "
                    + (size - position) + " are left", "copy or export it again");
        }
    }

    InputException damaged(String problem) {
        return new InputException(path.toString(), "is damaged DICOM: " + problem, "copy or export it again");
    }

    /** Where the pixels begin, or -1 for none. */
    long pixelOffset() {
        return pixelOffset;
    }

    long pixelLength() {
        return pixelLength;
    }

    ByteOrder order() {
        return order;
    }

    /** An element's text without padding, or null. */
    String text(int tag) {
        byte[] value = values.get(tag);
        return value == null ? null : new String(value, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
    }

    /** An unsigned 16-bit number, or a default where the element is absent. */
    int unsignedShort(int tag, int otherwise) {
        byte[] value = values.get(tag);
        return value == null || value.length < 2 ? otherwise
                : ByteBuffer.wrap(value).order(order).getShort(0) & 0xFFFF;
    }

    private byte byteAt(long at) throws IOException {
        return window(at, 1).get((int) (at - windowStart));
    }

    private short shortAt(long at) throws IOException {
        return window(at, 2).order(order).getShort((int) (at - windowStart));
    }

    private int intAt(long at) throws IOException {
        return window(at, 4).order(order).getInt((int) (at - windowStart));
    }

    private byte[] bytesAt(long at, int count) throws IOException {
        byte[] bytes = new byte[count];
        window(at, count).get((int) (at - windowStart), bytes);
        return bytes;
    }

    // A few kilobytes of the file round a place: elements are small and lie one after the other.
    private ByteBuffer window(long at, int count) throws IOException {
        if (windowStart < 0 || at < windowStart || at + count > windowStart + window.limit()) {
            window.clear();
            windowStart = at;
            while (window.hasRemaining() && channel.read(window, windowStart + window.position()) > 0) {
                continue;
            }
            window.flip();
            if (window.limit() < count) {
                throw new EOFException("the file ends within an element");
            }
        }
        return window;
    }
}
