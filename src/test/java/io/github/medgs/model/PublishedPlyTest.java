package io.github.medgs.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.kernel.Layout;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published system's point clouds: out and in again, as it writes them itself, and damaged. */
class PublishedPlyTest {

    private static final int WIDTH = 24;
    private static final int HEIGHT = 18;

    @TempDir
    Path folder;

    private static TrainedModel model(double... positions) {
        ModelForm form = new ModelForm(WIDTH, HEIGHT, 3, 0, Compositing.ALPHA, TemporalWindow.SCALES,
                HeadOpacity.SEPARATE, TimeAxis.PHYSICAL);
        FoldedGaussians gaussians = new FoldedGaussians(form, 80);
        gaussians.setCount(60);
        Random random = new Random(3);
        for (int g = 0; g < 60; g++) {
            for (int row = 0; row < form.rows(); row++) {
                gaussians.set(row, g, 0.3f * (float) random.nextGaussian());
            }
            gaussians.set(Layout.LOG_SCALE_X, g, -3.5f);
            gaussians.set(Layout.LOG_SCALE_Z, g, -3f);
            gaussians.set(Layout.SPREAD, g, -1f);
        }
        return new TrainedModel(gaussians, geometry(positions), new IntensityWindow(-100, 300), true, true);
    }

    private static SliceGeometry geometry(double... positions) {
        return new SliceGeometry(SliceAxis.K, HEIGHT, WIDTH, new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0}, positions);
    }

    private static float[] draw(TrainedModel model, float time) {
        float[] image = new float[WIDTH * HEIGHT];
        try (ReferenceEngine engine = new ReferenceEngine()) {
            engine.render(model.gaussians(), time, image, null);
        }
        return image;
    }

    @Test
    void outAndInAgainDrawsTheSame() throws IOException {
        TrainedModel model = model(0, 2, 4, 10);
        Path file = folder.resolve("point_cloud.ply");
        PublishedPly.write(model, file, "model");
        TrainedModel back = PublishedPly.read(file, model.geometry(), model.window());
        assertFalse(back.mask());
        assertEquals(model.geometry(), back.geometry());
        float brightest = 0;
        for (float time : new float[] {0f, 0.13f, 0.2f, 0.5f, 1f}) {
            assertArrayEquals(draw(model, time), draw(back, time), 1e-6f);
            for (float value : draw(back, time)) {
                brightest = Math.max(brightest, value);
            }
        }
        assertTrue(brightest > 0.1f, "nothing was drawn");
    }

    @Test
    void aSingleSliceComesBackAlone() throws IOException {
        TrainedModel model = model(0);
        Path file = folder.resolve("point_cloud.ply");
        PublishedPly.write(model, file, "model");
        TrainedModel back = PublishedPly.read(file, model.geometry(), model.window());
        assertEquals(model.geometry(), back.geometry());
        assertArrayEquals(draw(model, 0), draw(back, 0), 1e-6f);
        String said = assertThrows(InputException.class, () -> PublishedPly.read(file, geometry(0, 2), model.window())).getMessage();
        assertTrue(said.contains("was trained on 1 slice, and the image has 2"), said);
    }

    /** A file laid out by hand as the published system does: other order, other steps, colours. */
    private Path published(int slices, String properties, float... values) throws IOException {
        StringBuilder header = new StringBuilder("ply\nformat binary_little_endian 1.0\nelement vertex 1\n");
        for (String property : properties.split(" ")) {
            header.append("property float ").append(property).append('\n');
        }
        header.append("element time 1\n");
        for (int f = 0; f < slices; f++) {
            header.append("property float time_func_").append(f).append('\n');
        }
        header.append("end_header\n");
        ByteBuffer body = ByteBuffer.allocate(4 * (values.length + slices)).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            body.putFloat(value);
        }
        for (int f = 0; f < slices; f++) {
            body.putFloat(1f / slices);
        }
        byte[] head = header.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] all = java.util.Arrays.copyOf(head, head.length + body.capacity());
        System.arraycopy(body.array(), 0, all, head.length, body.capacity());
        return Files.write(folder.resolve("published.ply"), all);
    }

    private static final String PUBLISHED = "x y z nx ny nz f_dc_0 f_dc_1 f_dc_2 opacity scale_0 scale_1 scale_2 rot_0"
            + " m_0 sigma_0 w1_0 w1_1";

    private static float[] published() {
        return new float[] {0.01f, 0, 0.02f, 0, 0, 0, 0.3f, 0.6f, 0.9f, 2f, -3f, -18f, -4f, 0.5f, 1.5f, -1f, 7f, 8f};
    }

    @Test
    void publishedTimesAreKept() throws IOException {
        TrainedModel model = PublishedPly.read(published(4, PUBLISHED, published()), geometry(0, 2, 4, 6),
                new IntensityWindow(0, 1));
        // Slice i of 4 is at i / 4: the untrained slice at time 1 makes it so.
        assertArrayEquals(new double[] {0, 2, 4, 6, 8}, model.geometry().positions(), 1e-5);
        for (int f = 0; f < 4; f++) {
            assertEquals(f / 4f, model.timeScale().ofSlice(f), 1e-6f);
        }
        float[] expected = {0.01f, 0.02f, -3f, -4f, 0.5f, 1.5f, -1f, 2f, -30f, 0.6f, 0.6f, 7f, 8f};
        for (int row = 0; row < expected.length; row++) {
            assertEquals(expected[row], model.gaussians().get(row, 0), 1e-6f, "row " + row);
        }
    }

    @Test
    void otherFormsAreRefused() {
        TrainedModel model = model(0, 1);
        ModelForm form = new ModelForm(WIDTH, HEIGHT, 3, 0, Compositing.NORMALISED, TemporalWindow.HAT,
                HeadOpacity.SHARED, TimeAxis.SLICES);
        TrainedModel other = new TrainedModel(new FoldedGaussians(form, 1), model.geometry(), model.window(), true, false);
        assertThrows(InputException.class, () -> PublishedPly.write(other, folder.resolve("a.ply"), "model"));
    }

    @Test
    void damagedFilesAreOneLine() throws IOException {
        byte[] whole = Files.readAllBytes(published(4, PUBLISHED, published()));
        SliceGeometry geometry = geometry(0, 2, 4, 6);
        Path file = folder.resolve("damaged.ply");
        assertTrue(assertThrows(InputException.class, () -> PublishedPly.read(file, geometry, new IntensityWindow(0, 1)))
                .getMessage().contains("does not exist"));
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThrows(InputException.class, () -> PublishedPly.read(file, geometry, new IntensityWindow(0, 1)));
        }
        Random random = new Random(11);
        for (int n = 0; n < 1000; n++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            changed[random.nextInt(whole.length)] = (byte) random.nextInt(256);
            Files.write(file, changed);
            try {
                PublishedPly.read(file, geometry, new IntensityWindow(0, 1));
            } catch (InputException e) {
                assertFalse(e.getMessage().contains("\n"));
            }
        }
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        Files.write(file, text.replace("vertex 1", "vertex 2000000000").getBytes(StandardCharsets.ISO_8859_1));
        assertThrows(InputException.class, () -> PublishedPly.read(file, geometry, new IntensityWindow(0, 1)));
        assertThrows(InputException.class,
                () -> PublishedPly.read(published(4, PUBLISHED, published()), geometry(0, 2), new IntensityWindow(0, 1)));
    }
}
