package io.github.medgs.training;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.medgs.InputException;
import io.github.medgs.files.BlockFile;
import io.github.medgs.model.ModelFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fuzz targets of what a run writes and reads again. As plain tests they read their corpora, in {@code
 * src/test/resources/io/github/medgs/training/RunFilesFuzzTestInputs}. To search for new inputs, one target at a time:
 *
 * <pre>JAZZER_FUZZ=1 mvn test -Dtest=RunFilesFuzzTest#model</pre>
 *
 * <p>Checksums keep a fuzzer out of a file's blocks, so {@code modelBlocks} puts its bytes into blocks whose checksums
 * are right: the description up to the first zero byte, the parameters after it.
 */
class RunFilesFuzzTest {

    @TempDir
    static Path folder;

    private interface Reading {
        void read() throws IOException;
    }

    private static void allowRefusal(Reading reading) throws IOException {
        try {
            reading.read();
        } catch (InputException e) {
            // The one allowed refusal.
        }
    }

    @FuzzTest(maxDuration = "5m")
    void configuration(byte[] bytes) throws IOException {
        allowRefusal(() -> Configs.parse(new String(bytes, StandardCharsets.UTF_8), "config.json"));
    }

    @FuzzTest(maxDuration = "5m")
    void model(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("model.medgs"), bytes);
        allowRefusal(() -> ModelFile.read(file));
    }

    @FuzzTest(maxDuration = "5m")
    void checkpoint(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("checkpoint.medgs"), bytes);
        allowRefusal(() -> CheckpointFile.read(file, 0));
    }

    @FuzzTest(maxDuration = "5m")
    void modelBlocks(byte[] bytes) throws IOException {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, Math.min(end + 1, bytes.length), Math.max(0, bytes.length - end - 1))
                .order(ByteOrder.LITTLE_ENDIAN);
        float[] parameters = new float[rest.remaining() / 4];
        rest.asFloatBuffer().get(parameters);
        Map<String, BlockFile.Data> blocks = new LinkedHashMap<>();
        blocks.put("model", BlockFile.text(new String(bytes, 0, end, StandardCharsets.UTF_8)));
        blocks.put("parameters", BlockFile.floats(parameters, 1, parameters.length, parameters.length));
        Path file = folder.resolve("blocks.medgs");
        BlockFile.write(file, ModelFile.MAGIC, ModelFile.VERSION, blocks);
        allowRefusal(() -> ModelFile.read(file));
    }
}
