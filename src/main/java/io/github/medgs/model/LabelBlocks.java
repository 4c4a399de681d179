package io.github.medgs.model;

import io.github.medgs.InputException;
import io.github.medgs.files.BlockFile;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelSlices;
import io.github.medgs.volume.ScalarType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a model file holds of labels: {@code labels} is JSON with the type of their numbers, number, name, colour and
 * channel of each, and which channel's head stands among the parameters; {@code labels.slices} the structure of each
 * pixel of the slices, counted from 1, as uint16, compressed (zlib); {@code labels.heads} the other channels' heads as
 * float32, channel by channel, row by row, one value per Gaussian. A compact file has those among its other rows.
 */
final class LabelBlocks {

    static final String TABLE = "labels";
    static final String SLICES = "labels.slices";
    static final String HEADS = "labels.heads";

    private LabelBlocks() {}

    record Table(ScalarType type, int standing, List<Row> labels) {}

    record Row(long id, String name, int color, int channel) {}

    /** Adds the labels and their slices. */
    static void add(LabelSlices slices, int standing, Map<String, BlockFile.Data> blocks) {
        List<Row> rows = new ArrayList<>();
        for (int label = 0; label < slices.labels().size(); label++) {
            Label one = slices.labels().get(label);
            rows.add(new Row(one.id(), one.name(), one.color(), slices.channels()[label]));
        }
        blocks.put(TABLE, ModelFile.json(new Table(slices.type(), standing, rows)));
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(2, slices.index().length)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(slices.index());
        blocks.put(SLICES, BlockFile.compressed(bytes.array()));
    }

    /** Adds the heads that wait, as floats. */
    static void addHeads(TrainedModel model, Map<String, BlockFile.Data> blocks) {
        int count = model.gaussians().count();
        float[] heads = model.heads().copy(count, model.gaussians().capacity());
        blocks.put(HEADS, BlockFile.floats(heads, 1, heads.length, heads.length));
    }

    /** How many rows the heads that wait have in a table that holds all of them; 0 where the file has no labels. */
    static long waitingRows(BlockFile.Blocks blocks, Path file, ModelForm form) {
        return blocks.has(TABLE) ? MaskHeads.size(form, channels(table(blocks, file)), 1) : 0;
    }

    // The table, of whose channels nothing is in doubt any more.
    private static Table table(BlockFile.Blocks blocks, Path file) {
        Table table = ModelFile.parse(blocks.text(TABLE), Table.class, file);
        int most = table.labels().size();
        boolean known = table.labels().stream().allMatch(row -> row != null && row.channel() >= 0 && row.channel() < most);
        if (!known || table.standing() < 0 || table.standing() >= channels(table)) {
            throw damaged(file, null);
        }
        return table;
    }

    private static InputException damaged(Path file, RuntimeException cause) {
        return new InputException(file.toString(), "has a damaged description of its labels", "use another copy of it", cause);
    }

    private static int channels(Table table) {
        return table.labels().stream().mapToInt(row -> row.channel() + 1).max().orElse(0);
    }

    /**
     * The model with its labels, or itself where the file has none.
     *
     * @param wide whether the model's table holds all heads; else those that wait are read
     */
    static TrainedModel addTo(TrainedModel model, boolean wide, BlockFile.Blocks blocks, Path file) {
        if (!blocks.has(TABLE)) {
            return model;
        }
        Table table = table(blocks, file);
        FoldedGaussians gaussians = model.gaussians();
        int pixels = model.geometry().height() * model.geometry().width();
        long bytes = 2L * pixels * model.geometry().positions().length;
        int channels = channels(table);
        long size = MaskHeads.size(gaussians.form(), channels, gaussians.count());
        try {
            if (bytes > Integer.MAX_VALUE - 8 || !wide && blocks.length(HEADS) != 4 * size) {
                throw new IllegalArgumentException(channels + " channels");
            }
            // Unpacked first: a size that is only claimed takes no memory.
            ByteBuffer stored = ByteBuffer.wrap(blocks.inflated(SLICES, (int) bytes));
            short[] index = new short[(int) (bytes / 2)];
            stored.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(index);
            for (short structure : index) {
                if (Short.toUnsignedInt(structure) > table.labels().size()) {
                    throw new IllegalArgumentException("structure " + structure);
                }
            }
            LabelSlices slices = new LabelSlices(table.type(),
                    table.labels().stream().map(row -> new Label(row.id(), row.name(), row.color())).toList(),
                    table.labels().stream().mapToInt(Row::channel).toArray(), index, model.geometry().width(),
                    model.geometry().height());
            if (wide) {
                return model.narrowed(slices, table.standing());
            }
            float[] heads = new float[(int) size];
            blocks.floats(HEADS, heads, 1, heads.length, heads.length);
            ModelFile.requireFinite(heads, file);
            return model.with(slices, MaskHeads.of(gaussians.form(), channels, table.standing(), heads, gaussians.count(),
                    gaussians.capacity()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NullPointerException e) {
            throw damaged(file, e);
        }
    }
}
