package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.trust.Provenance;
import io.github.medgs.trust.SliceTable;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's pictures tell acquired slices from drawn ones as {@code report.json} and {@code slices.csv} do. */
class ReportPicturesTest {

    private static final int LIGHT = 0xFFF2F2F2;

    private static SliceTable table(double gap, boolean returned) {
        double[] acquired = {0, gap, 2 * gap};
        double[] positions = new double[7];
        for (int n = 0; n < positions.length; n++) {
            positions[n] = n * gap / 3;
        }
        return new SliceTable(Provenance.of(acquired, positions), SliceAxis.K, null, returned, null);
    }

    /** Of seven slices the first, the middle and the last are acquired: two sevenths' halves at the ends, and a whole one. */
    @ParameterizedTest
    @ValueSource(doubles = {3, 0.001, 1e-5, 4000})
    void theStripIsLightWhereSlicesWereAcquired(double gap) {
        assertEquals(2 / 6.0, light(gap, true), 0.02);
        assertEquals(0, light(gap, false), "all are drawn by the model");
    }

    /** Three slices, the middle one white, under seven slices of a mask: each shows the nearest, and the mask's own outline. */
    @Test
    void aMaskAloneIsOutlinedOnTheInputsNearestSlices() {
        TrainedModel model = model(3);
        float[] values = new float[3 * 30];
        Arrays.fill(values, 30, 60, 1);
        float[] inside = new float[7 * 30];
        Arrays.fill(inside, 4 * 30, 5 * 30, 1);
        SliceTable table = table(3, false);
        Volume mask = model.geometry().volumeOf(inside, table.provenance().positions());
        Volume input = model.geometry().volumeOf(values, model.geometry().positions());
        BufferedImage cut = PlanePicture.ofDrawn(model, input, new DrawnSlices(null, mask, null, table, null)).atRow(2, 300);
        int x = cut.getWidth() / 4;
        int slice = cut.getHeight() / 6;
        assertEquals(0xFFFFFFFF, cut.getRGB(x, 3 * slice), "the middle slice is white");
        assertEquals(0xFF000000, cut.getRGB(x, slice / 4), "the last one is black");
        assertEquals(0xFFFFFFFF, cut.getRGB(x, 4 * slice - slice / 4), "a third of a gap off, the white one is nearer");
        assertEquals(0xFF000000, cut.getRGB(x, 4 * slice + 3 * slice / 4), "two thirds off it is not");
        IntStream outline = IntStream.range(0, cut.getHeight()).filter(y -> cut.getRGB(x, y) == 0xFFFFC400);
        double[] millimetres = outline.mapToDouble(y -> (cut.getHeight() - y - 0.5) * 6 / cut.getHeight()).toArray();
        assertEquals(4.5, Arrays.stream(millimetres).max().orElseThrow(), 0.05, "from half way to the slice above");
        assertEquals(3.5, Arrays.stream(millimetres).min().orElseThrow(), 0.05, "to half way to that below");
    }

    @Test
    void theFullestRowCrossesMostOfTheStructures() {
        float[] inside = new float[7 * 30];
        inside[1 * 30 + 3 * 6 + 2] = 1;
        inside[1 * 30 + 3 * 6 + 3] = 1;
        inside[5 * 30 + 1 * 6 + 4] = 1;
        TrainedModel model = model(3);
        Volume mask = model.geometry().volumeOf(inside, table(3, true).provenance().positions());
        assertEquals(3, Outlines.of(mask).fullestRow(model.geometry()));
    }

    // The share of the strip that says acquired.
    private static double light(double gap, boolean returned) {
        TrainedModel model = model(gap);
        SliceTable table = table(gap, returned);
        Volume volume = model.geometry().volumeOf(new float[7 * 30], table.provenance().positions());
        BufferedImage cut = new PlanePicture(model, volume, null, table, null, 0).atRow(2, 300);
        int light = 0;
        for (int y = 0; y < cut.getHeight(); y++) {
            light += cut.getRGB(0, y) == LIGHT ? 1 : 0;
        }
        return light / (double) cut.getHeight();
    }

    private static TrainedModel model(double gap) {
        ModelForm form = new ModelForm(6, 5, 1, 0, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED, TimeAxis.SLICES);
        double pixel = gap / 3;
        SliceGeometry geometry = new SliceGeometry(SliceAxis.K, 5, 6,
                new double[] {pixel, 0, 0, 0, 0, pixel, 0, 0, 0, 0, gap, 0}, new double[] {0, gap, 2 * gap});
        return new TrainedModel(new FoldedGaussians(form, 1), geometry, new IntensityWindow(0, 1), true, false);
    }

    @Test
    void theDrawnSliceThatIsShownIsADrawnOne() {
        assertEquals(2, ReportPage.drawnSlice(table(0.001, true)));
        assertEquals(2, ReportPage.drawnSlice(table(3, true)));
        SliceTable own = new SliceTable(Provenance.of(new double[] {0, 3}, new double[] {0, 3}), SliceAxis.K, null, true, null);
        assertEquals(-1, ReportPage.drawnSlice(own));
    }
}
