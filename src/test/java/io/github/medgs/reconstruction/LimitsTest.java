package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.training.Configs;
import io.github.medgs.training.MemoryEstimate;
import io.github.medgs.training.MemoryEstimate.Sizes;
import io.github.medgs.training.TrainingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit is refused before it starts, with what would. */
class LimitsTest {

    @TempDir
    Path folder;

    private static TrainingConfig config(String preset, String... settings) {
        return Configs.load(preset, null, List.of(settings)).forSlices(300);
    }

    private static String refusal(TrainingConfig config, Sizes sizes, long heap) {
        return assertThrows(InputException.class, () -> new Limits("ct.nii", config, sizes).requireMemory(heap))
                .getMessage();
    }

    private static long number(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), text);
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void whatIsSuggestedFits() {
        for (String preset : List.of("default", "quick", "paper")) {
            TrainingConfig config = config(preset);
            Sizes sizes = new Sizes(300, 300, 300, true, 600, 2);
            long heap = 600L << 20;
            String message = refusal(config, sizes, heap);
            long gibibytes = number("-Xmx(\\d+)g", message);
            assertDoesNotThrow(() -> new Limits("ct.nii", config, sizes).requireMemory(gibibytes << 30));
            long slices = number("crop it to (\\d+) slices", message);
            assertTrue(MemoryEstimate.of(config, sizes.with((int) slices, 2 * slices)).heap() <= heap, message);
            assertTrue(MemoryEstimate.of(config, sizes.with((int) slices + 1, 2 * slices + 2)).heap() > heap, message);
        }
        TrainingConfig dense = config("default", "start.pixelsPerGaussian=1", "density.most=20000000");
        Sizes sizes = new Sizes(100, 300, 300, false, 0, 2);
        String message = refusal(dense, sizes, 2L << 30);
        long pixels = number("start.pixelsPerGaussian=(\\d+)", message);
        TrainingConfig thinner = config("default", "start.pixelsPerGaussian=" + pixels, "density.most=20000000");
        assertDoesNotThrow(() -> new Limits("ct.nii", thinner, sizes).requireMemory(2L << 30));
    }

    @Test
    void tooManySlicesToDrawAreSaidToBeThat() {
        TrainingConfig config = config("quick");
        Sizes sizes = new Sizes(40, 200, 200, false, 4000, 2);
        String message = refusal(config, sizes, 1L << 30);
        long drawn = number("draw at most (\\d+) slices, with a smaller factor", message);
        assertDoesNotThrow(() -> new Limits("ct.nii", config, sizes.with(40, drawn)).requireMemory(1L << 30));
        assertFalse(message.contains("crop"), message);
    }

    @Test
    void whatIsKeptAndWhatIsSaidOfUncertaintyCount() {
        TrainingConfig config = config("quick");
        Sizes plain = new Sizes(40, 200, 200, true, 1000, 2, 1, 2, false);
        long without = MemoryEstimate.of(config, plain).output();
        long with = MemoryEstimate.of(config, new Sizes(40, 200, 200, true, 1000, 2, 1, 2, true)).output();
        long drawn = 1000L * 200 * 200;
        assertTrue(with - without >= 4 * drawn, "an expected error and a band of floats: " + (with - without));
        long doubles = MemoryEstimate.of(config, new Sizes(40, 200, 200, true, 1000, 2, 1, 8, false)).output();
        assertTrue(doubles - without >= 6L * 40 * 200 * 200, "stored bytes are kept: " + (doubles - without));
    }

    @Test
    void aFullDiskIsSeenBeforehand() {
        Sizes sizes = new Sizes(2000, 10_000, 10_000, false, 16_000, 2);
        TrainingConfig config = config("quick");
        String message = assertThrows(InputException.class, () -> new Limits("ct.nii", config, sizes)
                .requireDisk(folder.resolve("not/there/yet"))).getMessage();
        assertTrue(message.contains("yet: needs about ") && message.contains(" of disk "), message);
    }
}
