package io.github.medgs.volume.raw;

import io.github.medgs.volume.ScalarType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.ZipException;

/** Numbers written as text, with white space or commas between them, as the bytes that a binary file would have. */
final class NumberInputStream extends BytewiseInputStream {

    /** No number of any type needs more. */
    private static final int LONGEST = 400;

    private final ScalarType type;
    private final ByteBuffer value;

    /** @param type and order of the bytes to give */
    NumberInputStream(InputStream in, ScalarType type, ByteOrder order) {
        super(in);
        this.type = type;
        this.value = ByteBuffer.allocate(type.bytes()).order(order).limit(0);
    }

    @Override
    public int read() throws IOException {
        if (!value.hasRemaining() && !next()) {
            return -1;
        }
        return value.get() & 0xFF;
    }

    private boolean next() throws IOException {
        int c = in.read();
        while (c >= 0 && separates(c)) {
            c = in.read();
        }
        StringBuilder word = new StringBuilder();
        while (c >= 0 && !separates(c) && word.length() <= LONGEST) {
            word.append((char) c);
            c = in.read();
        }
        if (word.isEmpty()) {
            return false;
        }
        value.clear();
        try {
            type.put(word.toString(), value);
        } catch (NumberFormatException e) {
            String shown = word.length() > 20 ? word.substring(0, 20) + "..." : word.toString();
            throw new ZipException("it holds \"" + shown.replaceAll("[^ -~]", "?") + "\" where one of its "
                    + type.words() + " should stand");
        }
        value.flip();
        return true;
    }

    private static boolean separates(int c) {
        return c == ',' || Character.isWhitespace(c);
    }
}
