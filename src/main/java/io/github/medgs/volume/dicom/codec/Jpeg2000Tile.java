package io.github.medgs.volume.dicom.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One tile of a JPEG 2000 picture: its packets in their order (T.800, B.12), its code-blocks, its wavelet levels. */
final class Jpeg2000Tile {

    /** A precinct of one resolution with its part of each subband, and where it lies in the picture. */
    private record Place(int resolution, int index, long y, long x, List<Precinct> parts) {}

    private final Jpeg2000Header header;
    private final int[] tile;
    private final byte[] data;
    private final List<Place> places = new ArrayList<>();
    private final List<List<Subband>> bands = new ArrayList<>();

    /** @param tile its corners: x0, y0, x1, y1 */
    Jpeg2000Tile(Jpeg2000Header header, int[] tile, byte[] data) throws CodecException {
        this.header = header;
        this.tile = tile;
        this.data = data;
        long packets = 0;
        for (int r = 0; r <= header.levels; r++) {
            List<Subband> here = new ArrayList<>();
            for (int orientation = r == 0 ? 0 : 1; orientation <= (r == 0 ? 0 : 3); orientation++) {
                here.add(Subband.of(header, tile, r, orientation));
            }
            bands.add(here);
            packets += (long) precinctsAcross(r) * precinctsDown(r) * header.layers;
        }
        // Each packet takes a byte at least.
        if (packets > data.length) {
            throw new CodecException("a tile of its JPEG 2000 picture claims " + packets + " packets in " + data.length
                    + " bytes");
        }
        for (int r = 0; r <= header.levels; r++) {
            addPlaces(r);
        }
    }

    private int corner(int which, int resolution) {
        int level = header.levels - resolution;
        return (int) ((tile[which] + (1L << level) - 1) >> level);
    }

    private int precinctsAcross(int r) {
        int bits = header.precincts[r] & 15;
        return corner(2, r) <= corner(0, r) ? 0 : (int) (((corner(2, r) - 1L) >> bits) - (corner(0, r) >> bits) + 1);
    }

    private int precinctsDown(int r) {
        int bits = header.precincts[r] >> 4;
        return corner(3, r) <= corner(1, r) ? 0 : (int) (((corner(3, r) - 1L) >> bits) - (corner(1, r) >> bits) + 1);
    }

    private void addPlaces(int r) {
        int widthBits = header.precincts[r] & 15;
        int heightBits = header.precincts[r] >> 4;
        int halved = r == 0 ? 0 : 1;
        int level = header.levels - r;
        int across = precinctsAcross(r);
        int count = across * precinctsDown(r);
        for (int n = 0; n < count; n++) {
            long column = (corner(0, r) >> widthBits) + n % across;
            long row = (corner(1, r) >> heightBits) + n / across;
            List<Precinct> parts = new ArrayList<>();
            for (Subband band : bands.get(r)) {
                parts.add(new Precinct(band, (int) (column << widthBits - halved), (int) (row << heightBits - halved),
                        clipped(column + 1 << widthBits - halved), clipped(row + 1 << heightBits - halved),
                        Math.min(header.blockWidthBits, widthBits - halved),
                        Math.min(header.blockHeightBits, heightBits - halved)));
            }
            places.add(new Place(r, n, Math.max(tile[1], row << heightBits + level),
                    Math.max(tile[0], column << widthBits + level), parts));
        }
    }

    private static int clipped(long place) {
        return (int) Math.min(place, Integer.MAX_VALUE);
    }

    /** Reads all packets. */
    void readPackets() throws CodecException {
        PacketBits bits = new PacketBits(data);
        Comparator<Place> byPosition = Comparator.comparingLong(Place::y).thenComparingLong(Place::x)
                .thenComparingInt(Place::resolution).thenComparingInt(Place::index);
        if (header.progression >= 3) {
            places.sort(byPosition);
        }
        switch (header.progression) {
            case 0 -> {
                for (int layer = 0; layer < header.layers; layer++) {
                    for (Place place : places) {
                        readPacket(place, layer, bits);
                    }
                }
            }
            case 1 -> {
                for (int r = 0; r <= header.levels; r++) {
                    for (int layer = 0; layer < header.layers; layer++) {
                        for (Place place : places) {
                            if (place.resolution == r) {
                                readPacket(place, layer, bits);
                            }
                        }
                    }
                }
            }
            default -> {
                // By resolution and position as they were made, or by position: in each, layer by layer.
                for (Place place : places) {
                    for (int layer = 0; layer < header.layers; layer++) {
                        readPacket(place, layer, bits);
                    }
                }
            }
        }
    }

    private void readPacket(Place place, int layer, PacketBits bits) throws CodecException {
        bits.skipMarker(0x91, 6);
        PacketBody body = new PacketBody();
        if (bits.bit() == 1) {
            for (Precinct part : place.parts) {
                part.readHeader(bits, layer, header.style, body);
            }
        }
        bits.align();
        bits.skipMarker(0x92, 2);
        body.read(bits);
    }

    /** Decodes all code-blocks and joins the subbands; values of the tile, row by row, without the shift of its level. */
    double[] decode() throws CodecException {
        double[] picture = null;
        for (int r = 0; r <= header.levels; r++) {
            int width = corner(2, r) - corner(0, r);
            int height = corner(3, r) - corner(1, r);
            double[] region = new double[width * height];
            if (r > 0) {
                interleave(picture, corner(0, r - 1), corner(1, r - 1), corner(2, r - 1) - corner(0, r - 1), false, false,
                        region, r, width);
            }
            for (Subband band : bands.get(r)) {
                double[] values = coefficients(band, r);
                if (r == 0) {
                    region = values;
                } else {
                    interleave(values, band.x0(), band.y0(), band.x1() - band.x0(), band.right(), band.low(), region, r,
                            width);
                }
            }
            if (r > 0 && width > 0 && height > 0) {
                Wavelet.inverse(region, corner(0, r), corner(1, r), width, height, header.reversible);
            }
            picture = region;
        }
        return picture;
    }

    private double[] coefficients(Subband band, int r) throws CodecException {
        int width = band.x1() - band.x0();
        int[] doubled = new int[width * (band.y1() - band.y0())];
        BlockDecoder decoder = new BlockDecoder(header.style);
        for (Place place : places) {
            for (Precinct part : place.parts) {
                for (CodeBlock block : part.band == band ? part.blocks : new CodeBlock[0]) {
                    if (!block.segments.isEmpty()) {
                        decoder.decode(block, band.kind(), band.planes() - block.zeroPlanes, doubled,
                                (block.y0 - band.y0()) * width + block.x0 - band.x0(), width);
                    }
                }
            }
        }
        double[] values = new double[doubled.length];
        for (int n = 0; n < doubled.length; n++) {
            // Of whole numbers the half behind the point is no part; of quantised ones it is the middle of a step.
            values[n] = header.reversible ? doubled[n] / 2 : doubled[n] * 0.5 * band.step();
        }
        return values;
    }

    // A band's sample n lies at 2n of the resolution, a high one at 2n + 1.
    private void interleave(double[] from, int x0, int y0, int fromWidth, boolean right, boolean low, double[] to, int r,
            int width) {
        for (int n = 0; n < from.length; n++) {
            int x = 2 * (x0 + n % fromWidth) + (right ? 1 : 0) - corner(0, r);
            int y = 2 * (y0 + n / fromWidth) + (low ? 1 : 0) - corner(1, r);
            to[y * width + x] = from[n];
        }
    }
}
