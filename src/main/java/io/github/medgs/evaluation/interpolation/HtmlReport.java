package io.github.medgs.evaluation.interpolation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.medgs.page.LineChart;
import io.github.medgs.page.Page;
import io.github.medgs.volume.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Results as one page for people: the pictures first, then the tables; nothing to lose, nothing to load. */
public final class HtmlReport {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final List<String> TITLES = List.of("median", "worst", "best");
    private static final int WIDEST_ROW = 6;
    /** Bytes of pictures: the page can then be sent by mail. */
    private static final long MOST = 2_000_000;
    /** 512 pixels are 8 then. */
    private static final int MOST_HALVINGS = 6;

    private final Page page = new Page("In-between slices");
    private final List<CaseResult> cases;
    private final Set<String> methods = new LinkedHashSet<>();

    private HtmlReport(List<CaseResult> cases) {
        this.cases = cases;
        cases.forEach(result -> result.methods().forEach(method -> methods.add(method.method())));
    }

    /** The whole page. */
    public static String of(List<CaseResult> cases) {
        return new HtmlReport(cases).write();
    }

    private String write() {
        page.paragraph("Slices were left out and predicted from those kept. Each picture shows a slice that was left out as a"
                + " method predicts it, and below it the error: red too bright, blue too dark, in full colour at "
                + Pictures.FULL_ERROR + " of the intensity range.");
        pictures();
        page.heading("Scores");
        page.paragraph("Intensities lie in [0, 1]. PSNR in decibels and SSIM (Gaussian window of 1.5 pixels): higher is"
                + " better. Means are over the held-out slices; slices of one single value are not scored. The best of each"
                + " row is marked. A click on a column's head sorts by it.");
        overview("PSNR, dB", MethodResult::psnr, "%.2f");
        overview("SSIM", MethodResult::ssim, "%.4f");
        cases.forEach(this::section);
        settings();
        return page.html();
    }

    /** All that fit into the page's size: each case's median slice, and all of a single case, smaller if need be. */
    private void pictures() {
        Map<CaseResult.SlicePictures, List<Page.Figure>> chosen = new LinkedHashMap<>();
        int halvings = 0;
        List<String> always = cases.size() == 1 ? TITLES : TITLES.subList(0, 1);
        long bytes = put(always, halvings, Long.MAX_VALUE, chosen);
        while (bytes > MOST && halvings < MOST_HALVINGS) {
            bytes = put(always, ++halvings, Long.MAX_VALUE, chosen);
        }
        put(TITLES.subList(always.size(), TITLES.size()), halvings, MOST - bytes, chosen);
        int leftOut = cases.stream().mapToInt(result -> result.pictures().size()).sum() - chosen.size();
        if (halvings > 0) {
            page.paragraph("A pixel of a picture is the mean of " + (1 << halvings) + " x " + (1 << halvings)
                    + " of its slice, as the page would become too large.");
        }
        for (CaseResult result : cases) {
            List<CaseResult.SlicePictures> shown = result.pictures().stream().filter(chosen::containsKey).toList();
            if (!shown.isEmpty()) {
                page.heading(name(result));
            }
            for (CaseResult.SlicePictures slice : shown) {
                page.subheading("Slice " + slice.slice() + ", the " + slice.title() + " of " + result.pictured());
                page.figures(Math.min(WIDEST_ROW, chosen.get(slice).size()), chosen.get(slice));
            }
        }
        if (leftOut > 0) {
            page.paragraph("Not shown, as the page would become too large: " + leftOut + " slices. A run on fewer volumes or"
                    + " strides shows them.");
        }
    }

    /** Adds the slices of titles, title by title, that fit into what is left; returns how many bytes they take. */
    private long put(List<String> titles, int halvings, long left, Map<CaseResult.SlicePictures, List<Page.Figure>> chosen) {
        long bytes = 0;
        for (String title : titles) {
            for (CaseResult result : cases) {
                for (CaseResult.SlicePictures slice : result.pictures()) {
                    if (slice.title().equals(title)) {
                        List<Page.Figure> figures = figures(result, slice, halvings);
                        long more = figures.stream().mapToLong(figure -> Page.dataUri(figure.image()).length()).sum();
                        if (bytes + more <= left) {
                            bytes += more;
                            chosen.put(slice, figures);
                        }
                    }
                }
            }
        }
        return bytes;
    }

    private static List<Page.Figure> figures(CaseResult result, CaseResult.SlicePictures slice, int halvings) {
        int height = result.height();
        int width = result.width();
        List<Page.Figure> figures = new ArrayList<>();
        boolean expected = slice.expected() != null;
        figures.add(new Page.Figure(Pictures.stacked(Pictures.grey(slice.truth(), height, width),
                expected ? Pictures.expected(slice.expected(), height, width) : null),
                expected ? "the true slice above the expected error" : "the true slice",
                expected ? "true, and the expected error" : "true"));
        for (int m = 0; m < result.methods().size(); m++) {
            MethodResult method = result.methods().get(m);
            float[] predicted = slice.predictions().get(m);
            SliceScore score = method.slices().stream().filter(s -> s.slice() == slice.slice()).findFirst().orElseThrow();
            figures.add(new Page.Figure(Pictures.stacked(Pictures.grey(predicted, height, width),
                    Pictures.error(predicted, slice.truth(), height, width)),
                    "slice as predicted by " + method.method() + ", above its error",
                    method.method() + ": " + number("%.2f", score.psnr()) + " dB, " + number("%.4f", score.ssim())));
        }
        for (int n = 0; n < halvings; n++) {
            figures.replaceAll(figure -> new Page.Figure(Pictures.halved(figure.image()), figure.alternative(), figure.caption()));
        }
        return figures;
    }

