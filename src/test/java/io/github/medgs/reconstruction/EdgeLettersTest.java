package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import java.awt.image.BufferedImage;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Left, right, top, bottom of each picture, of a volume whose axes i, j, k run towards what its orientation says. */
class EdgeLettersTest {

    @ParameterizedTest
    @CsvSource({"RAS, K, LRPA, LRSI, PASI", "LPS, K, RLAP, RLSI, APSI", "RAS, J, LRIS, LRAP, ISAP", "PSR, K, APIS, APRL, ISRL"})
    void eachEdgeSaysItsSideOfThePatient(String orientation, SliceAxis axis, String slice, String row, String column) {
        Matrix4d affine = new Matrix4d().zero();
        for (int index = 0; index < 3; index++) {
            int side = "RLAPSI".indexOf(orientation.charAt(index));
            affine.set(index, side / 2, side % 2 == 0 ? 2 : -2);
        }
        EdgeLetters letters = new EdgeLetters(SliceGeometry.of(new Grid(4, 5, 6, affine.m33(1)), axis));

        assertEquals(slice, letters.ofSlice());
        assertEquals(row, letters.ofRow());
        assertEquals(column, letters.ofColumn());
    }

    @Test
    void aPictureTooSmallToReadStaysAsItIs() {
        BufferedImage small = new BufferedImage(40, 400, BufferedImage.TYPE_INT_RGB);
        int[] before = small.getRGB(0, 0, 40, 400, null, 0, 40);
        new EdgeLetters(SliceGeometry.of(new Grid(4, 5, 6, new Matrix4d()), SliceAxis.K)).onRow(small, 6);
        assertArrayEquals(before, small.getRGB(0, 0, 40, 400, null, 0, 40));
    }
}
