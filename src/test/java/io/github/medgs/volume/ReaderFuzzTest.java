package io.github.medgs.volume;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.medgs.InputException;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fuzz targets of the volume readers. As plain tests they read their corpora, in {@code
 * src/test/resources/io/github/medgs/volume/ReaderFuzzTestInputs}. To search for new inputs, one target at a time:
 *
 * <pre>JAZZER_FUZZ=1 mvn test -Dtest=ReaderFuzzTest#nifti</pre>
 *
 * <p>A reader may answer with a volume or with an {@link InputException}; anything else is a finding.
 */
class ReaderFuzzTest {

    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "5m")
    void nifti(byte[] bytes) throws IOException {
        read("file.nii", bytes);
    }

    @FuzzTest(maxDuration = "5m")
    void nrrd(byte[] bytes) throws IOException {
        read("file.nrrd", bytes);
    }

    @FuzzTest(maxDuration = "5m")
    void metaImage(byte[] bytes) throws IOException {
        read("file.mha", bytes);
    }

    @FuzzTest(maxDuration = "5m")
    void mgh(byte[] bytes) throws IOException {
        read("file.mgh", bytes);
    }

    @FuzzTest(maxDuration = "5m")
    void dicom(byte[] bytes) throws IOException {
        Path series = Files.createDirectories(folder.resolve("series"));
        Files.write(series.resolve("slice"), bytes);
        load(series);
    }

    @FuzzTest(maxDuration = "5m")
    void png(byte[] bytes) throws IOException {
        Path slices = Files.createDirectories(folder.resolve("slices"));
        Files.write(slices.resolve("0000.png"), bytes);
        load(slices);
    }

    @FuzzTest(maxDuration = "5m")
    void sidecar(byte[] bytes) throws IOException {
        Path slices = Files.createDirectories(folder.resolve("described"));
        if (!Files.exists(slices.resolve("0000.png"))) {
            javax.imageio.ImageIO.write(new java.awt.image.BufferedImage(2, 2, java.awt.image.BufferedImage.TYPE_BYTE_GRAY),
                    "png", slices.resolve("0000.png").toFile());
        }
        Files.write(slices.resolve("volume.json"), bytes);
        load(slices);
    }

    private static void read(String name, byte[] bytes) throws IOException {
        load(Files.write(folder.resolve(name), bytes));
    }

    private static void load(Path path) {
        try {
            VolumeFiles.load(path, SampleFiles.OPTIONS);
        } catch (InputException e) {
            // The one allowed refusal.
        }
    }
}
