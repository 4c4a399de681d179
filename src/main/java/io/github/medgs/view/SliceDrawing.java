package io.github.medgs.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.LabelRenderer;
import io.github.medgs.engine.VolumeRenderer;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.trust.Provenance;
import io.github.medgs.trust.TrustedDrawing;
import io.github.medgs.volume.LabelField;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import java.util.concurrent.CompletableFuture;

/** Draws slices of a model at any depth, one at a time, as {@code medgs interpolate} would. */
final class SliceDrawing {

    /** How many drawings may wait; more than the panels of a few pages ask for at once. */
    private static final int MOST_WAITING = 8;

    private static final long MILLISECONDS_OF_PATIENCE = 5;

    private final Engine engine;
    private final ModelSource source;
    private final int threads;
    private TrustedDrawing joined;
    private TrainedModel joinedOf;
    private CompletableFuture<Void> preparation;
    private final DrawingQueue queue = new DrawingQueue(MOST_WAITING);

    /** @param threads for what the engine does not do */
    SliceDrawing(Engine engine, ModelSource source, int threads) {
        this.engine = engine;
        this.source = source;
        this.threads = threads;
    }

    /**
     * One slice.
     *
     * @param image in the input's units, {@code null} when that head was not trained; row by row
     * @param mask occupancy in [0, 1], likewise
     */
    record Drawn(float[] image, float[] mask) {}

    ModelSource.Frame frame() {
        return source.frame();
    }

    /** Whether acquired slices stand as they are among those that are drawn. */
    boolean holdsAcquired() {
        return source.standing() != null && source.standing().acquired() != null;
    }

    /** Which slices an edit changed: none while a model learns. */
    int[] edited() {
        return source.standing() == null ? new int[0] : source.standing().editedSlices();
    }

    String engineName() {
        return engine.name();
    }

    /** What a drawn slice needs of the stack is being worked out. */
    static final class Preparing extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param alone whether the model draws acquired slices too; else they stand as they are, where the model holds them,
     *     and the drawn ones join them, as {@code interpolate} does by itself
     * @throws DrawingQueue.Overtaken when newer requests came first
     * @throws Preparing when drawn slices cannot join acquired ones yet
     */
    Drawn slice(double millimetres, boolean alone) throws Exception {
        return slice(source.standing(), millimetres, alone);
    }

    /** @param standing {@code null} for one that learns */
    private Drawn slice(TrainedModel standing, double millimetres, boolean alone) throws Exception {
        if (standing == null) {
            return queue.draw(() -> source.lend(model -> drawnAlone(model, millimetres)));
        }
        if (alone || standing.acquired() == null) {
            return queue.draw(() -> drawnAlone(standing, millimetres));
        }
        Provenance provenance = Provenance.of(standing.geometry().positions(), new double[] {millimetres});
        if (provenance.drawn() > 0 && !prepared(standing)) {
            throw new Preparing();
        }
        return queue.draw(() -> drawn(joined(standing).render(provenance, true, true, true, done -> {})));
    }

    private Drawn drawnAlone(TrainedModel model, double millimetres) {
        return drawn(new VolumeRenderer(engine, model).render(new double[] {millimetres}, true, true, done -> {}));
    }

    private synchronized TrustedDrawing joined(TrainedModel model) {
        if (joinedOf != model) {
            joinedOf = model;
            preparation = null;
            joined = new TrustedDrawing(engine, model, null, threads);
        }
        return joined;
    }

    /** Whether drawn slices can join acquired ones; begins to make it so. */
    private synchronized boolean prepared(TrainedModel model) {
        TrustedDrawing drawing = joined(model);
        if (preparation == null) {
            preparation = CompletableFuture.runAsync(drawing::prepare, task -> Thread.ofPlatform().daemon().start(task));
        }
        return preparation.isDone() && preparation.join() == null;
    }

    // A volume of one slice has that slice's order, whichever its axis.
    private static Drawn drawn(VolumeRenderer.Rendered rendered) {
        return new Drawn(rendered.image() == null ? null : rendered.image().voxels(),
                rendered.mask() == null ? null : rendered.mask().voxels());
    }

    /** Which Gaussians made a pixel; see {@link PixelShares}. */
    ObjectNode shares(double millimetres, int column, int row, boolean mask, int most) throws Exception {
        return queue.draw(() -> source.lend(
                model -> new PixelShares(model, millimetres, column, row, mask).toJson(most)));
    }

    /**
     * The whole of one head, slice by slice, so that single slices are drawn in between, and all of the one model.
     *
     * @throws Once.Outdated when the model has changed since the first slice
     */
    Volume volume(double[] positions, boolean mask) throws Exception {
        TrainedModel standing = source.standing();
        SliceGeometry geometry = source.frame().geometry();
        int pixels = geometry.width() * geometry.height();
        float[] slices = new float[VolumeRenderer.voxels(positions.length, pixels)];
        for (int n = 0; n < positions.length; n++) {
            Drawn drawn = patiently(standing, positions[n]);
            System.arraycopy(mask ? drawn.mask() : drawn.image(), 0, slices, n * pixels, pixels);
        }
        return geometry.volumeOf(slices, positions);
    }

    /** The labels of the whole model. */
    LabelField labels(double[] positions) throws Exception {
        while (true) {
            try {
                return queue.draw(() -> source.lend(
                        model -> new LabelRenderer(engine, model).field(positions, true, _ -> { })));
            } catch (DrawingQueue.Overtaken e) {
                Thread.sleep(MILLISECONDS_OF_PATIENCE);
            }
        }
    }

    private Drawn patiently(TrainedModel standing, double millimetres) throws Exception {
        while (true) {
            if (source.standing() != standing) {
                throw new Once.Outdated();
            }
            try {
                return slice(standing, millimetres, false);
            } catch (DrawingQueue.Overtaken | Preparing e) {
                Thread.sleep(MILLISECONDS_OF_PATIENCE);
            }
        }
    }
}
