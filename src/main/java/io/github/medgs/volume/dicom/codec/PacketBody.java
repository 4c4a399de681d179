package io.github.medgs.volume.dicom.codec;

import java.util.ArrayList;
import java.util.List;

/** Which segments the bytes behind a packet's header belong to, in their order. */
final class PacketBody {

    private record Share(CodeBlock.Segment segment, int bytes) {}

    private final List<Share> shares = new ArrayList<>();

    void add(CodeBlock.Segment segment, int bytes) {
        shares.add(new Share(segment, bytes));
    }

    /** Hands the bytes out. */
    void read(PacketBits bits) throws CodecException {
        for (Share share : shares) {
            share.segment.add(bits.data(), bits.skip(share.bytes), share.bytes);
        }
    }
}
