package io.github.medgs.volume.png;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.Png;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import io.github.medgs.volume.raw.Folders;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.joml.Matrix4dc;

/**
 * Writes a volume as a folder of 16-bit grey PNG slices with their {@code volume.json}.
 *
 * <p>Stored whole numbers that span no more than 65535 are written as they are, counted from 0 or, where that does not
 * do, from the lowest: then nothing is lost. Anything else is scaled from its range to 0..65535. The sidecar says how to
 * go back. NaN and infinities, which PNG cannot hold, become the lowest value.
 */
public final class PngWriter {

    private static final int WHITE = 65_535;

    private final Volume volume;
    private final Span span;

    private PngWriter(Volume volume) {
        this.volume = volume;
        this.span = Span.of(volume.stored());
    }

    /** @throws InputException when the folder holds something already, be it a folder or a hidden file */
    public static void write(Volume volume, Remark remark, Path folder) throws IOException {
        requireFree(folder);
        PngWriter writer = new PngWriter(volume);
        AtomicFile.writeFolder(folder, into -> writer.write(remark, into));
    }

    static void requireFree(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder) && !Files.isRegularFile(folder)) {
            throw new InputException(folder.toString(), "is a pipe or a device, and slices are the files of a folder",
                    "give the name of a new folder for the slices");
        }
        if (Files.exists(folder) && (!Files.isDirectory(folder) || !Folders.isEmpty(folder))) {
            throw new InputException(folder.toString(), "exists and is not an empty folder",
                    "give the name of a new folder for the slices");
        }
    }

    private void write(Remark remark, Path folder) throws IOException {
        int slice = volume.nx() * volume.ny();
        for (int k = 0; k < volume.nz(); k++) {
            byte[] png = encode(k * slice);
            AtomicFile.write(folder.resolve(String.format(Locale.ROOT, "%04d.png", k)), out -> out.write(png));
        }
        AtomicFile.writeText(folder.resolve(Sidecar.NAME), sidecar(remark).toJson());
    }

    /**
     * What the darkest and the brightest pixel mean.
     *
     * @param exact whether pixels tell all voxels apart
     */
    private record Span(double black, double white, boolean exact) {

        static Span of(StoredVoxels voxels) {
            Storage storage = voxels.storage();
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            boolean whole = true;
            for (float voxel : voxels.intensities()) {
                double stored = (voxel - storage.intercept()) / storage.slope();
                // An intensity that is a float is only almost a whole number once its scaling is taken off.
                stored = storage.type().isInteger() ? Math.rint(stored) : stored;
                whole &= stored == Math.rint(stored) && Double.isFinite(stored);
                if (Double.isFinite(stored)) {
                    least = Math.min(least, stored);
                    most = Math.max(most, stored);
                }
            }
            if (least > most) {
                return new Span(0, 1, false);
            }
            if (whole && voxels.bits() == null && most - least <= WHITE) {
                double first = least >= 0 && most <= WHITE ? 0 : least;
                return new Span(intensity(first, storage), intensity(first + WHITE, storage), true);
            }
            double white = most > least ? most : Math.max(least + 1, Math.nextUp((float) least));
            return new Span(intensity(least, storage), intensity(white, storage), false);
        }

        private static double intensity(double stored, Storage storage) {
            return storage.slope() * stored + storage.intercept();
        }

        int pixel(float voxel) {
            double share = Float.isFinite(voxel) ? (voxel - black) / (white - black) : 0;
            return (int) Math.round(Math.clamp(share, 0, 1) * WHITE);
        }

        /** Whether pixels are the voxels. */
        boolean plain() {
            return black == 0 && white == WHITE;
        }
    }

    private byte[] encode(int offset) {
        BufferedImage image = new BufferedImage(volume.nx(), volume.ny(), BufferedImage.TYPE_USHORT_GRAY);
        short[] pixels = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
        for (int n = 0; n < pixels.length; n++) {
            pixels[n] = (short) span.pixel(volume.voxels()[offset + n]);
        }
        return Png.bytes(image);
    }

    private Sidecar sidecar(Remark remark) {
        Matrix4dc affine = volume.indexToPatient();
        double[] rows = new double[12];
        for (int n = 0; n < 12; n++) {
            rows[n] = affine.get(n % 4, n / 4);
        }
        double[] spacing = {volume.spacing(0), volume.spacing(1), volume.spacing(2)};
        return new Sidecar(spacing, rows, span.plain() ? null : span.black(), span.plain() ? null : span.white(),
                remark.text().isEmpty() ? null : remark.line());
    }

    /** What a folder of 16-bit slices would not hold of a volume, in words; {@code null} where it holds every voxel exactly. */
    public static String lossNote(Volume volume) {
        Span span = Span.of(volume.stored());
        if (span.exact()) {
            return null;
        }
        long noNumbers = 0;
        for (float voxel : volume.voxels()) {
            noNumbers += Float.isFinite(voxel) ? 0 : 1;
        }
        return "16 bits do not hold its values exactly: they were rounded to steps of " + Words.number((span.white() - span.black()) / WHITE)
                + " from " + Words.number(span.black()) + " to " + Words.number(span.white())
                + (volume.stored().isWhole() ? ", and labels would be labels no more" : "")
                + (noNumbers == 0 ? "" : "; " + Words.count(noNumbers, "voxel that is no number", "voxels that are no numbers")
                        + " became " + Words.number(span.black())) + "; .nii.gz keeps them";
    }
}
