package io.github.medgs.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.training.History;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What one page shows. What there is not is {@code null}; {@link SceneFiles} and {@link LiveRun} make them. */
public final class Scene {

    /** What the page was opened for. */
    enum Kind { RUN, MODEL, VOLUME, MESH, TRAINING }

    /**
     * A volume for three planes and space.
     *
     * @param id how requests name it
     * @param name for people
     * @param mask whether it is laid over others
     * @param volume read or drawn when it is first looked at; small enough for a browser
     */
    record Layer(String id, String name, boolean mask, Once<Volume> volume) {}

    /** @param rgb colour as 0xRRGGBB */
    record Surface(String name, int rgb, TriangleMesh mesh) {}

    final String title;
    final Kind kind;

    /** The slices: where they lie, and the intensities that are of interest. */
    SliceGeometry geometry;
    IntensityWindow window;

    /** Depths at which {@code interpolate} would draw by itself, in millimetres from the first slice. */
    double[] drawn = {};
    SliceDrawing drawing;
    InputSlices input;
    Once<List<Surface>> surfaces;
    JsonNode report;
    LiveRun live;
    EditSession edits;
    Supplier<List<History.Row>> history = List::of;
    final List<Layer> volumes = new ArrayList<>();

    /** The masks as their files have them, by name. */
    final Map<String, Once<Volume>> masks = new LinkedHashMap<>();
    final CopyOnWriteArrayList<String> notes = new CopyOnWriteArrayList<>();

    private final AtomicInteger changes = new AtomicInteger();

    Scene(String title, Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    /** How often the model has changed: by it a page knows whether it shows the present one. */
    int changes() {
        return changes.get();
    }

    /** What is made of the model must be made anew: it has changed. Counted last, so that who knows the number sees it. */
    void modelChanged() {
        volumes.forEach(layer -> layer.volume().forget());
        if (surfaces != null) {
            surfaces.forget();
        }
        changes.incrementAndGet();
    }

    /** Whatever the page cannot show and why, a line each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
