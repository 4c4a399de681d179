package io.github.medgs.reconstruction;

import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.Png;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code preview.png}: a cut across the slices, as the input has it and as the model draws it, with the outlines of mask or
 * structures, and once more with the expected error laid over it. What slices hide is seen across them.
 */
final class Preview {

    private static final int SHORTER_SIDE = 420;
    private static final int GAP = 8;

    private final SliceGeometry geometry;
    private final int row;

    private Preview(SliceGeometry geometry, int row) {
        this.geometry = geometry;
        this.row = row;
    }

    /**
     * Writes the picture.
     *
     * @param input the volume that was learnt from
     */
    static void write(Path file, TrainedModel model, Volume input, DrawnSlices drawn) throws IOException {
        Outlines outlines = Outlines.of(drawn);
        SliceGeometry geometry = model.geometry();
        Preview preview = new Preview(geometry, outlines == null ? geometry.height() / 2 : outlines.fullestRow(geometry));
        List<BufferedImage> cuts = new ArrayList<>();
        cuts.add(preview.cut(PlanePicture.ofInput(model, input), "input"));
        String told = drawn.image() == null ? "mask as drawn" : drawn.table().returned() ? "acquired (light) and drawn (blue)" : "drawn";
        cuts.add(preview.cut(PlanePicture.ofDrawn(model, input, drawn), told));
        if (drawn.uncertainty() != null) {
            Volume expected = drawn.uncertainty().expected();
            float most = ErrorColors.most(expected.voxels());
            cuts.add(ErrorColors.withScale(preview.cut(
                    new PlanePicture(model, drawn.image(), null, drawn.table(), expected, most), "expected error"), most));
        }
        BufferedImage all = beside(cuts);
        AtomicFile.write(file, out -> out.write(Png.bytes(all)));
    }

    private BufferedImage cut(PlanePicture picture, String caption) {
        double width = geometry.width() * geometry.columnSpacing();
        double depth = picture.depth(geometry.columnSpacing());
        // A very long or flat stack must not become a giant picture.
        double scale = Math.min(SHORTER_SIDE / Math.min(width, depth), 4.0 * SHORTER_SIDE / Math.max(width, depth));
        return PlanePicture.captioned(picture.atRow(row, (int) Math.round(scale * Math.max(width, depth))), caption);
    }

    private static BufferedImage beside(List<BufferedImage> cuts) {
        int width = cuts.stream().mapToInt(BufferedImage::getWidth).sum() + GAP * (cuts.size() - 1);
        int height = cuts.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow();
        BufferedImage all = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = all.createGraphics();
        int x = 0;
        for (BufferedImage cut : cuts) {
            graphics.drawImage(cut, x, height - cut.getHeight(), null);
            x += cut.getWidth() + GAP;
        }
        graphics.dispose();
        return all;
    }
}
