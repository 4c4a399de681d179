package io.github.medgs.volume;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A loaded volume in words, for people who want to know what they have. */
final class VolumeDescription {

    /** With more different whole numbers than this, a volume is an image and not a label map. */
    private static final int MOST_LABELS = 64;

    private static final int MOST_PLACES = 20;

    private VolumeDescription() {}

    static String of(LoadedVolume loaded) {
        Volume volume = loaded.volume();
        Grid grid = volume.grid();
        StringBuilder text = new StringBuilder();
        line(text, "format", loaded.format() + ", stored as " + loaded.storedAs());
        line(text, "grid", grid.describe());
        line(text, "extent", Words.number(grid.nx() * grid.spacing(0)) + " x "
                + Words.number(grid.ny() * grid.spacing(1)) + " x "
                + Words.number(grid.nz() * grid.regular().spacing(2)) + " mm");
        if (loaded.frames() > 1) {
            line(text, "frames", loaded.frames() + ", this is number " + loaded.frame() + " (from 0)");
        }
        SliceAxis axis = SliceAxis.AUTO.resolve(grid);
        line(text, "slices", grid.size(axis.index()) + " along axis " + axis.name().toLowerCase(Locale.ROOT) + ", "
                + (grid.isRegular() ? Words.number(grid.spacing(axis.index())) + " mm apart"
                        : "at " + places(grid) + " mm"));
        values(text, volume);
        for (Segment segment : loaded.segments()) {
            line(text, "segment", segment.label() + " " + segment.name() + (segment.rgb() < 0 ? ""
                    : String.format(Locale.ROOT, ", colour #%06x", segment.rgb())));
        }
        for (String note : loaded.notes()) {
            line(text, "note", note);
        }
        String copied = CopiedSlices.note(volume, axis);
        if (copied != null) {
            line(text, "note", copied);
        }
        return text.toString();
    }

    /** Whether it holds few whole numbers, none below 0 and not 0 alone. */
    static boolean isLabelMap(Volume volume) {
        SortedMap<Long, int[]> labels = labels(volume);
        return labels != null && !labels.isEmpty();
    }

    // Where slices lie that are not equally far apart; of many, the first ones.
    private static String places(Grid grid) {
        StringBuilder list = new StringBuilder();
        for (int k = 0; k < Math.min(grid.nz(), MOST_PLACES); k++) {
            list.append(k == 0 ? "" : ", ").append(Words.number(grid.slicePosition(k)));
        }
        return list + (grid.nz() > MOST_PLACES ? ", ... " + Words.number(grid.slicePosition(grid.nz() - 1)) : "");
    }

    private static void values(StringBuilder text, Volume volume) {
        FinitePercentiles percentiles = new FinitePercentiles(volume.voxels());
        int nonFinite = volume.voxels().length - percentiles.count() - volume.stored().beyondFloats();
        if (percentiles.count() > 0) {
            IntensityWindow window = IntensityWindow.automatic(percentiles);
            line(text, "values", Words.number(percentiles.at(0)) + " to " + Words.number(percentiles.at(1)) + ", median "
                    + Words.number(percentiles.at(0.5)) + "; automatic window " + Words.number(window.low()) + ","
                    + Words.number(window.high()));
        }
        if (nonFinite > 0) {
            line(text, "not finite", Words.count(nonFinite, "voxel is", "voxels are") + " NaN or infinite");
        }
        SortedMap<Long, int[]> labels = labels(volume);
        // Of small numbers alone, as diffusion in mm2/s, none would be a label and none is zero.
        if (labels != null && (!labels.isEmpty() || percentiles.at(0) == 0 && percentiles.at(1) == 0)) {
            StringBuilder list = new StringBuilder();
            labels.forEach((label, counts) -> list.append(list.isEmpty() ? "" : ", ").append(label + " ("
                    + IntStream.of(counts).sum() + " voxels, " + Words.number(millilitres(counts, volume.grid())) + " ml)"));
            line(text, "labels", list.isEmpty() ? "none: every voxel is 0" : list.toString());
        }
    }

    private static double millilitres(int[] voxelsOfSlices, Grid grid) {
        double sum = 0;
        for (int k = 0; k < voxelsOfSlices.length; k++) {
            sum += voxelsOfSlices[k] * grid.voxelVolume(k);
        }
        return sum / 1000;
    }

    // Voxels of each slice per label without 0, or null where the volume is no label map.
    private static SortedMap<Long, int[]> labels(Volume volume) {
        SortedMap<Long, int[]> labels = new TreeMap<>();
        int pixels = volume.nx() * volume.ny();
        for (int n = 0; n < volume.voxels().length; n++) {
            long label = Labels.labelOr(volume, n);
            if (label < 0) {
                return null;
            }
            if (label != 0) {
                labels.computeIfAbsent(label, id -> new int[volume.nz()])[n / pixels]++;
                if (labels.size() > MOST_LABELS) {
                    return null;
                }
            }
        }
        return labels;
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(Words.line(key, value));
    }
}
