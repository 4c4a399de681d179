package io.github.medgs.engine.vector;

import io.github.medgs.benchmarks.Parts;
import io.github.medgs.benchmarks.Workload;
import io.github.medgs.engine.View;
import io.github.medgs.engine.View.PixelCost;

/** The vector engine's parts, on one thread. */
public final class VectorParts implements Parts {

    private final Workload workload;
    private final View view;
    private final Workers workers = new Workers(1);
    private final Drawing drawing;
    private final SliceLoss sliceLoss;
    private final ChunkGradient chunkGradient;
    private final boolean[] counted = {true};

    public VectorParts(Workload workload) {
        this.workload = workload;
        this.view = workload.step().views().getFirst();
        this.drawing = new Drawing(workload.gaussians().form(), workers);
        this.sliceLoss = new SliceLoss(workload.gaussians().form().width(), workload.gaussians().form().height());
        this.chunkGradient = new ChunkGradient(drawing.form, workload.gaussians().form().rows(), drawing.bands());
        drawing.prepare(workload.gaussians(), 1);
        ViewBuffers buffers = drawing.view(0);
        buffers.time = view.time();
        buffers.drawsImage = true;
        buffers.drawsMask = true;
        buffers.image.needSlopes();
    }

    @Override
    public void prepare() {
        fold();
        draw();
        ViewBuffers buffers = drawing.view(0);
        for (int band = 0; band < buffers.bands; band++) {
            int first = buffers.firstRow(band);
            int last = buffers.lastRow(band);
            sliceLoss.gradient(buffers.image, view.image(), new PixelCost(1f, 1f, 0f), first, last);
            sliceLoss.gradient(buffers.mask, view.mask(), new PixelCost(1f, 1f, 0f), first, last);
        }
    }

    @Override
    public void fold() {
        drawing.fold();
    }

    @Override
    public void draw() {
        drawing.drawBands();
    }

    @Override
    public void gradient() {
        for (int band = 0; band < drawing.bands(); band++) {
            drawing.bandGradient(band, 0);
        }
        for (int chunk = 0; chunk < drawing.chunks(); chunk++) {
            chunkGradient.gather(workload.gaussians(), chunk, drawing.views(), 1, drawing.wanted(), counted);
        }
    }

    @Override
    public void similarity() {
        ViewBuffers buffers = drawing.view(0);
        for (int band = 0; band < buffers.bands; band++) {
            sliceLoss.similaritySlopes(buffers.image, view.image(), buffers.firstRow(band), buffers.lastRow(band));
        }
        for (int band = 0; band < buffers.bands; band++) {
            sliceLoss.gradient(buffers.image, view.image(), new PixelCost(0f, 0f, 1f), buffers.firstRow(band),
                    buffers.lastRow(band));
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
