package io.github.medgs.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.reconstruction.Reconstruction;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in a real browser, on a short run on the sample kidney. {@code -Dmedgs.screenshots=DIR} keeps pictures of it.
 */
@Timeout(300)
class BrowserTest {

    private static final String UP = "\uE013";
    private static final String DOWN = "\uE015";
    private static final String PAGE_UP = "\uE00E";
    private static final String SHIFT = "\uE008";
    private static final String RIGHT = "\uE014";
    private static final String ENTER = "\uE007";
    private static final String TAB = "\uE004";
    private static final String READY = "document.body.dataset.ready && document.getElementById('slices').dataset.frames > 0";
    private static final String SPACE = "document.getElementById('space').dataset.state === 'ready'";

    @TempDir
    static Path folder;

    private static Path run;
    private static ViewServer server;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.missing().isEmpty(), Browser.missing());
        Path image = Path.of("sample-volumes/kidney.nii.gz");
        Path mask = Path.of("sample-volumes/kidney-mask.nii.gz");
        run = folder.resolve("kidney");
        Reconstruction.of(VolumeFiles.read(image)).mask(VolumeFiles.read(mask)).mergeAll(true).readFrom(image, mask)
                .preset("quick", "iterations=" + Integer.getInteger("medgs.iterations", 60), "reportInterval=10").run(run);
        int threads = Runtime.getRuntime().availableProcessors();
        server = SmallRun.serve(new SceneFiles(() -> EngineChoice.open("auto", threads, null).engine(), threads,
                ReadOptions.DEFAULT, false).open(run, null, null));
        browser = new Browser(1400, 1000);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
            server.close();
        }
    }

    @BeforeEach
    void openPage() throws Exception {
        browser.emulate(1400, 1000, false);
        browser.open(server.url());
        browser.await(READY);
    }

    private static void go(double millimetres) throws Exception {
        browser.run("const e = document.getElementById('depth-mm'); e.value = arguments[0];"
                + " e.dispatchEvent(new Event('change'));", millimetres);
        browser.await("document.getElementById('slices').dataset.mm === String(" + millimetres + ")");
    }

    private static double depth() throws Exception {
        return browser.run("return Number(document.getElementById('slices').dataset.mm)").asDouble();
    }

    private static String text(String id) throws Exception {
        return browser.run("return document.getElementById(arguments[0]).textContent", id).asText();
    }

    @Test
    void slicesAreThoseOfInterpolateToTheBit() throws Exception {
        Volume interpolated = VolumeFiles.read(run.resolve("interpolated.nii.gz"));
        JsonNode window = new ObjectMapper().readTree(run.resolve("report.json").toFile()).get("input");
        double low = window.get("windowLow").asDouble();
        double high = window.get("windowHigh").asDouble();
        browser.run("document.getElementById('depth').focus()");
        int slice = (int) Math.round(depth() / interpolated.spacing(2));
        for (int n = 0; n < 5; n++) {
            JsonNode pixels = browser.run("const s = document.getElementById('model-canvas').source;"
                    + " return Array.from(s.getContext('2d').getImageData(0, 0, s.width, s.height).data.filter((_, n) => n % 4 === 0))");
            assertEquals(interpolated.nx() * interpolated.ny(), pixels.size());
            for (int p = 0; p < pixels.size(); p++) {
                double value = interpolated.voxels()[slice * pixels.size() + p];
                long expected = Math.round(255 * Math.clamp((value - low) / (high - low), 0, 1));
                assertEquals(expected, pixels.get(p).asLong(), "slice " + slice + ", pixel " + p);
            }
            double before = depth();
            browser.press(UP);
            browser.await("Number(document.getElementById('slices').dataset.mm) > " + before);
            slice++;
            assertEquals(slice * interpolated.spacing(2), depth(), 1e-4);
        }
    }

    @Test
    void everyDepthIsMarkedAsAcquiredOrDrawn() throws Exception {
        go(60);
        assertEquals("60.00 mm · acquired slice 13 of 24", text("depth-mark"));
        assertEquals("mark acquired", browser.run("return document.getElementById('depth-mark').className").asText());
        go(61.3);
        assertEquals("61.30 mm · drawn, 1.30 mm from acquired slice 13 of 24", text("depth-mark"));
        assertEquals("mark drawn", browser.run("return document.getElementById('depth-mark').className").asText());
        assertTrue(text("panels").contains("acquired slice 13, 1.30 mm away"), text("panels"));
        assertTrue(text("panels").contains("drawn, 1.30 mm from slice 13"), text("panels"));
        assertTrue(browser.run("return document.getElementById('depth').getAttribute('aria-valuetext')").asText()
                .contains("drawn"));
        assertTrue(browser.run("return document.getElementById('model-canvas').getAttribute('aria-label')").asText()
                .contains("drawn, 1.30 mm from slice 13"));
    }

    @Test
    void theSurfaceIsThereAndItsCrossHairIsTied() throws Exception {
        browser.await(SPACE);
        assertEquals(1, browser.run("return document.getElementById('space-canvas').niivue.meshes.length").asInt());
        assertTrue(text("surface-list").contains("mL"));
        go(60);
        browser.await("document.getElementById('space-place').textContent.includes('S 2.5 mm')");
        JsonNode place = browser.run("const nv = document.getElementById('space-canvas').niivue;"
                + " return Array.from(nv.frac2mm(nv.scene.crosshairPos)).slice(0, 3)");
        Volume image = VolumeFiles.read(Path.of("sample-volumes/kidney.nii.gz"));
        var expected = image.grid().place(image.nx() / 2, image.ny() / 2, 12);
        assertEquals(expected.x, place.get(0).asDouble(), 0.05);
        assertEquals(expected.y, place.get(1).asDouble(), 0.05);
        assertEquals(expected.z, place.get(2).asDouble(), 0.05);
        browser.run("const nv = document.getElementById('space-canvas').niivue; nv.moveCrosshairInVox(0, 0, 4);"
                + " nv.createOnLocationChange()");
        browser.await("Number(document.getElementById('slices').dataset.mm) > 62");
        assertEquals(List.of(), browser.faults());
    }

    @Test
    void aClickShowsTheGaussiansOfItsPixel() throws Exception {
        go(61);
        browser.drag("model-canvas", 0.55, 0.4, 0.55, 0.4);
        browser.await("!document.getElementById('gaussian-table').hidden");
        int column = browser.run("return Number(document.getElementById('pixel-column').value)").asInt();
        int row = browser.run("return Number(document.getElementById('pixel-row').value)").asInt();
        assertTrue(text("pixel-text").contains("at column " + column + ", row " + row + ", 61.00 mm"), text("pixel-text"));
        assertTrue(browser.run("return document.querySelectorAll('#gaussian-table tbody tr').length").asInt() > 3);
    }

    @Test
    void draggingSetsTheWindowAndMeasuresMillimetres() throws Exception {
        String window = browser.run("return document.getElementById('width').value").asText();
        browser.drag("model-canvas", 0.3, 0.5, 0.6, 0.5);
        assertNotEquals(window, browser.run("return document.getElementById('width').value").asText());
        assertEquals("own", browser.run("const s = document.getElementById('preset'); return s.options[s.selectedIndex].text").asText());
        browser.run("document.querySelector('input[name=drag][value=measure]').click()");
        browser.drag("model-canvas", 0.25, 0.5, 0.75, 0.5);
        double measured = browser.run("return document.getElementById('model-canvas').ruler.millimetres").asDouble();
        Volume image = VolumeFiles.read(Path.of("sample-volumes/kidney.nii.gz"));
        assertEquals(0.5 * image.nx() * image.spacing(0), measured, image.spacing(0));
    }

    @Test
    void theKeyboardAloneReachesEverything() throws Exception {
        browser.await(SPACE);
        browser.run("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')");
        JsonNode wanted = browser.run("return Array.from(document.querySelectorAll('button, select, input, a[href], canvas[tabindex]"
                + ", summary, [tabindex=\"0\"]')).filter((e) => e.checkVisibility() && !e.disabled && !(e.type === 'radio' && !e.checked))"
                + ".map((e, n) => { e.dataset.stop = n; return n; })");
        for (int n = 0; n < wanted.size() + 3; n++) {
            browser.press(TAB);
            browser.run("document.activeElement.dataset.reached = 'yes'");
        }
        assertEquals("[]", browser.run("return JSON.stringify(Array.from(document.querySelectorAll('[data-stop]'))"
                + ".filter((e) => !e.dataset.reached).map((e) => e.id || e.outerHTML))").asText());

        browser.run("document.getElementById('model-canvas').focus()");
        go(60);
        browser.press(UP);
        browser.await("Number(document.getElementById('slices').dataset.mm) > 61");
        browser.press(DOWN);
        browser.await("Number(document.getElementById('slices').dataset.mm) === 60");
        browser.press(PAGE_UP);
        browser.await("Number(document.getElementById('slices').dataset.mm) === 65");
        String readout = text("readout");
        browser.press(SHIFT, RIGHT);
        browser.await("document.getElementById('readout').textContent !== '" + readout + "'");
        browser.press(ENTER);
        browser.await("!document.getElementById('gaussian-table').hidden");
        browser.press("m");
        browser.press(SHIFT, RIGHT);
        browser.press("m");
        assertTrue(browser.run("return document.getElementById('model-canvas').ruler.millimetres").asDouble() > 0.5);
    }

    @Test
    void theTumourIsMovedOnThePageAndMovedBack() throws Exception {
        browser.await(SPACE);
        String surface = text("surface-list");
        browser.run("document.querySelector('#edit-details summary').click()");
        browser.await("document.querySelector('#edit-selection-fields select')?.length === 2");
        browser.run("const s = document.querySelector('#edit-selection-fields select'); s.selectedIndex = 1;"
                + " document.getElementById('edit-form').requestSubmit()");
        browser.await("document.querySelectorAll('#edit-steps li').length === 1");
        assertTrue(text("edit-said").contains("Gaussians selected"), text("edit-said"));
        browser.await("document.getElementById('surface-list').textContent !== arguments[0]", surface);
        browser.run("document.getElementById('edit-undo').click()");
        browser.await("document.querySelectorAll('#edit-steps li').length === 0");
        assertTrue(text("edit-said").contains("as it was opened"), text("edit-said"));
        browser.await(SPACE);
        browser.await("document.getElementById('surface-list').textContent === arguments[0]", surface);
        // A polygon, corner by corner, and what is missing is said.
        browser.run("const s = document.getElementById('edit-selection'); s.value = 'polygon'; s.dispatchEvent(new Event('change'))");
        browser.drag("model-canvas", 0.5, 0.4, 0.5, 0.4);
        browser.drag("model-canvas", 0.6, 0.4, 0.6, 0.4);
        browser.run("document.getElementById('edit-form').requestSubmit()");
        assertTrue(text("edit-selection-fields").contains("three corners"), text("edit-selection-fields"));
        assertEquals(List.of(), browser.faults());
    }

    @ParameterizedTest
    @CsvSource({"1400, false", "1400, true", "800, false", "800, true", "400, false"})
    void noFaultOfAccessibilityIsFound(int width, boolean dark) throws Exception {
        browser.emulate(width, 1000, dark);
        browser.await(SPACE);
        browser.drag("model-canvas", 0.55, 0.4, 0.55, 0.4);
        browser.await("!document.getElementById('gaussian-table').hidden");
        browser.run("document.querySelector('#edit-details summary').click()");
        browser.await("document.querySelector('#edit-selection-fields select')?.length === 2");
        if (System.getProperty("medgs.screenshots") != null) {
            Files.write(Path.of(System.getProperty("medgs.screenshots"), "view-" + width + (dark ? "-dark" : "-light") + ".png"),
                    browser.picture());
        }
        assertEquals(List.of(), browser.accessibilityFaults());
        assertTrue(browser.overflow() <= 0, "the page is " + browser.overflow() + " pixels too wide");
        assertEquals(List.of(), browser.faults());
    }

    @Test
    void aStructureOfManyIsChosenByItsName(@TempDir Path folder) throws Exception {
        ViewServer halves = SmallRun.serve(SmallRun.scene(new SmallRun(folder, 4).learnt().out));
        browser.open(halves.url());
        browser.await(SPACE);
        browser.run("document.querySelector('#edit-details summary').click()");
        browser.await("document.getElementById('edit-selection').value === 'structure'");
        browser.await("document.querySelector('#edit-selection-fields select')?.length === 2");
        String surface = text("surface-list");
        browser.run("const s = document.querySelector('#edit-selection-fields select'); s.selectedIndex = 1;"
                + " const c = document.getElementById('edit-change'); c.value = 'delete'; c.dispatchEvent(new Event('change'));"
                + " document.getElementById('edit-form').requestSubmit()");
        browser.await("document.querySelectorAll('#edit-steps li').length === 1");
        browser.await("document.getElementById('surface-list').textContent !== arguments[0]", surface);
        assertEquals(List.of(), browser.faults());
        halves.close();
    }

    @Test
    void aMeshAloneIsShownAndTheEndOfTheProgramIsSaid() throws Exception {
        ViewServer passing = SmallRun.serve(SmallRun.scene(run.resolve("surface.stl")));
        browser.open(passing.url());
        browser.await("document.body.dataset.ready");
        browser.await(SPACE);
        assertEquals(1, browser.run("return document.getElementById('space-canvas').niivue.meshes.length").asInt());
        assertEquals(List.of(), browser.faults());
        passing.close();
        browser.await("!document.getElementById('lost').hidden");
        assertTrue(text("lost").contains("has ended"), text("lost"));
        browser.faults();
    }
}
