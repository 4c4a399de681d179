package io.github.medgs.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.medgs.InputException;
import io.github.medgs.files.BlockFile;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceGeometry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The model file: a {@link BlockFile} of magic {@value #MAGIC}.
 *
 * <p>Version 1 has two blocks. {@code model} is JSON: form, number of Gaussians, geometry, window, heads. {@code
 * parameters} holds float32, row by row ({@link io.github.medgs.kernel.Layout}), one value per Gaussian in each row. It
 * holds no time of day, so the same training gives the same bytes.
 */
public final class ModelFile {

    public static final String MAGIC = "MEDGSMDL";
    public static final int VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private ModelFile() {}

    /** What the JSON block holds. */
    record Head(ModelForm form, int count, SliceGeometry geometry, IntensityWindow window, boolean image,
            boolean mask) {}

    /** Writes the model whole or not at all. */
    public static void write(TrainedModel model, Path file) throws IOException {
        Map<String, BlockFile.Data> blocks = new LinkedHashMap<>();
        addBlocks(model, blocks);
        BlockFile.write(file, MAGIC, VERSION, blocks);
    }

    /** Adds the model's two blocks, for files that hold more than a model. */
    public static void addBlocks(TrainedModel model, Map<String, BlockFile.Data> blocks) {
        FoldedGaussians gaussians = model.gaussians();
        Head head = new Head(gaussians.form(), gaussians.count(), model.geometry(), model.window(), model.image(),
                model.mask());
        try {
            blocks.put("model", BlockFile.text(MAPPER.writeValueAsString(head)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        blocks.put("parameters", BlockFile.floats(gaussians.parameters().values(), gaussians.form().rows(),
                gaussians.capacity(), gaussians.count()));
    }

    /** Reads a model; its capacity is its count. */
    public static TrainedModel read(Path file) throws IOException {
        return fromBlocks(BlockFile.read(file, MAGIC, VERSION), file, 0);
    }

    /**
     * The model in a file's blocks.
     *
     * @param capacity room for Gaussians, at least; the model's own count is always taken
     */
    public static TrainedModel fromBlocks(BlockFile.Blocks blocks, Path file, int capacity) {
        Head head;
        try {
            head = MAPPER.readValue(blocks.text("model"), Head.class);
        } catch (JsonProcessingException e) {
            throw new InputException(file.toString(), "has a damaged description of its model",
                    "use another copy of it", e);
        }
        int rows = head.form().rows();
        // The count is checked against the block before the table is allocated.
        if (head.count() < 0 || blocks.length("parameters") != 4L * rows * head.count()
                || head.form().width() != head.geometry().width()
                || head.form().height() != head.geometry().height()) {
            throw new InputException(file.toString(), "contradicts itself about its size", "use another copy of it");
        }
        FoldedGaussians gaussians = new FoldedGaussians(head.form(), Math.max(1, Math.max(capacity, head.count())));
        blocks.floats("parameters", gaussians.parameters().values(), rows, gaussians.capacity(), head.count());
        gaussians.setCount(head.count());
        return new TrainedModel(gaussians, head.geometry(), head.window(), head.image(), head.mask());
    }
}
