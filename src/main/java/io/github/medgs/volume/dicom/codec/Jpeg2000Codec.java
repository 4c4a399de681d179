package io.github.medgs.volume.dicom.codec;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/** JPEG 2000 (T.800), reversible and irreversible, one component of up to 24 bits, tiles and layers of any number. */
public final class Jpeg2000Codec implements Codec {

    @Override
    public Header header(byte[] data) throws CodecException {
        Jpeg2000Header header = new Jpeg2000Header(data);
        return new Header(header.y1 - header.y0, header.x1 - header.x0, header.bits);
    }

    @Override
    public long leastBytes(long values) {
        // An empty picture takes a few bytes for each of its tiles.
        return values >> 16;
    }

    @Override
    public void decode(byte[] data, int rows, int columns, int[] samples) throws CodecException {
        Jpeg2000Header header = new Jpeg2000Header(data);
        if (header.y1 - header.y0 != rows || header.x1 - header.x0 != columns) {
            throw JpegMarkers.otherSize(header(data));
        }
        header.readTiles();
        for (Map.Entry<Integer, ByteArrayOutputStream> entry : header.tiles.entrySet()) {
            int column = entry.getKey() % header.tilesAcross();
            int row = entry.getKey() / header.tilesAcross();
            int[] tile = {
                Math.max(header.x0, header.tileX0 + column * header.tileWidth),
                Math.max(header.y0, header.tileY0 + row * header.tileHeight),
                (int) Math.min(header.x1, header.tileX0 + (column + 1L) * header.tileWidth),
                (int) Math.min(header.y1, header.tileY0 + (row + 1L) * header.tileHeight)};
            Jpeg2000Tile decoder = new Jpeg2000Tile(header, tile, entry.getValue().toByteArray());
            decoder.readPackets();
            store(header, decoder.decode(), tile, samples, columns);
        }
    }

    private static void store(Jpeg2000Header header, double[] values, int[] tile, int[] samples, int columns) {
        int middle = header.signed ? 0 : 1 << header.bits - 1;
        int least = header.signed ? -(1 << header.bits - 1) : 0;
        int width = tile[2] - tile[0];
        for (int n = 0; n < values.length; n++) {
            int at = (tile[1] - header.y0 + n / width) * columns + tile[0] - header.x0 + n % width;
            samples[at] = (int) Math.clamp(Math.round(values[n]) + middle, least, least + (1L << header.bits) - 1);
        }
    }
}
