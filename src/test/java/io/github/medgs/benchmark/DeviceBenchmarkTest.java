package io.github.medgs.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.medgs.training.Configs;
import io.github.medgs.training.TrainingConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceBenchmarkTest {

    /** A stack of a few slices is learnt in fewer steps than are measured. */
    @Test
    void aTrainingLastsUntilAllIsMeasured() {
        TrainingConfig quick = Configs.load("quick", null, List.of("between.from=0"));
        assertEquals(461, DeviceBenchmark.lasting(461, "quick", List.of("between.from=0"), 6).iterations());
        assertEquals(quick.forSlices(100), DeviceBenchmark.lasting(461, "quick", List.of("between.from=0"), 100));
    }
}
