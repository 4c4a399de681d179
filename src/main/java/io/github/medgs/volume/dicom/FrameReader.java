package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.dicom.codec.Codec;
import io.github.medgs.volume.dicom.codec.CodecException;
import io.github.medgs.volume.dicom.codec.Jpeg2000Codec;
import io.github.medgs.volume.dicom.codec.JpegCodec;
import io.github.medgs.volume.dicom.codec.JpegLsCodec;
import io.github.medgs.volume.dicom.codec.RleCodec;
import io.github.medgs.volume.raw.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * Gets the stored values of a frame out of its file, decompressed where they are compressed. It keeps the last frame:
 * the slices of a mosaic, and the bits of a mask, come from the same one; and the last file that had to be inflated.
 */
final class FrameReader {

    private DicomImage image;
    private int frame = -1;
    private double[] values;
    private Path inflatedFrom;
    private DicomInput inflated;

    /**
     * The values of one frame, row by row: the stored bits out of the allocated ones, with their sign; not rescaled.
     * The array is the reader's own.
     */
    double[] read(DicomImage wanted, int index) {
        if (wanted == image && index == frame) {
            return values;
        }
        if (values == null || values.length != wanted.size()) {
            values = new double[wanted.size()];
        }
        frame = -1;
        try (DicomInput input = open(wanted)) {
            if (wanted.pixels().encapsulated()) {
                decompress(wanted, index, input);
            } else if (wanted.bitsAllocated() == 1) {
                readBits(wanted, index, input);
            } else {
                readPlain(wanted, index, input);
            }
        } catch (CodecException e) {
            throw new InputException(wanted.path().toString(), "is damaged DICOM: " + e.getMessage(),
                    "copy or export it again", e);
        } catch (EOFException e) {
            throw DicomParser.cutShort(wanted.path(), e);
        } catch (IOException e) {
            throw ByteSource.unreadable(wanted.path(), e);
        }
        image = wanted;
        frame = index;
        return values;
    }

    // What is in memory may be closed and read again.
    private DicomInput open(DicomImage wanted) throws IOException {
        if (!wanted.deflated()) {
            return new DicomInput(wanted.path());
        }
        if (!wanted.path().equals(inflatedFrom)) {
            // Room for the next before there is one.
            inflated = null;
            inflatedFrom = null;
            inflated = DicomParser.inflated(wanted.path());
            inflatedFrom = wanted.path();
        }
        return inflated;
    }

    private void readPlain(DicomImage wanted, int index, DicomInput input) throws IOException {
        int bytesPerValue = wanted.bitsAllocated() / 8;
        long start = wanted.pixels().parts().getFirst().offset() + (long) index * wanted.size() * bytesPerValue;
        boolean swapped = bytesPerValue == 1 && wanted.order() == ByteOrder.BIG_ENDIAN
                && wanted.pixels().form().equals("OW");
        if (swapped) {
            // Bytes in pairs, as 16-bit words of the other order.
            for (int n = 0; n < values.length; n++) {
                long at = (long) index * wanted.size() + n ^ 1;
                long last = wanted.pixels().parts().getFirst().length() - 1;
                values[n] = value(wanted, input.byteAt(wanted.pixels().parts().getFirst().offset() + Math.min(at, last)));
            }
            return;
        }
        int chunk = 1 << 14;
        for (int done = 0; done < values.length; done += chunk) {
            int count = Math.min(chunk, values.length - done);
            ByteBuffer buffer = ByteBuffer.wrap(input.bytesAt(start + (long) done * bytesPerValue,
                    count * bytesPerValue)).order(wanted.order());
            for (int n = 0; n < count; n++) {
                values[done + n] = switch (bytesPerValue) {
                    case 1 -> value(wanted, buffer.get(n));
                    case 2 -> value(wanted, buffer.getShort(2 * n));
                    case 4 -> wanted.floats() ? buffer.getFloat(4 * n) : value(wanted, buffer.getInt(4 * n));
                    default -> buffer.getDouble(8 * n);
                };
            }
        }
    }

