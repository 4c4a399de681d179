package io.github.medgs.volume.dicom;

import io.github.medgs.files.Sha256;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Identifiers of new objects: from what they are made of, so that the same input gives the same file (PS3.5, B.2). */
final class Identifiers {

    /** Of this program, as a writer of files. */
    static final String IMPLEMENTATION = of("io.github.medgs".getBytes(StandardCharsets.US_ASCII));

    private Identifiers() {}

    /** An identifier under 2.25: a UUID made from the parts by their hash (RFC 9562, version 8). */
    static String of(byte[]... parts) {
        Sha256 digest = new Sha256();
        for (byte[] part : parts) {
            digest.add(ByteBuffer.allocate(4).putInt(part.length).array()).add(part);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.bytes());
        UUID uuid = new UUID(hash.getLong() & ~0xF000L | 0x8000L, hash.getLong() & ~(3L << 62) | 1L << 63);
        return "2.25." + new BigInteger(uuid.toString().replace("-", ""), 16);
    }
}
