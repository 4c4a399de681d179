package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.training.Configs;
import io.github.medgs.training.MemoryEstimate;
import io.github.medgs.training.MemoryEstimate.Sizes;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.volume.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit is refused before it starts, with what would. */
class LimitsTest {

    private static final Engine ENGINE = new ReferenceEngine();

    @TempDir
    Path folder;

    private static TrainingConfig config(String preset, String... settings) {
        return Configs.load(preset, null, List.of(settings)).forSlices(300);
    }

    private static String refusal(TrainingConfig config, Sizes sizes, long heap) {
        return assertThrows(InputException.class, () -> new Limits("ct.nii", config, sizes, ENGINE).requireMemory(heap))
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
            Sizes sizes = new Sizes(300, 300, 300, true, 600, 2, 1, 4, true);
            long heap = 600L << 20;
            String message = refusal(config, sizes, heap);
            long gibibytes = number("-Xmx(\\d+)g", message);
            assertDoesNotThrow(() -> new Limits("ct.nii", config, sizes, ENGINE).requireMemory(gibibytes << 30));
            long slices = number("crop it to (\\d+) slices", message);
            assertTrue(MemoryEstimate.of(config, sizes.with((int) slices, 2 * slices), ENGINE).heap() <= heap, message);
            assertTrue(MemoryEstimate.of(config, sizes.with((int) slices + 1, 2 * slices + 2), ENGINE).heap() > heap, message);
        }
        TrainingConfig dense = config("default", "start.pixelsPerGaussian=1", "density.most=20000000");
        Sizes sizes = new Sizes(100, 300, 300, false, 0, 2, 1, 4, true);
        String message = refusal(dense, sizes, 2L << 30);
        long pixels = number("start.pixelsPerGaussian=(\\d+)", message);
        TrainingConfig thinner = config("default", "start.pixelsPerGaussian=" + pixels, "density.most=20000000");
        assertDoesNotThrow(() -> new Limits("ct.nii", thinner, sizes, ENGINE).requireMemory(2L << 30));
    }

    @Test
    void tooManySlicesToDrawAreSaidToBeThat() {
        TrainingConfig config = config("quick");
        Sizes sizes = new Sizes(40, 200, 200, false, 4000, 2, 1, 4, true);
        String message = refusal(config, sizes, 1L << 30);
        long drawn = number("draw at most (\\d+) slices, with a smaller factor", message);
        assertDoesNotThrow(() -> new Limits("ct.nii", config, sizes.with(40, drawn), ENGINE).requireMemory(1L << 30));
        assertFalse(message.contains("crop"), message);
    }

    private static String arrays(String name, TrainingConfig config, Sizes sizes, boolean keepsBits) {
        return assertThrows(InputException.class, () -> new Limits(name, config, sizes, ENGINE).requireArrays(keepsBits)).getMessage();
    }

    @Test
    void whatNoArrayHoldsIsRefusedBeforehand() {
        TrainingConfig config = config("quick");
        Sizes doubles = new Sizes(1024, 512, 512, false, 1024, 2, 1, 8, true);
        long slices = number("double.nii: has slices of 2048 MiB, .* crop it to (\\d+) slices",
                arrays("double.nii", config, doubles, false));
        assertDoesNotThrow(() -> new Limits("double.nii", config, doubles.with((int) slices, 0), ENGINE).requireArrays(false));
        assertThrows(InputException.class,
                () -> new Limits("double.nii", config, doubles.with((int) slices + 1, 0), ENGINE).requireArrays(false));
        Sizes masked = new Sizes(1024, 512, 512, true, 1024, 2, 1, 8, true);
        assertDoesNotThrow(() -> new Limits("double.nii", config("mesh"), masked, ENGINE).requireArrays(false), "no image is kept");

        Sizes fine = new Sizes(300, 512, 512, false, 2400, 2, 1, 8, true);
        assertDoesNotThrow(() -> new Limits("ct.nii", config, fine, ENGINE).requireArrays(false));
        assertTrue(arrays("ct.nii", config, fine, true).contains("would be drawn as 2400 slices of 512 x 512, and a volume"
                + " holds 1023 of them; choose a smaller factor or a larger spacing, store floats, or crop it"));
        assertTrue(arrays("ct.nii", config, fine.with(300, 8192), false).contains("holds 8191 of them; choose a smaller"));
    }

    @Test
    void moreGaussiansThanAModelHoldsAreRefusedBeforehand() {
        Sizes sizes = new Sizes(600, 512, 512, false, 0, 2, 1, 4, true);
        TrainingConfig dense = config("default", "start.pixelsPerGaussian=1", "density.most=20000000",
                "model.motionDegree=12");
        String message = arrays("ct.nii", dense, sizes, false);
        long pixels = number("use fewer Gaussians by setting start.pixelsPerGaussian=(\\d+)$", message);
        TrainingConfig thinner = config("default", "start.pixelsPerGaussian=" + pixels, "density.most=20000000",
                "model.motionDegree=12");
        assertDoesNotThrow(() -> new Limits("ct.nii", thinner, sizes, ENGINE).requireArrays(false));
        long most = number("density.most=(\\d+)", arrays("ct.nii", config("paper", "density.most=20000000",
                "model.motionDegree=12"), sizes, false));
        TrainingConfig fewer = config("paper", "density.most=" + most, "model.motionDegree=12");
        assertDoesNotThrow(() -> new Limits("ct.nii", fewer, sizes, ENGINE).requireArrays(false));
    }

    @Test
    void tooManySlicesAreRefusedBeforeAnythingIsWritten() throws Exception {
        Volume image = new Volume(4, 4, 6, new float[96], new Matrix4d().scale(1, 1, 3));
        Path out = folder.resolve("out");
        String message = assertThrows(InputException.class, () -> Reconstruction.of(image).preset("quick", "iterations=1")
                .threads(1).spacing(new SliceSpacing(null, 0.0001)).run(out)).getMessage();
        assertTrue(message.contains("would have 150001 slices, and may have 100000; choose a smaller factor"), message);
        assertFalse(Files.exists(out), "nothing was trained for it");
    }

    @Test
    void whatIsKeptAndWhatIsSaidOfUncertaintyCount() {
        TrainingConfig config = config("quick");
        Sizes plain = new Sizes(40, 200, 200, true, 1000, 2, 1, 2, false);
        long without = MemoryEstimate.of(config, plain, ENGINE).output();
        long with = MemoryEstimate.of(config, new Sizes(40, 200, 200, true, 1000, 2, 1, 2, true), ENGINE).output();
        long drawn = 1000L * 200 * 200;
        assertTrue(with - without >= 4 * drawn, "an expected error and a band of floats: " + (with - without));
        long doubles = MemoryEstimate.of(config, new Sizes(40, 200, 200, true, 1000, 2, 1, 8, false), ENGINE).output();
        assertTrue(doubles - without >= 6L * 40 * 200 * 200, "stored bytes are kept: " + (doubles - without));
    }

    @Test
    void aFullDiskIsSeenBeforehand() {
        Sizes sizes = new Sizes(2000, 10_000, 10_000, false, 16_000, 2, 1, 4, true);
        TrainingConfig config = config("quick");
        String message = assertThrows(InputException.class, () -> new Limits("ct.nii", config, sizes, ENGINE)
                .requireDisk(folder.resolve("not/there/yet"))).getMessage();
        assertTrue(message.contains("yet: needs about ") && message.contains(" of disk "), message);
    }
}
