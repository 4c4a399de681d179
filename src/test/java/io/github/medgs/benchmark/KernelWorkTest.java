package io.github.medgs.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.tornado.KernelCatalogue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every kernel of a step is accounted for, and the report says so. */
class KernelWorkTest {

    private static final Load LOAD = new Load(1000, 25, 7, 5, 12_322, 2000, 6000, 40_000, 3, 1000);

    @Test
    void everyKernelOfAStepHasItsWork() {
        for (KernelCatalogue.Kernel kernel : KernelCatalogue.STEP.subList(1, KernelCatalogue.STEP.size())) {
            KernelWork work = KernelWork.of(kernel.name(), LOAD);
            assertFalse(work.formula().isEmpty(), kernel.name());
            assertTrue(work.bytes() > 0, kernel.name());
        }
    }

    @Test
    void timeIsTheLongerOfBytesAndOperations() {
        KernelWork work = KernelWork.of("violations", LOAD);
        assertEquals(4000, work.bytes());
        assertEquals(40_000, work.flops());
        assertEquals(1 + 4000 / 1e3, work.seconds(1e3, 1e9, 1), 1e-9);
        assertEquals(1 + 40_000 / 1e3, work.seconds(1e9, 1e3, 1), 1e-9);
    }

    @Test
    void theReportHasARowForEachKernel() {
        List<DeviceReport.Kernel> kernels = List.of(
                new DeviceReport.Kernel("adam", "1024 threads in groups of 64", 1e-3, 2e6, 3e6, 0.5, 0.25, 4e-6));
        String text = ReportText.of(new DeviceReport("a card", "abc", "25", 2, 1e9, 1e9, List.of(
                new DeviceReport.Workload("paper", "ct.nii.gz", 30_000, 5, 2e-3, 0, 0, 1e-3, 1e-4, 9e-4, 900, 0, LOAD,
                        kernels))));
        assertTrue(text.contains("| adam | 1024 threads in groups of 64 | 1.000 | 2.00 | 3.0 | 50 % | 25 % |"), text);
        assertTrue(text.contains("about 60 s for 30000 steps"), text);
    }
}
