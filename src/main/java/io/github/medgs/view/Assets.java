package io.github.medgs.view;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The page's own files, from the jar. Their names are listed here, so that a request can name no other. */
final class Assets {

    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "css",
            "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");

    private static final List<String> NAMES = List.of("index.html", "style.css", "icon.svg", "main.js", "server.js",
            "plane.js", "panel.js", "overlays.js", "slices.js", "keys.js", "pointer.js", "readout.js", "picture.js", "windowing.js", "marks.js", "gaussians.js", "chart.js",
            "report.js", "live.js", "edit.js", "edit-form.js", "space.js", "niivue.umd.js");

    /** @param bytes the file itself */
    record Asset(String type, byte[] bytes) {}

    private final Map<String, Asset> byName = new TreeMap<>();

    Assets() throws IOException {
        for (String name : NAMES) {
            try (InputStream in = Assets.class.getResourceAsStream("page/" + name)) {
                if (in == null) {
                    throw new IllegalStateException("the page's file " + name + " is missing from the jar");
                }
                String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
                byName.put(name, new Asset(type, in.readAllBytes()));
            }
        }
    }

    /** {@code null} for a name that is none; the empty name is the page itself. */
    Asset get(String name) {
        return byName.get(name.isEmpty() ? "index.html" : name);
    }
}
