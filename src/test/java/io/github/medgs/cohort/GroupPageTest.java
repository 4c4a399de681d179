package io.github.medgs.cohort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.view.Browser;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The group's page in a real browser, with subjects of two labels and columns of their own. */
@Timeout(120)
class GroupPageTest {

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        assumeTrue(Browser.missing().isEmpty(), Browser.missing());
        ArrayNode rows = new ObjectMapper().createArrayNode();
        for (int n = 0; n < 6; n++) {
            for (String label : new String[] {"", "liver", "spleen"}) {
                ObjectNode row = rows.addObject();
                row.put("id", "p" + n).put("label", label).put("status", "done");
                // The last subject's spleen is ten times as large as the others'.
                double spleen = n == 5 ? 2000 : 200 + n;
                row.put("volume_mm3", label.equals("spleen") ? spleen : label.equals("liver") ? 1000 + n : 1000 + n + spleen);
                row.put("seconds", 3.5);
                row.put("dose", List.of("9", "0.25", "100", "0.5", "10", "").get(n)).put("visit", "v" + (12 - 2 * n));
                row.put("outliers", "few");
            }
        }
        browser = new Browser(1400, 1000);
        browser.open(page("group.html", rows).toUri().toString());
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static String volumes(String label) throws Exception {
        return browser.run("const s = document.getElementById('label'); s.value = arguments[0];"
                + " s.dispatchEvent(new Event('change')); return document.querySelector('#plots figcaption').textContent", label)
                .asText();
    }

    @Test
    void distributionsAreOfOneLabelEach() throws Exception {
        assertEquals("[\"all together\",\"liver\",\"spleen\"]", browser.run(
                "return JSON.stringify(Array.from(document.getElementById('label').options, (o) => o.text))").asText());
        assertEquals("volume_mm31,000 to 1,005, median 1,003", volumes("liver"));
        assertEquals("volume_mm3200 to 2,000, median 202.5", volumes("spleen"));
        assertEquals("volume_mm31,200 to 3,005, median 1,205", volumes(""));
        assertEquals(List.of(), browser.faults().stream().filter(line -> !line.contains("preview.png")).toList());
    }

    /** A number that is a kidney in one subject and an aorta in another, as of folders of masks. */
    @Test
    void labelsOfOneNameAreTogetherWhateverTheirNumbers() throws Exception {
        ArrayNode rows = new ObjectMapper().createArrayNode();
        String[][] labels = {{"", "", "5"}, {"1", "aorta", "1"}, {"2", "left kidney", "4"}};
        for (int n = 0; n < 4; n++) {
            for (String[] label : n % 2 == 0 ? labels : new String[][] {{"", "", "4"}, {"1", "Left_Kidney", "4"}}) {
                rows.addObject().put("id", "p" + n).put("label", label[0]).put("status", "done")
                        .put("volume_mm3", Double.parseDouble(label[2]) + n).put("seconds", 3.5).put("label_name", label[1]);
            }
        }
        browser.open(page("names.html", rows).toUri().toString());
        try {
            assertEquals("[\"all together\",\"aorta\",\"left kidney\"]", browser.run(
                    "return JSON.stringify(Array.from(document.getElementById('label').options, (o) => o.text))").asText());
            assertEquals("volume_mm34 to 7, median 5.5", volumes("name left kidney"));
            assertEquals("One number has several names in this group (1 is aorta, Left_Kidney): labels are compared by name here.",
                    browser.run("return document.getElementById('twice').innerText").asText());
        } finally {
            browser.open(folder.resolve("group.html").toUri().toString());
        }
        assertTrue(browser.run("return document.getElementById('twice').hidden").asBoolean());
    }

    /** A table wider than its box is scrolled, and a shade at its side says so; long headings break after their words. */
    @Test
    void columnsOutOfSightAreHintedAt() throws Exception {
        ArrayNode rows = new ObjectMapper().createArrayNode();
        ObjectNode row = rows.addObject().put("id", "sub-0001").put("label", "").put("status", "done").put("ssim", 0.9).put("expected_error", 0.1);
        row.put("a_column_of_your_own", "with a text that takes more room than there is on the page. ".repeat(4));
        browser.open(page("wide.html", rows).toUri().toString());
        try {
            assertTrue(browser.run("const box = document.querySelector('.scroll'); box.scrollLeft = 1e6;"
                    + " return box.scrollWidth > box.clientWidth && box.scrollLeft > 0").asBoolean());
            assertEquals("local local scroll scroll", browser.run("const style = getComputedStyle(document.querySelector('.scroll'));"
                    + " return style.backgroundImage.split('linear-gradient').length === 5"
                    + " ? style.backgroundAttachment.replaceAll(',', '') : style.backgroundImage").asText());
            assertEquals("expected_error 2", browser.run("const of = (name) => document.querySelector(`th[data-column=${name}] button`);"
                    + " return of('expected_error').textContent + ' ' + Math.round(of('expected_error').offsetHeight / of('ssim').offsetHeight)")
                    .asText());
        } finally {
            browser.open(folder.resolve("group.html").toUri().toString());
        }
    }

    private static Path page(String name, ArrayNode rows) throws Exception {
        Path page = folder.resolve(name);
        try (InputStream in = GroupFiles.class.getResourceAsStream("group.html")) {
            String html = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(page, html.replace("\"@DATA@\"", rows.toString()));
        }
        return page;
    }

    private static String sorted(String column) throws Exception {
        return browser.run("document.querySelector(`th[data-column=${arguments[0]}] button`).click();"
                + " const at = Array.from(document.getElementById('head').children).findIndex((c) => c.dataset.column === arguments[0]);"
                + " return Array.from(document.getElementById('body').rows, (r) => r.cells[at].textContent)"
                + ".filter((_, n) => n % 3 === 0).join(' ')", column).asText();
    }

    @Test
    void numbersOfYourOwnColumnsSortAsNumbers() throws Exception {
        assertEquals("0.25 0.5 9 10 100 ", sorted("dose"));
        assertEquals("v2 v4 v6 v8 v10 v12", sorted("visit"));
    }

    /** Whatever columns there are: one may be called outliers. */
    @Test
    void outliersAreMarked() throws Exception {
        assertEquals("[\"2,000\",\"3,005\"]", browser.run("return JSON.stringify(Array.from("
                + "document.querySelectorAll('td.outlier'), (c) => c.textContent).sort())").asText());
        assertEquals(2, browser.run("const s = document.getElementById('status'); s.value = 'outlier'; s.onchange();"
                + " const n = document.getElementById('body').rows.length; s.value = ''; s.onchange(); return n").asInt());
    }
}
