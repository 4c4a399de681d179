package io.github.medgs.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.medgs.kernel.Transcendental;
import org.junit.jupiter.api.Test;

/** Lane by lane, the vectors' functions are the kernels'. */
class LanesTest {

    private static final int COUNT = Lanes.roundUp(4096);

    private static float[] spread(double from, double to) {
        float[] values = new float[COUNT];
        for (int n = 0; n < COUNT; n++) {
            values[n] = (float) (from + (to - from) * n / (COUNT - 1));
        }
        return values;
    }

    @Test
    void exponentialAndSigmoid() {
        float[] x = spread(-90, 90);
        float[] exp = new float[COUNT];
        float[] sigmoid = new float[COUNT];
        Lanes.exp(x, 0, exp, 0, COUNT);
        Lanes.sigmoid(x, 0, sigmoid, 0, COUNT);
        for (int n = 0; n < COUNT; n++) {
            assertEquals(Transcendental.exp(x[n]), exp[n], 1e-6f * exp[n]);
            assertEquals(Transcendental.sigmoid(x[n]), sigmoid[n], 1e-6f * sigmoid[n]);
        }
    }

    @Test
    void cosineAndSineToTheBit() {
        float[] turns = spread(0, 1);
        float[] cosine = new float[COUNT];
        float[] sine = new float[COUNT];
        Lanes.turn(turns, cosine, sine, 0, COUNT);
        for (int n = 0; n < COUNT; n++) {
            assertEquals(Transcendental.cosineOfTurns(turns[n]), cosine[n]);
            assertEquals(Transcendental.sineOfTurns(turns[n]), sine[n]);
        }
    }

    @Test
    void logarithm() {
        float[] x = spread(0, 257);
        float[] values = x.clone();
        Lanes.logarithm(values, 0, COUNT, 1f / 255f);
        for (int n = 0; n < COUNT; n++) {
            assertEquals(Transcendental.logarithm(x[n] / (1f / 255f)), values[n], 2e-6f);
        }
    }
}
