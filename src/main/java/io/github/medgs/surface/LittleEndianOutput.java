package io.github.medgs.surface;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Numbers in the byte order of every binary mesh format, gathered into large writes. */
final class LittleEndianOutput {

    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    LittleEndianOutput(OutputStream out) {
        this.out = out;
    }

    void writeFloat(float value) throws IOException {
        room(4).putFloat(value);
    }

    void writeInt(int value) throws IOException {
        room(4).putInt(value);
    }

    void writeShort(int value) throws IOException {
        room(2).putShort((short) value);
    }

    void writeByte(int value) throws IOException {
        room(1).put((byte) value);
    }

    void writeText(String text) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void writeBytes(byte[] bytes) throws IOException {
        flush();
        out.write(bytes);
    }

    void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }
}
