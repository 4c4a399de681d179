package io.github.medgs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A function of seed, use and step, with the distributions it names. */
class StepRandomTest {

    @Test
    void theSameSeedUseAndStepGiveTheSameNumbersAndOthersDoNot() {
        double first = new StepRandom(3, StepRandom.Use.VIEWS, 7).uniform();
        assertEquals(first, new StepRandom(3, StepRandom.Use.VIEWS, 7).uniform());
        assertNotEquals(first, new StepRandom(4, StepRandom.Use.VIEWS, 7).uniform());
        assertNotEquals(first, new StepRandom(3, StepRandom.Use.SPLIT, 7).uniform());
        assertNotEquals(first, new StepRandom(3, StepRandom.Use.VIEWS, 8).uniform());
    }

    @Test
    void wholeNumbersAreEvenAndStayBelowTheirBound() {
        int[] counts = new int[7];
        for (int step = 0; step < 70_000; step++) {
            counts[new StepRandom(0, StepRandom.Use.VIEWS, step).below(7)]++;
        }
        for (int count : counts) {
            assertEquals(10_000, count, 400);
        }
    }

    @Test
    void uniformAndNormalHaveTheirMoments() {
        StepRandom random = new StepRandom(1, StepRandom.Use.START, 0);
        double sum = 0;
        double squares = 0;
        double normals = 0;
        double fourth = 0;
        int n = 200_000;
        for (int i = 0; i < n; i++) {
            double u = random.uniform(2, 5);
            assertTrue(u > 2 && u < 5);
            sum += u;
            double z = random.normal();
            normals += z;
            squares += z * z;
            fourth += z * z * z * z;
        }
        assertEquals(3.5, sum / n, 0.01);
        assertEquals(0, normals / n, 0.01);
        assertEquals(1, squares / n, 0.02);
        assertEquals(3, fourth / n, 0.1);
    }

    /** A seed's run must give the same model in the next release too. */
    @Test
    void theNumbersStayWhatTheyAre() {
        StepRandom random = new StepRandom(11, StepRandom.Use.SPLIT, 5);
        assertEquals(0.20411637291609613, random.uniform());
        assertEquals(0.2726985518921053, random.uniform());
        assertEquals(0.5584947654343997, random.normal(), 1e-12);
    }
}
