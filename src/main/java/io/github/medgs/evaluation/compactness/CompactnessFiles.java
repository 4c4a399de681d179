package io.github.medgs.evaluation.compactness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.medgs.evaluation.interpolation.ResultFiles;
import io.github.medgs.files.Csv;
import io.github.medgs.page.LineChart;
import io.github.medgs.page.Page;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The curve as JSON and CSV for programs and as a page for people. */
public final class CompactnessFiles {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private CompactnessFiles() {}

    public static String json(CompactnessResult result) {
        try {
            return JSON.writeValueAsString(ResultFiles.finite(JSON.valueToTree(result))) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One line per model and form, and one each for the slices themselves; a step that is not there is empty. */
    public static String csv(CompactnessResult result) {
        StringBuilder csv = new StringBuilder("what,step,gaussians,bytes,bytes_per_voxel,share_of_nifti,own_psnr,own_ssim,"
                + "psnr,ssim,fit_seconds\n");
        csv.append(String.format(Locale.ROOT, "nii.gz,,,%d,%.5f,1.0000,,,,,\n", result.niftiBytes(),
                (double) result.niftiBytes() / result.voxels()));
        csv.append(String.format(Locale.ROOT, "int16,,,%d,%.5f,%.4f,,,,,\n", result.rawBytes(),
                (double) result.rawBytes() / result.voxels(), (double) result.rawBytes() / result.niftiBytes()));
        for (CompactnessResult.Point point : result.points()) {
            csv.append(String.format(Locale.ROOT, "%s,%s,%d,%d,%.5f,%.4f,%s,%s,%s,%s,%.2f\n", Csv.cell(point.method()),
                    point.step() == null ? "" : String.format(Locale.ROOT, "%.6f", point.step()), point.gaussians(),
                    point.bytes(), point.bytesPerVoxel(), (double) point.bytes() / result.niftiBytes(),
                    ResultFiles.number(point.ownPsnr(), 4), ResultFiles.number(point.ownSsim(), 6),
                    ResultFiles.number(point.psnr(), 4), ResultFiles.number(point.ssim(), 6), point.fitSeconds()));
        }
        return csv.toString();
    }

    /** A page with both curves; models with floats are in its table only, being far off to the right. */
    public static String page(CompactnessResult result) {
        Page page = new Page("How small a model is, and how well it draws");
        page.paragraph(String.format(Locale.ROOT, "%s, every %s slice kept: %d slices, %,d voxels. A file of those slices"
                + " takes %,d bytes as .nii.gz and %,d as raw int16. PSNR is for a peak of 1, the mean over slices; slices"
                + " between were left out of the training.", result.volume(), ordinal(result.stride()), result.kept(),
                result.voxels(), result.niftiBytes(), result.rawBytes()));
        page.chart(chart("Own slices: PSNR against bytes per kept voxel", result, CompactnessResult.Point::ownPsnr));
        page.chart(chart("Slices between: PSNR against bytes per kept voxel", result, CompactnessResult.Point::psnr));
        List<List<String>> rows = new ArrayList<>();
        for (CompactnessResult.Point point : result.points()) {
            rows.add(List.of(point.method(), point.step() == null ? "floats" : String.format(Locale.ROOT, "%.4f", point.step()),
                    String.format(Locale.ROOT, "%,d", point.gaussians()), String.format(Locale.ROOT, "%,d", point.bytes()),
                    String.format(Locale.ROOT, "%.3f", point.bytesPerVoxel()),
                    String.format(Locale.ROOT, "%.2f", (double) point.bytes() / result.niftiBytes()),
                    String.format(Locale.ROOT, "%.2f", point.ownPsnr()), String.format(Locale.ROOT, "%.2f", point.psnr()),
                    String.format(Locale.ROOT, "%.4f", point.ssim())));
        }
        return page.table(List.of("model", "step", "Gaussians", "bytes", "bytes per voxel", "of the .nii.gz",
                "own slices, dB", "between, dB", "between, SSIM"), rows).html();
    }

    private static LineChart chart(String caption, CompactnessResult result, ToDoubleFunction<CompactnessResult.Point> value) {
        LineChart chart = new LineChart(caption, "bytes per kept voxel", "dB");
        Set<String> methods = new LinkedHashSet<>();
        List<CompactnessResult.Point> compact = result.points().stream()
                .filter(point -> point.step() != null && !point.method().contains(CompactnessStudy.OWN)).toList();
        compact.forEach(point -> methods.add(point.method()));
        for (String method : methods) {
            List<CompactnessResult.Point> own = compact.stream().filter(point -> point.method().equals(method)).toList();
            chart.line(method, own.stream().mapToDouble(CompactnessResult.Point::bytesPerVoxel).toArray(),
                    own.stream().mapToDouble(value).toArray());
        }
        double low = compact.stream().mapToDouble(value).min().orElse(0);
        double high = compact.stream().mapToDouble(value).max().orElse(1);
        upright(chart, ".nii.gz of the slices", (double) result.niftiBytes() / result.voxels(), low, high);
        upright(chart, "raw int16", (double) result.rawBytes() / result.voxels(), low, high);
        return chart;
    }

    private static void upright(LineChart chart, String name, double x, double low, double high) {
        chart.line(name, new double[] {x, x}, new double[] {low, high});
    }

    private static String ordinal(int n) {
        return n == 2 ? "second" : n == 3 ? "third" : n + "th";
    }
}
