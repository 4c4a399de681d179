package io.github.medgs.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.InputException;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page in a real browser says and does where something goes wrong, or somebody else does something. */
@Timeout(300)
class BrowserTroubleTest {

    private static final String READY = "document.body.dataset.ready && document.getElementById('slices').dataset.frames > 0";
    private static final String SPACE = "document.getElementById('space').dataset.state === 'ready'";

    /** A page that is opened at this has no WebGL. */
    private static final String FLAT = "#flat";

    private static final String SHRINK = "{\"edits\": [{\"select\": {\"mask\": \"ball-mask.nii\", \"label\": 3}, \"scale\": [0.7, 0.7, 0.7]}]}";

    @TempDir
    static Path folder;

    private static SmallRun run;
    private static Browser browser;

    private ViewServer server;
    private RawHttp http;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.missing().isEmpty(), Browser.missing());
        run = new SmallRun(folder).learnt();
        browser = new Browser(1400, 1000);
        browser.beforePages("globalThis.EventSource = class extends EventSource { constructor(path) { super(path);"
                + " globalThis.stream = this; } };"
                + "if (location.hash === '" + FLAT + "') { const real = HTMLCanvasElement.prototype.getContext;"
                + " HTMLCanvasElement.prototype.getContext = function (kind, ...more) {"
                + " return kind === 'webgl2' ? null : real.call(this, kind, ...more); }; }");
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private void open(Scene scene) throws Exception {
        server = SmallRun.serve(scene);
        http = new RawHttp(server);
        browser.open(server.url());
        browser.await(READY);
    }

    @AfterEach
    void close() throws Exception {
        browser.open("about:blank");
        browser.faults();
        if (server != null) {
            server.close();
        }
    }

    private static String text(String id) throws Exception {
        return browser.run("return document.getElementById(arguments[0]).textContent", id).asText();
    }

    private static void click(String id) throws Exception {
        browser.run("document.getElementById(arguments[0]).click()", id);
    }

    /** As another page of the same program would. */
    private void edit(String name, String body) throws IOException {
        assertEquals(200, RawHttp.status(http.send("POST " + http.path(name) + " HTTP/1.1\r\nHost: " + http.host()
                + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body)));
    }

    /** And what was typed here stays, until another kind is chosen in its place; what was not follows the slice. */
    @Test
    void anEditOfAnotherPageIsSeenListedAndSaved() throws Exception {
        Scene scene = SmallRun.scene(run.out);
        scene.masks.put("gone.nii", new Once<>(() -> VolumeFiles.read(folder.resolve("gone.nii"))));
        open(scene);
        browser.await(SPACE);
        browser.run("document.querySelector('#edit-details summary').click()");
        browser.await("document.querySelector('#edit-selection-fields select')?.length === 1");
        assertTrue(text("edit-selection-fields").contains("gone.nii: does not exist"), text("edit-selection-fields"));
        typeField("change", 0, "-7");
        String surface = text("surface-list");
        int frames = browser.run("return Number(document.getElementById('slices').dataset.frames)").asInt();

        edit("edit", SHRINK);
        browser.await("document.querySelectorAll('#edit-steps li').length === 1");
        browser.await("document.getElementById('surface-list').textContent !== arguments[0]", surface);
        browser.await("Number(document.getElementById('slices').dataset.frames) > " + frames);
        assertTrue(text("edit-said").startsWith("Done"), text("edit-said"));
        assertFalse(browser.run("return document.getElementById('edit-undo').disabled").asBoolean());
        browser.run("URL.createObjectURL = (blob) => { blob.text().then((text) => { document.body.dataset.saved = text; });"
                + " return 'data:,'; }");
        click("edit-save-list");
        browser.await("document.body.dataset.saved?.includes('scale')");

        edit("undo", "");
        browser.await("document.querySelectorAll('#edit-steps li').length === 0");
        browser.await("document.getElementById('surface-list').textContent === arguments[0]", surface);
        type("edit-selection", "sphere");
        assertEquals("-7", field("change", 0));
        typeField("selection", 3, "4");
        type("edit-change", "delete");
        assertEquals("4", field("selection", 3));
        type("edit-selection", "polygon");
        type("depth-mm", "12");
        browser.await("document.getElementById('slices').dataset.mm === '12'");
        browser.drag("model-canvas", 0.5, 0.4, 0.5, 0.4);
        assertEquals("9 15", field("selection", 0) + " " + field("selection", 1));
        typeField("selection", 0, "5");
        browser.drag("model-canvas", 0.6, 0.4, 0.6, 0.4);
        assertEquals("5 15", field("selection", 0) + " " + field("selection", 1));
        assertTrue(text("edit-selection-fields").contains("2 so far"), text("edit-selection-fields"));
        assertEquals(List.of(), browser.faults());
    }

    private static String field(String part, int n) throws Exception {
        return browser.run("return document.querySelectorAll(`#edit-${arguments[0]}-fields input`)[arguments[1]].value", part, n)
                .asText();
    }

    private static void typeField(String part, int n, String value) throws Exception {
        browser.run("const e = document.querySelectorAll(`#edit-${arguments[0]}-fields input`)[arguments[1]];"
                + " e.value = arguments[2]; e.dispatchEvent(new Event('input', { bubbles: true }))", part, n, value);
    }

    /** Where the panel was never opened. */
    @Test
    void theListThatIsSavedIsTheProgramsOwn() throws Exception {
        open(SmallRun.scene(run.out));
        edit("edit", SHRINK);
        browser.run("URL.createObjectURL = (blob) => { blob.text().then((text) => { document.body.dataset.saved = text; });"
                + " return 'data:,'; }");
        click("edit-save-list");
        browser.await("document.body.dataset.saved?.includes('scale')");
    }

    private static double number(String script) throws Exception {
        return browser.run("return Number(" + script + ")").asDouble();
    }

    private static void type(String id, String value) throws Exception {
        browser.run("const e = document.getElementById(arguments[0]); e.value = arguments[1];"
                + " e.dispatchEvent(new Event('change'))", id, value);
    }

    /** As of diffusion: a thousandth of the unit is much. */
    @Test
    void smallIntensitiesAreReadAndWindowed() throws Exception {
        SmallRun small = new SmallRun(Files.createDirectory(folder.resolve("small")));
        Volume image = VolumeFiles.read(small.image);
        float[] scaled = image.voxels().clone();
        for (int n = 0; n < scaled.length; n++) {
            scaled[n] *= 2e-5f;
        }
        VolumeFiles.write(image.withVoxels(scaled), small.image);
        Scene scene = SmallRun.scene(small.learnt().out);
        double low = scene.window.low();
        double width = scene.window.high() - low;
        open(scene);
        assertEquals(width, number("document.getElementById('width').value"), 1e-3 * width);
        assertEquals(low + width / 2, number("document.getElementById('level').value"), 1e-3 * width);
        String readout = text("readout");
        assertTrue(readout.matches(".* input 0\\.00[0-9]+ .*"), readout);
        type("edit-selection", "intensity");
        assertEquals(low + width, number("document.querySelectorAll('#edit-selection-fields input')[1].value"), 1e-3 * width);
        click("alone");
        assertTrue(browser.run("return document.getElementById('range-note').hidden").asBoolean());
        type("width", String.valueOf(2 * width));
        assertTrue(text("range-note").matches(".*from [^ ]+ to 0\\.00[0-9]+:.*"), text("range-note"));
        assertFalse(browser.run("return document.getElementById('range-note').hidden").asBoolean());
    }

    @Test
    void whatIsNoWindowIsNotTaken() throws Exception {
        open(SmallRun.scene(run.out));
        double level = number("document.getElementById('level').value");
        double width = number("document.getElementById('width').value");
        String depth = browser.run("return document.getElementById('depth-mm').value").asText();
        type("depth-mm", "");
        assertEquals(depth, browser.run("return document.getElementById('depth-mm').value").asText());
        type("pixel-column", "");
        click("pixel-clear");
        browser.run("document.getElementById('pixel').requestSubmit()");
        assertEquals("", browser.run("return document.getElementById('pixel-column').value").asText());
        type("level", "");
        type("width", "-3");
        assertEquals(level, number("document.getElementById('level').value"));
        assertEquals(width, number("document.getElementById('width').value"));
    }

    /** An edit, "model alone", or a model that learns asks for the slice anew. */
    @Test
    void aDepthThatIsBeingFetchedIsTheOneThatStays() throws Exception {
        open(SmallRun.scene(run.out));
        browser.run("const real = fetch; const held = new Promise((release) => { globalThis.release = release; });"
                + " globalThis.fetch = async (address) => { const answer = await real(address);"
                + " if (answer.ok && address.startsWith('slice?')) { globalThis.holds = true; await held; } return answer; }");
        double frames = number("document.getElementById('slices').dataset.frames");
        type("depth-mm", "7.3");
        browser.await("globalThis.holds");
        click("alone");
        browser.run("release()");
        browser.await("Number(document.getElementById('slices').dataset.frames) > 1 + " + frames);
        assertEquals("7.3", browser.run("return document.getElementById('slices').dataset.mm").asText());
        // And of two steps the second goes on from the first, shown or not.
        browser.run("['acquired-up', 'acquired-up'].forEach((id) => document.getElementById(id).click())");
        assertEquals(12, number("document.getElementById('depth-mm').value"));
        assertEquals(List.of(), browser.faults());
    }

    /** As of a microscope: hundredths of a millimetre would not part them. */
    @Test
    void slicesThatLieCloseAreNotTakenForEachOther() throws Exception {
        SmallRun small = new SmallRun(Files.createDirectory(folder.resolve("close")));
        for (Path file : List.of(small.image, small.mask)) {
            Volume read = VolumeFiles.read(file);
            Matrix4d affine = new Matrix4d().scaling(0.003).mul(read.indexToPatient());
            VolumeFiles.write(new Volume(read.nx(), read.ny(), read.nz(), read.voxels(), affine), file);
        }
        open(SmallRun.scene(small.learnt().out));
        type("depth-mm", "0.0216");
        browser.await("document.getElementById('slices').dataset.mm === '0.0216'");
        assertEquals("0.0216 mm · drawn, 0.0036 mm from acquired slice 3 of 6", text("depth-mark"));
        assertTrue(text("panels").contains("drawn, 0.0036 mm from slice 3"), text("panels"));
        assertEquals(0.0216, number("document.getElementById('depth').value"), 1e-9);
        click("acquired-up");
        assertTrue(text("depth-mark").startsWith("0.0270 mm · acquired slice 4"), text("depth-mark"));
    }

    /** A stream of events is opened anew now and then. */
    @Test
    void onlyTheStreamsOwnLineGoesWithItsReturn() throws Exception {
        Scene scene = SmallRun.scene(run.out);
        scene.notes.add("Something is not shown.");
        open(scene);
        browser.run("const f = document.getElementById('fault'); f.textContent = 'Something failed.'; f.hidden = false;"
                + " stream.dispatchEvent(new Event('error'))");
        browser.await("!document.getElementById('lost').hidden");
        browser.run("stream.dispatchEvent(new Event('open'))");
        browser.await("document.getElementById('lost').hidden");
        assertEquals("Something is not shown. Something failed.", browser.run("return ['notes', 'fault']"
                + ".map((id) => document.getElementById(id)).filter((e) => !e.hidden).map((e) => e.textContent).join(' ')").asText());
    }

    @Test
    void planesStayWhereTheSurfaceFails() throws Exception {
        Scene scene = SmallRun.scene(run.out);
        scene.surfaces = new Once<>(() -> {
            throw new InputException("surface.stl", "is damaged", "write it again");
        });
        scene.report = new ObjectMapper().readTree("{\"training\": {\"seconds\": 59.7}}");
        open(scene);
        browser.await("document.getElementById('fault').textContent.includes('surface.stl')");
        browser.await(SPACE);
        assertEquals("", text("space-state"));
        assertEquals(1, number("document.getElementById('space-canvas').niivue.volumes.length"));
        assertTrue(text("report-body").contains("1 min 0 s"), text("report-body"));
    }

    @Test
    void whereThreePlanesCannotBeShownItIsSaidWhy() throws Exception {
        server = SmallRun.serve(SmallRun.scene(run.out));
        browser.open(server.url() + FLAT);
        browser.await(READY + " && document.getElementById('space-state').textContent.includes('cannot be shown here')");
        click("slice-up");
        browser.await("document.getElementById('slices').dataset.frames > 1");
        assertTrue(text("fault").startsWith("Three planes and surface cannot be shown:"), text("fault"));
    }

    @Test
    void aModelThatCannotBeSavedIsSaid() throws Exception {
        String temporary = System.setProperty("java.io.tmpdir", folder.resolve("nowhere").toString());
        try {
            open(SmallRun.scene(run.out));
        } finally {
            System.setProperty("java.io.tmpdir", temporary);
        }
        click("edit-save-model");
        browser.await("!document.getElementById('fault').hidden");
        assertTrue(text("fault").startsWith("The model could not be saved: the model cannot be written into"), text("fault"));
    }
}
