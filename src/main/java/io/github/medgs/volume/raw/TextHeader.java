package io.github.medgs.volume.raw;

import io.github.medgs.InputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text lines that NRRD and MetaImage begin with, read one by one up to where the voxels may begin. */
public final class TextHeader implements AutoCloseable {

    /** No header line is longer; a file of other kind without line ends is. */
    private static final int LONGEST_LINE = 1 << 16;

    private final Path path;
    private final InputStream in;
    private long position;

    public TextHeader(Path path) {
        this.path = path;
        try {
            this.in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        } catch (IOException e) {
            throw ByteSource.unreadable(path, e);
        }
    }

    /** The next line without its end (either convention), or null at the end of the file. */
    public String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            while (next >= 0 && next != '\n') {
                position++;
                line.write(next);
                if (line.size() > LONGEST_LINE) {
                    throw new InputException(path.toString(), "has a header line without an end",
                            "copy or download it again");
                }
                next = in.read();
            }
            position += next < 0 ? 0 : 1;
        } catch (IOException e) {
            throw ByteSource.unreadable(path, e);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Bytes read so far: where the voxels begin, after the header's last line. */
    public long position() {
        return position;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw ByteSource.unreadable(path, e);
        }
    }

    /** Numbers of a field, separated by blanks. */
    public static double[] numbers(Path path, String field, String text) {
        String[] words = text.isBlank() ? new String[0] : text.strip().split("\\s+");
        double[] numbers = new double[words.length];
        for (int n = 0; n < words.length; n++) {
            try {
                // Java spells it in one way only.
                numbers[n] = words[n].matches("(?i)[-+]?nan") ? Double.NaN : Double.parseDouble(words[n]);
            } catch (NumberFormatException e) {
                throw badField(path, field, text);
            }
        }
        return numbers;
    }

    /**
     * Numbers of a field, as many as it must have.
     *
     * @throws InputException when there are more or fewer
     */
    public static double[] numbers(Path path, String field, String text, int count) {
        double[] numbers = numbers(path, field, text);
        if (numbers.length != count) {
            throw new InputException(path.toString(), "has the header field " + field + " with " + numbers.length
                    + " numbers instead of " + count + ": " + shown(text), "correct the header");
        }
        return numbers;
    }

    /** Whole numbers of a field, separated by blanks. */
    public static long[] wholeNumbers(Path path, String field, String text) {
        List<Long> numbers = new ArrayList<>();
        for (double number : numbers(path, field, text)) {
            if (number != Math.rint(number) || Math.abs(number) > 1e15) {
                throw badField(path, field, text);
            }
            numbers.add((long) number);
        }
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    /** Yes or no, as headers write it. */
    public static boolean truth(Path path, String field, String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "1", "yes" -> true;
            case "false", "f", "0", "no" -> false;
            default -> throw badField(path, field, text);
        };
    }

    /** The error for a field that makes no sense. */
    public static InputException badField(Path path, String field, String text) {
        return new InputException(path.toString(), "has a header field that makes no sense: " + field + " is "
                + shown(text), "correct the header, or export the volume again");
    }

    private static String shown(String text) {
        return '"' + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + '"';
    }
}
