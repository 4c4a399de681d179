package io.github.medgs.reconstruction;

import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.Png;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.trust.Provenance;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.SlicePositions;
import io.github.medgs.volume.Volume;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code preview.png}: a cut across the slices, as the input has it and as the model draws it, with the mask's outline,
 * and once more with the expected error laid over it. What slices hide is seen across them. Bars beside a cut mark the
 * slices that were acquired, letters say which side of the patient is where.
 */
final class Preview {

    private static final int SHORTER_SIDE = 420;
    private static final int GAP = 8;
    private static final float LEVEL = 0.5f;
    private static final int MARGIN = 7;
    private static final Color ACQUIRED = new Color(60, 200, 120);

    private final TrainedModel model;
    private final SliceGeometry geometry;
    private final double[] positions;
    private final int row;

    private Preview(TrainedModel model, double[] positions, Volume mask) {
        this.model = model;
        this.geometry = model.geometry();
        this.positions = positions;
        this.row = mask == null ? geometry.height() / 2 : fullestRow(mask);
    }

    /**
     * Writes the picture.
     *
     * @param input the volume that was learnt from
     */
    static void write(Path file, TrainedModel model, Volume input, DrawnSlices drawn) throws IOException {
        Provenance provenance = drawn.table().provenance();
        Preview preview = new Preview(model, provenance.positions(), drawn.mask());
        double[] acquired = model.geometry().positions();
        List<BufferedImage> cuts = new ArrayList<>();
        cuts.add(framed(preview.lettered(preview.cut(input, acquired, null)), "input", null));
        Volume volume = drawn.image() == null ? input : drawn.image();
        double[] positions = drawn.image() == null ? acquired : provenance.positions();
        boolean[] marks = drawn.table().returned() ? preview.marks(provenance) : null;
        cuts.add(framed(preview.lettered(preview.cut(volume, positions, drawn.mask())),
                marks == null ? "drawn" : "acquired (bars) and drawn", marks));
        if (drawn.uncertainty() != null) {
            float most = preview.mostError(drawn.uncertainty().expected());
            BufferedImage cut = preview.cut(volume, positions, null);
            preview.lay(drawn.uncertainty().expected(), most, cut);
            cuts.add(ErrorColors.withScale(framed(preview.lettered(cut), "expected error", marks), most));
        }
        BufferedImage all = beside(cuts);
        AtomicFile.write(file, out -> out.write(Png.bytes(all)));
    }

