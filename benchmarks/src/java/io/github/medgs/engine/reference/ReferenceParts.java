package io.github.medgs.engine.reference;

import io.github.medgs.benchmarks.Parts;
import io.github.medgs.benchmarks.Workload;
import io.github.medgs.engine.View;
import io.github.medgs.engine.View.PixelCost;
import io.github.medgs.model.ParameterTable;

/** The reference's parts. Its drawing allocates what it works on, as it is made for one view. */
public final class ReferenceParts implements Parts {

    private final Workload workload;
    private final View view;
    private final SliceLoss sliceLoss;
    private final float[] image;
    private final float[] mask;
    private final float[] dImage;
    private final float[] dMask;
    private final ParameterTable gradient;
    private SliceDrawing drawing;

    public ReferenceParts(Workload workload) {
        this.workload = workload;
        this.view = workload.step().views().getFirst();
        int width = workload.gaussians().form().width();
        int height = workload.gaussians().form().height();
        this.sliceLoss = new SliceLoss(width, height);
        this.image = new float[width * height];
        this.mask = new float[width * height];
        this.dImage = new float[width * height];
        this.dMask = new float[width * height];
        this.gradient = new ParameterTable(workload.gaussians().form().rows(), workload.gaussians().capacity());
    }

    @Override
    public void prepare() {
        fold();
        draw();
        sliceLoss.lossAndGradient(image, view.image(), view.imageCost(), dImage);
        sliceLoss.lossAndGradient(mask, view.mask(), view.maskCost(), dMask);
    }

    @Override
    public void fold() {
        drawing = new SliceDrawing(workload.gaussians(), view.time());
    }

    @Override
    public void draw() {
        drawing.draw(true, true);
        drawing.copyImage(image);
        drawing.copyMask(mask);
    }

    @Override
    public void gradient() {
        drawing.addGradient(image, dImage, mask, dMask, gradient, null);
    }

    @Override
    public void similarity() {
        sliceLoss.lossAndGradient(image, view.image(), new PixelCost(0f, 0f, 1f), dImage);
    }

    @Override
    public void close() {}
}
