package io.github.medgs.training;

import io.github.medgs.InputException;
import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.files.BlockFile;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.MaskHeads;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@link Checkpoint} on the disk: a {@link BlockFile} of magic {@value #MAGIC}: the blocks of {@link ModelFile}, then
 * {@code config} (JSON), {@code engine} and {@code data} (text), {@code iteration}, {@code moments.first}, {@code
 * moments.second} (as the parameters), {@code statistics} (three rows: mean gradient, time gradient, visible), {@code
 * history} (CSV) and {@code history.open} (the sums since its last row); of many labels also {@code labels.first} and
 * {@code labels.second}, the moments of the heads that do not stand among the parameters.
 */
final class CheckpointFile {

    static final String MAGIC = "MEDGSCKP";
    static final int VERSION = 1;

    private static final String CONFIG = "config";
    private static final String ENGINE = "engine";
    private static final String DATA = "data";
    private static final String ITERATION = "iteration";
    private static final String LABELS_FIRST = "labels.first";
    private static final String LABELS_SECOND = "labels.second";
    private static final String MOMENTS_FIRST = "moments.first";
    private static final String MOMENTS_SECOND = "moments.second";
    private static final String STATISTICS = "statistics";
    private static final String HISTORY = "history";
    private static final String OPEN_ROW = "history.open";

    private CheckpointFile() {}

    static void write(Checkpoint state, Path file) throws IOException {
        FoldedGaussians gaussians = state.model().gaussians();
        DensityStatistics statistics = state.statistics();
        int rows = gaussians.form().rows();
        int capacity = gaussians.capacity();
        int count = gaussians.count();
        Map<String, BlockFile.Data> blocks = new LinkedHashMap<>();
        ModelFile.addBlocks(state.model(), blocks);
        blocks.put(CONFIG, BlockFile.text(Configs.toJson(state.config())));
        blocks.put(ENGINE, BlockFile.text(state.engine()));
        blocks.put(DATA, BlockFile.text(state.dataFingerprint()));
        blocks.put(ITERATION, BlockFile.text(Integer.toString(state.iteration())));
        if (state.heads() != null) {
            blocks.put(LABELS_FIRST, heads(state.heads().first(), count, capacity));
            blocks.put(LABELS_SECOND, heads(state.heads().second(), count, capacity));
        }
        blocks.put(MOMENTS_FIRST, BlockFile.floats(state.moments().first().values(), rows, capacity, count));
        blocks.put(MOMENTS_SECOND, BlockFile.floats(state.moments().second().values(), rows, capacity, count));
        float[] table = new float[3 * count];
        for (int g = 0; g < count; g++) {
            table[g] = statistics.meanGradient()[g];
            table[count + g] = statistics.timeGradient()[g];
            table[2 * count + g] = statistics.visible()[g];
        }
        blocks.put(STATISTICS, BlockFile.floats(table, 3, count, count));
        blocks.put(HISTORY, BlockFile.text(state.history().toCsv()));
        blocks.put(OPEN_ROW, BlockFile.text(state.history().openRow()));
        BlockFile.write(file, MAGIC, VERSION, blocks);
    }

    private static BlockFile.Data heads(MaskHeads heads, int count, int capacity) {
        float[] values = heads.copy(count, capacity);
        return BlockFile.floats(values, 1, values.length, values.length);
    }

    private static MaskHeads heads(TrainedModel model, BlockFile.Blocks blocks, String name) {
        FoldedGaussians gaussians = model.gaussians();
        int channels = model.heads().channels();
        float[] values = new float[(int) MaskHeads.size(gaussians.form(), channels, gaussians.count())];
        blocks.floats(name, values, 1, values.length, values.length);
        return MaskHeads.of(gaussians.form(), channels, model.heads().standing(), values, gaussians.count(),
                gaussians.capacity());
    }

    /** @param capacity room for Gaussians that training will have */
    static Checkpoint read(Path file, int capacity) throws IOException {
        BlockFile.Blocks blocks = BlockFile.read(file, MAGIC, VERSION);
        TrainedModel model = ModelFile.fromBlocks(blocks, file, capacity);
        FoldedGaussians gaussians = model.gaussians();
        int rows = gaussians.form().rows();
        int room = gaussians.capacity();
        int count = gaussians.count();
        AdamMoments moments = new AdamMoments(rows, room);
        blocks.floats(MOMENTS_FIRST, moments.first().values(), rows, room, count);
        blocks.floats(MOMENTS_SECOND, moments.second().values(), rows, room, count);
        float[] table = new float[3 * count];
        blocks.floats(STATISTICS, table, 3, count, count);
        DensityStatistics statistics = new DensityStatistics(room);
        for (int g = 0; g < count; g++) {
            statistics.meanGradient()[g] = table[g];
            statistics.timeGradient()[g] = table[count + g];
            statistics.visible()[g] = (int) table[2 * count + g];
        }
        TrainingConfig config = Configs.parse(blocks.text(CONFIG), file.toString());
        try {
            int iteration = Integer.parseInt(blocks.text(ITERATION));
            History history = History.parse(blocks.text(HISTORY), iteration);
            history.reopenRow(blocks.text(OPEN_ROW));
            LabelHeads heads = !model.labelled() ? null : new LabelHeads(model, moments,
                    heads(model, blocks, LABELS_FIRST), heads(model, blocks, LABELS_SECOND));
            return new Checkpoint(model, moments, heads, statistics, iteration, config, blocks.text(ENGINE),
                    blocks.text(DATA), history);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new InputException(file.toString(), "has damaged progress figures", "use another copy of it", e);
        }
    }
}
