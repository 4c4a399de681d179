package io.github.medgs.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.files.BlockFile;
import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelSlices;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A compact model of labels; how well trained ones hold their slices is tested where they are trained. */
class CompactLabelsTest {

    private static final Path VERSION_3 = Path.of("src/test/resources/models/version-3-labels.medgs");
    private static final CodingSteps STEPS = CodingSteps.of(1.0 / 128);
    private static final int WIDTH = 24;
    private static final int HEIGHT = 10;
    private static final int SLICES = 3;
    private static final int CHANNELS = 3;
    private static final int STANDING = 1;

    @TempDir
    Path folder;

    /** A Gaussian on each pixel; channel c has columns 3c to 3c + 2. Everything wavers a little, as if it were learnt. */
    private static TrainedModel stripes(HeadOpacity opacity, long seed) {
        ModelForm form = new ModelForm(WIDTH, HEIGHT, 1, 2, Compositing.NORMALISED, TemporalWindow.HAT, opacity, TimeAxis.SLICES);
        int count = WIDTH * HEIGHT * SLICES;
        FoldedGaussians gaussians = new FoldedGaussians(form, count);
        gaussians.setCount(count);
        Random random = new Random(seed);
        int[] rows = MaskHeads.rows(form);
        float[] waiting = new float[(CHANNELS - 1) * rows.length * count];
        short[] index = new short[count];
        for (int g = 0; g < count; g++) {
            int column = g % WIDTH;
            for (int row = 0; row < form.rows(); row++) {
                gaussians.set(row, g, (float) (0.02 * random.nextGaussian()));
            }
            gaussians.set(Layout.X, g, form.worldX(column));
            gaussians.set(Layout.Z, g, form.worldZ(g / WIDTH % HEIGHT));
            gaussians.set(Layout.LOG_SCALE_X, g, (float) (-5 + 0.1 * random.nextGaussian()));
            gaussians.set(Layout.LOG_SCALE_Z, g, (float) (-5 + 0.1 * random.nextGaussian()));
            gaussians.set(Layout.TIME, g, g / WIDTH / HEIGHT);
            index[g] = (short) (column < 3 * CHANNELS ? column / 3 + 1 : 0);
            for (int channel = 0, place = 0; channel < CHANNELS; channel++) {
                float inside = (column / 3 == channel ? 0.5f : -0.5f) / Folding.C0;
                if (channel == STANDING) {
                    gaussians.set(form.maskIntensityRow(), g, inside + gaussians.get(form.maskIntensityRow(), g));
                    continue;
                }
                for (int n = 0; n < rows.length; n++) {
                    float constant = rows[n] == form.maskIntensityRow() ? inside : 0;
                    waiting[(place * rows.length + n) * count + g] = (float) (constant + 0.02 * random.nextGaussian());
                }
                place++;
            }
        }
        SliceGeometry geometry = new SliceGeometry(SliceAxis.K, HEIGHT, WIDTH,
                new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3, 0}, new double[] {0, 3, 6});
        LabelSlices labels = new LabelSlices(ScalarType.UINT32, List.of(new Label(2, "left", 0x102030),
                new Label(70_000, "middle", 0x405060), new Label(3_000_000_000L, "right", 0x708090)), new int[] {0, 1, 2}, index,
                WIDTH, HEIGHT);
        return new TrainedModel(gaussians, geometry, new IntensityWindow(0, 1), true, true)
                .with(labels, MaskHeads.of(form, CHANNELS, STANDING, waiting, count, count));
    }

    @ParameterizedTest
    @EnumSource
    void theFileGivesBackEveryHeadToTheBit(HeadOpacity opacity) throws IOException {
        CompactModel compact = CompactModel.of(stripes(opacity, 1), STEPS);
        Path file = folder.resolve("compact.medgs");
        compact.write(file);
        assertEquals(compact.bytes(), Files.size(file));
        TrainedModel read = ModelFile.read(file);
        assertSame(compact.model(), read);
        byte[] once = Files.readAllBytes(file);
        CompactModel.of(stripes(opacity, 1), STEPS).write(file);
        assertArrayEquals(once, Files.readAllBytes(file), "the same model gives the same bytes");
        ModelFile.write(read, file);
        assertSame(read, ModelFile.read(file));
    }

    private static void assertSame(TrainedModel expected, TrainedModel actual) {
        assertEquals(expected.labels().labels(), actual.labels().labels());
        assertEquals(expected.labels().type(), actual.labels().type());
        assertArrayEquals(expected.labels().channels(), actual.labels().channels());
        assertArrayEquals(expected.labels().index(), actual.labels().index());
        assertEquals(expected.heads().standing(), actual.heads().standing());
        ParameterTable wide = expected.widened().gaussians().parameters();
        ParameterTable read = actual.widened().gaussians().parameters();
        assertEquals(wide.rows(), read.rows());
        assertArrayEquals(wide.values(), read.values());
    }

    /** Opacities that a channel has of its own are as near as those of one mask; intensities, near a surface, too. */
    @ParameterizedTest
    @EnumSource
    void whatEachHeadHasIsWithinItsStep(HeadOpacity opacity) {
        TrainedModel before = stripes(opacity, 2).widened();
        TrainedModel after = CompactModel.of(stripes(opacity, 2), STEPS).model().widened();
        HeadRows heads = new HeadRows(before);
        int nearSurfaces = 0;
        for (int g = 0; g < before.gaussians().count(); g++) {
            for (int head = 0; head < heads.count(); head++) {
                int row = heads.opacity(head);
                assertEquals(before.gaussians().get(row, g), after.gaussians().get(row, g), 0.501 * STEPS.opacity());
                int edge = Math.abs(g % WIDTH - 3 * head);
                if (head > 0 && edge == 0) {
                    row = heads.intensity(head);
                    assertEquals(before.gaussians().get(row, g), after.gaussians().get(row, g), 4 * STEPS.intensity() / Folding.C0,
                            head + " at " + g);
                    nearSurfaces++;
                }
            }
        }
        assertTrue(nearSurfaces > 50);
    }

    /** Far from its surfaces a channel is black, and takes next to no bytes. */
    @Test
    void aChannelCostsWhereItsSurfacesAre() {
        TrainedModel all = stripes(HeadOpacity.SHARED, 3);
        CompactModel compact = CompactModel.of(all, STEPS);
        FoldedGaussians after = compact.model().widened().gaussians();
        HeadRows heads = new HeadRows(compact.model().widened());
        for (int g = 0; g < after.count(); g++) {
            for (int head = 1; head < heads.count(); head++) {
                if (g % WIDTH > 3 * head + 5) {
                    assertEquals((float) (-0.5 / Folding.C0), after.get(heads.intensity(head), g));
                    assertEquals(0f, after.get(heads.intensity(head) + 1, g));
                    assertEquals(0f, after.get(heads.intensity(head) + 2, g));
                }
            }
        }
        // As one mask nothing is known to be black, so each value is kept.
        TrainedModel one = new TrainedModel(all.gaussians(), all.geometry(), all.window(), true, true);
        long ofOneMask = CompactModel.of(one, STEPS).bytes();
        assertTrue(compact.bytes() < ofOneMask + 1500, compact.bytes() + " for three channels, " + ofOneMask + " for one mask");
    }

    /** Coded slice by slice, and read at one place: all heads of the Gaussians that are seen there. */
    @Test
    void partsHoldEveryHead() throws IOException {
        CompactModel compact = CompactModel.of(stripes(HeadOpacity.SHARED, 4), STEPS, null, WIDTH * HEIGHT);
        Path file = folder.resolve("parts.medgs");
        compact.write(file);
        assertTrue(BlockFile.read(file, ModelFile.MAGIC, ModelFile.VERSION).has(CompactModel.PARTS));
        assertSame(compact.model(), ModelFile.read(file));
        FoldedGaussians all = compact.model().widened().gaussians();
        FoldedGaussians some = ModelFile.readAt(file, geometry -> new double[] {4}).widened().gaussians();
        assertEquals(2 * WIDTH * HEIGHT, some.count());
        for (int row = 0; row < all.parameters().rows(); row++) {
            for (int g = 0; g < some.count(); g++) {
                assertEquals(all.get(row, WIDTH * HEIGHT + g), some.get(row, g), row + " of " + g);
            }
        }
    }

    @Test
    void versionThreeWithLabelsIsRead() throws IOException {
        assertSame(CompactModel.of(stripes(HeadOpacity.SHARED, 7), STEPS).model(), ModelFile.read(VERSION_3));
    }

    /** The checksum is right and what it holds is nonsense: refused in a line, or labels that every channel has. */
    @Test
    void nonsenseUnderARightChecksumIsNoFault() throws IOException {
        BlockFile.Blocks blocks = BlockFile.read(VERSION_3, ModelFile.MAGIC, ModelFile.VERSION);
        List<String> changed = List.of(CompactModel.HEAD, CompactModel.CODED, LabelBlocks.TABLE, LabelBlocks.SLICES);
        Random random = new Random(5);
        int[] refused = new int[changed.size()];
        for (int n = 0; n < 400; n++) {
            String name = changed.get(n % changed.size());
            byte[] bytes = blocks.bytes(name).clone();
            boolean text = name.equals(CompactModel.HEAD) || name.equals(LabelBlocks.TABLE);
            bytes[random.nextInt(bytes.length)] = (byte) (text ? " 0123456789,-eE\"[]{}".charAt(random.nextInt(20)) : random.nextInt(256));
            try {
                TrainedModel read = ModelFile.read(with(blocks, name, bytes));
                for (int channel : read.labels().channels()) {
                    assertTrue(channel >= 0 && channel < read.heads().channels());
                }
            } catch (InputException e) {
                assertTrue(e.getMessage().contains("nonsense.medgs"), e.getMessage());
                refused[n % changed.size()]++;
            }
        }
        assertTrue(refused[0] > 0 && refused[2] > 0 && refused[3] > 0, "nothing was refused");
    }

    /** A file with a part missing, or with rows for channels that it does not have. */
    @Test
    void aFileThatContradictsItselfIsRefused() throws IOException {
        BlockFile.Blocks blocks = BlockFile.read(VERSION_3, ModelFile.MAGIC, ModelFile.VERSION);
        for (String missing : List.of(CompactModel.HEAD, LabelBlocks.TABLE, LabelBlocks.SLICES)) {
            assertThrows(InputException.class, () -> ModelFile.read(with(blocks, missing, null)), missing);
        }
        String table = blocks.text(LabelBlocks.TABLE);
        assertTrue(table.contains("\"channel\":2"));
        for (String channel : List.of("1", "3", "-1", "60000", "2147483647")) {
            byte[] other = table.replace("\"channel\":2", "\"channel\":" + channel).getBytes(StandardCharsets.UTF_8);
            assertThrows(InputException.class, () -> ModelFile.read(with(blocks, LabelBlocks.TABLE, other)), channel);
        }
        String head = blocks.text(CompactModel.HEAD);
        byte[] wide = head.replace("\"constants\":[", "\"constants\":[" + "0.0,".repeat(4000)).getBytes(StandardCharsets.UTF_8);
        assertFalse(wide.length == head.length());
        assertThrows(InputException.class, () -> ModelFile.read(with(blocks, CompactModel.HEAD, wide)));
    }

    private Path with(BlockFile.Blocks blocks, String name, byte[] bytes) throws IOException {
        Map<String, BlockFile.Data> others = new LinkedHashMap<>();
        for (String each : blocks.names()) {
            if (!each.equals(name)) {
                others.put(each, BlockFile.bytes(blocks.bytes(each)));
            } else if (bytes != null) {
                others.put(each, BlockFile.bytes(bytes));
            }
        }
        Path file = folder.resolve("nonsense.medgs");
        BlockFile.write(file, ModelFile.MAGIC, 3, others);
        return file;
    }

    public static void main(String[] arguments) throws IOException {
        CompactModel.of(stripes(HeadOpacity.SHARED, 7), STEPS).write(Path.of(arguments[0]));
    }
}
