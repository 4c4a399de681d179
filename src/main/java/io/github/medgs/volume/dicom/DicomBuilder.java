package io.github.medgs.volume.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Elements of a file or an item, written in the order of their tags, explicit and little-endian (PS3.5, 7.1.2). Texts are
 * UTF-8 and padded to even lengths.
 */
final class DicomBuilder {

    private record Element(String form, byte[] value) {}

    private final Map<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

    /** A text; backslashes separate several. */
    DicomBuilder text(int tag, String form, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
        if (padded.length > bytes.length && !form.equals("UI")) {
            padded[bytes.length] = ' ';
        }
        return raw(tag, form, padded);
    }

    /** Decimal strings, each of at most sixteen characters. */
    DicomBuilder decimals(int tag, double... numbers) {
        StringBuilder words = new StringBuilder();
        for (double number : numbers) {
            words.append(words.isEmpty() ? "" : "\\").append(decimal(number));
        }
        return text(tag, "DS", words.toString());
    }

    // The most digits that fit; a minus, a point and an exponent take places too.
    static String decimal(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return String.valueOf((long) number);
        }
        for (int digits = 15; digits > 0; digits--) {
            String plain = new java.math.BigDecimal(number).round(new java.math.MathContext(digits)).stripTrailingZeros()
                    .toPlainString();
            String scientific = String.format(Locale.ROOT, "%." + (digits - 1) + "e", number);
            String shorter = plain.length() <= scientific.length() || plain.length() <= 16 ? plain : scientific;
            if (shorter.length() <= 16) {
                return shorter;
            }
        }
        return "0";
    }

    DicomBuilder shorts(int tag, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int number : numbers) {
            bytes.putShort((short) number);
        }
        return raw(tag, "US", bytes.array());
    }

    /** Unsigned 32-bit numbers. */
    DicomBuilder integers(int tag, int... numbers) {
        return integers(tag, "UL", numbers);
    }

    /** A reference to another element. */
    DicomBuilder tags(int tag, int wanted) {
        return shortsAs(tag, "AT", wanted >>> 16, wanted & 0xFFFF);
    }

    private DicomBuilder shortsAs(int tag, String form, int... numbers) {
        shorts(tag, numbers);
        return raw(tag, form, elements.get(tag).value);
    }

    private DicomBuilder integers(int tag, String form, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return raw(tag, form, bytes.array());
    }

    DicomBuilder sequence(int tag, DicomBuilder... items) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (DicomBuilder item : items) {
            byte[] body = item.bytes();
            out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(0xE000FFFE).putInt(body.length)
                    .array());
            out.writeBytes(body);
        }
        return raw(tag, "SQ", out.toByteArray());
    }

    /** A code with its meaning (PS3.3, 8.8). */
    DicomBuilder code(int tag, String value, String scheme, String meaning) {
        return sequence(tag, new DicomBuilder().text(Tag.CODE_VALUE, "SH", value).text(Tag.CODING_SCHEME, "SH", scheme)
                .text(Tag.CODE_MEANING, "LO", meaning));
    }

    DicomBuilder raw(int tag, String form, byte[] value) {
        elements.put(tag, new Element(form, value));
        return this;
    }

    /** All elements. */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        elements.forEach((tag, element) -> {
            boolean wide = element.form.equals("SQ") || element.form.startsWith("O") || element.form.equals("UT");
            ByteBuffer head = ByteBuffer.allocate(wide ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
            head.putShort((short) (tag >>> 16)).putShort((short) (int) tag)
                    .put(element.form.getBytes(StandardCharsets.US_ASCII));
            if (wide) {
                head.putShort((short) 0).putInt(element.value.length);
            } else {
                head.putShort((short) element.value.length);
            }
            out.writeBytes(head.array());
            out.writeBytes(element.value);
        });
        return out.toByteArray();
    }

    /** A whole file: preamble, meta information and these elements. */
    byte[] file(String sopClass, String instance) {
        byte[] meta = new DicomBuilder().raw(0x00020001, "OB", new byte[] {0, 1}).text(Tag.MEDIA_CLASS, "UI", sopClass)
                .text(Tag.MEDIA_INSTANCE, "UI", instance).text(Tag.TRANSFER_SYNTAX, "UI", TransferSyntax.EXPLICIT)
                .text(0x00020012, "UI", Identifiers.IMPLEMENTATION).text(0x00020013, "SH", "MEDGS").bytes();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[128]);
        out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new DicomBuilder().integers(0x00020000, meta.length).bytes());
        out.writeBytes(meta);
        out.writeBytes(bytes());
        return out.toByteArray();
    }
}
