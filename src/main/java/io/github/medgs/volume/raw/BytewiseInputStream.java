package io.github.medgs.volume.raw;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that are made one by one of those of another stream. */
abstract class BytewiseInputStream extends FilterInputStream {

    BytewiseInputStream(InputStream in) {
        super(in);
    }

    @Override
    public abstract int read() throws IOException;

    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
        for (int n = 0; n < length; n++) {
            int next = read();
            if (next < 0) {
                return n == 0 ? -1 : n;
            }
            bytes[offset + n] = (byte) next;
        }
        return length;
    }
}
