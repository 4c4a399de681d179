package io.github.medgs.engine.tornado;

import static io.github.medgs.engine.tornado.kernels.StepLayout.LOG_ROWS;

import io.github.medgs.engine.ModelRenderer;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.plan.RenderPlan;
import io.github.medgs.engine.tornado.plan.Shape;
import io.github.medgs.engine.tornado.plan.SharpenPlan;
import io.github.medgs.model.FoldedGaussians;

/** Draws slices of one model, which lies on the device, with plans that are kept from slice to slice. */
final class Renderer implements ModelRenderer {

    private final Device device;
    private final FoldedGaussians gaussians;
    private RenderPlan drawing;
    private SharpenPlan sharpening;
    private boolean sharpened;

    Renderer(Device device, FoldedGaussians gaussians) {
        this.device = device;
        this.gaussians = gaussians;
    }

    boolean draws(FoldedGaussians other) {
        return gaussians == other;
    }

    /** Has the next drawing take the host's model up anew. */
    void upload() {
        if (drawing != null) {
            drawing.upload(gaussians.count());
        }
    }

    @Override
    public void render(float time, float[] image, float[] mask) {
        bringHere();
        if (drawing == null) {
            draw(EntryEstimate.of(gaussians, time));
        }
        while (!drawing.render(time, image, mask)) {
            draw(Math.multiplyExact(2, drawing.shape().entries()));
        }
    }

    private void draw(int entries) {
        closeDrawing();
        drawing = new RenderPlan(device, shape(entries), gaussians.parameters().values());
        drawing.upload(gaussians.count());
    }

    private Shape shape(int entries) {
        return new Shape(gaussians.form(), gaussians.capacity(), 1, entries);
    }

    @Override
    public void sharpen(float time, int from, int to, int rounds, int offset, float[] images, float[] masks) {
        closeDrawing();
        if (sharpening == null) {
            sharpenWith(EntryEstimate.of(gaussians, time));
        }
        int done = 0;
        while (done < rounds) {
            sharpening.aim(time, from, to, offset, images, masks);
            int sent = Math.min(rounds - done, LOG_ROWS);
            for (int row = 0; row < sent; row++) {
                sharpening.round(row);
            }
            sharpened = true;
            int fitted = sharpening.fitted(sent);
            done += fitted;
            if (fitted < sent) {
                sharpenWith(Math.multiplyExact(2, sharpening.shape().entries()));
            }
        }
    }

    private void sharpenWith(int entries) {
        bringHere();
        sharpening = new SharpenPlan(device, shape(entries), gaussians.parameters().values());
        sharpening.upload(gaussians.count());
    }

    private void bringHere() {
        if (sharpening != null) {
            if (sharpened) {
                sharpening.download();
            }
            sharpening.close();
            sharpening = null;
            sharpened = false;
        }
    }

    private void closeDrawing() {
        if (drawing != null) {
            drawing.close();
            drawing = null;
        }
    }

    @Override
    public void close() {
        bringHere();
        closeDrawing();
    }
}
