package io.github.medgs.volume.metaimage;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.raw.VoxelOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.joml.Matrix4dc;

/**
 * Writes a volume as MetaImage, in LPS as ITK does: one .mha, zlib after its header, or an .mhd with the voxels as they
 * are in a .raw beside it.
 */
final class MetaImageWriter {

    /** As fast and nearly as tight as {@link io.github.medgs.volume.raw.Gzip} has it. */
    private static final int LEVEL = 3;

    private MetaImageWriter() {}

    static void write(Volume volume, Path path) throws IOException {
        requireFree(path);
        if (apart(path)) {
            String data = dataName(path);
            // The data first: a header stands for voxels that are there.
            AtomicFile.write(path.resolveSibling(data), out -> VoxelOutput.write(volume.stored(), out));
            AtomicFile.writeText(path, header(volume, "False", data));
            return;
        }
        // Its readers look for the size before the voxels; without it ITK's and VTK's have zeros and no error. So these are
        // packed twice: once to be counted.
        long size = zlib(volume, OutputStream.nullOutputStream());
        AtomicFile.write(path, out -> {
            out.write(header(volume, "True\nCompressedDataSize = " + size, "LOCAL").getBytes(StandardCharsets.US_ASCII));
            zlib(volume, out);
        });
    }

    /** Whether the voxels go into a file of their own. */
    private static boolean apart(Path path) {
        return path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".mhd");
    }

    private static String dataName(Path path) {
        String name = path.getFileName().toString();
        return name.substring(0, name.length() - 4) + ".raw";
    }

    /** Only the header that is replaced may own the voxels that are: they may be those of an NRRD, or anything. */
    static void requireFree(Path path) {
        if (!apart(path) || !Files.exists(path.resolveSibling(dataName(path)))) {
            return;
        }
        boolean own = false;
        try {
            // As its reader has it: what is no UTF-8 is replaced.
            own = Files.isRegularFile(path) && new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines()
                    .anyMatch(line -> line.replace(" ", "").equals("ElementDataFile=" + dataName(path).replace(" ", "")));
        } catch (IOException e) {
            // One that cannot be read owns nothing.
        }
        if (!own) {
            throw new InputException(path.toString(), "keeps its voxels in " + dataName(path)
                    + ", and a file of that name is there and is not its own", "give another name, or write a .mha");
        }
    }

    /** The bytes that were written. */
    private static long zlib(Volume volume, OutputStream out) throws IOException {
        Deflater deflater = new Deflater(LEVEL);
        try {
            DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater, 1 << 16);
            VoxelOutput.write(volume.stored(), packed);
            packed.finish();
            return deflater.getBytesWritten();
        } finally {
            deflater.end();
        }
    }

    private static String header(Volume volume, String packed, String data) {
        Matrix4dc affine = volume.indexToPatient();
        StringBuilder matrix = new StringBuilder();
        StringBuilder spacing = new StringBuilder();
        for (int axis = 0; axis < 3; axis++) {
            spacing.append(' ').append(volume.spacing(axis));
            for (int component = 0; component < 3; component++) {
                matrix.append(' ').append(lps(affine.get(axis, component) / volume.spacing(axis), component));
            }
        }
        String offset = " " + lps(affine.m30(), 0) + " " + lps(affine.m31(), 1) + " " + lps(affine.m32(), 2);
        return "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
                + "CompressedData = " + packed + "\nTransformMatrix =" + matrix + "\nOffset =" + offset
                + "\nCenterOfRotation = 0 0 0\nElementSpacing =" + spacing + "\nDimSize = " + volume.nx() + " "
                + volume.ny() + " " + volume.nz() + "\nElementType = " + word(volume.stored().storage().type()) + "\nElementDataFile = " + data + "\n";
    }

    // Adding zero keeps "-0.0" out of headers.
    private static double lps(double ras, int component) {
        return component < 2 ? 0.0 - ras : 0.0 + ras;
    }

    private static String word(ScalarType type) {
        return switch (type) {
            case INT8 -> "MET_CHAR";
            case UINT8 -> "MET_UCHAR";
            case INT16 -> "MET_SHORT";
            case UINT16 -> "MET_USHORT";
            case INT32 -> "MET_INT";
            case UINT32 -> "MET_UINT";
            case INT64 -> "MET_LONG_LONG";
            case UINT64 -> "MET_ULONG_LONG";
            case FLOAT32 -> "MET_FLOAT";
            case FLOAT64 -> "MET_DOUBLE";
        };
    }
}
