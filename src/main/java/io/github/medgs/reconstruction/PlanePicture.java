package io.github.medgs.reconstruction;

import io.github.medgs.model.TrainedModel;
import io.github.medgs.trust.Provenance;
import io.github.medgs.trust.SliceTable;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.SlicePositions;
import io.github.medgs.volume.Volume;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * A plane of a volume of slices, in true proportions, in the model's window. Planes across the slices have a strip at their
 * left that tells acquired slices (light) from drawn ones (blue). Letters at the edges say which side of the patient is there.
 */
final class PlanePicture {

    private static final int ACQUIRED = new Color(0xF2F2F2).getRGB();
    private static final int DRAWN = new Color(0x2F6FDE).getRGB();
    private static final int STRIP = 6;

    private final TrainedModel model;
    private final SliceGeometry geometry;
    private final Volume volume;
    private final int[] sliceOfVolume;
    private final Outlines outlines;
    private final EdgeLetters letters;
    private final SliceTable table;
    private final double[] positions;
    private final Volume error;
    private final float mostError;

    /**
     * @param volume of the slices of {@code table}, or of the acquired ones, the nearest of which is shown then
     * @param outlines of what lies on the slices of {@code table}, or {@code null}
     * @param table where slices lie, and which were acquired
     * @param error on them, to lay over it in colour, or {@code null}; {@code mostError} has the strongest
     */
    PlanePicture(TrainedModel model, Volume volume, Outlines outlines, SliceTable table, Volume error, float mostError) {
        this.model = model;
        this.geometry = model.geometry();
        this.volume = volume;
        this.outlines = outlines;
        this.letters = new EdgeLetters(geometry);
        this.table = table;
        this.positions = table.provenance().positions();
        this.error = error;
        this.mostError = mostError;
        double[] own = volume.size(geometry.axis().index()) == positions.length ? positions : geometry.positions();
        this.sliceOfVolume = Arrays.stream(positions).mapToInt(at -> SlicePositions.nearest(own, at)).toArray();
    }

    /** The slices that were learnt from. */
    static PlanePicture ofInput(TrainedModel model, Volume input) {
        double[] acquired = model.geometry().positions();
        return new PlanePicture(model, input, null, standing(model, Provenance.of(acquired, acquired)), null, 0);
    }

    /** What was drawn, with its outlines; where that is a mask alone, on the input's slices. */
    static PlanePicture ofDrawn(TrainedModel model, Volume input, DrawnSlices drawn) {
        return drawn.image() != null ? new PlanePicture(model, drawn.image(), Outlines.of(drawn), drawn.table(), null, 0)
                : new PlanePicture(model, input, Outlines.of(drawn), standing(model, drawn.table().provenance()), null, 0);
    }

    private static SliceTable standing(TrainedModel model, Provenance provenance) {
        return new SliceTable(provenance, model.geometry().axis(), null, true, null);
    }

