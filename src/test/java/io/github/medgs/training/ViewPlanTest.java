package io.github.medgs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.View;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.model.TimeAxis;
import io.github.medgs.model.TimeScale;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

/** What a step looks at, on the first slice, one in the middle, and the last. */
class ViewPlanTest {

    private static final int SLICES = 5;
    private static final List<String> SETTINGS = List.of("iterations=1000", "between.from=100", "between.lowest=0.2",
            "between.highest=0.8");

    private final List<Integer> asked = new ArrayList<>();

    /** A picture whose every pixel says where it lies. */
    private final SlicePredictor between = (slice, fraction, out) -> {
        asked.add(slice);
        Arrays.fill(out, (float) (slice + fraction));
    };

    private static TrainingData data() {
        float[] voxels = new float[SLICES * 12];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = n / 12;
        }
        SliceStack stack = SliceStack.of(new Volume(4, 3, SLICES, voxels, new Matrix4d().scale(1, 1, 2)), SliceAxis.K,
                new IntensityWindow(0, SLICES - 1));
        return new TrainingData(stack, new float[voxels.length]);
    }

    private List<View> viewsOf(String preset, int slice, boolean late, Heads heads) {
        TrainingConfig config = Configs.load(preset, null, SETTINGS);
        TrainingData data = data();
        TimeScale times = new TimeScale(TimeAxis.SLICES, data.stack().positions());
        ViewPlan plan = new ViewPlan(data, config, heads, times, between, List.of(between), new LabelTurns(1, 1000), false);
        for (int step = late ? 100 : 0; step < (late ? 1000 : 100); step++) {
            if (new StepRandom(config.seed(), StepRandom.Use.VIEWS, step).below(SLICES) == slice) {
                return plan.views(step);
            }
        }
        throw new AssertionError("slice " + slice + " is never looked at");
    }

    private static List<Float> plainTimes(List<View> views) {
        return views.stream().filter(View::counted).map(View::time).toList();
    }

    @Test
    void thePublishedPlanLooksAtTheNeighboursToo() {
        assertEquals(List.of(0f, 1f), plainTimes(viewsOf("paper", 0, false, Heads.JOINT)));
        assertEquals(List.of(1f, 2f, 3f), plainTimes(viewsOf("paper", 2, false, Heads.JOINT)));
        assertEquals(List.of(3f, 4f), plainTimes(viewsOf("paper", 4, false, Heads.JOINT)));
        assertTrue(asked.isEmpty(), "in-between views are on before their step");
    }

    @Test
    void theOtherPlanLooksAtOneSlice() {
        for (int slice = 0; slice < SLICES; slice++) {
            assertEquals(List.of((float) slice), plainTimes(viewsOf("default", slice, false, Heads.JOINT)));
        }
    }

    @Test
    void betweenViewsLieBesideTheSliceAtTheTimeOfTheirPicture() {
        int[][] gaps = {{0}, {1, 2}, {3}};
        int[] slices = {0, 2, 4};
        for (int n = 0; n < slices.length; n++) {
            asked.clear();
            List<View> views = viewsOf("paper", slices[n], true, Heads.IMAGE).stream().filter(v -> !v.counted()).toList();
            assertEquals(Arrays.stream(gaps[n]).boxed().toList(), asked);
            for (int v = 0; v < views.size(); v++) {
                double fraction = views.get(v).time() - gaps[n][v];
                assertTrue(fraction >= 0.2 && fraction <= 0.8);
                assertEquals(views.get(v).time(), views.get(v).image().values()[0], 1e-6);
                assertNull(views.get(v).mask());
                assertEquals(0.5f / gaps[n].length, views.get(v).imageCost().absolute(), 1e-6);
            }
        }
    }

    @Test
    void theLossIsTheMeanOverTheViews() {
        List<View> views = viewsOf("paper", 2, false, Heads.JOINT);
        for (View view : views) {
            assertEquals(2f / 3, view.imageCost().absolute(), 1e-6);
            assertEquals(0.25f / 3, view.imageCost().structural(), 1e-6);
            assertEquals(2f / 3, view.maskCost().absolute(), 1e-6);
            assertEquals(view.time(), view.image().slice());
        }
        assertNull(viewsOf("paper", 2, false, Heads.IMAGE).getFirst().mask());
        assertNull(viewsOf("paper", 2, false, Heads.MASK).getFirst().image());
    }
}
