package io.github.medgs.volume.raw;

import io.github.medgs.InputException;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.StoredVoxels;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteOrder;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * The bytes of a block of voxels: in one file, or in several that hold an equal share each, one after the other.
 *
 * @param skip bytes before the voxels of each file, after any decompression
 * @param numbers null for binary data; for text, the type its numbers are turned into
 */
public record VoxelBytes(List<ByteSource> files, long skip, ScalarType numbers, ByteOrder order) {

    /** Takes voxels from a stream. */
    @FunctionalInterface
    interface Decoder {
        StoredVoxels decode(InputStream in) throws IOException;
    }

    /** Binary data in one file, after some bytes. */
    public static VoxelBytes of(ByteSource file, long skip) {
        return new VoxelBytes(List.of(file), skip, null, null);
    }

    /**
     * Proves that all bytes are there.
     *
     * @throws InputException when they are not, or do not share out equally among the files, or each file has more
     */
    void require(String header, long bytes) {
        if (skip > Long.MAX_VALUE / 4) {
            throw new InputException(header, "begins its voxels " + skip + " bytes in", "correct the header");
        }
        if (bytes % files.size() != 0) {
            throw new InputException(header, "names " + files.size() + " data files, and its voxels cannot be shared out"
                    + " equally among them", "correct the list, or write the volume as one file");
        }
        boolean more = files.size() > 1 && numbers == null;
        for (ByteSource file : files) {
            if (numbers == null) {
                more &= file.require(skip + bytes / files.size());
            } else {
                requireNumbers(file, bytes / files.size());
            }
        }
        // One file may carry something behind its voxels. Of many, half of each would be strung together.
        if (more) {
            throw new InputException(header, "names " + files.size() + " data files, and each holds more than that share of"
                    + " its voxels", "name as many files as its sizes ask for");
        }
    }

    private void requireNumbers(ByteSource file, long bytes) {
        long seen = 0;
        try (BoundedInputStream in = BoundedInputStream.builder().setInputStream(open(file)).setMaxCount(bytes).get()) {
            try {
                IOUtils.consume(in);
            } finally {
                seen = in.getCount();
            }
        } catch (IOException e) {
            throw file.damaged(e);
        }
        if (seen < bytes) {
            throw new InputException(file.path().toString(), "is cut short: its header claims "
                    + bytes / numbers.bytes() + " numbers, and there are " + seen / numbers.bytes(),
                    "copy or download it again");
        }
    }

    /**
     * Reads voxels; call {@link #require} first.
     *
     * @param bytes of the whole block
     * @param from which byte of the block the wanted voxels begin with
     */
    StoredVoxels read(long bytes, long from, Decoder decoder) {
        ByteSource first = files.getFirst();
        try (InputStream in = open(bytes / files.size())) {
            in.skipNBytes(from);
            return decoder.decode(in);
        } catch (EOFException e) {
            throw first.truncated(bytes, -1);
        } catch (ZipException e) {
            throw first.damaged(e);
        } catch (IOException e) {
            throw ByteSource.unreadable(first.path(), e);
        }
    }

    // Opened one after the other: a long list must not use up the files that a process may have open.
    private InputStream open(long share) throws IOException {
        if (files.size() == 1) {
            return open(files.getFirst());
        }
        Iterator<ByteSource> rest = files.iterator();
        return new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return rest.hasNext();
            }

            @Override
            public InputStream nextElement() {
                ByteSource file = rest.next();
                try {
                    return BoundedInputStream.builder().setInputStream(open(file)).setMaxCount(share).get();
                } catch (IOException e) {
                    throw file.damaged(e);
                }
            }
        });
    }

    private InputStream open(ByteSource file) throws IOException {
        InputStream in = file.open();
        in.skipNBytes(skip);
        return numbers == null ? in : new NumberInputStream(in, numbers, order);
    }
}
