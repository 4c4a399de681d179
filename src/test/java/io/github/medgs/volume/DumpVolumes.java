package io.github.medgs.volume;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.InputException;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.joml.Matrix4dc;

/**
 * Writes what our readers make of files, for src/test/python/compare_volumes.py: for the n-th argument after the output
 * folder, {@code n.json} (sizes, affine row by row, notes) and {@code n.raw} (voxels, little-endian floats).
 */
final class DumpVolumes {

    private DumpVolumes() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (int n = 1; n < arguments.length; n++) {
            Map<String, Object> description = new LinkedHashMap<>();
            try {
                LoadedVolume loaded = VolumeFiles.load(Path.of(arguments[n]), ReadOptions.DEFAULT);
                describe(loaded, description);
                writeVoxels(loaded.volume().voxels(), folder.resolve(n + ".raw"));
            } catch (InputException e) {
                description.put("error", e.getMessage());
            }
            new ObjectMapper().writeValue(folder.resolve(n + ".json").toFile(), description);
        }
    }

    private static void describe(LoadedVolume loaded, Map<String, Object> description) {
        Volume volume = loaded.volume();
        Matrix4dc affine = volume.indexToPatient();
        double[] rows = new double[12];
        for (int n = 0; n < 12; n++) {
            rows[n] = affine.get(n % 4, n / 4);
        }
        description.put("sizes", new int[] {volume.nx(), volume.ny(), volume.nz()});
        description.put("affine", rows);
        description.put("positions", volume.grid().slicePositions());
        description.put("frames", loaded.frames());
        description.put("format", loaded.format());
        description.put("notes", loaded.notes());
    }

    private static void writeVoxels(float[] voxels, Path path) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * voxels.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(voxels);
        Files.write(path, bytes.array());
    }
}
