package io.github.medgs.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.reconstruction.Reconstruction;
import io.github.medgs.reconstruction.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the group's table takes from a run's {@code report.json}. */
final class Figures {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Figures() {}

    /** The figures of a finished run: those of the whole, and one entry of {@code surfaces} for each surface. */
    static ObjectNode of(Path run, Reconstruction.Result result) throws IOException {
        JsonNode report = JSON.readTree(run.resolve(RunFolder.REPORT).toFile());
        ObjectNode figures = JSON.createObjectNode();
        figures.put("engine", report.at("/training/engine").asText());
        figures.put("slices", report.at("/input/slices").asInt());
        figures.put("gaussians", result.model().gaussians().count());
        figures.put("modelBytes", Files.size(run.resolve(RunFolder.MODEL)));
        copy(report.at("/ownSlices/psnr"), figures, "psnr");
        copy(report.at("/ownSlices/ssim"), figures, "ssim");
        copy(report.at("/ownSlices/dice"), figures, "dice");
        copy(report.at("/slices/expectedErrorOfDrawn"), figures, "expectedError");
        Map<String, String> names = names(report);
        ArrayNode surfaces = figures.putArray("surfaces");
        for (Map.Entry<String, JsonNode> output : report.path("outputs").properties()) {
            JsonNode measures = output.getValue().path("measures");
            if (!measures.isMissingNode()) {
                String label = output.getValue().path("label").asText("");
                JsonNode own = report.path("ownSlices");
                JsonNode dice = label.isEmpty() ? own.path("dice") : own.path("diceOfLabels").path(label);
                surface(surfaces, label, names.getOrDefault(label, ""), measures, dice);
                JsonNode only = report.at("/input/onlyLabel/id");
                if (label.isEmpty() && only.isNumber()) {
                    // All together is the one label, which is found by its number in the group.
                    surface(surfaces, only.asText(), names.getOrDefault(only.asText(), ""), measures, dice);
                }
            }
        }
        return figures;
    }

    private static void surface(ArrayNode surfaces, String label, String name, JsonNode measures, JsonNode dice) {
        ObjectNode surface = surfaces.addObject();
        surface.put("label", label);
        surface.put("name", name);
        copy(measures.path("volume"), surface, "volume");
        copy(measures.path("area"), surface, "area");
        copy(measures.path("largestDiameter"), surface, "largestDiameter");
        copy(dice, surface, "dice");
    }

    /** What labels are called, by their numbers, as far as they have names. */
    private static Map<String, String> names(JsonNode report) {
        Map<String, String> names = new HashMap<>();
        for (JsonNode list : List.of(report.path("outputs").path(RunFolder.LABELS).path("labels"),
                JSON.createArrayNode().add(report.at("/input/onlyLabel")))) {
            for (JsonNode label : list) {
                String name = label.path("name").asText("");
                // That is what one without a name is called.
                if (!name.equals("label " + label.path("id").asText())) {
                    names.put(label.path("id").asText(), name);
                }
            }
        }
        return names;
    }

    private static void copy(JsonNode from, ObjectNode to, String name) {
        if (from.isNumber()) {
            to.set(name, from);
        }
    }
}
