package io.github.medgs.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.medgs.InputException;
import io.github.medgs.coding.RangeDecoder;
import io.github.medgs.coding.RangeEncoder;
import io.github.medgs.files.BlockFile;
import io.github.medgs.kernel.Layout;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that somebody made by hand, with the right checksums: one line, and no memory that the file does not fill. */
class CraftedModelTest {

    private static final Path MODELS = Path.of("src/test/resources/models");
    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST_BYTES = 16 << 20;

    @TempDir
    Path folder;

    private Map<String, BlockFile.Data> blocks;
    private int version;

    private void load(String model) throws IOException {
        BlockFile.Blocks read = BlockFile.read(MODELS.resolve(model + ".medgs"), ModelFile.MAGIC, ModelFile.VERSION);
        version = read.version();
        blocks = new LinkedHashMap<>();
        read.names().forEach(name -> blocks.put(name, BlockFile.bytes(read.bytes(name))));
    }

    private String text(String model, String block) throws IOException {
        return BlockFile.read(MODELS.resolve(model + ".medgs"), ModelFile.MAGIC, ModelFile.VERSION).text(block);
    }

    private Path write() throws IOException {
        Path file = folder.resolve("crafted.medgs");
        BlockFile.write(file, ModelFile.MAGIC, version, blocks);
        return file;
    }

    private void assertRefused(String what) throws IOException {
        Path file = write();
        long before = MEMORY.getCurrentThreadAllocatedBytes();
        InputException refusal = assertThrows(InputException.class, () -> ModelFile.read(file), what);
        long taken = MEMORY.getCurrentThreadAllocatedBytes() - before;
        assertTrue(refusal.getMessage().contains("crafted.medgs") && refusal.getMessage().lines().count() == 1,
                refusal.getMessage());
        assertTrue(taken < MOST_BYTES, taken + " bytes for " + what);
    }

    @ParameterizedTest
    @CsvSource({"version-1, model", "version-1, acquired", "version-1, edited", "version-3, gaussians",
        "version-3, gaussians.parts", "version-3-labels, labels", "version-3-labels, gaussians"})
    void nothingInPlaceOfADescription(String model, String block) throws IOException {
        load(model);
        blocks.put(block, BlockFile.text("null"));
        assertRefused(block);
    }

    @Test
    void nothingInPlaceOfALabel() throws IOException {
        load("version-3-labels");
        for (String labels : new String[] {"[null]", "[]", "[null,null,null]"}) {
            blocks.put(LabelBlocks.TABLE, BlockFile.text(text("version-3-labels", LabelBlocks.TABLE)
                    .replaceFirst("\"labels\":\\[.*]", "\"labels\":" + labels)));
            assertRefused(labels);
        }
    }

    /** The farthest values that can be coded, side by side: no sum of theirs is too large. */
    @Test
    void valuesThatAreFarOffComeBack() {
        TrainedModel model = CompactModelTest.scattered(300, 1);
        CodingSteps steps = CodingSteps.of(0.02);
        QuantisedGaussians table = QuantisedGaussians.of(model.gaussians(), steps, 4);
        for (int row = Layout.Z + 1; row < table.parameters(); row++) {
            for (int g = 0; table.varies(row) && g < table.count(); g++) {
                table.set(row, g, row == Layout.ANGLE ? 0 : g % 2 == 0 ? 1 << 29 : -1 << 29);
            }
        }
        RangeEncoder encoder = new RangeEncoder();
        new GaussianCoding(encoder, table).code(4);
        QuantisedGaussians read = new QuantisedGaussians(model.gaussians().form(), steps, 4, 300, table.constants());
        new GaussianCoding(new RangeDecoder(encoder.finish()), read).code(4);
        assertArrayEquals(table.gaussians().parameters().values(), read.gaussians().parameters().values());
    }

    /** Bytes that end early must not go on as decisions without end. */
    @Test
    void nonsenseInPlaceOfGaussians() throws IOException {
        Random random = new Random(3);
        for (String model : new String[] {"version-3", "version-3-labels"}) {
            for (int n = 0; n < 10; n++) {
                load(model);
                byte[] coded = new byte[10 + random.nextInt(2000)];
                random.nextBytes(coded);
                Arrays.fill(coded, 0, random.nextInt(10), (byte) 0);
                blocks.put(CompactModel.CODED, BlockFile.bytes(coded));
                assertRefused(model + " " + n);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000", "10000000", "200000000", "2147483647"})
    void moreGaussiansThanTheBytesHold(int count) throws IOException {
        for (String model : new String[] {"version-3", "version-3-labels"}) {
            load(model);
            blocks.put("model", BlockFile.text(text(model, "model").replaceFirst("\"count\":\\d+", "\"count\":" + count)));
            assertRefused(model);
            blocks.put(CompactModel.CODED, BlockFile.bytes(new byte[8000]));
            assertRefused("zeros in place of " + model);
        }
    }

    /** Sizes whose product is past what a whole number holds, up to it, or merely more than there is. */
    @ParameterizedTest
    @CsvSource({"65536, 65536", "65536, 32768", "65536, 65537", "46340, 46340", "20000, 20000"})
    void slicesThatAreNotThere(int width, int height) throws IOException {
        for (String model : new String[] {"version-1", "version-3", "version-3-labels"}) {
            load(model);
            String large = text(model, "model").replaceAll("\"width\":\\d+", "\"width\":" + width)
                    .replaceAll("\"height\":\\d+", "\"height\":" + height);
            blocks.put("model", BlockFile.text(large));
            if (model.equals("version-1") && (long) width * height < Integer.MAX_VALUE - 8) {
                assertEquals(width, ModelFile.read(write()).geometry().width(), "says nothing of what is not there");
            } else {
                assertRefused(model);
            }
        }
    }

    /** What is not a number would be drawn as black. */
    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void valuesThatAreNotNumbers(float value) throws IOException {
        for (TrainedModel model : new TrainedModel[] {ModelFileTest.fixture(), ModelFile.read(MODELS.resolve("version-3-labels.medgs"))}) {
            model.gaussians().set(3, 1, value);
            Path file = folder.resolve("crafted.medgs");
            ModelFile.write(model, file);
            InputException refusal = assertThrows(InputException.class, () -> ModelFile.read(file));
            assertTrue(refusal.getMessage().contains("not finite"), refusal.getMessage());
        }
        if (Float.isNaN(value)) {
            return; // In a compact file it says that a row varies.
        }
        load("version-3");
        blocks.put(CompactModel.HEAD, BlockFile.text(text("version-3", CompactModel.HEAD)
                .replaceFirst("(\"constants\":.*)null", "$1\"" + value + "\"")));
        assertRefused("a constant");
    }
}
