package io.github.medgs.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFormTest {

    private static ModelForm form(Compositing compositing) {
        return new ModelForm(8, 8, 2, 2, compositing, TemporalWindow.HAT, HeadOpacity.SHARED, TimeAxis.SLICES);
    }

    @ParameterizedTest
    @ValueSource(floats = {-3f, -0.1f, 0f, 0.2f, 0.49999f, 0.5f, 0.50001f, 0.7f, 1f, 1.2f, 9f})
    void occupancyMovesNoVoxelToTheOtherSide(float drawn) {
        for (Compositing compositing : Compositing.values()) {
            assertEquals(Math.signum(drawn - 0.5f), Math.signum(form(compositing).occupancy(drawn) - 0.5f));
        }
    }

    @Test
    void occupancyIsSteeperInTheNormalisedFormAlone() {
        assertEquals(0.7f, form(Compositing.NORMALISED).occupancy(0.55f), 1e-6f);
        assertEquals(0.55f, form(Compositing.ALPHA).occupancy(0.55f));
        for (Compositing compositing : Compositing.values()) {
            assertEquals(0f, form(compositing).occupancy(-2f));
            assertEquals(1f, form(compositing).occupancy(2f));
        }
    }
}
