package io.github.medgs.engine.vector;

import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ModelForm;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a model at several times at once: fold, find the bands, draw. Rendering and training share it.
 *
 * <p>Buffers grow with the model and are kept, so that drawing again allocates nothing.
 */
final class Drawing {

    /** Chunks of a task that fills entry lists: there is little to do for each. */
    private static final int CHUNKS_TOGETHER = 16;

    final int[] form;
    private final ModelForm modelForm;
    private final Workers workers;
    private final ChunkFolding[] folding;
    private final BandDrawing[] bandDrawing;
    private final int[][] cursors;
    private ViewBuffers[] views = new ViewBuffers[0];
    private int viewCount;
    private int bands;
    private int chunks;
    private FoldedGaussians gaussians;
    private int[] wanted = new int[0];

    // The loops' bodies, made once.
    private final Workers.Task foldChunk = this::foldChunk;
    private final Workers.Task foldChunkIntensities = this::foldChunkIntensities;
    private final Workers.Task fillChunks = this::fillChunks;
    private final Workers.Task drawBand = this::drawBand;

    Drawing(ModelForm modelForm, Workers workers) {
        this.modelForm = modelForm;
        this.form = modelForm.toKernel();
        this.workers = workers;
        this.folding = new ChunkFolding[workers.threads()];
        this.bandDrawing = new BandDrawing[workers.threads()];
        this.cursors = new int[workers.threads()][];
        this.bands = new ViewBuffers(modelForm.width(), modelForm.height(), isAlpha()).bands;
        for (int i = 0; i < folding.length; i++) {
            folding[i] = new ChunkFolding(form);
            bandDrawing[i] = new BandDrawing();
            cursors[i] = new int[bands + Apart.ROOM];
        }
    }

    boolean isAlpha() {
        return modelForm.compositing() == Compositing.ALPHA;
    }

    int bands() {
        return bands;
    }

    int chunks() {
        return chunks;
    }

    int viewCount() {
        return viewCount;
    }

    ViewBuffers view(int v) {
        return views[v];
    }

    /** Which Gaussians were folded, one bit each, a vector in an element. */
    int[] wanted() {
        return wanted;
    }

    ViewBuffers[] views() {
        return views;
    }

    /** Makes room for this many views of a model; then set each view's time and heads, and {@link #draw}. */
    void prepare(FoldedGaussians gaussians, int viewCount) {
        this.gaussians = gaussians;
        this.viewCount = viewCount;
        this.chunks = ViewBuffers.chunks(gaussians.count());
        if (views.length < viewCount) {
            List<ViewBuffers> more = new ArrayList<>(List.of(views));
            while (more.size() < viewCount) {
                more.add(new ViewBuffers(modelForm.width(), modelForm.height(), isAlpha()));
            }
            views = more.toArray(ViewBuffers[]::new);
        }
        for (int v = 0; v < viewCount; v++) {
            views[v].prepare(chunks);
        }
        if (wanted.length < chunks * ViewBuffers.GROUPS) {
            wanted = new int[(chunks + chunks / 4) * ViewBuffers.GROUPS];
        }
    }

    /** Folds, and draws. */
    void draw() {
        fold();
        drawBands();
    }

    /** Folds the Gaussians and lists the bands' entries. */
    void fold() {
        workers.forEach(chunks, foldChunk);
        for (int v = 0; v < viewCount; v++) {
            views[v].placeEntries(chunks);
        }
        workers.forEach(viewCount * groups(), fillChunks);
    }

    /** Folds intensities again, where nothing else of the model, and no view, has changed since {@link #fold}. */
    void foldIntensities() {
        workers.forEach(chunks, foldChunkIntensities);
        workers.forEach(viewCount * groups(), fillChunks);
    }

    /** Draws what was folded. */
    void drawBands() {
        workers.forEach(viewCount * bands, drawBand);
    }

    /** Whether any view drew any Gaussian of a chunk. */
    boolean drewAny(int chunk) {
        for (int v = 0; v < viewCount; v++) {
            if (views[v].drawnInChunk[chunk] > 0) {
                return true;
            }
        }
        return false;
    }

    private int groups() {
        return (chunks + CHUNKS_TOGETHER - 1) / CHUNKS_TOGETHER;
    }

    private void foldChunk(int chunk, int worker) {
        folding[worker].fold(gaussians, chunk, views, viewCount, wanted);
    }

    private void foldChunkIntensities(int chunk, int worker) {
        folding[worker].foldIntensities(gaussians, chunk, views, viewCount, wanted);
    }

    private void fillChunks(int task, int worker) {
        ViewBuffers view = views[task / groups()];
        int first = task % groups() * CHUNKS_TOGETHER;
        for (int chunk = first; chunk < Math.min(chunks, first + CHUNKS_TOGETHER); chunk++) {
            view.fillEntries(chunk, cursors[worker]);
        }
    }

    private void drawBand(int task, int worker) {
        bandDrawing[worker].draw(views[task / bands], task % bands);
    }

    /** Writes the gradient records of a band, once its pixels' gradient stands. */
    void bandGradient(int task, int worker) {
        bandDrawing[worker].gradient(views[task / bands], task % bands);
    }
}
