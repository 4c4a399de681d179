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
        ArrayNode surfaces = figures.putArray("surfaces");
        for (Map.Entry<String, JsonNode> output : report.path("outputs").properties()) {
            JsonNode measures = output.getValue().path("measures");
            if (!measures.isMissingNode()) {
                ObjectNode surface = surfaces.addObject();
                surface.put("label", output.getValue().path("label").asText(""));
                copy(measures.path("volume"), surface, "volume");
                copy(measures.path("area"), surface, "area");
                copy(measures.path("largestDiameter"), surface, "largestDiameter");
            }
        }
        return figures;
    }

    private static void copy(JsonNode from, ObjectNode to, String name) {
        if (from.isNumber()) {
            to.set(name, from);
        }
    }
}
