package io.github.medgs.edit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A list of edits as JSON, with everything in RAS and every default written out. */
final class EditsWriter {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private EditsWriter() {}

    static String write(Edits edits) {
        ObjectNode root = NODES.objectNode();
        root.put("frame", "RAS");
        ArrayNode list = root.putArray("edits");
        edits.list().forEach(edit -> list.add(node(edit)));
        return root.toPrettyString() + "\n";
    }

    static ObjectNode node(Edit edit) {
        ObjectNode node = NODES.objectNode();
        node.set("select", node(edit.select()));
        switch (edit.change()) {
            case Change.Move move -> addMove(node, move);
            case Change.SetIntensity set -> node.put("setIntensity", set.value());
            case Change.ScaleIntensity scale ->
                node.putObject("scaleIntensity").put("factor", scale.factor()).put("about", scale.about());
            case Change.Fade fade -> node.put("fade", fade.left());
            case Change.Delete delete -> node.put("delete", true);
        }
        if (edit.change().leavesHole()) {
            switch (edit.fill()) {
                case Fill.Neighbours neighbours -> node.put("fill", "neighbours");
                case Fill.None none -> node.put("fill", "none");
                case Fill.Background background -> node.putObject("fill").put("background", background.intensity());
            }
        }
        return node;
    }

    private static void addMove(ObjectNode node, Change.Move move) {
        if (move.scale()[0] != 1 || move.scale()[1] != 1 || move.scale()[2] != 1) {
            node.set("scale", array(move.scale()));
        }
        if (move.degrees() != 0) {
            node.putObject("rotate").put("degrees", move.degrees()).set("axis", array(move.axis()));
        }
        if (move.about() != null) {
            node.set("aboutMm", array(move.about()));
        }
        node.set("translateMm", array(move.translation()));
        if (move.duplicate()) {
            node.put("duplicate", true);
        }
    }

    private static ObjectNode node(Selection selection) {
        ObjectNode node = NODES.objectNode();
        switch (selection) {
            case Selection.Mask mask -> {
                node.put("mask", mask.file());
                if (mask.label() != 0) {
                    node.put("label", mask.label());
                }
            }
            case Selection.Structure structure -> {
                // A name such as 007 is no number.
                if (structure.label().matches("0|-?[1-9][0-9]{0,17}")) {
                    node.put("label", Long.parseLong(structure.label()));
                } else {
                    node.put("label", structure.label());
                }
            }
            case Selection.Box box -> {
                ObjectNode inner = node.putObject("box");
                inner.set("fromMm", array(box.from()));
                inner.set("toMm", array(box.to()));
            }
            case Selection.Sphere sphere ->
                node.putObject("sphere").put("radiusMm", sphere.radius()).set("centreMm", array(sphere.centre()));
            case Selection.Polygon polygon -> {
                ObjectNode inner = node.putObject("polygon");
                ArrayNode points = inner.putArray("pointsMm");
                polygon.points().forEach(point -> points.add(array(point)));
                inner.set("depthMm", array(polygon.depth()));
            }
            case Selection.Intensity range -> node.set("intensity", array(new double[] {range.from(), range.to()}));
            case Selection.And and -> node.set("and", list(and.of()));
            case Selection.Or or -> node.set("or", list(or.of()));
            case Selection.Not not -> node.set("not", node(not.of()));
        }
        return node;
    }

    private static ArrayNode list(List<Selection> selections) {
        ArrayNode array = NODES.arrayNode();
        selections.forEach(selection -> array.add(node(selection)));
        return array;
    }

    private static ArrayNode array(double[] numbers) {
        ArrayNode array = NODES.arrayNode();
        for (double number : numbers) {
            array.add(number);
        }
        return array;
    }
}