    /** A picture with a caption at its foot. */
    static BufferedImage captioned(BufferedImage picture, String caption) {
        BufferedImage taller = new BufferedImage(picture.getWidth(), picture.getHeight() + ErrorColors.CAPTION,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = taller.createGraphics();
        graphics.drawImage(picture, 0, 0, null);
        graphics.setColor(Color.LIGHT_GRAY);
        graphics.drawString(caption, 4, taller.getHeight() - 7);
        graphics.dispose();
        return taller;
    }

    /** One slice as it lies in the volume. */
    BufferedImage slice(int index, int longerSide) {
        double scale = scale(geometry.width() * geometry.columnSpacing(), geometry.height() * geometry.rowSpacing(),
                longerSide);
        int width = pixels(geometry.width() * geometry.columnSpacing() * scale);
        int height = pixels(geometry.height() * geometry.rowSpacing() * scale);
        BufferedImage image = draw(width, height, 0, (x, y) -> new int[] {index,
            nearest((x + 0.5) / scale / geometry.columnSpacing(), geometry.width()),
            nearest((y + 0.5) / scale / geometry.rowSpacing(), geometry.height())});
        letters.onSlice(image);
        return image;
    }

    /** Columns to the right, the last slice on top. */
    BufferedImage atRow(int row, int longerSide) {
        BufferedImage image = across(geometry.width(), geometry.columnSpacing(), longerSide,
                (slice, column) -> new int[] {slice, column, row});
        letters.onRow(image, STRIP);
        return image;
    }

    /** Rows to the right, the last slice on top. */
    BufferedImage atColumn(int column, int longerSide) {
        BufferedImage image = across(geometry.height(), geometry.rowSpacing(), longerSide,
                (slice, row) -> new int[] {slice, column, row});
        letters.onColumn(image, STRIP);
        return image;
    }

    /** Millimetres from the first slice to the last, at least a pixel's side. */
    double depth(double pixel) {
        return Math.max(pixel, positions[positions.length - 1]);
    }

    /** Slice, column and row of a place in a picture. */
    @FunctionalInterface
    private interface Place {
        int[] of(int x, int y);
    }

    private BufferedImage across(int count, double spacing, int longerSide, Place place) {
        double depth = depth(spacing);
        double scale = scale(count * spacing, depth, longerSide);
        int width = pixels(count * spacing * scale);
        int height = pixels(depth * scale);
        BufferedImage image = draw(width, height, STRIP,
                (x, y) -> place.of(sliceAt((height - y - 0.5) / scale), nearest((x + 0.5) / scale / spacing, count)));
        for (int y = 0; y < height; y++) {
            int color = table.stands(sliceAt((height - y - 0.5) / scale)) ? ACQUIRED : DRAWN;
            for (int x = 0; x < STRIP - 2; x++) {
                image.setRGB(x, y, color);
            }
        }
        return image;
    }

    private BufferedImage draw(int width, int height, int from, Place place) {
        BufferedImage image = new BufferedImage(width + from, height, BufferedImage.TYPE_INT_RGB);
        int[] structures = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int[] at = place.of(x, y);
                int level = Math.round(255 * Math.clamp(model.window().toUnit(at(volume, sliceOfVolume[at[0]], at)), 0f, 1f));
                int grey = 0xFF << 24 | level << 16 | level << 8 | level;
                image.setRGB(from + x, y, error == null ? grey
                        : ErrorColors.over(grey, mostError > 0 ? at(error, at[0], at) / mostError : 0));
                structures[y * width + x] = outlines == null ? 0 : Math.round(at(outlines.structures(), at[0], at));
            }
        }
        for (int p = 0; p < structures.length; p++) {
            if (structures[p] > 0 && isEdge(structures, width, p)) {
                image.setRGB(from + p % width, p / width, outlines.color(structures[p]));
            }
        }
        return image;
    }

    /** Whether another structure, or none, is beside a pixel: each is outlined within itself. */
    private static boolean isEdge(int[] structures, int width, int p) {
        int own = structures[p];
        return p % width + 1 < width && structures[p + 1] != own || p % width > 0 && structures[p - 1] != own
                || p + width < structures.length && structures[p + width] != own || p >= width && structures[p - width] != own;
    }

    private float at(Volume from, int slice, int[] at) {
        return at(from, geometry, slice, at[2], at[1]);
    }

    /** The voxel of a slice, whichever axis slices lie along. */
    static float at(Volume from, SliceGeometry geometry, int slice, int row, int column) {
        return switch (geometry.axis()) {
            case I -> from.voxel(slice, column, row);
            case J -> from.voxel(column, slice, row);
            case K, AUTO -> from.voxel(column, row, slice);
        };
    }

    private int sliceAt(double millimetres) {
        return SlicePositions.nearest(positions, millimetres);
    }

    private static double scale(double across, double down, int longerSide) {
        return longerSide / Math.max(across, down);
    }

    private static int pixels(double length) {
        return Math.max(1, (int) Math.round(length));
    }

    private static int nearest(double index, int count) {
        return Math.clamp((int) Math.floor(index), 0, count - 1);
    }
}