    // Frames of single bits follow each other without padding, the lowest bit first (PS3.5, 8.1.1).
    private void readBits(DicomImage wanted, int index, DicomInput input) throws IOException {
        long first = (long) index * wanted.size();
        long start = first / 8;
        int bytes = (int) ((first + wanted.size() + 7) / 8 - start);
        byte[] packed = input.bytesAt(wanted.pixels().parts().getFirst().offset() + start, bytes);
        for (int n = 0; n < values.length; n++) {
            int bit = (int) (first - 8 * start) + n;
            values[n] = packed[bit >> 3] >> (bit & 7) & 1;
        }
    }

    private void decompress(DicomImage wanted, int index, DicomInput input) throws IOException {
        int[] samples = new int[wanted.size()];
        codec(wanted).decode(bytes(wanted.frameParts().get(index), input), wanted.rows(), wanted.columns(), samples);
        for (int n = 0; n < samples.length; n++) {
            values[n] = value(wanted, samples[n]);
        }
    }

    // Shifting up drops what lies above the high bit, shifting down what lies below and brings the sign.
    private static double value(DicomImage image, int stored) {
        int aligned = stored << 31 - image.highBit();
        int unused = 32 - image.bitsStored();
        return image.signed() ? aligned >> unused : Integer.toUnsignedLong(aligned >>> unused);
    }

    /**
     * Holds what a compressed image claims to its bytes: each frame's are enough, and the first frame's own header
     * agrees.
     *
     * @throws InputException when they do not, or nobody reads their compression
     */
    static void requireReadable(DicomImage image, DicomInput input) throws IOException {
        Codec codec = codec(image);
        for (List<PixelData.Part> parts : image.frameParts()) {
            long length = parts.stream().mapToLong(PixelData.Part::length).sum();
            if (length < codec.leastBytes(image.size())) {
                throw DicomParser.damaged(image.path(), length + " bytes cannot hold " + image.columns() + " x "
                        + image.rows() + " pixels");
            }
        }
        try {
            Codec.Header header = codec.header(bytes(image.frameParts().getFirst(), input));
            if (header != null && (header.rows() != image.rows() || header.columns() != image.columns())) {
                throw DicomParser.damaged(image.path(), "its compressed picture has " + header.columns() + " x "
                        + header.rows() + " pixels, and the file claims " + image.columns() + " x " + image.rows());
            }
            if (header != null && header.bits() > image.bitsAllocated()) {
                throw DicomParser.damaged(image.path(), "its compressed picture has " + header.bits()
                        + " bits, and the file claims " + image.bitsAllocated());
            }
        } catch (CodecException e) {
            throw new InputException(image.path().toString(), "is damaged DICOM: " + e.getMessage(),
                    "copy or export it again", e);
        }
    }

    private static byte[] bytes(List<PixelData.Part> parts, DicomInput input) throws IOException {
        if (parts.size() == 1) {
            return input.bytesAt(parts.getFirst().offset(), (int) Math.min(parts.getFirst().length(), Integer.MAX_VALUE));
        }
        long total = parts.stream().mapToLong(PixelData.Part::length).sum();
        ByteBuffer whole = ByteBuffer.allocate((int) Math.min(total, Integer.MAX_VALUE - 8));
        for (PixelData.Part part : parts) {
            whole.put(input.bytesAt(part.offset(), (int) part.length()));
        }
        return whole.array();
    }

    private static Codec codec(DicomImage image) {
        String syntax = image.syntax();
        if (syntax.equals(TransferSyntax.RLE)) {
            return new RleCodec(image.bitsAllocated());
        }
        if (TransferSyntax.isJpeg(syntax)) {
            return new JpegCodec();
        }
        if (TransferSyntax.isJpegLs(syntax)) {
            return new JpegLsCodec();
        }
        if (TransferSyntax.isJpeg2000(syntax)) {
            return new Jpeg2000Codec();
        }
        throw TransferSyntax.unread(image.path(), syntax);
    }
}
