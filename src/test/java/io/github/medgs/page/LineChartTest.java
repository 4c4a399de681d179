package io.github.medgs.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers at the axes of a chart. */
class LineChartTest {

    private static final Pattern AT_Y = Pattern.compile("text-anchor=\"end\">([^<]*)<");

    @ParameterizedTest
    @CsvSource({"0.99995, 1.00000, 0.99995 0.99996 0.99997 0.99998 0.99999 1.00000", "100, 100.5, 100.0 100.1 100.2 100.3 100.4 100.5",
        "0, 0.5, 0 0.100 0.200 0.300 0.400 0.500", "1, 1.5, 1.0 1.1 1.2 1.3 1.4 1.5", "0, 500, 0 100 200 300 400 500"})
    void numbersHaveAsManyDecimalsAsTellThemApart(double low, double high, String labels) {
        String svg = new LineChart("chart", "x", "y").line("line", new double[] {0, 1}, new double[] {low, high}).toSvg();
        List<String> written = AT_Y.matcher(svg).results().map(match -> match.group(1)).toList();
        assertEquals(labels, String.join(" ", written));
    }
}
