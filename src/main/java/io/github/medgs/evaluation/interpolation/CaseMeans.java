package io.github.medgs.evaluation.interpolation;

import io.github.medgs.evaluation.Spread;
import io.github.medgs.files.Csv;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A method at one stride, in the mean over the cases of a study: each case counts once, however many slices it has.
 *
 * @param psnr decibels; its count is of the cases that have something to score
 */
public record CaseMeans(int stride, String method, Spread psnr, Spread ssim) {

    /** By stride and method, in the order of the cases. */
    public static List<CaseMeans> of(List<CaseResult> cases) {
        Map<List<Object>, List<MethodResult>> groups = new LinkedHashMap<>();
        for (CaseResult result : cases) {
            for (MethodResult method : result.methods()) {
                groups.computeIfAbsent(List.of(result.stride(), method.method()), _ -> new ArrayList<>()).add(method);
            }
        }
        List<CaseMeans> means = new ArrayList<>();
        groups.forEach((key, results) -> means.add(new CaseMeans((Integer) key.get(0), (String) key.get(1),
                Spread.of(results.stream().map(MethodResult::psnr).toList()),
                Spread.of(results.stream().map(MethodResult::ssim).toList()))));
        return means;
    }

    /** One line per stride and method; a spread of one case is empty. */
    public static String csv(List<CaseMeans> means) {
        StringBuilder csv = new StringBuilder("stride,method,cases,psnr,psnr_deviation,ssim,ssim_deviation\n");
        for (CaseMeans mean : means) {
            csv.append(mean.stride()).append(',').append(Csv.cell(mean.method())).append(',')
                    .append(mean.psnr().count());
            for (Spread spread : List.of(mean.psnr(), mean.ssim())) {
                csv.append(',').append(ResultFiles.number(spread.mean(), 6)).append(',')
                        .append(ResultFiles.number(spread.deviation(), 6));
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    /** In words, for a terminal. */
    public String line() {
        return String.format(Locale.ROOT, "stride %d, mean of %d: %-12s PSNR %s dB, SSIM %s", stride, psnr.count(), method,
                psnr.text(2), ssim.text(4));
    }
}
