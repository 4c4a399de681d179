package io.github.medgs.volume.nrrd;

import io.github.medgs.volume.Volume;
import io.github.medgs.volume.raw.Gzip;
import io.github.medgs.volume.raw.ScalarType;
import io.github.medgs.volume.raw.VoxelOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.joml.Matrix4dc;

/** Writes a volume as one attached NRRD, gzip, in LPS as other programs write theirs. */
public final class NrrdWriter {

    private NrrdWriter() {}

    /** @param type float32, int16 or uint8, which must hold every voxel exactly */
    public static void write(Volume volume, ScalarType type, OutputStream out) throws IOException {
        String stored = switch (type) {
            case UINT8 -> "uint8";
            case INT16 -> "int16";
            case FLOAT32 -> "float";
            default -> throw new IllegalArgumentException("not written as NRRD: " + type);
        };
        Matrix4dc affine = volume.indexToPatient();
        String header = "NRRD0004\n"
                + "# Written by MedGS for the JVM\n"
                + "type: " + stored + "\n"
                + "dimension: 3\n"
                + "space: left-posterior-superior\n"
                + "sizes: " + volume.nx() + " " + volume.ny() + " " + volume.nz() + "\n"
                + "space directions: " + lps(affine, 0) + " " + lps(affine, 1) + " " + lps(affine, 2) + "\n"
                + "kinds: domain domain domain\n"
                + "endian: little\n"
                + "encoding: gzip\n"
                + "space origin: " + lps(affine, 3) + "\n\n";
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        Gzip gzip = new Gzip(out);
        VoxelOutput.write(volume.voxels(), type, gzip);
        gzip.finish();
    }

    // Adding zero keeps "-0.0" out of headers.
    private static String lps(Matrix4dc affine, int column) {
        return "(" + (0.0 - affine.get(column, 0)) + "," + (0.0 - affine.get(column, 1)) + ","
                + (0.0 + affine.get(column, 2)) + ")";
    }
}
