package io.github.medgs.engine.tornado;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The traps of {@link SilentTraps}, each shown on the device at hand. */
class SilentTrapsTest {

    @BeforeEach
    void needsTheLauncher() {
        Launcher.requireOrSkip();
    }

    @Test
    void anUnsignedShiftIsSigned() {
        SilentTraps.anUnsignedShiftIsSigned();
    }

    @Test
    void aValueThatLivesAfterABreakIsWrong() {
        SilentTraps.aValueThatLivesAfterABreakIsWrong();
    }

    @Test
    void aVariableThatTrailsAnotherIsAheadOfIt() {
        SilentTraps.aVariableThatTrailsAnotherIsAheadOfIt();
    }

    @Test
    void notANumberPassesAComparison() {
        SilentTraps.notANumberPassesAComparison();
    }

    @Test
    void aLocalArrayHandedToAMethodIsAddressedWrongly() {
        SilentTraps.aLocalArrayHandedToAMethodIsAddressedWrongly();
    }
}
