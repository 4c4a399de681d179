package io.github.medgs.evaluation.interpolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SparsificationTest {

    @Test
    void aPerfectOrderHasNoAreaAndChanceAllOfIt() {
        Random random = new Random(1);
        Sparsification perfect = new Sparsification();
        Sparsification chance = new Sparsification();
        Sparsification opposite = new Sparsification();
        for (int n = 0; n < 200_000; n++) {
            float error = random.nextFloat();
            perfect.add(7 * error, error);
            chance.add(random.nextFloat(), error);
            opposite.add(1 / (error + 0.01f), error);
        }
        // Of uniform errors the oracle keeps a mean of (1 - s) / 2 at share s, chance 1 / 2: the area between is 1 / 4.
        assertEquals(0.25, perfect.areaOfChance(), 2e-3);
        assertEquals(0, perfect.area() / perfect.areaOfChance(), 2e-3);
        assertEquals(1, chance.area() / chance.areaOfChance(), 0.02);
        assertTrue(opposite.area() > 1.9 * opposite.areaOfChance());
    }

    @Test
    void equalExpectationsAreChanceWhateverTheirOrder() {
        Sparsification flat = new Sparsification();
        for (int n = 0; n < 1000; n++) {
            flat.add(0, n / 1000f);
        }
        assertEquals(flat.areaOfChance(), flat.area(), 1e-12);
    }
}
