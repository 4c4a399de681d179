package io.github.medgs.training;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.model.TrainedModel;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * All that a run needs to go on as if it had never stopped: model, moments, density statistics, the iteration, the
 * configuration and the engine. Random numbers are functions of seed and iteration, so there is no generator to save.
 *
 * @param dataFingerprint of the slices and masks it was trained on
 */
record Checkpoint(
        TrainedModel model,
        AdamMoments moments,
        DensityStatistics statistics,
        int iteration,
        TrainingConfig config,
        String engine,
        String dataFingerprint,
        History history) {

    /** A fingerprint of what a run learns from: its slices and mask, bit for bit. */
    static String fingerprint(TrainingData data) {
        CRC32C checksum = new CRC32C();
        update(checksum, data.stack().values());
        if (data.mask() != null) {
            update(checksum, data.mask());
        }
        return data.stack().count() + "x" + data.stack().height() + "x" + data.stack().width() + "-"
                + Long.toHexString(checksum.getValue()) + (data.mask() == null ? "" : "-mask");
    }

    private static void update(CRC32C checksum, float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        for (int from = 0; from < values.length; from += 1 << 14) {
            int n = Math.min(1 << 14, values.length - from);
            buffer.clear();
            buffer.asFloatBuffer().put(values, from, n);
            checksum.update(buffer.limit(4 * n));
        }
    }
}
