package io.github.medgs.volume.png;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.raw.Folders;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.joml.Matrix4dc;

/**
 * Writes a volume as a folder of 16-bit grey PNG slices with their {@code volume.json}.
 *
 * <p>Whole numbers from 0 to 65535 are written as they are; anything else is scaled from its range to 0..65535, and the
 * sidecar says how to go back. NaN and infinities, which PNG cannot hold, become the lowest value.
 */
public final class PngWriter {

    private static final int WHITE = 65_535;

    private PngWriter() {}

    /** @throws InputException when the folder holds something already */
    public static void write(Volume volume, Path folder) throws IOException {
        if (Files.exists(folder) && (!Files.isDirectory(folder) || !Folders.files(folder).isEmpty())) {
            throw new InputException(folder.toString(), "exists and is not an empty folder",
                    "give the name of a new folder for the slices");
        }
        IntensityWindow range = range(volume);
        int slice = volume.nx() * volume.ny();
        for (int k = 0; k < volume.nz(); k++) {
            byte[] png = encode(volume, k * slice, range);
            AtomicFile.write(folder.resolve(String.format(Locale.ROOT, "%04d.png", k)), out -> out.write(png));
        }
        AtomicFile.writeText(folder.resolve(Sidecar.NAME), sidecar(volume, range).toJson());
    }

    // Null where pixels can be the voxels themselves.
    private static IntensityWindow range(Volume volume) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        boolean exact = true;
        for (float voxel : volume.voxels()) {
            exact &= voxel >= 0 && voxel <= WHITE && voxel == (int) voxel;
            if (Float.isFinite(voxel)) {
                least = Math.min(least, voxel);
                most = Math.max(most, voxel);
            }
        }
        if (exact) {
            return null;
        }
        if (least > most) {
            return new IntensityWindow(0, 1);
        }
        return least < most ? new IntensityWindow(least, most)
                : IntensityWindow.automatic(volume);
    }

    private static byte[] encode(Volume volume, int offset, IntensityWindow range) throws IOException {
        BufferedImage image = new BufferedImage(volume.nx(), volume.ny(), BufferedImage.TYPE_USHORT_GRAY);
        short[] pixels = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
        for (int n = 0; n < pixels.length; n++) {
            float voxel = volume.voxels()[offset + n];
            pixels[n] = (short) (range == null ? (int) voxel : Math.round((double) range.toUnit(voxel) * WHITE));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", bytes)) {
            throw new IOException("this Java cannot write PNG");
        }
        return bytes.toByteArray();
    }

    private static Sidecar sidecar(Volume volume, IntensityWindow range) {
        Matrix4dc affine = volume.indexToPatient();
        double[] rows = new double[12];
        for (int n = 0; n < 12; n++) {
            rows[n] = affine.get(n % 4, n / 4);
        }
        double[] spacing = {volume.spacing(0), volume.spacing(1), volume.spacing(2)};
        return new Sidecar(spacing, rows, range == null ? null : (double) range.low(),
                range == null ? null : (double) range.high());
    }
}
