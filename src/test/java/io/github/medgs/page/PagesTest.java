package io.github.medgs.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.medgs.cli.CommandLineRunner;
import io.github.medgs.view.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pages that commands write, each by a short run: one file, small, and in a real browser without a fault of
 * accessibility. {@code -Dmedgs.screenshots=DIR} keeps pictures of them.
 */
@Timeout(300)
class PagesTest {

    private static final String KIDNEY = "sample-volumes/kidney.nii.gz";
    private static final String MASK = "sample-volumes/kidney-mask.nii.gz";
    private static final long LARGEST = 3_000_000;
    private static final Pattern LOADS = Pattern.compile("(?:src|href)=\"(?!data:|#)|url\\((?!data:)|@import|\\bfetch\\(");
    private static final String ENTER = "\uE007";

    @TempDir
    static Path folder;

    private static final Map<String, Path> PAGES = new LinkedHashMap<>();

    @BeforeAll
    static void write() throws Exception {
        String[] shortly = {"--preset", "quick", "--set", "iterations=20", "--set", "start.pixelsPerGaussian=40", "--quiet"};
        medgs(shortly, "reconstruct", KIDNEY, "--mask", MASK, "-o", at("run"));
        PAGES.put("report", Path.of(at("run"), "report.html"));
        medgs(new String[0], "phantom", "kidney-tumour-baseline", "-o", at("before"));
        medgs(new String[0], "phantom", "kidney-tumour-followup", "-o", at("after"));
        medgs(new String[0], "compare", at("before/kidney-tumour-baseline-mask.nii.gz"),
                at("after/kidney-tumour-followup-mask.nii.gz"), "-o", at("compare"), "--quiet");
        PAGES.put("compare", Path.of(at("compare"), "compare.html"));
        medgs(shortly, "evaluate", "interpolation", KIDNEY, "--stride", "2,3,4", "--methods",
                "linear,cubic,motion", "-o", at("study"));
        PAGES.put("interpolation", Path.of(at("study"), "interpolation.html"));
        medgs(new String[0], "evaluate", "sparse", KIDNEY, MASK, "--methods", "iso,shape", "--stride", "2,3", "--label", "2", "-o",
                at("sparse"), "--quiet");
        PAGES.put("sparse", Path.of(at("sparse"), "sparse.html"));
        StringBuilder rows = new StringBuilder("id,image,mask,site\n");
        for (int n = 1; n <= 5; n++) {
            rows.append("p0").append(n).append(',').append(Path.of(KIDNEY).toAbsolutePath()).append(',')
                    .append(Path.of(MASK).toAbsolutePath()).append(",north\n");
        }
        Files.writeString(folder.resolve("subjects.csv"), rows);
        medgs(shortly, "cohort", at("subjects.csv"), "-o", at("group"), "--set", "iterations=3");
        PAGES.put("group", Path.of(at("group"), "group.html"));
    }

    private static String at(String name) {
        return folder.resolve(name).toString();
    }

    private static void medgs(String[] more, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        assertEquals(0, CommandLineRunner.run(all), () -> String.join(" ", all));
    }

    @Test
    void aPageIsOneSmallFileThatLoadsNothing() throws Exception {
        for (Map.Entry<String, Path> page : PAGES.entrySet()) {
            String html = Files.readString(page.getValue());
            assertTrue(Files.size(page.getValue()) < LARGEST, page.getKey() + ": " + Files.size(page.getValue()));
            assertEquals(List.of(), LOADS.matcher(html).results().map(match -> html.substring(match.start(),
                    Math.min(html.length(), match.end() + 60))).toList(), page.getKey());
            assertEquals("", html.replaceAll("(?s).*?(https?://[^\"' <)]*)|.+", "$1").replace("http://www.w3.org/2000/svg", ""),
                    page.getKey());
        }
    }

    /** In the browser. */
    @Nested
    class Seen {

        private static Browser browser;

        @BeforeAll
        static void start() throws Exception {
            assumeTrue(Browser.missing().isEmpty(), Browser.missing());
            browser = new Browser(1400, 1000);
        }

        @AfterAll
        static void stop() throws Exception {
            if (browser != null) {
                browser.close();
            }
        }

        @ParameterizedTest
        @CsvSource({"1400, false", "1400, true", "400, false", "400, true"})
        void noFaultOfAccessibilityIsFound(int width, boolean dark) throws Exception {
            browser.emulate(width, 1000, dark);
            for (Map.Entry<String, Path> page : PAGES.entrySet()) {
                browser.open(page.getValue().toUri().toString());
                browser.await("document.readyState === 'complete'");
                // Rules of contrast look at what is folded away only when it is open.
                browser.run("for (const d of document.querySelectorAll('details')) d.open = true");
                assertEquals(List.of(), browser.accessibilityFaults(), page.getKey());
                assertTrue(browser.overflow() <= 0, page.getKey() + " is " + browser.overflow() + " pixels too wide");
                assertEquals(List.of(), browser.faults(), page.getKey());
                // On a wide screen no column is out of sight; a group's table has as many as its user gives it.
                assertEquals(0, width < 1400 || page.getKey().equals("group") ? 0 : browser.run("return Math.max(0, ...[...document.querySelectorAll('.scroll')]"
                        + ".map(e => e.scrollWidth - e.clientWidth))").asInt(), page.getKey());
                if (System.getProperty("medgs.screenshots") != null) {
                    browser.run("for (const d of document.querySelectorAll('details')) d.open = false; window.scrollTo(0, 0)");
                    browser.emulate(width, browser.run("return document.documentElement.scrollHeight").asInt(), dark);
                    Files.write(Path.of(System.getProperty("medgs.screenshots"), page.getKey() + "-" + width
                            + (dark ? "-dark" : "-light") + ".png"), browser.picture());
                    browser.emulate(width, 1000, dark);
                }
            }
        }

        @Test
        void aTableSortsByTheKeyboard() throws Exception {
            browser.open(PAGES.get("interpolation").toUri().toString());
            browser.await("document.querySelector('table.sortable th button')");
            String column = "return Array.from(document.querySelector('table.sortable').tBodies[0].rows)"
                    + ".map((r) => Number(r.cells[3].textContent))";
            browser.run("document.querySelectorAll('table.sortable th button')[3].focus()");
            for (String order : List.of("ascending", "descending")) {
                browser.press(ENTER);
                assertEquals(order, browser.run("return document.activeElement.parentElement.getAttribute('aria-sort')").asText());
                double[] values = new double[3];
                for (int n = 0; n < values.length; n++) {
                    values[n] = browser.run(column).get(n).asDouble() * (order.equals("ascending") ? 1 : -1);
                }
                double[] sorted = values.clone();
                Arrays.sort(sorted);
                assertArrayEquals(sorted, values);
            }
        }
    }
}
