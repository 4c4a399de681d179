package io.github.medgs.engine.tornado;

import io.github.medgs.engine.EngineParity.Tolerance;
import io.github.medgs.engine.EngineParity;
import io.github.medgs.engine.Scenes;
import io.github.medgs.engine.tornado.device.Device;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The device's kernels against the reference: every form and every case that breaks rasterisers. */
class TornadoParityTest {

    private static final Tolerance TOLERANCE = new Tolerance(1e-4f, 1e-4, 1e-3, 1e-3);

    private static SharedPlans plans;

    // Before each and not before all, so that every case is reported as skipped, by its name, where there is no device.
    @BeforeEach
    void open() {
        Device device = Launcher.openEngineOrSkip().device();
        plans = plans == null ? new SharedPlans(device) : plans;
    }

    @AfterAll
    static void close() {
        if (plans != null) {
            plans.close();
        }
    }

    static List<String> scenes() {
        return Scenes.names();
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void drawsThePixels(String scene) {
        EngineParity.assertSamePixels(plans, scene, TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void takesTheGradient(String scene) {
        EngineParity.assertSameGradient(plans, scene, TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void makesTheStep(String scene) {
        EngineParity.assertSameStep(plans, scene, false, TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "all culled in time", "not finite"})
    void movesOnlyWhatWasDrawn(String scene) {
        EngineParity.assertSameStep(plans, scene, true, TOLERANCE);
    }
}
