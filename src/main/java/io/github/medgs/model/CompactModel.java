package io.github.medgs.model;

import io.github.medgs.InputException;
import io.github.medgs.files.BlockFile;
import io.github.medgs.kernel.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model in as few bytes as its steps allow, and what is drawn from them. The slices that a model was learnt from are
 * left out: in bytes they are most of it. Of labels all is kept, the heads of all channels among the other parameters
 * ({@link TrainedModel#widened}).
 *
 * <p>Its file is a model file of version 3. Block {@code model} is that of the versions before; {@code gaussians} is JSON,
 * the {@link CodingSteps} and for each row of parameters its one value, or {@code null} where the Gaussians differ in it;
 * {@code gaussians.coded} is what {@link GaussianCoding} makes of the rest, in {@link CodedParts}.
 */
public final class CompactModel {

    static final String HEAD = "gaussians";
    static final String PARTS = "gaussians.parts";
    static final String CODED = "gaussians.coded";

    private final TrainedModel model;
    private final Map<String, BlockFile.Data> blocks;

    /** What the block {@value #HEAD} holds. */
    record Head(CodingSteps steps, Float[] constants) {}

    private CompactModel(TrainedModel model, Map<String, BlockFile.Data> blocks) {
        this.model = model;
        this.blocks = blocks;
    }

    /**
     * Rounds a model.
     *
     * @throws IllegalArgumentException when it is not of a form that can be compact, see {@link #whyNot}
     */
    public static CompactModel of(TrainedModel whole, CodingSteps steps) {
        return of(whole, steps, null);
    }

    /**
     * As {@link #of(TrainedModel, CodingSteps)}.
     *
     * @param own what the slices should show, each in shares of the window, or {@code null} for what the model draws
     */
    public static CompactModel of(TrainedModel whole, CodingSteps steps, float[][] own) {
        return of(whole, steps, own, CodedParts.PIXELS);
    }

    static CompactModel of(TrainedModel whole, CodingSteps steps, float[][] own, int pixelsOfPart) {
        if (whyNot(whole) != null) {
            throw new IllegalArgumentException(whyNot(whole));
        }
        int slices = whole.geometry().positions().length;
        TrainedModel wide = whole.widened();
        QuantisedGaussians rounded = QuantisedGaussians.of(wide.gaussians(), steps, slices);
        IntensityRounding.settle(wide, rounded, own);
        TrainedModel drawn = whole.with(null).withGaussians(rounded.gaussians()).narrowed();
        Map<String, BlockFile.Data> blocks = new LinkedHashMap<>();
        ModelFile.addHead(drawn, blocks);
        Float[] constants = new Float[rounded.constants().length];
        for (int row = 0; row < constants.length; row++) {
            constants[row] = rounded.varies(row) ? null : Float.valueOf(rounded.constants()[row]);
        }
        blocks.put(HEAD, ModelFile.json(new Head(steps, constants)));
        CodedParts.add(rounded, pixelsOfPart, blocks);
        if (drawn.labelled()) {
            LabelBlocks.add(drawn.labels(), drawn.heads().standing(), blocks);
        }
        ModelFile.addEdited(drawn, blocks);
        return new CompactModel(drawn, blocks);
    }

    /** Why a model has no compact form, for people, or {@code null} where it has one. */
    public static String whyNot(TrainedModel model) {
        ModelForm form = model.gaussians().form();
        if (form.timeAxis() != TimeAxis.SLICES || form.compositing() != Compositing.NORMALISED) {
            return "is drawn front to back in the order of its Gaussians, as published, which a compact file does not keep";
        }
        if (form.window() != TemporalWindow.HAT) {
            return "has Gaussians that are as long in time as each of them has learnt, which a compact file does not keep";
        }
        int slices = model.geometry().positions().length;
        for (int g = 0; g < model.gaussians().count(); g++) {
            float time = model.gaussians().get(Layout.TIME, g);
            if (!(time >= 0 && time < slices && time == (int) time)) {
                return "has Gaussians between its slices, which a compact file has no place for";
            }
        }
        return null;
    }

    /** The model as the file gives it back. */
    public TrainedModel model() {
        return model;
    }

    /** Length of its file. */
    public long bytes() {
        return BlockFile.length(blocks);
    }

    /** Writes the file whole or not at all. */
    public void write(Path file) throws IOException {
        BlockFile.write(file, ModelFile.MAGIC, ModelFile.WITH_PARTS, blocks);
    }

    /**
     * The Gaussians of a compact file.
     *
     * @param times those that are seen from the first of these times to the second; {@code null} for all
     * @param capacity room for Gaussians, at least
     */
    static FoldedGaussians read(BlockFile.Blocks blocks, Path file, ModelForm form, int slices, int count, float[] times,
            int capacity) {
        Head head = ModelFile.parse(blocks.text(HEAD), Head.class, file);
        if (head.constants().length != form.rows() + LabelBlocks.waitingRows(blocks, file, form)) {
            throw new InputException(file.toString(), "contradicts itself about its size", "use another copy of it");
        }
        float[] constants = new float[head.constants().length];
        for (int row = 0; row < constants.length; row++) {
            constants[row] = head.constants()[row] == null ? Float.NaN : head.constants()[row];
        }
        if (!Float.isNaN(constants[0]) || !Float.isNaN(constants[1])) {
            throw new InputException(file.toString(), "has no positions", "use another copy of it");
        }
        // One that widens on its own, as of a file of before, may be seen from anywhere.
        boolean whole = times == null || form.window() != TemporalWindow.HAT;
        double reach = whole ? Double.POSITIVE_INFINITY : form.window().reach(0);
        int from = times == null ? 0 : (int) Math.clamp(Math.floor(times[0] - reach) + 1, 0, slices);
        int to = times == null ? slices : (int) Math.clamp(Math.ceil(times[1] + reach), from, slices);
        try {
            return CodedParts.of(blocks, file, form, head.steps(), constants, slices, count)
                    .decode(blocks.bytes(CODED), form, head.steps(), constants, from, to, capacity);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            throw new InputException(file.toString(), "contradicts itself about its Gaussians", "use another copy of it", e);
        }
    }
}
