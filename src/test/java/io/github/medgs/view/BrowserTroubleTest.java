package io.github.medgs.view;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
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
