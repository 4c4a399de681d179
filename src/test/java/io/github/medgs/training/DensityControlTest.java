package io.github.medgs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cloning, splitting, pruning, the cap and the reset, on three Gaussians made by hand. */
class DensityControlTest {

    private static final ModelForm FORM = new ModelForm(16, 16, 1, 0, Compositing.ALPHA, TemporalWindow.SCALES,
            HeadOpacity.SEPARATE, TimeAxis.PHYSICAL);
    private static final float THRESHOLD = 0.01f;
    private static final float SMALL = (float) Math.log(0.005);
    private static final float LARGE = (float) Math.log(0.05);

    private final FoldedGaussians gaussians = new FoldedGaussians(FORM, 16);
    private final AdamMoments moments = new AdamMoments(FORM.rows(), 16);
    private final DensityStatistics statistics = new DensityStatistics(16);

    private static DensityControl control(Heads heads, String... settings) {
        List<String> all = new java.util.ArrayList<>(List.of("density.meanGradient=" + THRESHOLD,
                "density.timeGradient=" + THRESHOLD, "density.smallScale=0.011", "density.largestScale=0.11"));
        all.addAll(List.of(settings));
        return new DensityControl(Configs.load("paper", null, all).density(), heads, 3);
    }

    /** Three small Gaussians that are seen twice, marked by their X; their moments are marked too. */
    private void three() {
        gaussians.setCount(3);
        for (int g = 0; g < 3; g++) {
            gaussians.set(Layout.X, g, g + 1);
            gaussians.set(Layout.LOG_SCALE_X, g, SMALL);
            gaussians.set(Layout.LOG_SCALE_Z, g, SMALL - 1);
            gaussians.set(Layout.SPREAD, g, -1);
            for (int row = 0; row < FORM.rows(); row++) {
                moments.first().set(row, g, g + 1);
                moments.second().set(row, g, g + 1);
            }
            statistics.visible()[g] = 2;
        }
    }

    private void gradient(int g, double overThreshold) {
        statistics.meanGradient()[g] = (float) (2 * overThreshold * THRESHOLD);
    }

    @Test
    void aSmallOneIsClonedToTheEndWithoutMoments() {
        three();
        gradient(1, 1.1);
        control(Heads.IMAGE).change(gaussians, moments, statistics, 600);
        assertEquals(4, gaussians.count());
        for (int row = 0; row < FORM.rows(); row++) {
            assertEquals(gaussians.get(row, 1), gaussians.get(row, 3));
            assertEquals(2, moments.first().get(row, 1));
            assertEquals(0, moments.first().get(row, 3));
            assertEquals(0, moments.second().get(row, 3));
        }
    }

    @Test
    void aWeakGradientChangesNothingAndAJointOneIsHalved() {
        three();
        gradient(1, 0.9);
        control(Heads.IMAGE).change(gaussians, moments, statistics, 600);
        assertEquals(3, gaussians.count());
        gradient(1, 1.9);
        control(Heads.JOINT).change(gaussians, moments, statistics, 600);
        assertEquals(3, gaussians.count());
        gradient(1, 2.1);
        control(Heads.JOINT).change(gaussians, moments, statistics, 600);
        assertEquals(4, gaussians.count());
    }

    @Test
    void aLargeOneBecomesTwoSmallerChildren() {
        three();
        gaussians.set(Layout.LOG_SCALE_X, 0, LARGE);
        gaussians.set(Layout.LOG_SCALE_Z, 0, LARGE - 0.5f);
        gradient(0, 1.1);
        control(Heads.IMAGE).change(gaussians, moments, statistics, 600);
        assertEquals(4, gaussians.count());
        assertEquals(2, gaussians.get(Layout.X, 0), "the others move up");
        assertEquals(2, moments.first().get(Layout.X, 0), "with their moments");
        for (int child = 2; child < 4; child++) {
            assertEquals(LARGE - Math.log(1.6), gaussians.get(Layout.LOG_SCALE_X, child), 1e-6);
            assertEquals(LARGE - 0.5 - Math.log(1.6), gaussians.get(Layout.LOG_SCALE_Z, child), 1e-6);
            assertEquals(0, moments.second().get(Layout.X, child));
            assertEquals(1, gaussians.get(Layout.X, child), 5 * 0.05);
        }
        assertNotEquals(gaussians.get(Layout.X, 2), gaussians.get(Layout.X, 3));
        assertNotEquals(gaussians.get(Layout.Z, 2), gaussians.get(Layout.Z, 3));
    }

