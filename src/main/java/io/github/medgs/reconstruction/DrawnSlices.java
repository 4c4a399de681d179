package io.github.medgs.reconstruction;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.LabelRenderer;
import io.github.medgs.engine.VolumeRenderer;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.interslice.MotionPredictor;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.trust.Provenance;
import io.github.medgs.trust.SliceTable;
import io.github.medgs.trust.TrustedDrawing;
import io.github.medgs.volume.LabelField;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * A model's volume as a recipe wants it, ready to be written.
 *
 * @param image {@code null} when that head was not wanted or not trained; {@code mask} likewise
 * @param labels of a model that knows them, where the mask was wanted, else {@code null}; the mask then is all of them
 * @param table which slices were acquired, and how sure the others are
 * @param uncertainty {@code null} where it was not wanted, or there is nothing to say it of
 */
public record DrawnSlices(Volume image, Volume mask, LabelField labels, SliceTable table, TrustedDrawing.Uncertainty uncertainty) {

    /**
     * Draws.
     *
     * @param motion of the acquired slices, or {@code null} where it is not known yet
     * @param image whether the image head is wanted; {@code mask} likewise
     */
    public static DrawnSlices of(Engine engine, TrainedModel model, MotionPredictor motion, SliceSpacing spacing,
            DrawingRecipe recipe, boolean image, boolean mask, int threads, RunListener listener) {
        return of(engine, model, motion, spacing, recipe, image, mask, LabelRenderer.ALL, threads, listener);
    }

    /**
     * The same with the mask of one structure of a model that knows labels.
     *
     * @param structure its place among the labels
     */
    public static DrawnSlices of(Engine engine, TrainedModel model, MotionPredictor motion, SliceSpacing spacing,
            DrawingRecipe recipe, boolean image, boolean mask, int structure, int threads, RunListener listener) {
        double[] positions = spacing.positions(model.geometry());
        boolean labelled = mask && model.labelled();
        boolean plainMask = mask && !labelled;
        Provenance provenance = Provenance.of(model.geometry().positions(), positions);
        boolean known = model.acquired() != null && image && model.image();
        boolean returned = recipe.acquired() && known;
        if (recipe.acquired() && (returned || labelled) && spacing.place() == null) {
            sayWhatIsMissing(model.geometry(), provenance, listener);
        }
        VolumeRenderer.Rendered rendered;
        TrustedDrawing.Uncertainty uncertainty = null;
        if (returned) {
            TrustedDrawing drawing = new TrustedDrawing(engine, model, motion, threads);
            try (RunListener.Progress progress = listener.begin("drawing", positions.length)) {
                rendered = drawing.render(provenance, image, plainMask, !recipe.floats(), progress::to);
            }
            if (recipe.uncertainty() && model.geometry().positions().length > 1) {
                try (RunListener.Progress progress = listener.begin("uncertainty", positions.length)) {
                    uncertainty = drawing.uncertainty(provenance, rendered.image(), recipe.band(), progress::to);
                }
            }
        } else {
            try (RunListener.Progress progress = listener.begin("drawing", positions.length)) {
                rendered = known
                        ? new TrustedDrawing(engine, model, motion, threads).renderAll(provenance, image, plainMask, progress::to)
                        : new VolumeRenderer(engine, model).render(positions, image, plainMask, progress::to);
            }
        }
        SliceTable table = new SliceTable(provenance, model.geometry().axis(),
                uncertainty == null ? null : uncertainty.perSlice(), returned,
                model.acquired() == null ? null : model.acquired().edited());
        if (!labelled) {
            return new DrawnSlices(rendered.image(), rendered.mask(), null, table, uncertainty);
        }
        try (RunListener.Progress progress = listener.begin("labels", positions.length)) {
            LabelRenderer.Drawn drawn = new LabelRenderer(engine, model)
                    .render(positions, structure, recipe.acquired(), progress::to);
            return new DrawnSlices(rendered.image(), model.geometry().volumeOf(drawn.inside(), positions),
                    LabelField.ofSlices(model.labels(), drawn.index(), drawn.margin(), model.geometry(), positions), table,
                    uncertainty);
        }
    }

    // Else somebody counts on slices that the volume does not have: it is drawn in equal steps, and they lie otherwise.
    private static void sayWhatIsMissing(SliceGeometry geometry, Provenance provenance, RunListener listener) {
        int missing = provenance.missing();
        if (missing == 0) {
            return;
        }
        double[] drawn = provenance.positions();
        OptionalDouble meeting = SliceSpacing.meetingAll(geometry, drawn.length > 1 ? drawn[1] : geometry.sourceSpacing());
        String where = missing == 1 ? "lies where the drawn volume has no slice, and is not in it"
                : "lie where the drawn volume has no slice, and are not in it";
        String remedy = meeting.isEmpty() ? "" : "; a spacing of " + Words.number(meeting.getAsDouble()) + " mm meets all";
        listener.say(missing + " of " + provenance.acquired().length + " acquired slices " + where + remedy);
    }

    /** Writes the image. */
    public void writeImage(Path file) throws IOException {
        VolumeFiles.write(image, file, table.remark());
    }

    /** Writes the expected error and the half width of the band, both in the image's units and on its grid. */
    public void writeUncertainty(Path expected, Path band) throws IOException {
        VolumeFiles.write(uncertainty.expected(), expected, table.remark("expected absolute error, 0 where acquired"));
        VolumeFiles.write(uncertainty.band(), band, table.remark("half width of the "
                + Words.number(100 * uncertainty.model().level()) + " % band, 0 where acquired"));
    }

    /** Writes the table of the slices. */
    public void writeTable(Path file) throws IOException {
        AtomicFile.writeText(file, table.csv());
    }
}
