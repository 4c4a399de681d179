package io.github.medgs.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.files.BlockFile;
import io.github.medgs.kernel.Layout;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactModelTest {

    private static final Path VERSION_3 = Path.of("src/test/resources/models/version-3.medgs");
    private static final CodingSteps STEPS = CodingSteps.of(0.02);

    @TempDir
    Path folder;

    /** Gaussians here and there, also outside the slices, several in a pixel, and one slice without any. */
    static TrainedModel scattered(int count, long seed) {
        ModelForm form = new ModelForm(13, 9, 2, 1, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED,
                TimeAxis.SLICES);
        FoldedGaussians gaussians = new FoldedGaussians(form, count);
        gaussians.setCount(count);
        Random random = new Random(seed);
        for (int g = 0; g < count; g++) {
            for (int row = 0; row < form.rows(); row++) {
                gaussians.set(row, g, (float) (0.3 * random.nextGaussian()));
            }
            gaussians.set(Layout.X, g, form.worldX(15 * random.nextDouble() - 1));
            gaussians.set(Layout.Z, g, form.worldZ(11 * random.nextDouble() - 1));
            gaussians.set(Layout.LOG_SCALE_X, g, (float) (-3 + random.nextGaussian()));
            gaussians.set(Layout.LOG_SCALE_Z, g, (float) (-3 + random.nextGaussian()));
            gaussians.set(Layout.TIME, g, new int[] {0, 1, 3}[random.nextInt(3)]);
            gaussians.set(Layout.SPREAD, g, 0f);
        }
        SliceGeometry geometry = new SliceGeometry(SliceAxis.J, 9, 13,
                new double[] {0.5, 0, 0, -10, 0, 2, 0.25, 20, 0, 0, 3, 30}, new double[] {0, 2, 6, 7});
        return new TrainedModel(gaussians, geometry, new IntensityWindow(-160, 240), true, true);
    }

    /** Every value is as near as half its step, whichever place it has in the file. */
    @Test
    void eachParameterIsWithinHalfAStep() {
        TrainedModel model = scattered(300, 1);
        FoldedGaussians before = model.gaussians();
        FoldedGaussians after = CompactModel.of(model, STEPS).model().gaussians();
        assertEquals(before.count(), after.count());
        ModelForm form = before.form();
        double place = 0.5 / (1 << STEPS.positionBits()) / form.pixelsPerUnit();
        for (int g = 0; g < before.count(); g++) {
            int found = -1;
            for (int h = 0; h < after.count() && found < 0; h++) {
                boolean same = before.get(Layout.TIME, g) == after.get(Layout.TIME, h)
                        && Math.abs(before.get(Layout.X, g) - after.get(Layout.X, h)) < 1.01 * place
                        && Math.abs(before.get(Layout.Z, g) - after.get(Layout.Z, h)) < 1.01 * place;
                for (int row = 0; row < form.rows() && same; row++) {
                    if (row >= form.imageIntensityRow() && row < form.motionRow()) {
                        continue; // rounded together, see CompressionTest
                    }
                    double half = 0.501 * STEPS.ofRow(form, row);
                    same = half == 0 || Math.abs(before.get(row, g) - after.get(row, h)) <= half;
                }
                found = same && axisDiffers(before, g, after, h) < 0.51 * STEPS.angle() ? h : -1;
            }
            assertTrue(found >= 0, "Gaussian " + g + " is gone");
        }
    }

    // Radians between the long axes of two Gaussians, 0 where one is as good as round.
    private static double axisDiffers(FoldedGaussians a, int g, FoldedGaussians b, int h) {
        if (b.get(Layout.LOG_SCALE_X, h) == b.get(Layout.LOG_SCALE_Z, h)) {
            return 0;
        }
        double difference = 2 * (turns(a.get(Layout.ANGLE, g)) - turns(b.get(Layout.ANGLE, h)));
        return Math.abs(difference - Math.round(difference)) * Math.PI;
    }

    private static double turns(double raw) {
        return 1 / (1 + Math.exp(-raw));
    }

    @Test
    void theFileGivesBackWhatIsDrawnToTheBit() throws IOException {
        for (int seed = 0; seed < 8; seed++) {
            CompactModel compact = CompactModel.of(scattered(1 + 90 * seed, seed), STEPS);
            Path file = folder.resolve("compact.medgs");
            compact.write(file);
            assertEquals(compact.bytes(), Files.size(file));
            TrainedModel read = ModelFile.read(file);
            assertEquals(compact.model().geometry(), read.geometry());
            FoldedGaussians expected = compact.model().gaussians();
            assertEquals(expected.count(), read.gaussians().count());
            for (int row = 0; row < expected.form().rows(); row++) {
                for (int g = 0; g < expected.count(); g++) {
                    assertEquals(expected.get(row, g), read.gaussians().get(row, g), row + " of " + g);
                }
            }
            byte[] once = Files.readAllBytes(file);
            CompactModel.of(scattered(1 + 90 * seed, seed), STEPS).write(file);
            assertArrayEquals(once, Files.readAllBytes(file), "the same model gives the same bytes");
        }
    }

    /** However the slices are cut into parts, the Gaussians stay; and what is seen at a place is read alone. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void partsGiveBackTheSameGaussiansAndOnePlaceThoseItSees(int slices) throws IOException {
        TrainedModel model = scattered(500, 11);
        FoldedGaussians expected = CompactModel.of(model, STEPS).model().gaussians();
        Path file = folder.resolve("parts.medgs");
        CompactModel.of(model, STEPS, null, slices * 13 * 9).write(file);
        assertTrue(BlockFile.read(file, ModelFile.MAGIC, ModelFile.VERSION).has(CompactModel.PARTS));
        assertSame(expected, ModelFile.read(file).gaussians(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        // Slices lie at 0, 2, 6 and 7 mm; none has Gaussians but 0, 1 and 3.
        assertSame(expected, ModelFile.readAt(file, geometry -> new double[] {1}).gaussians(), 0, 1);
        assertSame(expected, ModelFile.readAt(file, geometry -> new double[] {2}).gaussians(), 1, 1);
        assertSame(expected, ModelFile.readAt(file, geometry -> new double[] {6.5}).gaussians(), 2, 3);
        assertSame(expected, ModelFile.readAt(file, geometry -> new double[] {1, 4, 7}).gaussians(), 0, 3);
        assertSame(expected, ModelFile.readAt(file, geometry -> new double[] {4}).gaussians(), 1, 2);
    }

    private static void assertSame(FoldedGaussians all, FoldedGaussians some, double earliest, double latest) {
        int found = 0;
        for (int g = 0; g < all.count(); g++) {
            if (all.get(Layout.TIME, g) >= earliest && all.get(Layout.TIME, g) <= latest) {
                for (int row = 0; row < all.form().rows(); row++) {
                    assertEquals(all.get(row, g), some.get(row, found), row + " of " + g);
                }
                found++;
            }
        }
        assertEquals(found, some.count());
    }

    /** The sizes of parts are checked before they are believed. */
    @Test
    void partsThatContradictTheWholeAreRefused() throws IOException {
        Path file = folder.resolve("parts.medgs");
        CompactModel.of(scattered(500, 11), STEPS, null, 13 * 9).write(file);
        BlockFile.Blocks blocks = BlockFile.read(file, ModelFile.MAGIC, ModelFile.VERSION);
        String sound = blocks.text(CompactModel.PARTS);
        CodedParts parts = ModelFile.parse(sound, CodedParts.class, file);
        List<CodedParts> others = new ArrayList<>(List.of(
                new CodedParts(new int[] {1, 1, 1}, parts.gaussians(), parts.bytes()),
                new CodedParts(new int[] {2, 0, 1, 1}, parts.gaussians(), parts.bytes()),
                new CodedParts(new int[] {3, 1, 1, -1}, parts.gaussians(), parts.bytes())));
        for (int n = 0; n < 4; n++) {
            int[] gaussians = parts.gaussians().clone();
            gaussians[n] += 2;
            gaussians[(n + 1) % 4] -= 2;
            others.add(new CodedParts(parts.slices(), gaussians, parts.bytes()));
            int[] bytes = parts.bytes().clone();
            bytes[n] += 1_000_000;
            bytes[(n + 1) % 4] -= 1_000_000;
            others.add(new CodedParts(parts.slices(), parts.gaussians(), bytes));
        }
        for (CodedParts other : others) {
            Map<String, BlockFile.Data> more = new LinkedHashMap<>();
            blocks.names().forEach(name -> more.put(name, BlockFile.bytes(blocks.bytes(name))));
            more.put(CompactModel.PARTS, ModelFile.json(other));
            BlockFile.write(file, ModelFile.MAGIC, 3, more);
            assertThrows(InputException.class, () -> ModelFile.read(file), ModelFile.MAGIC + other);
        }
    }

    @Test
    void versionThreeIsRead() throws IOException {
        TrainedModel expected = CompactModel.of(scattered(40, 7), STEPS).model();
        TrainedModel read = ModelFile.read(VERSION_3);
        for (int row = 0; row < expected.gaussians().form().rows(); row++) {
            for (int g = 0; g < 40; g++) {
                assertEquals(expected.gaussians().get(row, g), read.gaussians().get(row, g), row + " of " + g);
            }
        }
    }

    @Test
    void everyDamagedByteIsSeen() throws IOException {
        byte[] whole = Files.readAllBytes(VERSION_3);
        Path file = folder.resolve("damaged.medgs");
        for (int at = 0; at < whole.length; at += at < 64 ? 1 : 7) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            assertThrows(InputException.class, () -> ModelFile.read(file), "byte " + at);
            Files.write(file, Arrays.copyOf(whole, at));
            assertThrows(InputException.class, () -> ModelFile.read(file), "cut at " + at);
        }
    }

    /** The checksum is right and the numbers are nonsense: refused, or some Gaussians, and never more memory than it may. */
    @Test
    void nonsenseUnderARightChecksumIsNoFault() throws IOException {
        BlockFile.Blocks blocks = BlockFile.read(VERSION_3, ModelFile.MAGIC, ModelFile.VERSION);
        Path file = folder.resolve("nonsense.medgs");
        Random random = new Random(5);
        int read = 0;
        for (int n = 0; n < 90; n++) {
            Map<String, BlockFile.Data> others = new LinkedHashMap<>();
            for (String name : blocks.names()) {
                byte[] bytes = blocks.bytes(name).clone();
                if (name.equals(n % 3 == 0 ? CompactModel.HEAD : CompactModel.CODED)) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(n % 3 == 0 ? 128 : 256);
                }
                others.put(name, BlockFile.bytes(bytes));
            }
            BlockFile.write(file, ModelFile.MAGIC, 3, others);
            try {
                ModelFile.read(file);
                read++;
            } catch (InputException e) {
                assertTrue(e.getMessage().contains("nonsense.medgs"), e.getMessage());
            }
        }
        assertTrue(read < 90, "nothing was refused");
    }

    @Test
    void aPartThatIsNotKnownIsRefusedByItsName() throws IOException {
        BlockFile.Blocks blocks = BlockFile.read(VERSION_3, ModelFile.MAGIC, ModelFile.VERSION);
        Map<String, BlockFile.Data> more = new LinkedHashMap<>();
        blocks.names().forEach(name -> more.put(name, BlockFile.bytes(blocks.bytes(name))));
        more.put("perfume", BlockFile.text("rose"));
        Path file = folder.resolve("newer.medgs");
        BlockFile.write(file, ModelFile.MAGIC, 3, more);
        InputException refusal = assertThrows(InputException.class, () -> ModelFile.read(file));
        assertTrue(refusal.getMessage().contains("a part that this program does not know: perfume"), refusal.getMessage());
    }

    @Test
    void finerStepsTakeMoreBytes() {
        TrainedModel model = scattered(800, 2);
        long before = Long.MAX_VALUE;
        for (double step = 0.005; step < 0.5; step *= 2) {
            long bytes = CompactModel.of(model, CodingSteps.of(step)).bytes();
            assertTrue(bytes < before, bytes + " at " + step);
            before = bytes;
        }
    }

    @Test
    void modelsWithoutACompactFormSayWhy() {
        TrainedModel model = scattered(5, 3);
        assertNull(CompactModel.whyNot(model));
        model.gaussians().set(Layout.TIME, 2, 1.5f);
        assertTrue(CompactModel.whyNot(model).contains("between its slices"));
        ModelForm published = new ModelForm(13, 9, 7, 0, Compositing.ALPHA, TemporalWindow.SCALES, HeadOpacity.SEPARATE,
                TimeAxis.PHYSICAL);
        TrainedModel other = model.withGaussians(new FoldedGaussians(published, 1));
        assertTrue(CompactModel.whyNot(other).contains("front to back"));
        for (TemporalWindow window : List.of(TemporalWindow.OPACITY, TemporalWindow.SCALES)) {
            ModelForm fading = new ModelForm(13, 9, 2, 1, Compositing.NORMALISED, window, HeadOpacity.SHARED, TimeAxis.SLICES);
            TrainedModel widening = model.withGaussians(new FoldedGaussians(fading, 1));
            assertTrue(CompactModel.whyNot(widening).contains("long in time"));
        }
    }

    public static void main(String[] arguments) throws IOException {
        CompactModel.of(scattered(40, 7), STEPS).write(Path.of(arguments[0]));
    }
}
