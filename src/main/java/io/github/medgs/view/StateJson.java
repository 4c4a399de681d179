package io.github.medgs.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.training.History;
import io.github.medgs.volume.SliceGeometry;
import java.util.Locale;

/** {@code state.json}: all that a page must know to begin. */
final class StateJson {

    private StateJson() {}

    static ObjectNode of(Scene scene) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("title", scene.title);
        root.put("kind", scene.kind.name().toLowerCase(Locale.ROOT));
        if (scene.geometry != null) {
            root.set("slices", slices(scene));
            root.putObject("window").put("low", scene.window.low()).put("high", scene.window.high());
        }
        if (scene.drawing != null) {
            ObjectNode model = root.putObject("model");
            model.put("image", scene.drawing.frame().image());
            model.put("mask", scene.drawing.frame().mask());
            standing(scene, model);
            model.put("engine", scene.drawing.engineName());
        }
        root.put("editable", scene.edits != null);
        root.put("changes", scene.changes());
        if (scene.input != null) {
            ObjectNode input = root.putObject("input").put("mask", scene.input.hasMask());
            put(input, "edited", scene.input.edited());
        }
        ArrayNode volumes = root.putArray("volumes");
        for (Scene.Layer layer : scene.volumes) {
            volumes.addObject().put("id", layer.id()).put("name", layer.name()).put("mask", layer.mask());
        }
        root.put("surfaces", scene.surfaces != null);
        root.set("notes", notes(scene));
        if (scene.report != null) {
            root.set("report", scene.report);
        }
        ArrayNode history = root.putArray("history");
        scene.history.get().forEach(row -> history.add(row(row)));
        if (scene.live != null) {
            root.set("live", scene.live.progress());
        }
        return root;
    }

    /** What an edit changes of the model's slices: whether they stand among the drawn ones, and which are edited. */
    static ObjectNode standing(Scene scene, ObjectNode node) {
        node.put("acquired", scene.drawing.holdsAcquired());
        put(node, "edited", scene.drawing.edited());
        return node;
    }

    private static void put(ObjectNode node, String name, int[] values) {
        ArrayNode array = node.putArray(name);
        for (int value : values) {
            array.add(value);
        }
    }

    /** What cannot be shown and why, as far as it is known. */
    static ArrayNode notes(Scene scene) {
        ArrayNode notes = JsonNodeFactory.instance.arrayNode();
        scene.notes.forEach(notes::add);
        return notes;
    }

    private static ObjectNode slices(Scene scene) {
        SliceGeometry geometry = scene.geometry;
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("width", geometry.width());
        node.put("height", geometry.height());
        node.put("columnMm", geometry.columnSpacing());
        node.put("rowMm", geometry.rowSpacing());
        node.put("spacingMm", geometry.sourceSpacing());
        node.put("axis", geometry.axis().index());
        ArrayNode positions = node.putArray("positions");
        for (double position : geometry.positions()) {
            positions.add(position);
        }
        // Where interpolate would draw by itself: as many depths, the same doubles.
        node.put("stepMm", scene.drawn.length > 1 ? scene.drawn[1] : geometry.sourceSpacing());
        ArrayNode affine = node.putArray("affine");
        for (double value : geometry.affine()) {
            affine.add(value);
        }
        return node;
    }

    /** A row of the history; what does not apply is {@code null}. */
    static ObjectNode row(History.Row row) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("iteration", row.iteration());
        put(node, "loss", row.loss());
        put(node, "psnr", row.psnr());
        put(node, "maskError", row.maskError());
        node.put("gaussians", row.gaussians());
        node.put("seconds", row.seconds());
        return node;
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
