package io.github.medgs.volume.dicom.codec;

/** Decodes frames of grey values. A decoder keeps nothing from frame to frame. */
public interface Codec {

    /**
     * What a frame's own header says.
     *
     * @param bits of one value
     */
    record Header(int rows, int columns, int bits) {}

    /**
     * Reads a frame's own header; null for a form that has none.
     *
     * @throws CodecException when it makes no sense, or uses what is not decoded here
     */
    Header header(byte[] data) throws CodecException;

    /**
     * The fewest bytes that can hold a frame, so that a claim beyond them is refused before memory is taken for it.
     *
     * @param values rows times columns
     */
    long leastBytes(long values);

    /**
     * Decodes a frame.
     *
     * @param data one frame, all of it
     * @param samples output, row by row: {@code rows * columns} values as they are stored, without sign unless the form
     *     itself has one
     * @throws CodecException when the data is damaged or of another size
     */
    void decode(byte[] data, int rows, int columns, int[] samples) throws CodecException;
}
