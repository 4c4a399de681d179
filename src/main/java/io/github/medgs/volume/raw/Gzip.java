package io.github.medgs.volume.raw;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Gzip as volumes are written with it: at level 3, which packs voxels as tightly as the default 6 and takes half the
 * time (measured on CT as 16-bit integers: 0.617 against 0.618 of the size). Its header holds neither time nor name, so
 * that equal volumes give equal files on one machine.
 */
public final class Gzip extends GZIPOutputStream {

    private static final int LEVEL = 3;

    public Gzip(OutputStream out) throws IOException {
        super(out, 1 << 16);
        def.setLevel(LEVEL);
    }
}