    private static BufferedImage beside(List<BufferedImage> cuts) {
        int width = cuts.stream().mapToInt(BufferedImage::getWidth).sum() + GAP * (cuts.size() - 1);
        BufferedImage all = new BufferedImage(width, cuts.getFirst().getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = all.createGraphics();
        int x = 0;
        for (BufferedImage cut : cuts) {
            graphics.drawImage(cut, x, 0, null);
            x += cut.getWidth() + GAP;
        }
        graphics.dispose();
        return all;
    }

    /** A cut with its caption below and, at its left, a bar on each acquired row. */
    private static BufferedImage framed(BufferedImage cut, String caption, boolean[] marks) {
        int left = marks == null ? 0 : MARGIN;
        BufferedImage framed = new BufferedImage(left + cut.getWidth(), cut.getHeight() + ErrorColors.CAPTION,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = framed.createGraphics();
        graphics.drawImage(cut, left, 0, null);
        graphics.setColor(ACQUIRED);
        for (int y = 0; marks != null && y < marks.length; y++) {
            if (marks[y]) {
                graphics.fillRect(0, y, MARGIN - 2, 1);
            }
        }
        graphics.setColor(Color.LIGHT_GRAY);
        graphics.drawString(caption, left + 4, cut.getHeight() + ErrorColors.CAPTION - 7);
        graphics.dispose();
        return framed;
    }

    /** For each row of a cut whether the slice there was acquired: its middle row only where slices are many rows. */
    private boolean[] marks(Provenance provenance) {
        double scale = scale();
        boolean[] marks = new boolean[height(scale)];
        for (int slice = 0; slice < provenance.count(); slice++) {
            if (provenance.isAcquired(slice)) {
                int y = marks.length - 1 - (int) Math.floor(positions[slice] * scale);
                marks[Math.clamp(y, 0, marks.length - 1)] = true;
            }
        }
        return marks;
    }

    /** The largest expected error on the cut, as the end of the colour scale. */
    private float mostError(Volume expected) {
        float most = 0;
        for (int slice = 0; slice < positions.length; slice++) {
            for (int column = 0; column < geometry.width(); column++) {
                most = Math.max(most, at(expected, slice, column));
            }
        }
        return most;
    }

    private void lay(Volume expected, float most, BufferedImage cut) {
        double scale = scale();
        for (int y = 0; y < cut.getHeight(); y++) {
            int slice = SlicePositions.nearest(positions, (cut.getHeight() - 1 - y + 0.5) / scale);
            for (int x = 0; x < cut.getWidth(); x++) {
                float error = at(expected, slice, column(x, scale));
                cut.setRGB(x, y, ErrorColors.over(cut.getRGB(x, y), most > 0 ? error / most : 0));
            }
        }
    }

    private double scale() {
        double extentX = extentX();
        double extentY = extentY();
        // A very long or flat stack must not become a giant picture.
        return Math.min(SHORTER_SIDE / Math.min(extentX, extentY), 4.0 * SHORTER_SIDE / Math.max(extentX, extentY));
    }

    private double extentX() {
        return Math.max(1, geometry.width() - 1) * geometry.columnSpacing();
    }

    private double extentY() {
        return Math.max(geometry.columnSpacing(), positions[positions.length - 1]);
    }

    private int height(double scale) {
        return Math.max(1, (int) Math.round(extentY() * scale));
    }

    private int column(int x, double scale) {
        return Math.min(geometry.width() - 1, (int) Math.round((x + 0.5) / scale / geometry.columnSpacing()));
    }

    /** The cut of row {@link #row}: columns to the right, the last slice on top, square millimetres. */
    private BufferedImage cut(Volume volume, double[] slicePositions, Volume mask) {
        double scale = scale();
        int width = Math.max(1, (int) Math.round(extentX() * scale));
        int height = height(scale);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        boolean[] inside = new boolean[width * height];
        for (int y = 0; y < height; y++) {
            double millimetres = (height - 1 - y + 0.5) / scale;
            int slice = SlicePositions.nearest(slicePositions, millimetres);
            int maskSlice = SlicePositions.nearest(positions, millimetres);
            for (int x = 0; x < width; x++) {
                int column = column(x, scale);
                int level = Math.round(255 * model.window().toUnit(at(volume, slice, column)));
                image.setRGB(x, y, level << 16 | level << 8 | level);
                inside[y * width + x] = mask != null && at(mask, maskSlice, column) >= LEVEL;
            }
        }
        outline(image, inside);
        return image;
    }

    private BufferedImage lettered(BufferedImage cut) {
        new EdgeLetters(geometry).onRow(cut, 0);
        return cut;
    }

    private static void outline(BufferedImage image, boolean[] inside) {
        int width = image.getWidth();
        for (int p = 0; p < inside.length; p++) {
            boolean right = p % width + 1 < width && inside[p] != inside[p + 1];
            boolean below = p + width < inside.length && inside[p] != inside[p + width];
            if (right || below) {
                image.setRGB(p % width, p / width, Outlines.ONE_MASK);
            }
        }
    }

    private float at(Volume volume, int slice, int column) {
        return switch (geometry.axis()) {
            case I -> volume.voxel(slice, column, row);
            case J -> volume.voxel(column, slice, row);
            case K, AUTO -> volume.voxel(column, row, slice);
        };
    }

    private int fullestRow(Volume mask) {
        int best = geometry.height() / 2;
        int most = 0;
        for (int r = 0; r < geometry.height(); r++) {
            int count = 0;
            for (int slice = 0; slice < positions.length; slice++) {
                for (int column = 0; column < geometry.width(); column++) {
                    float value = switch (geometry.axis()) {
                        case I -> mask.voxel(slice, column, r);
                        case J -> mask.voxel(column, slice, r);
                        case K, AUTO -> mask.voxel(column, r, slice);
                    };
                    count += value >= LEVEL ? 1 : 0;
                }
            }
            if (count > most) {
                most = count;
                best = r;
            }
        }
        return best;
    }
}
