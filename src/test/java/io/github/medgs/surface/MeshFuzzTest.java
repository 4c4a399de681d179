package io.github.medgs.surface;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fuzz targets of the mesh readers. As plain tests they read their corpora, in {@code
 * src/test/resources/io/github/medgs/surface/MeshFuzzTestInputs}. To search for new inputs, one target at a time:
 *
 * <pre>JAZZER_FUZZ=1 mvn test -Dtest=MeshFuzzTest#glb</pre>
 *
 * <p>A reader may answer with a mesh or with an {@link InputException}; anything else is a finding.
 */
class MeshFuzzTest {

    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "5m")
    void stl(byte[] bytes) throws IOException {
        read("file.stl", bytes);
    }

    @FuzzTest(maxDuration = "5m")
    void ply(byte[] bytes) throws IOException {
        read("file.ply", bytes);
    }

    @FuzzTest(maxDuration = "5m")
    void obj(byte[] bytes) throws IOException {
        read("file.obj", bytes);
    }

    @FuzzTest(maxDuration = "5m")
    void glb(byte[] bytes) throws IOException {
        read("file.glb", bytes);
    }

    private static void read(String name, byte[] bytes) throws IOException {
        try {
            MeshFiles.read(Files.write(folder.resolve(name), bytes));
        } catch (InputException e) {
            // The one allowed refusal.
        }
    }
}
