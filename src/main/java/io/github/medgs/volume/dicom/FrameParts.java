package io.github.medgs.volume.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which fragments of compressed pixels belong to which frame (PS3.5, A.4): by the table of offsets, by their number, or,
 * where there is neither, by how a frame's bytes begin.
 */
final class FrameParts {

    private FrameParts() {}

    /** @return for each frame its fragments, at least one */
    static List<List<PixelData.Part>> of(Path path, PixelData pixels, int frames, DicomObject object, DicomInput input)
            throws IOException {
        if (pixels.parts().size() < 2) {
            throw DicomParser.damaged(path, "its compressed pixels hold no fragment");
        }
        PixelData.Part table = pixels.parts().getFirst();
        List<PixelData.Part> fragments = pixels.parts().subList(1, pixels.parts().size());
        if (frames == 1) {
            return List.of(List.copyOf(fragments));
        }
        List<List<PixelData.Part>> groups = new ArrayList<>();
        if (fragments.size() == frames) {
            fragments.forEach(fragment -> groups.add(List.of(fragment)));
            return groups;
        }
        long[] starts = starts(frames, object, table, input);
        long base = fragments.getFirst().offset();
        for (PixelData.Part fragment : fragments) {
            boolean begins = starts == null ? beginsFrame(fragment, input)
                    : groups.size() < frames && fragment.offset() - base == starts[groups.size()];
            if (begins) {
                groups.add(new ArrayList<>());
            }
            if (groups.isEmpty()) {
                throw DicomParser.damaged(path, "its first fragment begins no frame");
            }
            groups.getLast().add(fragment);
        }
        if (groups.size() != frames) {
            throw DicomParser.damaged(path, "it claims " + frames + " frames, and its " + fragments.size()
                    + " fragments make " + groups.size());
        }
        return groups;
    }

    // The extended table of 64-bit offsets, or the basic one of 32-bit offsets; null where there is neither.
    private static long[] starts(int frames, DicomObject object, PixelData.Part table, DicomInput input)
            throws IOException {
        byte[] extended = object.bytes(Tag.OFFSET_TABLE);
        boolean wide = extended != null && extended.length == 8L * frames;
        if (!wide && table.length() != 4L * frames) {
            return null;
        }
        ByteBuffer offsets = ByteBuffer.wrap(wide ? extended : input.bytesAt(table.offset(), 4 * frames))
                .order(ByteOrder.LITTLE_ENDIAN);
        long[] starts = new long[frames];
        for (int n = 0; n < frames; n++) {
            starts[n] = wide ? offsets.getLong(8 * n) : Integer.toUnsignedLong(offsets.getInt(4 * n));
        }
        return starts;
    }

    // JPEG and JPEG-LS begin with FFD8, JPEG 2000 with FF4F.
    private static boolean beginsFrame(PixelData.Part fragment, DicomInput input) throws IOException {
        if (fragment.length() < 2 || (input.byteAt(fragment.offset()) & 0xFF) != 0xFF) {
            return false;
        }
        int second = input.byteAt(fragment.offset() + 1) & 0xFF;
        return second == 0xD8 || second == 0x4F;
    }
}
