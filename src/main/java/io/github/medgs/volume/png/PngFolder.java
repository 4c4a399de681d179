package io.github.medgs.volume.png;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import io.github.medgs.volume.raw.Conventions;
import io.github.medgs.volume.raw.Folders;
import io.github.medgs.volume.raw.VolumeFormat;
import io.github.medgs.volume.raw.VoxelLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joml.Matrix4d;

/** A folder of PNG slices, or one that holds {@code original/} with them. */
public final class PngFolder implements VolumeFormat {

    /** What is said where a spacing was given that is not needed. */
    public static final String OWN_SPACING = "it has a spacing of its own; the one that was given does not count";

    /** Whether a folder holds slices, itself or in {@code original/}. */
    @Override
    public boolean recognises(Path folder, byte[] start) {
        return !slices(sliceFolder(folder)).isEmpty();
    }

    /** Whether something says how far apart a folder's slices are, without which they cannot be read. */
    public static boolean knowsSpacing(Path folder, ReadOptions options) {
        return options.spacingMm() != null || Sidecar.isIn(folder) || Sidecar.isIn(sliceFolder(folder));
    }

    /**
     * Reads it: column is index i, row j, slice k.
     *
     * @throws InputException when slices differ in size, are damaged, or nothing says how far apart they are
     */
    @Override
    public LoadedVolume read(Path folder, ReadOptions options) {
        options.frameOf(folder.toString(), 1);
        Path sliceFolder = sliceFolder(folder);
        if (Folders.isUnfinished(sliceFolder)) {
            throw new InputException(sliceFolder.toString(), "is being written, or its writing was stopped: slices are missing",
                    "write it again, into another folder");
        }
        List<PngSlice> slices = slices(sliceFolder).stream().map(PngSlice::of).toList();
        PngSlice first = slices.getFirst();
        requireAlike(slices);
        List<String> notes = new ArrayList<>();
        if (!sliceFolder.equals(folder)) {
            notes.add("slices were read from " + sliceFolder.getFileName() + "/");
        }
        if (skips(slices)) {
            notes.add("the numbers in the slices' names skip some: where slices are missing, the others were taken to be as"
                    + " far apart as everywhere");
        }
        Sidecar sidecar = Sidecar.of(sliceFolder) != null ? Sidecar.of(sliceFolder) : Sidecar.of(folder);
        int count = VoxelLayout.voxelCount(folder.toString(), first.width(), first.height(), slices.size());
        Grid grid = new Grid(first.width(), first.height(), slices.size(), affine(folder, sidecar, options, notes));
        float[] voxels = VoxelLayout.allocate(folder.toString(), count);
        int bits = decode(slices, voxels, options.onto() != null, notes);
        Storage storage = storage(bits, sidecar);
        double white = sidecar == null || sidecar.intensityAtWhite() == null ? 65_535 : sidecar.intensityAtWhite();
        return new LoadedVolume(new Volume(grid, scaled(voxels, storage, white)), "folder of " + slices.size() + " PNG slices",
                bits + "-bit " + (first.coloured() ? "indices" : "grey"), 1, 0, notes);
    }

    /** Whether names are one text with a growing number in it that does not grow evenly. */
    private static boolean skips(List<PngSlice> slices) {
        Pattern numbered = Pattern.compile("(.*?)(\\d{1,9})(\\D*)");
        String text = null;
        TreeSet<Integer> steps = new TreeSet<>();
        int before = 0;
        for (PngSlice slice : slices) {
            Matcher name = numbered.matcher(slice.path().getFileName().toString());
            if (!name.matches() || text != null && !text.equals(name.group(1) + "#" + name.group(3))) {
                return false;
            }
            int number = Integer.parseInt(name.group(2));
            if (text != null) {
                steps.add(number - before);
            }
            text = name.group(1) + "#" + name.group(3);
            before = number;
        }
        return steps.size() > 1;
    }

    // Sizes must agree, and palettes of colours, whose indices would mean one thing here and another there.
    private static void requireAlike(List<PngSlice> slices) {
        PngSlice first = slices.getFirst();
        boolean coloured = slices.stream().anyMatch(PngSlice::coloured);
        for (PngSlice slice : slices) {
            if (slice.width() != first.width() || slice.height() != first.height()) {
                throw new InputException(slice.path().toString(), "is " + words(slice) + ", and "
                        + first.path().getFileName() + " is " + words(first), "give slices of one size");
            }
            // Some writers leave the last, unused colours out.
            boolean alike = !coloured || slice.palette() != null && first.palette() != null
                    && (slice.palette().startsWith(first.palette()) || first.palette().startsWith(slice.palette()));
            if (!alike) {
                throw new InputException(slice.path().toString(), "has other colours in its palette than "
                        + first.path().getFileName(), "give slices of one palette, or of grey values");
            }
        }
    }

