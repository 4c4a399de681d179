package io.github.medgs.reconstruction;

import io.github.medgs.files.AtomicFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * {@code preview.png}: a cut across the slices, as the input has it and as the model draws it, with the mask's outline.
 * What slices hide is seen across them.
 */
final class Preview {

    private static final int SHORTER_SIDE = 420;
    private static final int GAP = 8;
    private static final float LEVEL = 0.5f;
    private static final int OUTLINE = new Color(255, 196, 0).getRGB();

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
     * @param drawn the model's volume at {@code positions}, or {@code null} without an image head
     * @param mask the model's mask field there, or {@code null}
     */
    static void write(Path file, TrainedModel model, Volume input, Volume drawn, Volume mask, double[] positions)
            throws IOException {
        Preview preview = new Preview(model, positions, mask);
        BufferedImage left = preview.cut(input, model.geometry().positions(), null);
        BufferedImage right = preview.cut(drawn == null ? input : drawn,
                drawn == null ? model.geometry().positions() : positions, mask);
        BufferedImage both = new BufferedImage(left.getWidth() + GAP + right.getWidth(), left.getHeight(),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = both.createGraphics();
        graphics.drawImage(left, 0, 0, null);
        graphics.drawImage(right, left.getWidth() + GAP, 0, null);
        graphics.dispose();
        AtomicFile.write(file, out -> ImageIO.write(both, "png", out));
    }

    /** The cut of row {@link #row}: columns to the right, the last slice on top, square millimetres. */
    private BufferedImage cut(Volume volume, double[] slicePositions, Volume mask) {
        double extentX = Math.max(1, geometry.width() - 1) * geometry.columnSpacing();
        double extentY = Math.max(geometry.columnSpacing(), positions[positions.length - 1]);
        double scale = SHORTER_SIDE / Math.min(extentX, extentY);
        // A very long or flat stack must not become a giant picture.
        scale = Math.min(scale, 4.0 * SHORTER_SIDE / Math.max(extentX, extentY));
        int width = Math.max(1, (int) Math.round(extentX * scale));
        int height = Math.max(1, (int) Math.round(extentY * scale));
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        boolean[] inside = new boolean[width * height];
        for (int y = 0; y < height; y++) {
            double millimetres = (height - 1 - y + 0.5) / scale;
            int slice = nearest(slicePositions, millimetres);
            int maskSlice = nearest(positions, millimetres);
            for (int x = 0; x < width; x++) {
                int column = Math.min(geometry.width() - 1,
                        (int) Math.round((x + 0.5) / scale / geometry.columnSpacing()));
                int level = Math.round(255 * model.window().toUnit(at(volume, slice, column)));
                image.setRGB(x, y, level << 16 | level << 8 | level);
                inside[y * width + x] = mask != null && at(mask, maskSlice, column) >= LEVEL;
            }
        }
        outline(image, inside);
        return image;
    }

    private static void outline(BufferedImage image, boolean[] inside) {
        int width = image.getWidth();
        for (int p = 0; p < inside.length; p++) {
            boolean right = p % width + 1 < width && inside[p] != inside[p + 1];
            boolean below = p + width < inside.length && inside[p] != inside[p + width];
            if (right || below) {
                image.setRGB(p % width, p / width, OUTLINE);
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

    private static int nearest(double[] positions, double millimetres) {
        int found = Arrays.binarySearch(positions, millimetres);
        if (found >= 0) {
            return found;
        }
        int after = Math.min(-found - 1, positions.length - 1);
        int before = Math.max(0, after - 1);
        return millimetres - positions[before] <= positions[after] - millimetres ? before : after;
    }
}
