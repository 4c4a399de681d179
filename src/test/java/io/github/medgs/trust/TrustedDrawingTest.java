package io.github.medgs.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.AcquiredSlices;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

class TrustedDrawingTest {

    private static final int SIDE = 16;
    private static final IntensityWindow WINDOW = new IntensityWindow(-160, 240);

    /** Air of -1000 above tissue of 40, in five slices a millimetre apart. */
    private static Volume airAboveTissue() {
        float[] intensities = new float[5 * SIDE * SIDE];
        for (int n = 0; n < intensities.length; n++) {
            intensities[n] = n / SIDE % SIDE < 6 ? -1000 : 40;
        }
        return new Volume(new Grid(SIDE, SIDE, 5, new Matrix4d()), intensities);
    }

    /** A model without Gaussians: it draws the low end of the window, whatever the slice. */
    private static TrainedModel blank(Volume volume) {
        SliceGeometry geometry = SliceStack.of(volume, SliceAxis.K, WINDOW).geometry();
        ModelForm form = new ModelForm(SIDE, SIDE, 1, 0, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED,
                TimeAxis.SLICES);
        return new TrainedModel(new FoldedGaussians(form, 1), geometry, WINDOW, true, false)
                .with(AcquiredSlices.of(volume, SliceAxis.K));
    }

    @Test
    void whatLiesBeyondTheWindowIsCarriedWhoeverDrawsTheAcquiredSlices() {
        Volume volume = airAboveTissue();
        TrainedModel model = blank(volume);
        Provenance provenance = Provenance.of(model.geometry().positions(), new double[] {0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4});
        Volume returned;
        Volume all;
        try (ReferenceEngine engine = new ReferenceEngine()) {
            TrustedDrawing drawing = new TrustedDrawing(engine, model, null, 1);
            returned = drawing.render(provenance, true, false, false, _ -> { }).image();
            all = drawing.renderAll(provenance, true, false, _ -> { }).image();
        }
        int air = 2 * SIDE + 5;
        int tissue = 10 * SIDE + 5;
        for (int slice = 0; slice < provenance.count(); slice++) {
            int first = slice * SIDE * SIDE;
            assertEquals(-1000, all.voxels()[first + air], 1, "air of slice " + slice);
            assertEquals(-160, all.voxels()[first + tissue], 1e-3, "what the model draws of slice " + slice);
            assertEquals(-1000, returned.voxels()[first + air], 1, "air of slice " + slice);
            assertEquals(slice % 2 == 0 ? 40 : -160, returned.voxels()[first + tissue], 1e-3, "slice " + slice);
        }
    }
}
