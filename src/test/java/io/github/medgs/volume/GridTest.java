package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

class GridTest {

    @Test
    void aPlaceAmongUnevenSlicesIsFoundAndFoundBack() {
        double[] positions = {0, 3, 5, 5.5, 9};
        Grid grid = new Grid(2, 2, 5, new Matrix4d().scaling(1, 1, 2), positions);
        for (int k = 0; k < positions.length; k++) {
            assertEquals(k, grid.sliceIndex(grid.steps(k)), "slices are exact");
        }
        for (double k = -2; k < 7; k += 0.1) {
            assertEquals(k, grid.sliceIndex(grid.steps(k)), 1e-9);
        }
        assertEquals(4 + 1 / 3.5, grid.sliceIndex(5), 1e-9, "the last gap goes on beyond the stack");
        assertEquals(-1 / 3.0, grid.sliceIndex(-0.5), 1e-9, "the first one likewise");
        assertEquals(3.5, new Grid(2, 2, 5, new Matrix4d()).sliceIndex(3.5), "a regular grid has nothing to find");
    }
}
