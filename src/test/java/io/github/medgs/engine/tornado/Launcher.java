package io.github.medgs.engine.tornado;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Opens the device engine for a test, or has the test reported as skipped with the reason. */
final class Launcher {

    private Launcher() {}

    static void requireOrSkip() {
        assumeTrue(TornadoLauncher.isPresent(),
                "TornadoVM is not in this process: set TORNADOVM_HOME to an SDK to run the tests on a device");
    }

    static TornadoEngine openEngineOrSkip() {
        requireOrSkip();
        return new TornadoEngine(null);
    }
}
