package io.github.medgs.model;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.InputFiles;
import io.github.medgs.kernel.Layout;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Words;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The published system's {@code point_cloud.ply}: raw parameters as little-endian float32, in two elements. {@code
 * vertex} holds x y z, nx ny nz, f_dc_0..2, opacity, scale_0..2, rot_0, m_0, sigma_0, w1_0..w1_(2D-1); {@code time}
 * holds in one row the steps from each slice's time to the next, time_func_0..F-1.
 *
 * <p>It has the image head only, and knows nothing of millimetres or of the input's units.
 *
 * <p>Times: the published slice i is at i / F, so that the last one is at 1 - 1/F; ours is at its position over the last
 * one's. No parameter is changed for that. Written files say our times in their steps. When read, a model whose last
 * slice lies before time 1 gets one more slice, at time 1, that was never trained: what the published system draws there
 * is an extrapolation too. A single slice is at time 0, and stays alone.
 */
public final class PublishedPly {

    private static final int LONGEST_HEADER = 1 << 16;
    private static final int MOST_SLICES = 100_000;
    private static final float FLAT = (float) Math.log(1e-8);
    private static final double SAME_TIME = 1e-3;

    private final Path file;
    private final List<String> vertexProperties = new ArrayList<>();
    private final List<String> timeProperties = new ArrayList<>();
    private int vertices = -1;

    private PublishedPly(Path file) {
        this.file = file;
    }

    /**
     * Writes a model of the published form.
     *
     * @throws InputException when the model is of another form, or has no image head
     */
    public static void write(TrainedModel model, Path file, String name) throws IOException {
        ModelForm form = model.gaussians().form();
        if (form.compositing() != Compositing.ALPHA || form.window() != TemporalWindow.SCALES
                || form.timeAxis() != TimeAxis.PHYSICAL || form.intensityDegree() != 0 || !model.image()) {
            throw new InputException(name, "cannot be said in the published form: that has alpha compositing, a window"
                    + " on scales, physical time, a constant intensity and an image head",
                    "train one by the preset paper").naming("preset");
        }
        int degree = form.motionDegree();
        TimeScale times = model.timeScale();
        StringBuilder header = new StringBuilder("ply\nformat binary_little_endian 1.0\n");
        header.append("element vertex ").append(model.gaussians().count()).append('\n');
        names(degree).forEach(property -> header.append("property float ").append(property).append('\n'));
        header.append("element time 1\n");
        for (int f = 0; f < times.slices(); f++) {
            header.append("property float time_func_").append(f).append('\n');
        }
        header.append("end_header\n");
        AtomicFile.write(file, out -> {
            out.write(header.toString().getBytes(StandardCharsets.US_ASCII));
            ByteBuffer row = ByteBuffer.allocate(4 * (16 + 2 * degree)).order(ByteOrder.LITTLE_ENDIAN);
            for (int g = 0; g < model.gaussians().count(); g++) {
                row.clear();
                put(model.gaussians(), g, row);
                out.write(row.array());
            }
            ByteBuffer steps = ByteBuffer.allocate(4 * times.slices()).order(ByteOrder.LITTLE_ENDIAN);
            for (int f = 0; f < times.slices(); f++) {
                steps.putFloat(f + 1 < times.slices() ? times.ofSlice(f + 1) - times.ofSlice(f) : times.meanSpacing());
            }
            out.write(steps.array());
        });
    }

    private static List<String> names(int degree) {
        List<String> names = new ArrayList<>(List.of("x", "y", "z", "nx", "ny", "nz", "f_dc_0", "f_dc_1", "f_dc_2",
                "opacity", "scale_0", "scale_1", "scale_2", "rot_0", "m_0", "sigma_0"));
        for (int w = 0; w < 2 * degree; w++) {
            names.add("w1_" + w);
        }
        return names;
    }

