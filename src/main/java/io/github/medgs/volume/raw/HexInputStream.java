package io.github.medgs.volume.raw;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** Bytes written as pairs of hexadecimal digits, as NRRD may have them; white space is read past. */
final class HexInputStream extends BytewiseInputStream {

    HexInputStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int high = digit();
        int low = high < 0 ? 0 : digit();
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private int digit() throws IOException {
        int next = in.read();
        while (next >= 0 && Character.isWhitespace(next)) {
            next = in.read();
        }
        int digit = Character.digit(next, 16);
        if (next >= 0 && digit < 0) {
            throw new ZipException("it holds \"" + (char) next + "\" where a hexadecimal digit should stand");
        }
        return next < 0 ? -1 : digit;
    }
}