    @Test
    void childrenLieAlongTheLongAxis() {
        // A needle at an eighth of a turn points down and to the right: X and Z of its children are opposite.
        three();
        gaussians.set(Layout.LOG_SCALE_X, 0, LARGE);
        gaussians.set(Layout.LOG_SCALE_Z, 0, -20);
        gaussians.set(Layout.ANGLE, 0, (float) Math.log(0.125 / 0.875));
        gradient(0, 1.1);
        control(Heads.IMAGE).change(gaussians, moments, statistics, 600);
        for (int child = 2; child < 4; child++) {
            float away = gaussians.get(Layout.X, child) - 1;
            assertTrue(Math.abs(away) > 1e-5);
            assertEquals(-away, gaussians.get(Layout.Z, child), 1e-6);
        }
    }

    @Test
    void aGradientInTimeClonesShortOnesAndSplitsLongOnes() {
        three();
        statistics.timeGradient()[0] = 2.2f * THRESHOLD;
        statistics.timeGradient()[2] = 2.2f * THRESHOLD;
        gaussians.set(Layout.SPREAD, 2, 0.5f);
        control(Heads.IMAGE).change(gaussians, moments, statistics, 600);
        assertEquals(5, gaussians.count());
        assertEquals(1, gaussians.get(Layout.X, 2));
        assertEquals(SMALL - Math.log(1.6), gaussians.get(Layout.LOG_SCALE_X, 3), 1e-6);
        assertEquals(SMALL - Math.log(1.6), gaussians.get(Layout.LOG_SCALE_X, 4), 1e-6);
    }

    @Test
    void theCapTakesTheStrongestGradientFirst() {
        three();
        gradient(0, 1.5);
        gradient(1, 3);
        gradient(2, 2);
        control(Heads.IMAGE, "density.most=5").change(gaussians, moments, statistics, 600);
        assertEquals(5, gaussians.count());
        assertEquals(2, gaussians.get(Layout.X, 3));
        assertEquals(3, gaussians.get(Layout.X, 4));
    }

    @Test
    void aFullModelGrowsNoMore() {
        three();
        gradient(0, 9);
        control(Heads.IMAGE, "density.most=3").change(gaussians, moments, statistics, 600);
        assertEquals(3, gaussians.count());
    }

    @Test
    void faintAndLaterOversizedOnesGo() {
        three();
        gaussians.set(Layout.IMAGE_OPACITY, 0, -5);
        gaussians.set(Layout.MASK_OPACITY, 0, -5);
        gaussians.set(Layout.IMAGE_OPACITY, 1, -5);
        gaussians.set(Layout.LOG_SCALE_X, 2, (float) Math.log(0.2));
        control(Heads.JOINT).change(gaussians, moments, statistics, 3000);
        assertEquals(2, gaussians.count());
        assertEquals(2, gaussians.get(Layout.X, 0));
        assertEquals(2, moments.second().get(Layout.X, 0));
        control(Heads.JOINT).change(gaussians, moments, statistics, 3001);
        assertEquals(1, gaussians.count());
        control(Heads.IMAGE).change(gaussians, moments, statistics, 600);
        assertEquals(0, gaussians.count(), "of an image alone the mask's opacity does not count");
    }