    private static void put(FoldedGaussians gaussians, int g, ByteBuffer row) {
        ModelForm form = gaussians.form();
        float intensity = gaussians.get(form.imageIntensityRow(), g);
        row.putFloat(gaussians.get(Layout.X, g)).putFloat(0f).putFloat(gaussians.get(Layout.Z, g));
        row.putFloat(0f).putFloat(0f).putFloat(0f);
        row.putFloat(intensity).putFloat(intensity).putFloat(intensity);
        row.putFloat(gaussians.get(Layout.IMAGE_OPACITY, g));
        row.putFloat(gaussians.get(Layout.LOG_SCALE_X, g)).putFloat(FLAT);
        row.putFloat(gaussians.get(Layout.LOG_SCALE_Z, g));
        row.putFloat(gaussians.get(Layout.ANGLE, g));
        row.putFloat(gaussians.get(Layout.TIME, g)).putFloat(gaussians.get(Layout.SPREAD, g));
        for (int w = form.motionRow(); w < form.rows(); w++) {
            row.putFloat(gaussians.get(w, g));
        }
    }

    /**
     * Reads a model; colours become their mean.
     *
     * @param geometry of the slices it was trained on
     * @param window what 0 and 1 mean in the input's units
     * @throws InputException when the file is none of these, is damaged, or fits another number of slices
     */
    public static TrainedModel read(Path file, SliceGeometry geometry, IntensityWindow window) throws IOException {
        return new PublishedPly(file).readModel(geometry, window);
    }

    private TrainedModel readModel(SliceGeometry geometry, IntensityWindow window) throws IOException {
        InputFiles.requireFile(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            long header = readHeader(in);
            int degree = 0;
            while (vertexProperties.contains("w1_" + 2 * degree) && vertexProperties.contains("w1_" + (2 * degree + 1))) {
                degree++;
            }
            int[] column = names(degree).stream().mapToInt(vertexProperties::indexOf).toArray();
            for (int c = 0; c < column.length; c++) {
                if (column[c] < 0 && !names(degree).get(c).startsWith("n")) {
                    throw damaged("has no property " + names(degree).get(c));
                }
            }
            if (degree > ModelForm.HIGHEST_MOTION_DEGREE) {
                throw damaged("has motion of degree " + degree + ", and this program's highest is "
                        + ModelForm.HIGHEST_MOTION_DEGREE);
            }
            long size = header + 4L * vertices * vertexProperties.size() + 4L * timeProperties.size();
            // Checked before anything of that size is allocated.
            if (vertices < 1 || Files.size(file) != size) {
                throw damaged("has " + Files.size(file) + " bytes where its header claims " + size);
            }
            ModelForm form = new ModelForm(geometry.width(), geometry.height(), degree, 0, Compositing.ALPHA,
                    TemporalWindow.SCALES, HeadOpacity.SEPARATE, TimeAxis.PHYSICAL);
            FoldedGaussians gaussians = new FoldedGaussians(form, vertices);
            gaussians.setCount(vertices);
            ByteBuffer row = ByteBuffer.allocate(4 * vertexProperties.size()).order(ByteOrder.LITTLE_ENDIAN);
            for (int g = 0; g < vertices; g++) {
                in.readNBytes(row.array(), 0, row.capacity());
                take(row, column, gaussians, g);
            }
            ByteBuffer steps = ByteBuffer.wrap(in.readNBytes(4 * timeProperties.size())).order(ByteOrder.LITTLE_ENDIAN);
            return new TrainedModel(gaussians, timed(geometry, steps), window, true, false);
        }
    }

    /** @return the header's length in bytes */
    private long readHeader(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        String element = "";
        boolean little = false;
        for (long read = 1; read <= LONGEST_HEADER + 24L * MOST_SLICES; read++) {
            int b = in.read();
            if (b < 0) {
                throw damaged("ends within its header");
            }
            if (read == 4 && !line.toString().strip().equals("ply")) {
                throw damaged("is not a PLY file");
            }
            if (b != '\n') {
                line.append((char) b);
                continue;
            }
            String[] words = line.toString().strip().split("\\s+");
            line.setLength(0);
            if (words[0].equals("end_header")) {
                if (!little) {
                    throw damaged("is not in the format binary_little_endian");
                }
                return read;
            }
            little |= words[0].equals("format") && words.length > 1 && words[1].equals("binary_little_endian");
            if (words[0].equals("element")) {
                element = readElement(words);
            } else if (words[0].equals("property")) {
                readProperty(words, element);
            }
        }
        throw damaged("has no end of its header");
    }

