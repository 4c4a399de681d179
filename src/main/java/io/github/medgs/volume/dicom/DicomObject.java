package io.github.medgs.volume.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The elements of a file, or of one item of a sequence. Values are looked at when somebody asks: what an element should
 * hold is the asker's knowledge, since implicit files do not say.
 */
final class DicomObject {

    private final ByteOrder order;
    private final Charset characters;
    private final Map<Integer, byte[]> values = new HashMap<>();
    private final Map<Integer, List<DicomObject>> sequences = new HashMap<>();

    DicomObject(ByteOrder order, Charset characters) {
        this.order = order;
        this.characters = characters;
    }

    void put(int tag, byte[] value) {
        values.put(tag, value);
    }

    void put(int tag, List<DicomObject> items) {
        sequences.put(tag, items);
    }

    /** Gives another object what this one holds. */
    void copyTo(DicomObject other) {
        other.values.putAll(values);
        other.sequences.putAll(sequences);
    }

    ByteOrder order() {
        return order;
    }

    boolean has(int tag) {
        return values.containsKey(tag);
    }

    /** The bytes of an element, or null. */
    byte[] bytes(int tag) {
        return values.get(tag);
    }

    /** The items of a sequence, none where it is absent. */
    List<DicomObject> items(int tag) {
        return sequences.getOrDefault(tag, List.of());
    }

    /** The first item of a sequence, or null. */
    DicomObject first(int tag) {
        List<DicomObject> items = items(tag);
        return items.isEmpty() ? null : items.getFirst();
    }

    /** An element's text without padding, "" where it is absent. */
    String text(int tag) {
        byte[] value = values.get(tag);
        return value == null ? "" : new String(value, characters).replace('\0', ' ').strip();
    }

    /** One of several texts that backslashes separate; "" where there are fewer. */
    String word(int tag, int index) {
        String[] words = text(tag).split("\\\\");
        return index < words.length ? words[index].strip() : "";
    }

    /** An unsigned 16-bit number, or a default where the element is absent. */
    int unsignedShort(int tag, int otherwise) {
        byte[] value = values.get(tag);
        return value == null || value.length < 2 ? otherwise
                : ByteBuffer.wrap(value).order(order).getShort(0) & 0xFFFF;
    }

    /** Unsigned 16-bit numbers, or null. */
    int[] unsignedShorts(int tag) {
        byte[] value = values.get(tag);
        if (value == null) {
            return null;
        }
        int[] numbers = new int[value.length / 2];
        for (int n = 0; n < numbers.length; n++) {
            numbers[n] = ByteBuffer.wrap(value).order(order).getShort(2 * n) & 0xFFFF;
        }
        return numbers;
    }

    /** A 32-bit number, or a default where the element is absent. */
    int integer(int tag, int otherwise) {
        byte[] value = values.get(tag);
        return value == null || value.length < 4 ? otherwise : ByteBuffer.wrap(value).order(order).getInt(0);
    }

    /** A binary double, or NaN where the element is absent. */
    double real(int tag, int index) {
        byte[] value = values.get(tag);
        return value == null || value.length < 8 * index + 8 ? Double.NaN
                : ByteBuffer.wrap(value).order(order).getDouble(8 * index);
    }

    /** A decimal string, or a default where it is absent or no finite number. */
    double number(int tag, double otherwise) {
        double[] numbers = numbers(tag, 1);
        return numbers == null ? otherwise : numbers[0];
    }

    /** Decimal strings; null where there are fewer, or one is no finite number. */
    double[] numbers(int tag, int count) {
        return values.containsKey(tag) ? parsed(text(tag).split("\\\\"), count) : null;
    }

    /** All of an element's decimal strings; null where it is absent, or one is no finite number. */
    double[] numbers(int tag) {
        if (!values.containsKey(tag)) {
            return null;
        }
        String[] words = text(tag).split("\\\\");
        return parsed(words, words.length);
    }

    private static double[] parsed(String[] words, int count) {
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

    /** The characters of texts by their defined term (PS3.3, C.12.1.1.2); Latin-1 for what this JVM does not know. */
    static Charset characters(String terms) {
        String[] words = terms.split("\\\\");
        // With code extensions the last one is what goes beyond the first.
        String term = words[words.length - 1].strip().replace("ISO 2022 IR", "ISO_IR");
        String name = switch (term) {
            case "ISO_IR 192" -> "UTF-8";
            case "GB18030", "GBK" -> "GB18030";
            case "ISO_IR 101" -> "ISO-8859-2";
            case "ISO_IR 109" -> "ISO-8859-3";
            case "ISO_IR 110" -> "ISO-8859-4";
            case "ISO_IR 144" -> "ISO-8859-5";
            case "ISO_IR 127" -> "ISO-8859-6";
            case "ISO_IR 126" -> "ISO-8859-7";
            case "ISO_IR 138" -> "ISO-8859-8";
            case "ISO_IR 148" -> "ISO-8859-9";
            case "ISO_IR 166" -> "TIS-620";
            case "ISO_IR 13" -> "JIS_X0201";
            case "ISO_IR 87", "ISO_IR 159" -> "ISO-2022-JP";
            case "ISO_IR 149" -> "EUC-KR";
            case "ISO_IR 58" -> "GB2312";
            default -> "ISO-8859-1";
        };
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
    }
}
