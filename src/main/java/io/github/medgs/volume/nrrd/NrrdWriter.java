package io.github.medgs.volume.nrrd;

import io.github.medgs.volume.Remark;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.raw.Gzip;
import io.github.medgs.volume.raw.VoxelOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.joml.Matrix4dc;

/** Writes a volume as one attached NRRD, gzip, in LPS as other programs write theirs. */
public final class NrrdWriter {

    private NrrdWriter() {}

    /**
     * @param volume stored as it is, without a scaling, which the format does not know
     * @param remark its line becomes a comment, its text and what labels are called keys
     */
    public static void write(Volume volume, Remark remark, OutputStream out) throws IOException {
        String stored = switch (volume.stored().storage().type()) {
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 ->
                volume.stored().storage().type().name().toLowerCase(Locale.ROOT);
        };
        Matrix4dc affine = volume.indexToPatient();
        String header = "NRRD0004\n"
                + "# " + remark.line() + "\n"
                + "type: " + stored + "\n"
                + "dimension: 3\n"
                + "space: left-posterior-superior\n"
                + "sizes: " + volume.nx() + " " + volume.ny() + " " + volume.nz() + "\n"
                + "space directions: " + lps(affine, 0) + " " + lps(affine, 1) + " " + lps(affine, 2) + "\n"
                + "kinds: domain domain domain\n"
                + "endian: little\n"
                + "encoding: gzip\n"
                + "space origin: " + lps(affine, 3) + "\n"
                + (remark.text().isEmpty() ? "" : "medgs:=" + remark.text().replace("\\", "\\\\") + "\n")
                + NrrdSegments.text(remark.segments(), volume) + "\n";
        out.write(header.getBytes(StandardCharsets.UTF_8));
        Gzip gzip = new Gzip(out);
        VoxelOutput.write(volume.stored(), gzip);
        gzip.finish();
    }

    // Adding zero keeps "-0.0" out of headers.
    private static String lps(Matrix4dc affine, int column) {
        return "(" + (0.0 - affine.get(column, 0)) + "," + (0.0 - affine.get(column, 1)) + ","
                + (0.0 + affine.get(column, 2)) + ")";
    }
}
