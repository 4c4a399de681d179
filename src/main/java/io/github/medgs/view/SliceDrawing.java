package io.github.medgs.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.VolumeRenderer;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;

/** Draws slices of a model at any depth, one at a time, as {@code medgs interpolate} would. */
final class SliceDrawing {

    /** How many drawings may wait; more than the panels of a few pages ask for at once. */
    private static final int MOST_WAITING = 8;

    private final Engine engine;
    private final ModelSource source;
    private final DrawingQueue queue = new DrawingQueue(MOST_WAITING);

    SliceDrawing(Engine engine, ModelSource source) {
        this.engine = engine;
        this.source = source;
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

    String engineName() {
        return engine.name();
    }

    /** How many Gaussians the model has now. */
    int gaussians() throws Exception {
        return source.lend(model -> model.gaussians().count());
    }

    /** @throws DrawingQueue.Overtaken when newer requests came first */
    Drawn slice(double millimetres) throws Exception {
        return queue.draw(() -> source.lend(model -> draw(model, millimetres)));
    }

    private Drawn draw(TrainedModel model, double millimetres) {
        VolumeRenderer.Rendered drawn =
                new VolumeRenderer(engine, model).render(new double[] {millimetres}, true, true, done -> {});
        // A volume of one slice has that slice's order, whichever its axis.
        return new Drawn(drawn.image() == null ? null : drawn.image().voxels(),
                drawn.mask() == null ? null : drawn.mask().voxels());
    }

    /** Which Gaussians made a pixel; see {@link PixelShares}. */
    ObjectNode shares(double millimetres, int column, int row, boolean mask, int most) throws Exception {
        return queue.draw(() -> source.lend(
                model -> new PixelShares(model, millimetres, column, row, mask).toJson(most)));
    }

    /** The whole of one head, slice by slice, so that single slices are drawn in between. */
    Volume volume(double[] positions, boolean mask) throws Exception {
        SliceGeometry geometry = source.frame().geometry();
        int pixels = geometry.width() * geometry.height();
        float[] slices = new float[Math.multiplyExact(positions.length, pixels)];
        for (int n = 0; n < positions.length; n++) {
            Drawn drawn = patiently(positions[n]);
            System.arraycopy(mask ? drawn.mask() : drawn.image(), 0, slices, n * pixels, pixels);
        }
        return geometry.volumeOf(slices, positions);
    }

    private Drawn patiently(double millimetres) throws Exception {
        while (true) {
            try {
                return slice(millimetres);
            } catch (DrawingQueue.Overtaken e) {
                Thread.sleep(1);
            }
        }
    }
}
