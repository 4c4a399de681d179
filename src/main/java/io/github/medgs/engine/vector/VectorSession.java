package io.github.medgs.engine.vector;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.StepLosses;
import io.github.medgs.engine.TrainingSession;
import io.github.medgs.engine.View;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.ParameterTable;
import java.util.Arrays;

/**
 * A training step: draw all views; loss and gradient of the pixels; gradients of the splats, band by band; then chunk by
 * chunk the gradient of the Gaussians, and at once the step of Adam.
 */
final class VectorSession implements TrainingSession {

    // Sums of one band of one view.
    private static final int IMAGE_LOSS = 0;
    private static final int IMAGE_SQUARED_ERROR = 1;
    private static final int IMAGE_SIMILARITY = 2;
    private static final int MASK_LOSS = 3;
    private static final int MASK_SQUARED_ERROR = 4;
    private static final int MASK_SIMILARITY = 5;
    private static final int SUMS = 6;

    private final FoldedGaussians gaussians;
    private final AdamMoments moments;
    private final DensityStatistics statistics;
    private final Workers workers;
    private final Drawing drawing;
    private final int bands;
    private final int pixels;
    private final SpreadRegulariser regulariser;
    private final SliceLoss[] sliceLosses;
    private final ChunkGradient[] chunkGradients;
    private final double[] sums;
    private final boolean[] countedView = new boolean[Step.MOST_VIEWS];

    private boolean warm;

    /** The step under way, and where its gradient goes when it does not go into Adam. */
    private Step step;
    private ParameterTable out;

    // The loops' bodies, made once.
    private final Workers.Task measureSpread = this::measureSpread;
    private final Workers.Task similarity = this::similarity;
    private final Workers.Task backward = this::backward;
    private final Workers.Task update = this::update;

    VectorSession(FoldedGaussians gaussians, AdamMoments moments, Workers workers) {
        ModelForm form = gaussians.form();
        this.gaussians = gaussians;
        this.moments = moments;
        this.workers = workers;
        this.statistics = new DensityStatistics(gaussians.capacity());
        this.regulariser = new SpreadRegulariser(workers.threads());
        this.drawing = new Drawing(form, workers);
        this.bands = drawing.bands();
        this.pixels = form.width() * form.height();
        this.sums = new double[Step.MOST_VIEWS * bands * SUMS];
        this.sliceLosses = new SliceLoss[workers.threads()];
        this.chunkGradients = new ChunkGradient[workers.threads()];
        for (int i = 0; i < workers.threads(); i++) {
            sliceLosses[i] = new SliceLoss(form.width(), form.height());
            chunkGradients[i] = new ChunkGradient(drawing.form, form.rows(), bands);
        }
    }

    @Override
    public StepLosses step(Step step) {
        if (!warm) {
            WarmUp.run(gaussians, step, workers);
            warm = true;
        }
        return run(step, null);
    }

    @Override
    public StepLosses gradient(Step step, ParameterTable gradient) {
        return run(step, gradient);
    }

    /** @param out where the gradient goes; {@code null} moves the parameters by it */
    StepLosses run(Step step, ParameterTable out) {
        this.step = step;
        this.out = out;
        drawing.prepare(gaussians, step.views().size());
        for (int v = 0; v < drawing.viewCount(); v++) {
            show(step.views().get(v), drawing.view(v));
            countedView[v] = step.views().get(v).counted();
        }
        regulariser.prepare(step.spreadPenalty(), drawing.chunks());
        double spread = 0;
        if (regulariser.isWanted()) {
            workers.forEach(drawing.chunks(), measureSpread);
            spread = regulariser.finish(drawing.chunks());
        }
        drawing.draw();
        Arrays.fill(sums, 0);
        if (hasSimilarity()) {
            workers.forEach(drawing.viewCount() * bands, similarity);
        }
        workers.forEach(drawing.viewCount() * bands, backward);
        workers.forEach(drawing.chunks(), update);
        this.step = null;
        this.out = null;
        return losses(step, spread);
    }

    private static void show(View view, ViewBuffers buffers) {
        buffers.aim(view.time(), view.image() != null, view.mask() != null);
        if (buffers.drawsImage && view.imageCost().structural() > 0f) {
            buffers.image.needSlopes();
        }
        if (buffers.drawsMask && view.maskCost().structural() > 0f) {
            buffers.mask.needSlopes();
        }
    }

