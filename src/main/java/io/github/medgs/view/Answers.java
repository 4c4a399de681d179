package io.github.medgs.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.github.medgs.InputException;
import io.github.medgs.surface.Measures;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.nifti.NiftiWriter;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the page may ask, by name. Numbers come in the query; nothing else does. */
final class Answers implements AutoCloseable {

    private static final String BINARY = "application/octet-stream";
    private static final int MOST_GAUSSIANS = 24;
    private static final int LONGEST_BODY = 1 << 18;

    /** One kind of request. */
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange, Query query) throws Exception;
    }

    private final Scene scene;

    /** Tells pages what a run does and that the model was edited; and, by being there, that the server is. */
    private final EventStream events;

    private final Map<String, Answer> gets = Map.of(
            "state.json", (exchange, query) -> Reply.json(exchange, StateJson.of(this.scene())),
            "slice", this::slice,
            "acquired", this::acquired,
            "gaussians.json", this::gaussians,
            "surfaces.json", this::surfaces,
            "surface.mz3", this::surface,
            "volume.nii", this::volume,
            "edits.json", this::edits,
            "edited.medgs", this::editedModel,
            "events", (exchange, query) -> this.events().serve(exchange, "edited", this::changes));

    private final Map<String, Answer> posts = Map.of(
            "stop", this::stop,
            "edit", this::edit,
            "undo", this::undo);

    Answers(Scene scene) {
        this.scene = scene;
        this.events = scene.live == null ? new EventStream() : scene.live.events();
    }

    Map<String, Answer> gets() {
        return gets;
    }

    Map<String, Answer> posts() {
        return posts;
    }

    private Scene scene() {
        return scene;
    }

    private EventStream events() {
        return events;
    }

    /** {@code slice?mm=&alone=0|1}: float32 image in the input's units, if there is an image head, then 8-bit occupancy, if a mask's. */
    private void slice(HttpExchange exchange, Query query) throws Exception {
        SliceDrawing.Drawn drawn = drawing().slice(millimetres(query), query.word("alone").equals("1"));
        int pixels = scene.geometry.width() * scene.geometry.height();
        ByteBuffer bytes = ByteBuffer.allocate((drawn.image() == null ? 0 : 4 * pixels)
                + (drawn.mask() == null ? 0 : pixels)).order(ByteOrder.LITTLE_ENDIAN);
        if (drawn.image() != null) {
            bytes.asFloatBuffer().put(drawn.image());
            bytes.position(4 * pixels);
        }
        putMask(drawn.mask() == null ? new float[0] : drawn.mask(), bytes);
        Reply.bytes(exchange, BINARY, bytes.array());
    }

    private static void putMask(float[] mask, ByteBuffer bytes) {
        for (float inside : mask) {
            bytes.put((byte) Math.round(255 * inside));
        }
    }

    /** {@code acquired?slice=}: the same of an input slice. */
    private void acquired(HttpExchange exchange, Query query) throws IOException {
        InputSlices input = present(scene.input, "the input");
        int f = query.index("slice", input.count());
        float[] image = input.image(f);
        float[] mask = input.hasMask() ? input.mask(f) : new float[0];
        ByteBuffer bytes = ByteBuffer.allocate(4 * image.length + mask.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(image);
        bytes.position(4 * image.length);
        putMask(mask, bytes);
        Reply.bytes(exchange, BINARY, bytes.array());
    }

    /** {@code gaussians.json?mm=&column=&row=&head=image|mask}. */
    private void gaussians(HttpExchange exchange, Query query) throws Exception {
        boolean mask = query.word("head").equals("mask");
        ModelSource.Frame frame = drawing().frame();
        present((mask ? frame.mask() : frame.image()) ? frame : null, "that head");
        Reply.json(exchange, drawing().shares(millimetres(query), query.index("column", scene.geometry.width()),
                query.index("row", scene.geometry.height()), mask, MOST_GAUSSIANS));
    }

    private void surfaces(HttpExchange exchange, Query query) throws Exception {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Scene.Surface surface : made(present(scene.surfaces, "a surface"))) {
            ObjectNode node = list.addObject();
            node.put("name", surface.name());
            node.put("color", String.format(Locale.ROOT, "#%06x", surface.rgb()));
            node.put("triangles", surface.mesh().triangleCount());
            node.put("volumeMm3", Measures.signedVolume(surface.mesh()));
            node.put("areaMm2", Measures.area(surface.mesh()));
        }
        Reply.json(exchange, list);
    }

    /** {@code surface.mz3?n=}. */
    private void surface(HttpExchange exchange, Query query) throws Exception {
        List<Scene.Surface> surfaces = made(present(scene.surfaces, "a surface"));
        Reply.bytes(exchange, BINARY, Mz3.encode(surfaces.get(query.index("n", surfaces.size())).mesh()));
    }

    /** {@code volume.nii?id=}: small enough for a browser, in the smallest type that holds it. */
    private void volume(HttpExchange exchange, Query query) throws Exception {
        Scene.Layer layer = scene.volumes.stream().filter(each -> each.id().equals(query.word("id"))).findAny()
                .orElse(null);
        Volume volume = made(present(layer, "that volume").volume());
        StoredVoxels plain = StoredVoxels.computed(volume.voxels());
        ScalarType type = plain.smallest(EnumSet.of(ScalarType.UINT8, ScalarType.INT16, ScalarType.FLOAT32));
        try (OutputStream out = new BufferedOutputStream(Reply.begin(exchange, BINARY), 1 << 16)) {
            NiftiWriter.write(new Volume(volume.grid(), StoredVoxels.exactly(volume.voxels(), Storage.plain(type))),
                    Remark.NONE, out);
        }
    }

    /** What is made late may come with a note: pages that are open hear of it. */
    private <T> T made(Once<T> once) throws Exception {
        int before = scene.notes.size();
        T made = once.get();
        if (scene.notes.size() > before) {
            events.publish("notes", StateJson.notes(scene));
        }
        return made;
    }

    private void stop(HttpExchange exchange, Query query) throws IOException {
        LiveRun live = present(scene.live, "a run that trains");
        live.stop();
        Reply.json(exchange, live.progress());
    }

    private void edits(HttpExchange exchange, Query query) throws Exception {
        EditSession session = present(scene.edits, "a model to edit");
        // The number first: a list that is newer than its number is only asked for again.
        int changes = scene.changes();
        Reply.json(exchange, StateJson.standing(scene, session.toJson().put("changes", changes)));
    }

    /** {@code edit}: the body is a list of edits, carried out after those so far. */
    private void edit(HttpExchange exchange, Query query) throws Exception {
        EditSession session = present(scene.edits, "a model to edit");
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            throw new InputException("the list", "is longer than " + LONGEST_BODY + " bytes", "send a shorter one");
        }
        session.append(new String(body, StandardCharsets.UTF_8));
        edited(exchange, query);
    }

    private void undo(HttpExchange exchange, Query query) throws Exception {
        present(scene.edits, "a model to edit").undo();
        edited(exchange, query);
    }

    /** Other pages hear of it as well: all show the one model. */
    private void edited(HttpExchange exchange, Query query) throws Exception {
        scene.modelChanged();
        events.publish("edited", changes());
        edits(exchange, query);
    }

    private JsonNode changes() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("changes", scene.changes());
        return scene.drawing == null ? node : StateJson.standing(scene, node);
    }

    private void editedModel(HttpExchange exchange, Query query) throws Exception {
        EditSession session = present(scene.edits, "a model to edit");
        // An answer that has begun cannot say any more that the file could not be made.
        Path file = session.modelFile();
        try {
            Reply.file(exchange, BINARY, file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private SliceDrawing drawing() {
        return present(scene.drawing, "a model");
    }

    private double millimetres(Query query) {
        double[] positions = scene.geometry.positions();
        return query.number("mm", 0, positions[positions.length - 1]);
    }

    private static <T> T present(T thing, String what) {
        if (thing == null) {
            throw new InputException("this page", "has not got " + what, "ask for what its state.json lists");
        }
        return thing;
    }

    @Override
    public void close() {
        events.close();
    }
}
