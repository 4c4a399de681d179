package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

/** What an estimate of memory is told that threads take, against what they do. */
class ScratchTest {

    @Test
    void aFlowsWorkspaceIsWhatItSays() throws ReflectiveOperationException {
        int pixels = 60;
        FlowWorkspace workspace = new FlowWorkspace(pixels, FlowSettings.continuous());
        long floats = 0;
        for (Field field : FlowWorkspace.class.getDeclaredFields()) {
            if (field.getType() == float[].class) {
                field.setAccessible(true);
                floats += ((float[]) field.get(workspace)).length;
            }
        }
        assertEquals(Float.BYTES * floats, (long) FlowWorkspace.BYTES * pixels);
        assertTrue(StackMotion.scratch(2, 6, 10, 1) > Float.BYTES * floats);
        assertEquals(5 * StackMotion.scratch(2, 6, 10, 1), StackMotion.scratch(6, 6, 10, 8), "no more threads than gaps have one");
    }

    @Test
    void aNetworksTileIsWhatItSays() {
        ConvolutionNetwork.Frame frame = new ConvolutionNetwork.Frame(7, 9);
        ConvolutionNetwork layers = new ConvolutionNetwork(new NetworkWeights(new int[] {8, 3, 1}, null, null), 1, 1);
        long floats = 0;
        for (float[][] planes : layers.workspace(frame)) {
            for (float[] plane : planes) {
                floats += plane.length;
            }
        }
        assertEquals(Float.BYTES * floats, layers.bytes(frame));
        long small = DetailNetwork.learnt().scratch(100, 100);
        long large = DetailNetwork.learnt().scratch(2000, 2000);
        assertTrue(large < 100 * small, "a large picture is cut into tiles: " + small + ", " + large);
    }
}