    /** Decodes all slices; the bits that their values have. */
    private static int decode(List<PngSlice> slices, float[] voxels, boolean mask, List<String> notes) {
        boolean indices = slices.stream().anyMatch(PngSlice::coloured);
        int bits = slices.stream().mapToInt(PngSlice::bits).max().getAsInt();
        int size = slices.getFirst().width() * slices.getFirst().height();
        int transparent = 0;
        int widened = 0;
        for (int k = 0; k < slices.size(); k++) {
            PngSlice slice = slices.get(k);
            transparent += slice.decode(indices, voxels, k * size) ? 1 : 0;
            if (slice.bits() < bits && widen(voxels, k * size, size)) {
                widened++;
                if (mask) {
                    throw new InputException(slice.path().toString(), "has 8 bits among slices of 16, and labels cannot be"
                            + " scaled", "give all slices of the mask with 16 bits");
                }
            }
        }
        if (indices) {
            notes.add("pixels have colours of a palette: their indices were taken, as labels");
        }
        if (transparent > 0) {
            notes.add(Words.count(transparent, "slice has", "slices have") + " transparent pixels, which were taken as if"
                    + " they were not");
        }
        if (widened > 0) {
            notes.add(Words.count(widened, "slice has", "slices have") + " 8 bits among slices of 16; 255 there was taken"
                    + " for 65535, as PNG means it");
        }
        return bits;
    }

    // From 8 bits to 16; whether that changes anything.
    private static boolean widen(float[] voxels, int from, int size) {
        boolean changed = false;
        for (int n = from; n < from + size; n++) {
            changed |= voxels[n] != 0;
            voxels[n] *= 257;
        }
        return changed;
    }

    /** A name without an extension is a folder's. */
    @Override
    public boolean writes(Path path) {
        return path.getFileName() != null && !path.getFileName().toString().contains(".");
    }

    @Override
    public void requireFree(Path path) {
        PngWriter.requireFree(path);
    }

    @Override
    public boolean keepsScaling() {
        return true;
    }

    @Override
    public void write(Volume volume, Remark remark, Path path) throws IOException {
        PngWriter.write(volume, remark, path);
    }

    private static String words(PngSlice slice) {
        return slice.width() + " x " + slice.height() + " of " + slice.bits() + " bits";
    }

    private static Path sliceFolder(Path folder) {
        Path original = folder.resolve("original");
        return slices(folder).isEmpty() && Files.isDirectory(original) ? original : folder;
    }

    private static List<Path> slices(Path folder) {
        return Folders.files(folder).stream()
                .filter(path -> path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png")).toList();
    }

    private static Matrix4d affine(Path folder, Sidecar sidecar, ReadOptions options, List<String> notes) {
        if (sidecar != null && options.spacingMm() != null && options.onto() == null) {
            notes.add(OWN_SPACING);
        }
        if (sidecar != null && sidecar.indexToPatient() != null) {
            double[] rows = sidecar.indexToPatient();
            Matrix4d affine = new Matrix4d();
            for (int n = 0; n < 12; n++) {
                affine.set(n % 4, n / 4, rows[n]);
            }
            if (!Conventions.isInvertible(affine)) {
                throw new InputException(folder.resolve(Sidecar.NAME).toString(),
                        "has an indexToPatient that does not span space", "correct the sidecar");
            }
            return affine;
        }
        double[] spacing = sidecar != null ? sidecar.spacingMm() : options.spacingMm();
        if (spacing == null) {
            throw new InputException(folder.toString(), "holds slices that do not say their spacing",
                    "give it as COLUMN,ROW,SLICE, or put {\"spacingMm\": [...]} into " + Sidecar.NAME
                            + " beside them").naming("spacing-mm");
        }
        notes.add("slices do not say where the patient's left is; columns were taken towards the left, rows towards the "
                + "back, slices towards the head");
        return Conventions.fromLps(new Matrix4d().scale(spacing[0], spacing[1], spacing[2]));
    }

    /** How the pixels are scaled, as the sidecar says. */
    private static Storage storage(int bits, Sidecar sidecar) {
        ScalarType type = bits == 16 ? ScalarType.UINT16 : ScalarType.UINT8;
        if (sidecar == null || sidecar.intensityAtBlack() == null) {
            return Storage.plain(type);
        }
        double black = sidecar.intensityAtBlack();
        double step = (sidecar.intensityAtWhite() - black) / (bits == 16 ? 65_535 : 255);
        return step == 0 ? null : new Storage(type, step, black);
    }

    private static StoredVoxels scaled(float[] pixels, Storage storage, double white) {
        if (storage == null) {
            Arrays.fill(pixels, (float) white);
            return StoredVoxels.computed(pixels);
        }
        for (int n = 0; n < pixels.length && storage.scaled(); n++) {
            pixels[n] = (float) (storage.intercept() + storage.slope() * pixels[n]);
        }
        return StoredVoxels.exactly(pixels, storage);
    }
}
