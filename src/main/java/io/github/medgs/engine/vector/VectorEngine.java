package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.LANES;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.ModelRenderer;
import io.github.medgs.engine.SessionSize;
import io.github.medgs.engine.Sharpening;
import io.github.medgs.engine.TrainingSession;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ModelForm;
import java.util.Objects;
import java.util.Optional;

/** The default engine: the Vector API on a fixed set of threads. */
public final class VectorEngine implements Engine {

    public static final String NAME = "vector";

    private final Workers workers;

    /** The buffers of the last form that was rendered: slices of one model follow each other. */
    private Drawing drawing;
    private ModelForm drawnForm;

    /** @param threads how many threads work, the caller's included */
    public VectorEngine(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        workers = new Workers(threads);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Vector API, " + workers.threads() + (workers.threads() == 1 ? " thread" : " threads") + " of "
                + LANES + " lanes";
    }

    @Override
    public Optional<String> slow() {
        return CompiledVectors.whyNot();
    }

    @Override
    public TrainingSession train(FoldedGaussians gaussians, AdamMoments moments) {
        return new VectorSession(gaussians, moments, workers);
    }

    /** With s the share, P views and G Gaussians: (63 + 65 s) P G for splats, entries and their gradients; 56 for a pixel of a view. */
    @Override
    public long trainingHeap(SessionSize size) {
        return (long) ((63 + 65 * size.share()) * size.views() * size.gaussians()) + 56L * size.views() * size.pixels();
    }

    @Override
    public synchronized void render(FoldedGaussians gaussians, float time, float[] image, float[] mask) {
        prepare(gaussians, time, image != null, mask != null);
        drawing.fold();
        draw(image, mask);
    }

    @Override
    public ModelRenderer renderer(FoldedGaussians gaussians) {
        Sharpening sharpening = new Sharpening(gaussians);
        return new ModelRenderer() {

            @Override
            public void render(float time, float[] image, float[] mask) {
                VectorEngine.this.render(gaussians, time, image, mask);
            }

            /** Between rounds nothing but intensities changes: all else is folded once. */
            @Override
            public void sharpen(float time, int from, int to, int rounds, int offset, float[] images, float[] masks) {
                synchronized (VectorEngine.this) {
                    prepare(gaussians, time, images != null, masks != null);
                    drawing.fold();
                    sharpening.carryOut(from, to, rounds, offset, images, masks, (image, mask) -> {
                        drawing.foldIntensities();
                        draw(image, mask);
                    });
                }
            }

            @Override
            public void close() {}
        };
    }

    private void prepare(FoldedGaussians gaussians, float time, boolean image, boolean mask) {
        if (!Objects.equals(drawnForm, gaussians.form())) {
            drawing = new Drawing(gaussians.form(), workers);
            drawnForm = gaussians.form();
        }
        drawing.prepare(gaussians, 1);
        drawing.view(0).aim(time, image, mask);
    }

    private void draw(float[] image, float[] mask) {
        drawing.drawBands();
        if (image != null) {
            drawing.view(0).image.copyTo(image);
        }
        if (mask != null) {
            drawing.view(0).mask.copyTo(mask);
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
