package io.github.medgs.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.volume.ReadOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page in a real browser calls that which was scanned, learnt, or edited, here or on another page. */
@Timeout(300)
class BrowserEditTest {

    private static final String READY = "document.body.dataset.ready && document.getElementById('slices').dataset.frames > 0";

    private static final String DELETE = "{\"edits\": [{\"select\": {\"sphere\": {\"centreMm\": [-34, 43, 12], \"radiusMm\": 4}}, \"delete\": true}]}";

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
        server.close();
    }

    private static String text(String id) throws Exception {
        return browser.run("return document.getElementById(arguments[0]).textContent", id).asText();
    }

    private static void click(String id) throws Exception {
        browser.run("document.getElementById(arguments[0]).click()", id);
    }

    private static void type(String id, String value) throws Exception {
        browser.run("const e = document.getElementById(arguments[0]); e.value = arguments[1];"
                + " e.dispatchEvent(new Event('change'))", id, value);
    }

    /** As another page of the same program would. */
    private void edit(String name, String body) throws IOException {
        assertEquals(200, RawHttp.status(http.send("POST " + http.path(name) + " HTTP/1.1\r\nHost: " + http.host()
                + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body)));
    }

    private static String mark(String panel) throws Exception {
        return browser.run("const f = document.getElementById(arguments[0] + '-canvas').closest('figure'); const m = f.querySelector('.mark');"
                + " return [f.querySelector('b').textContent, m.className, m.textContent].join(' | ')", panel).asText();
    }

    /** What somebody painted is no scan, whoever looks at it: on the page that shows it, and in a file of it opened later. */
    @Test
    void editedSlicesAreNotCalledAcquired() throws Exception {
        open(SmallRun.scene(run.out));
        type("depth-mm", "6");
        browser.await("document.getElementById('depth-mark').textContent === '6.00 mm · acquired slice 3 of 6'");
        browser.await("document.getElementById('panels').textContent.includes('acquired slice 3, put back')");
        edit("edit", DELETE);
        browser.await("document.getElementById('depth-mark').textContent === '6.00 mm · edited slice 3 of 6'");
        browser.await("document.getElementById('panels').textContent.includes('edited slice 3')");
        assertEquals("mark edited", browser.run("return document.getElementById('depth-mark').className").asText());
        assertEquals("6.00 mm · edited slice 3 of 6", browser.run("return document.getElementById('depth').ariaValueText").asText());
        assertEquals("Input | mark acquired | acquired slice 3", mark("input"));
        assertEquals("Model | mark edited | edited slice 3", mark("model"));
        browser.await("document.getElementById('difference-canvas').closest('figure').textContent.includes('black 0')");
        click("alone");
        browser.await("document.getElementById('panels').textContent.includes('drawn, at edited slice 3')");
        click("alone");
        type("depth-mm", "0");
        browser.await("document.getElementById('panels').textContent.includes('acquired slice 1, put back')");
        Path file = folder.resolve("edited.medgs");
        String saved = http.get(http.path("edited.medgs"));
        Files.write(file, RawHttp.body(saved).getBytes(StandardCharsets.ISO_8859_1));
        type("depth-mm", "6");
        edit("undo", "");
        browser.await("document.getElementById('panels').textContent.includes('acquired slice 3, put back')");
        assertTrue(text("depth-mark").endsWith("acquired slice 3 of 6"), text("depth-mark"));
        assertEquals(List.of(), browser.faults());
        close();

        open(SmallRun.scene(file));
        type("depth-mm", "6");
        browser.await("document.getElementById('slices').dataset.mm === '6'");
        assertEquals("Slices as edited | mark edited | edited slice 3", mark("input"));
        assertEquals("Model | mark edited | edited slice 3", mark("model"));
        assertTrue(text("panels").contains("edited slices stand as they are"), text("panels"));
        assertTrue(text("readout").contains(" edited slice "), text("readout"));
        assertTrue(text("depth-mark").endsWith("edited slice 3 of 6"), text("depth-mark"));
        type("depth-mm", "7");
        browser.await("document.getElementById('slices').dataset.mm === '7'");
        assertTrue(text("depth-mark").endsWith("drawn, 1.00 mm from edited slice 3 of 6"), text("depth-mark"));
        assertEquals("Slices as edited | mark edited | edited slice 3, 1.00 mm away", mark("input"));
        assertEquals("the edited slices", browser.run("return [...document.getElementById('space-volume').options].at(-1).text").asText());
        assertEquals(List.of(), browser.faults());
        close();

        // Beside the file that was scanned.
        open(new SceneFiles(ReferenceEngine::new, 1, ReadOptions.DEFAULT, false).open(file, run.image, null));
        type("depth-mm", "6");
        browser.await("document.getElementById('slices').dataset.mm === '6'");
        assertEquals("Input | mark acquired | acquired slice 3", mark("input"));
        assertEquals("Model | mark edited | edited slice 3", mark("model"));
    }

    /** As of two pages that edit at once: the one that came second is told so, and what the first did does not hide it. */
    @Test
    void aRefusalStandsThoughAnotherPageEdits() throws Exception {
        open(SmallRun.scene(run.out));
        browser.run("document.querySelector('#edit-details summary').click()");
        browser.await("document.getElementById('edit-said').textContent.startsWith('The model is as it was opened')");
        browser.run("const real = globalThis.fetch; globalThis.fetch = (path, options) => path !== 'edit' ? real(path, options)"
                + " : new Promise((done) => { globalThis.refuse = () => done(new Response("
                + "'{\"error\": \"another edit is being carried out\"}', { status: 503 })); })");
        type("edit-selection", "sphere");
        browser.run("document.getElementById('edit-form').requestSubmit()");
        edit("edit", DELETE);
        browser.run("refuse()");
        browser.await("document.querySelectorAll('#edit-steps li').length === 1");
        String refused = "Not done: another edit is being carried out. Another page has edited since.";
        browser.await("document.getElementById('edit-said').textContent === arguments[0]", refused);
        edit("undo", "");
        browser.await("document.querySelectorAll('#edit-steps li').length === 0");
        browser.await("document.getElementById('edit-said').textContent === arguments[0]", refused);
        // The next one that is carried out says what it did.
        edit("edit", DELETE);
        browser.await("document.querySelectorAll('#edit-steps li').length === 1");
        click("edit-undo");
        browser.await("document.getElementById('edit-said').textContent.startsWith('The model is as it was opened')");
    }

    /** A browser restores what was chosen before the page was loaded anew, and there are no structures to choose among. */
    @Test
    void anEmptyChoiceOfStructuresIsNoFault() throws Exception {
        open(SmallRun.scene(run.out));
        type("edit-selection", "structure");
        browser.run("document.getElementById('edit-form').requestSubmit()");
        assertEquals(List.of(), browser.faults());
        assertEquals("", text("edit-said"));
    }

    @Test
    void theWindowOfAVolumeIsNotCalledLearnt() throws Exception {
        open(SmallRun.scene(run.image));
        assertEquals("automatic", browser.run("return document.getElementById('preset').selectedOptions[0].text").asText());
    }
}