    private String readElement(String[] words) {
        int count = -1;
        try {
            count = words.length == 3 ? Integer.parseInt(words[2]) : -1;
        } catch (NumberFormatException e) {
            // falls through to the one message
        }
        boolean first = words.length == 3 && words[1].equals("vertex") && vertices < 0 && count > 0;
        boolean second = words.length == 3 && words[1].equals("time") && vertices > 0 && count == 1;
        if (!first && !second) {
            throw damaged("has other elements than the published vertex and time (" + String.join(" ", words) + ")");
        }
        vertices = first ? count : vertices;
        return words[1];
    }

    private void readProperty(String[] words, String element) {
        List<String> properties = element.equals("vertex") ? vertexProperties : timeProperties;
        boolean real = words.length == 3 && (words[1].equals("float") || words[1].equals("float32"));
        if (element.isEmpty() || !real || properties.size() >= MOST_SLICES) {
            throw damaged("has a property that is no float32 (" + String.join(" ", words) + ")");
        }
        properties.add(words[2]);
    }

    private void take(ByteBuffer row, int[] column, FoldedGaussians gaussians, int g) {
        float[] values = new float[column.length];
        for (int c = 0; c < column.length; c++) {
            values[c] = column[c] < 0 ? 0f : row.getFloat(4 * column[c]);
            if (!Float.isFinite(values[c])) {
                throw damaged("holds a value that is not finite");
            }
        }
        ModelForm form = gaussians.form();
        boolean grey = values[6] == values[7] && values[6] == values[8];
        float intensity = grey ? values[6] : (values[6] + values[7] + values[8]) / 3f;
        gaussians.set(Layout.X, g, values[0]);
        gaussians.set(Layout.Z, g, values[2]);
        gaussians.set(form.imageIntensityRow(), g, intensity);
        gaussians.set(form.maskIntensityRow(), g, intensity);
        gaussians.set(Layout.IMAGE_OPACITY, g, values[9]);
        gaussians.set(Layout.MASK_OPACITY, g, FoldedGaussians.INVISIBLE);
        gaussians.set(Layout.LOG_SCALE_X, g, values[10]);
        gaussians.set(Layout.LOG_SCALE_Z, g, values[12]);
        gaussians.set(Layout.ANGLE, g, values[13]);
        gaussians.set(Layout.TIME, g, values[14]);
        gaussians.set(Layout.SPREAD, g, values[15]);
        for (int w = 0; w < 2 * form.motionDegree(); w++) {
            gaussians.set(form.motionRow() + w, g, values[16 + w]);
        }
    }

    /** The slices at their times: with one more at time 1 where the last one lies before it. */
    private SliceGeometry timed(SliceGeometry geometry, ByteBuffer steps) {
        double[] positions = geometry.positions();
        int slices = timeProperties.size();
        if (slices != positions.length) {
            throw damaged("was trained on " + Words.count(slices, "slice", "slices") + ", and the image has " + positions.length);
        }
        if (slices == 1) {
            return geometry;
        }
        double[] times = new double[slices];
        for (int f = 1; f < slices; f++) {
            times[f] = times[f - 1] + steps.getFloat(4 * (f - 1));
        }
        double last = times[slices - 1];
        for (int f = 0; f < slices; f++) {
            if (!(last > 0 && last <= 1 + SAME_TIME
                    && Math.abs(times[f] / last - positions[f] / positions[slices - 1]) <= SAME_TIME)) {
                throw damaged("has its slices at other times than the image has them at positions");
            }
        }
        if (1 - last > SAME_TIME / slices) {
            positions = Arrays.copyOf(positions, slices + 1);
            positions[slices] = positions[slices - 1] / last;
        }
        return new SliceGeometry(geometry.axis(), geometry.height(), geometry.width(), geometry.affine(), positions);
    }

    private InputException damaged(String problem) {
        return new InputException(file.toString(), problem,
                "give a point_cloud.ply of the published system, and the image it was trained on");
    }
}
