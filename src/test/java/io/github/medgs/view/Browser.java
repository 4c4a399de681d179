package io.github.medgs.view;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chromium without a window, drawing in software, steered through its driver by the W3C's WebDriver protocol. */
public final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");
    private static final long PATIENCE_SECONDS = 90;

    private final Process driver;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String session;

    /** Why no browser can be had; empty when one can. */
    public static String missing() {
        for (String program : List.of("chromedriver", "chromium")) {
            boolean found = List.of(System.getenv("PATH").split(":")).stream()
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            if (!found) {
                return "no " + program + " on this machine: install Debian's chromium and chromium-driver";
            }
        }
        return "";
    }

    public Browser(int width, int height) throws IOException, InterruptedException {
        driver = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
        BufferedReader lines = driver.inputReader();
        String port = null;
        for (String line = lines.readLine(); line != null && port == null; line = lines.readLine()) {
            Matcher matcher = PORT.matcher(line);
            port = matcher.find() ? matcher.group(1) : null;
            if (port != null) {
                break;
            }
        }
        Thread.ofVirtual().start(() -> lines.lines().forEach(line -> { }));
        String base = "http://127.0.0.1:" + port;
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        ObjectNode always = wish.putObject("capabilities").putObject("alwaysMatch");
        always.put("browserName", "chrome");
        ArrayNode arguments = always.putObject("goog:chromeOptions").putArray("args");
        // Root may not use Chromium's sandbox, and continuous integration is root.
        List.of("--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
                "--ignore-gpu-blocklist", "--hide-scrollbars", "--window-size=" + width + "," + height)
                .forEach(arguments::add);
        always.putObject("goog:loggingPrefs").put("browser", "ALL");
        session = base + "/session/" + call("POST", base + "/session", wish).get("sessionId").asText();
    }

    private JsonNode call(String method, String address, JsonNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.toString())).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode value = JSON.readTree(answer.body()).get("value");
        if (answer.statusCode() != 200) {
            throw new IOException(method + " " + address + ": " + value);
        }
        return value;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    public void open(String url) throws IOException, InterruptedException {
        call("POST", session + "/url", node().put("url", url));
    }

    /** Runs a script in the page; {@code return} gives its value, a promise is waited for. */
    public JsonNode run(String script, Object... arguments) throws IOException, InterruptedException {
        ObjectNode body = node().put("script", script);
        body.set("args", JSON.valueToTree(arguments));
        return call("POST", session + "/execute/sync", body);
    }

    /** Has a script run in every page to come, before the page's own. */
    void beforePages(String script) throws IOException, InterruptedException {
        command("Page.addScriptToEvaluateOnNewDocument", node().put("source", script));
    }

    /** Waits until an expression is true. */
    public void await(String expression, Object... arguments) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (!run("return Boolean(" + expression + ")", arguments).asBoolean()) {
            assertTrue(System.nanoTime() < end, "never came true: " + expression + "; faults: " + faults() + "; page says: "
                    + run("return document.getElementById('fault')?.textContent").asText());
            Thread.sleep(50);
        }
    }

    /** Presses keys, one after the other, at what has the focus; names as in the protocol's table. */
    public void press(String... keys) throws IOException, InterruptedException {
        ArrayNode actions = JsonNodeFactory.instance.arrayNode();
        for (String key : keys) {
            actions.addObject().put("type", "keyDown").put("value", key);
        }
        for (int n = keys.length - 1; n >= 0; n--) {
            actions.addObject().put("type", "keyUp").put("value", keys[n]);
        }
        act("key", "keyboard", actions);
    }

    /** Moves the pointer to a place of an element, presses, moves on if asked to, and lets go. Shares of its size. */
    void drag(String id, double x0, double y0, double x1, double y1) throws IOException, InterruptedException {
        JsonNode box = run("const e = document.getElementById(arguments[0]); e.scrollIntoView({block: 'center'});"
                + " const b = e.getBoundingClientRect(); return [b.left, b.top, b.width, b.height];", id);
        ArrayNode actions = JsonNodeFactory.instance.arrayNode();
        move(actions, box, x0, y0);
        actions.addObject().put("type", "pointerDown").put("button", 0);
        for (int n = 1; n <= 4 && (x1 != x0 || y1 != y0); n++) {
            move(actions, box, x0 + (x1 - x0) * n / 4, y0 + (y1 - y0) * n / 4);
        }
        actions.addObject().put("type", "pointerUp").put("button", 0);
        act("pointer", "mouse", actions);
    }

    private static void move(ArrayNode actions, JsonNode box, double x, double y) {
        actions.addObject().put("type", "pointerMove").put("duration", 20).put("origin", "viewport")
                .put("x", (int) (box.get(0).asDouble() + x * box.get(2).asDouble()))
                .put("y", (int) (box.get(1).asDouble() + y * box.get(3).asDouble()));
    }

    private void act(String type, String id, ArrayNode actions) throws IOException, InterruptedException {
        ObjectNode body = node();
        body.putArray("actions").addObject().put("type", type).put("id", id).set("actions", actions);
        call("POST", session + "/actions", body);
    }

    /** Size of the page, and light or dark. */
    public void emulate(int width, int height, boolean dark) throws IOException, InterruptedException {
        ObjectNode size = node().put("width", width).put("height", height).put("deviceScaleFactor", 1).put("mobile", false);
        command("Emulation.setDeviceMetricsOverride", size);
        ObjectNode media = node();
        media.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", dark ? "dark" : "light");
        command("Emulation.setEmulatedMedia", media);
    }

    /** What axe-core complains about, worst kinds named first in each line. */
    public List<String> accessibilityFaults() throws IOException, InterruptedException {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            run(new String(script.readAllBytes(), StandardCharsets.UTF_8) + "; window.axe = axe;");
        }
        JsonNode faults = run("return axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations"
                + ".map((v) => v.impact + ' ' + v.id + ': ' + v.nodes.map((n) => n.html).join(' ; ').slice(0, 400)))");
        List<String> lines = new ArrayList<>();
        faults.forEach(fault -> lines.add(fault.asText()));
        return lines;
    }

    /** How many pixels the page is wider than the window. */
    public int overflow() throws IOException, InterruptedException {
        return run("return document.documentElement.scrollWidth - window.innerWidth").asInt();
    }

    /** The whole page as PNG. */
    public byte[] picture() throws IOException, InterruptedException {
        JsonNode taken = command("Page.captureScreenshot", node().put("format", "png").put("captureBeyondViewport", true));
        return Base64.getDecoder().decode(taken.get("data").asText());
    }

    private JsonNode command(String name, ObjectNode parameters) throws IOException, InterruptedException {
        ObjectNode body = node().put("cmd", name);
        body.set("params", parameters);
        return call("POST", session + "/goog/cdp/execute", body);
    }

    /** What the browser complained about since the last call: broken scripts, refused sources. */
    public List<String> faults() throws IOException, InterruptedException {
        return call("POST", session + "/se/log", node().put("type", "browser")).findValuesAsText("message").stream()
                .filter(line -> !line.contains("status of 503")).toList();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            call("DELETE", session, null);
        } finally {
            driver.destroy();
        }
    }
}
