package io.github.medgs.volume.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Builds a DICOM file element by element; every element can be set, also wrongly, or removed. */
public final class DicomBytes {

    public static final String IMPLICIT = "1.2.840.10008.1.2";
    public static final String EXPLICIT = "1.2.840.10008.1.2.1";
    public static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";

    private record Element(String form, byte[] value, boolean undefined) {

        Element(String form, byte[] value) {
            this(form, value, false);
        }
    }

    private final String syntax;
    private final ByteOrder order;
    private final Map<Integer, Element> elements = new TreeMap<>();

    /** Without any element. */
    public DicomBytes(String syntax) {
        this.syntax = syntax;
        this.order = syntax.equals(BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** A 3 x 2 slice of 16-bit numbers at a height, 0.5 mm between columns and 0.75 between rows. */
    public DicomBytes(String syntax, int number, double height) {
        this(syntax);
        text(0x00080018, "UI", "1.2.3." + number).text(0x00080060, "CS", "MR").text(0x0020000E, "UI", "1.2.3");
        text(0x00200013, "IS", String.valueOf(number));
        text(0x00200032, "DS", "-10\\20\\" + height).text(0x00200037, "DS", "1\\0\\0\\0\\1\\0");
        number(0x00280002, 1).text(0x00280004, "CS", "MONOCHROME2");
        number(0x00280010, 2).number(0x00280011, 3).text(0x00280030, "DS", "0.75\\0.5");
        number(0x00280100, 16).number(0x00280101, 16).number(0x00280102, 15).number(0x00280103, 1);
        pixels(100 * number, 100 * number + 1, 100 * number + 2, 100 * number + 3, 100 * number + 4, -1);
    }

    public DicomBytes text(int tag, String form, String value) {
        elements.put(tag, new Element(form, (value.length() % 2 == 0 ? value : value + " ")
                .getBytes(StandardCharsets.US_ASCII)));
        return this;
    }

    public DicomBytes number(int tag, int value) {
        elements.put(tag, new Element("US", ByteBuffer.allocate(2).order(order).putShort((short) value).array()));
        return this;
    }

    public DicomBytes pixels(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(order);
        for (int value : values) {
            buffer.putShort((short) value);
        }
        return raw(0x7FE00010, "OW", buffer.array());
    }

    /** Compressed pixels: a table of offsets, which may be empty, and fragments. */
    public DicomBytes fragments(byte[] table, byte[]... fragments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        fragment(out, 0xE000, table);
        for (byte[] fragment : fragments) {
            fragment(out, 0xE000, fragment);
        }
        fragment(out, 0xE0DD, new byte[0]);
        elements.put(Tag.PIXELS, new Element("OB", out.toByteArray(), true));
        return this;
    }

    private static void fragment(ByteArrayOutputStream out, int element, byte[] bytes) {
        out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putShort((short) 0xFFFE)
                .putShort((short) element).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }

    public DicomBytes raw(int tag, String form, byte[] value) {
        elements.put(tag, new Element(form, value));
        return this;
    }

    public DicomBytes without(int tag) {
        elements.remove(tag);
        return this;
    }

    /** A structure set of one triangle on the slices of {@link #DicomBytes(String, int, double)}. */
    public static byte[] structures() {
        DicomBuilder contour = new DicomBuilder().text(Tag.CONTOUR_TYPE, "CS", "CLOSED_PLANAR")
                .decimals(Tag.CONTOUR_POINTS, -10, 20, 3, -9, 20, 3, -9, 21, 3);
        return new DicomBuilder().text(Tag.SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.481.3")
                .sequence(Tag.STRUCTURES, new DicomBuilder().text(Tag.STRUCTURE_NUMBER, "IS", "1")
                        .text(Tag.STRUCTURE_NAME, "LO", "triangle"))
                .sequence(Tag.STRUCTURE_CONTOURS, new DicomBuilder().text(Tag.REFERENCED_STRUCTURE, "IS", "1")
                        .sequence(Tag.CONTOURS, contour, contour))
                .file("1.2.840.10008.5.1.4.1.1.481.3", "1.2.9");
    }

    /** Elements as an item of a sequence. */
    public static byte[] item(DicomBytes elements) {
        byte[] body = elements.bare();
        return ByteBuffer.allocate(8 + body.length).order(elements.order).putShort((short) 0xFFFE)
                .putShort((short) 0xE000).putInt(body.length).put(body).array();
    }

    /** The file, with preamble and meta information. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[128]);
        out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        String padded = syntax.length() % 2 == 0 ? syntax : syntax + "\0";
        element(out, 0x00020010, new Element("UI", padded.getBytes(StandardCharsets.US_ASCII)), true,
                ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(bare());
        return out.toByteArray();
    }

    /** The elements alone, as old files have them. */
    public byte[] bare() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        elements.forEach((tag, element) -> element(out, tag, element, !syntax.equals(IMPLICIT), order));
        return out.toByteArray();
    }

    private static void element(ByteArrayOutputStream out, int tag, Element element, boolean explicit,
            ByteOrder order) {
        ByteBuffer head = ByteBuffer.allocate(12).order(order);
        head.putShort((short) (tag >>> 16)).putShort((short) tag);
        boolean longForm = element.form.startsWith("O") || element.form.equals("SQ") || element.form.equals("UN");
        if (!explicit) {
            head.putInt(element.value.length);
        } else if (longForm) {
            head.put(element.form.getBytes(StandardCharsets.US_ASCII)).putShort((short) 0)
                    .putInt(element.undefined ? -1 : element.value.length);
        } else {
            head.put(element.form.getBytes(StandardCharsets.US_ASCII)).putShort((short) element.value.length);
        }
        out.write(head.array(), 0, head.position());
        out.writeBytes(element.value);
    }
}