    private boolean hasSimilarity() {
        for (int v = 0; v < drawing.viewCount(); v++) {
            View view = step.views().get(v);
            if (view.image() != null && view.imageCost().structural() > 0f
                    || view.mask() != null && view.maskCost().structural() > 0f) {
                return true;
            }
        }
        return false;
    }

    private void measureSpread(int chunk, int worker) {
        regulariser.measure(gaussians, chunk, worker);
    }

    private void similarity(int task, int worker) {
        View view = step.views().get(task / bands);
        ViewBuffers buffers = drawing.view(task / bands);
        int first = buffers.firstRow(task % bands);
        int last = buffers.lastRow(task % bands);
        if (view.image() != null && view.imageCost().structural() > 0f) {
            sums[task * SUMS + IMAGE_SIMILARITY] =
                    sliceLosses[worker].similaritySlopes(buffers.image, view.image(), first, last);
        }
        if (view.mask() != null && view.maskCost().structural() > 0f) {
            sums[task * SUMS + MASK_SIMILARITY] =
                    sliceLosses[worker].similaritySlopes(buffers.mask, view.mask(), first, last);
        }
    }

    private void backward(int task, int worker) {
        View view = step.views().get(task / bands);
        ViewBuffers buffers = drawing.view(task / bands);
        int band = task % bands;
        int first = buffers.firstRow(band);
        int last = buffers.lastRow(band);
        SliceLoss loss = sliceLosses[worker];
        if (view.image() != null) {
            loss.gradient(buffers.image, view.image(), view.imageCost(), first, last);
            sums[task * SUMS + IMAGE_LOSS] = loss.loss;
            sums[task * SUMS + IMAGE_SQUARED_ERROR] = loss.squaredError;
        }
        if (view.mask() != null) {
            loss.gradient(buffers.mask, view.mask(), view.maskCost(), first, last);
            sums[task * SUMS + MASK_LOSS] = loss.loss;
            sums[task * SUMS + MASK_SQUARED_ERROR] = loss.squaredError;
        }
        drawing.bandGradient(task, worker);
    }

    private void update(int chunk, int worker) {
        if (out == null && step.drawnOnly() && !drawing.drewAny(chunk)) {
            return;
        }
        ChunkGradient gradient = chunkGradients[worker];
        gradient.gather(gaussians, chunk, drawing.views(), drawing.viewCount(), drawing.wanted(), countedView);
        if (regulariser.isWanted()) {
            regulariser.addGradient(gaussians, chunk, gradient.gradient(), worker);
        }
        if (out != null) {
            gradient.copyTo(out.values(), out.capacity(), chunk, gaussians.count());
            return;
        }
        if (step.statistics()) {
            gradient.addTo(statistics, chunk);
        }
        AdamRows.apply(gaussians, moments, step, gradient, chunk);
    }

    private StepLosses losses(Step step, double spread) {
        StepLosses.Sum losses = new StepLosses.Sum();
        for (int v = 0; v < step.views().size(); v++) {
            View view = step.views().get(v);
            if (view.image() != null) {
                losses.addImage(view, loss(v, view.imageCost(), IMAGE_LOSS, IMAGE_SIMILARITY),
                        total(v, IMAGE_SQUARED_ERROR) / pixels);
            }
            if (view.mask() != null) {
                losses.addMask(view, loss(v, view.maskCost(), MASK_LOSS, MASK_SIMILARITY),
                        total(v, MASK_SQUARED_ERROR) / pixels);
            }
        }
        return losses.with(spread);
    }

    private double loss(int view, View.PixelCost cost, int loss, int similarity) {
        return (total(view, loss) - cost.structural() * total(view, similarity)) / pixels + cost.structural();
    }

    private double total(int view, int which) {
        double total = 0;
        for (int band = 0; band < bands; band++) {
            total += sums[(view * bands + band) * SUMS + which];
        }
        return total;
    }

    @Override
    public DensityStatistics statistics() {
        return statistics;
    }

    @Override
    public void clearStatistics() {
        statistics.clear();
    }

    @Override
    public void restoreStatistics(DensityStatistics saved) {
        statistics.set(saved);
    }

    @Override
    public void download() {}

    @Override
    public void upload() {}

    @Override
    public void close() {}
}
