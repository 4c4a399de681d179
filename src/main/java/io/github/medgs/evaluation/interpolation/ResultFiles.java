package io.github.medgs.evaluation.interpolation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.files.Csv;
import java.util.List;
import java.util.Locale;

/** Results as texts for other programs: JSON with everything, CSV by slice and by case. */
public final class ResultFiles {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final double[] NOTHING = {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN};

    private ResultFiles() {}

    /** Every case, method and slice; a number that does not exist (a mean over no slices) is {@code null}. */
    public static String json(List<CaseResult> cases) {
        ObjectNode root = JSON.createObjectNode();
        root.put("what", "slices left out and predicted from those kept; intensities in [0, 1]; SSIM with an 11-tap"
                + " Gaussian window of 1.5 pixels; slices of one single value are not in the means");
        ArrayNode array = root.putArray("cases");
        cases.forEach(result -> array.add(finite(JSON.valueToTree(result))));
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One line per slice and method. */
    public static String sliceCsv(List<CaseResult> cases) {
        StringBuilder csv =
                new StringBuilder("volume,stride,method,slice,position_mm,psnr,ssim,mean_absolute_error,empty\n");
        for (CaseResult result : cases) {
            for (MethodResult method : result.methods()) {
                for (SliceScore score : method.slices()) {
                    csv.append(Csv.cell(result.volume())).append(',').append(result.stride()).append(',')
                            .append(Csv.cell(method.method())).append(',').append(score.slice()).append(',')
                            .append(number(score.position(), 4)).append(',').append(number(score.psnr(), 4)).append(',')
                            .append(number(score.ssim(), 6)).append(',').append(number(score.error(), 7)).append(',')
                            .append(score.empty()).append('\n');
                }
            }
        }
        return csv.toString();
    }

    /**
     * One line per case and method. Of the columns that say how sure it is, {@code true_error} is the one to hold against
     * {@code expected_error}: both are over the foreground, {@code mean_absolute_error} over all voxels.
     */
    public static String summaryCsv(List<CaseResult> cases) {
        StringBuilder csv = new StringBuilder("volume,stride,method,kept,scored,psnr,ssim,mean_absolute_error,"
                + "roughness,true_roughness,own_psnr,own_ssim,fit_seconds,seconds_per_slice,"
                + "band_coverage,band_half_width,trivial_half_width,expected_error,sparsification_ratio,"
                + "sparsification_ratio_foreground,true_error\n");
        for (CaseResult result : cases) {
            for (MethodResult method : result.methods()) {
                csv.append(Csv.cell(result.volume())).append(',').append(result.stride()).append(',')
                        .append(Csv.cell(method.method())).append(',').append(result.kept()).append(',')
                        .append(method.slices().size() - result.emptySlices());
                double[] values = {method.psnr(), method.ssim(), method.meanAbsoluteError(), method.roughness(),
                    result.trueRoughness(), method.ownPsnr(), method.ownSsim(), method.fitSeconds(),
                    method.secondsPerSlice()};
                for (double value : values) {
                    csv.append(',').append(number(value, 6));
                }
                TrustScore trust = method.trust();
                double[] sure = trust == null ? NOTHING : new double[] {trust.coverage(), trust.halfWidth(),
                    trust.trivialHalfWidth(), trust.expectedError(), trust.sparsificationRatio(),
                    trust.sparsificationInForeground(), trust.error()};
                for (double value : sure) {
                    csv.append(',').append(number(value, 6));
                }
                csv.append('\n');
            }
        }
        return csv.toString();
    }

    /** The same tree with null in place of what is not finite: JSON knows no NaN. */
    public static JsonNode finite(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (entry.getValue().isDouble() && !Double.isFinite(entry.getValue().doubleValue())) {
                    entry.setValue(object.nullNode());
                } else {
                    finite(entry.getValue());
                }
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(ResultFiles::finite);
        }
        return node;
    }

    /** A cell of so many decimals, empty for what is not finite. */
    public static String number(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "";
    }
}
