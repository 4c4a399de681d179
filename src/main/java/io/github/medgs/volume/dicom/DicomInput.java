package io.github.medgs.volume.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes at any place of a file, or of what was inflated out of one, through a window of a few kilobytes. */
final class DicomInput implements AutoCloseable {

    private static final int WINDOW = 1 << 13;

    private final FileChannel channel;
    private final long size;
    private ByteBuffer window;
    private long windowStart = -1;

    DicomInput(Path path) throws IOException {
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.size = channel.size();
        this.window = ByteBuffer.allocate(WINDOW);
    }

    /** Bytes that are in memory. */
    DicomInput(byte[] bytes) {
        this.channel = null;
        this.size = bytes.length;
        this.window = ByteBuffer.wrap(bytes);
        this.windowStart = 0;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    long size() {
        return size;
    }

    byte byteAt(long at) throws IOException {
        return window(at, 1).get((int) (at - windowStart));
    }

    int shortAt(long at, ByteOrder order) throws IOException {
        return window(at, 2).order(order).getShort((int) (at - windowStart)) & 0xFFFF;
    }

    int intAt(long at, ByteOrder order) throws IOException {
        return window(at, 4).order(order).getInt((int) (at - windowStart));
    }

    /** A copy of some bytes, which the caller knows to be there. */
    byte[] bytesAt(long at, int count) throws IOException {
        if (at < 0 || count > size - at) {
            throw new EOFException("the file ends within an element");
        }
        byte[] bytes = new byte[count];
        if (channel == null || count <= WINDOW) {
            window(at, count).get((int) (at - windowStart), bytes);
            return bytes;
        }
        ByteBuffer whole = ByteBuffer.wrap(bytes);
        while (whole.hasRemaining()) {
            if (channel.read(whole, at + whole.position()) < 0) {
                throw new EOFException("the file ends within an element");
            }
        }
        return bytes;
    }

    // Elements are small and lie one after the other.
    private ByteBuffer window(long at, int count) throws IOException {
        if (at < 0 || count > size - at) {
            throw new EOFException("the file ends within an element");
        }
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