    private void overview(String metric, ToDoubleFunction<MethodResult> value, String format) {
        List<String> head = new ArrayList<>(List.of("volume", "stride"));
        head.addAll(methods);
        List<List<String>> rows = new ArrayList<>();
        boolean[][] marked = new boolean[cases.size()][head.size()];
        for (CaseResult result : cases) {
            List<String> row = new ArrayList<>(List.of(result.volume(), Integer.toString(result.stride())));
            double best = result.methods().stream().mapToDouble(value).filter(Double::isFinite).max().orElse(Double.NaN);
            for (String name : methods) {
                double score = result.methods().stream().filter(method -> method.method().equals(name))
                        .mapToDouble(value).findFirst().orElse(Double.NaN);
                marked[rows.size()][row.size()] = score == best;
                row.add(number(format, score));
            }
            rows.add(row);
        }
        page.subheading(metric);
        page.table(head, rows, marked);
    }

    private void section(CaseResult result) {
        page.heading(name(result) + ": every method");
        page.paragraph(result.slices() + " slices of " + result.width() + " x " + result.height() + " along "
                + result.axis() + ", " + result.kept() + " kept, window " + number("%.4g", result.windowLow()) + " to "
                + number("%.4g", result.windowHigh()) + "; " + result.emptySlices() + " empty held-out slices not scored."
                + (result.nonFiniteVoxels() == 0 ? "" : " " + Words.count(result.nonFiniteVoxels(), "voxel is", "voxels are")
                        + " NaN or infinite and taken as the window's low end.")
                + " Roughness is the mean absolute second difference across slices; of the true slices it is "
                + number("%.5f", result.trueRoughness()) + ".");
        page.table(List.of("method", "PSNR, dB", "SSIM", "mean abs. error", "roughness", "own slices PSNR", "own slices SSIM",
                "fit, s", "per slice, ms"), result.methods().stream().map(method -> List.of(method.method(),
                number("%.2f", method.psnr()), number("%.4f", method.ssim()), number("%.5f", method.meanAbsoluteError()),
                number("%.5f", method.roughness()), number("%.2f", method.ownPsnr()), number("%.4f", method.ownSsim()),
                number("%.1f", method.fitSeconds()), number("%.1f", 1000 * method.secondsPerSlice()))).toList());
        trust(result);
        chart(result, "PSNR by slice", "dB", SliceScore::psnr);
        chart(result, "SSIM by slice", "SSIM", SliceScore::ssim);
    }

    private void trust(CaseResult result) {
        List<List<String>> rows = result.methods().stream().filter(method -> method.trust() != null).map(method -> {
            TrustScore trust = method.trust();
            return Stream.concat(Stream.of(method.method(), number("%.0f", 100 * trust.level()), number("%.1f", 100 * trust.coverage())),
                    Stream.concat(Stream.of(trust.halfWidth(), trust.trivialHalfWidth(), trust.expectedError(), trust.error())
                            .map(width -> number("%.5f", width)),
                            Stream.of(trust.sparsificationRatio(), trust.sparsificationInForeground())
                                    .map(ratio -> number("%.3f", ratio)))).toList();
        }).toList();
        if (!rows.isEmpty()) {
            page.subheading("How sure");
            page.table(List.of("method", "band meant for, %", "holds, %", "half width", "of linear's errors", "expected error",
                    "true error", "sparsification", "in foreground"), rows);
            page.paragraph("Sparsification is the area between the curve and the oracle's over that of chance: 0 orders errors"
                    + " perfectly, 1 not at all.");
        }
    }

    private void chart(CaseResult result, String caption, String unit, ToDoubleFunction<SliceScore> value) {
        LineChart chart = new LineChart(caption, "slice", unit);
        boolean drawn = false;
        for (MethodResult method : result.methods()) {
            List<SliceScore> scores = method.slices().stream().filter(score -> !score.empty()).toList();
            drawn |= !scores.isEmpty();
            chart.line(method.method(), scores.stream().mapToDouble(SliceScore::slice).toArray(),
                    scores.stream().mapToDouble(value).toArray());
        }
        if (drawn) {
            page.chart(chart);
        }
    }

    private void settings() {
        Map<String, MethodResult> byName = new LinkedHashMap<>();
        cases.forEach(result -> result.methods().forEach(method -> byName.putIfAbsent(method.method(), method)));
        page.heading("Methods and settings");
        page.table(List.of("method", "what it does"), byName.values().stream()
                .map(method -> List.of(method.method(), method.description())).toList());
        byName.forEach((name, method) -> {
            if (!method.settings().isEmpty()) {
                try {
                    page.details("Settings of " + name, JSON.writeValueAsString(method.settings()));
                } catch (JsonProcessingException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    private static String name(CaseResult result) {
        int n = result.stride();
        return result.volume() + ", every " + (n == 2 ? "second" : n == 3 ? "third" : n + "th") + " slice kept";
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }
}