    @Test
    void aResetLowersOpacitiesAndForgetsTheirMoments() {
        three();
        gaussians.set(Layout.IMAGE_OPACITY, 0, 3);
        gaussians.set(Layout.IMAGE_OPACITY, 1, -9);
        control(Heads.IMAGE, "density.resetOpacity=0.01").resetOpacity(gaussians, moments);
        assertEquals(Math.log(0.01 / 0.99), gaussians.get(Layout.IMAGE_OPACITY, 0), 1e-5);
        assertEquals(-9, gaussians.get(Layout.IMAGE_OPACITY, 1));
        assertEquals(0, moments.first().get(Layout.IMAGE_OPACITY, 0));
        assertEquals(0, moments.second().get(Layout.MASK_OPACITY, 2));
        assertEquals(1, moments.first().get(Layout.X, 0));
    }

    @Test
    void itActsAtItsSteps() {
        DensityControl control = control(Heads.IMAGE, "density.after=500", "density.until=1000", "density.interval=100",
                "density.opacityReset=300");
        assertFalse(control.changesAt(500));
        assertTrue(control.changesAt(600) && control.changesAt(900));
        assertFalse(control.changesAt(650));
        assertFalse(control.changesAt(1000));
        assertTrue(control.watches(999));
        assertFalse(control.watches(1000));
        assertTrue(control.resetsAt(300) && control.resetsAt(900));
        assertFalse(control.resetsAt(1200));
    }

    @Test
    void amongEqualsTheCapTakesTheFirst() {
        three();
        for (int g = 0; g < 3; g++) {
            gradient(g, 2);
        }
        control(Heads.IMAGE, "density.most=4").change(gaussians, moments, statistics, 600);
        assertEquals(4, gaussians.count());
        assertEquals(1, gaussians.get(Layout.X, 3));
    }

    @Test
    void exactlyEnoughRoomIsUsed() {
        three();
        for (int g = 0; g < 3; g++) {
            gradient(g, 1 + g);
        }
        control(Heads.IMAGE, "density.most=6").change(gaussians, moments, statistics, 600);
        assertEquals(6, gaussians.count());
    }

    @Test
    void aThresholdIsReachedByItsOwnValue() {
        // As strong as the threshold, and as large as small may be.
        three();
        gaussians.set(Layout.LOG_SCALE_X, 1, (float) Math.log(0.0625));
        gradient(1, 1);
        control(Heads.IMAGE, "density.smallScale=" + Math.exp((float) Math.log(0.0625))).change(gaussians, moments,
                statistics, 600);
        assertEquals(4, gaussians.count());
        assertEquals(2, gaussians.get(Layout.X, 3), "cloned, not split");
    }

    @Test
    void newOnesTakeNoMomentsOfThoseThatStoodThere() {
        three();
        for (int g = 3; g < 16; g++) {
            for (int row = 0; row < FORM.rows(); row++) {
                moments.first().set(row, g, 7);
                moments.second().set(row, g, 7);
            }
        }
        gaussians.set(Layout.LOG_SCALE_X, 0, LARGE);
        gradient(0, 2);
        gradient(1, 2);
        control(Heads.IMAGE).change(gaussians, moments, statistics, 600);
        assertEquals(5, gaussians.count(), "a clone, and two children for one");
        for (int g = 2; g < 5; g++) {
            for (int row = 0; row < FORM.rows(); row++) {
                assertEquals(0, moments.first().get(row, g));
                assertEquals(0, moments.second().get(row, g));
            }
        }
    }

    @Test
    void childrenKeepWhatIsNotSplit() {
        three();
        gaussians.set(Layout.LOG_SCALE_X, 2, LARGE);
        gaussians.set(Layout.ANGLE, 2, 0.3f);
        gaussians.set(FORM.imageIntensityRow(), 2, 0.4f);
        gradient(2, 2);
        control(Heads.IMAGE).change(gaussians, moments, statistics, 600);
        for (int child = 2; child < 4; child++) {
            assertEquals(0.3f, gaussians.get(Layout.ANGLE, child));
            assertEquals(0.4f, gaussians.get(FORM.imageIntensityRow(), child));
        }
    }
}
