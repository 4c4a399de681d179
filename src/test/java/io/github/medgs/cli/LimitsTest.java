package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit is refused in one line; and memory that runs out is never a stack trace. */
class LimitsTest {

    @TempDir
    Path folder;

    @Test
    void aLargeVolumeIsRefusedOnASmallHeap() throws Exception {
        Path volume = folder.resolve("large.nii.gz");
        VolumeFiles.write(new Volume(300, 300, 300, new float[27_000_000], new Matrix4d()), volume, ScalarType.UINT8);
        Path out = folder.resolve("out");
        ChildProcess.Ended ended = ChildProcess.run("256m", List.of("reconstruct", volume.toString(), "-o",
                out.toString(), "--preset", "quick", "--quiet"));
        assertRefused(ended, "large.nii.gz: needs about ", "(300 slices of 300 x 300), and Java may take 256 MiB");
        // Where even reading it does not fit, and where nobody foresaw it.
        assertRefused(ChildProcess.run("64m", List.of("reconstruct", volume.toString(), "-o", out.toString(),
                "--quiet")), "large.nii.gz: needs 102 MiB for its voxels", "64 MiB");
        Path model = folder.resolve("model.medgs");
        ModelForm form = new ModelForm(64, 64, 0, 0, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED,
                TimeAxis.SLICES);
        SliceGeometry geometry = new SliceGeometry(SliceAxis.K, 64, 64,
                new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0}, new double[] {0, 1});
        ModelFile.write(new TrainedModel(new FoldedGaussians(form, 1), geometry, new IntensityWindow(0, 1), true, false),
                model);
        assertRefused(ChildProcess.run("64m", List.of("interpolate", model.toString(), "-o",
                folder.resolve("copy.nii").toString(), "--spacing", "0.0001", "--quiet")),
                "the work does not fit into 64 MiB", "-Xmx");
        assertFalse(Files.exists(out));
    }

    private static void assertRefused(ChildProcess.Ended ended, String... words) {
        List<String> lines = ended.output().lines().filter(line -> !line.startsWith("WARNING: Using incub")).toList();
        assertEquals(2, ended.status(), ended.output());
        assertEquals(1, lines.size(), ended.output());
        for (String word : words) {
            assertTrue(lines.getFirst().startsWith("medgs: ") && lines.getFirst().contains(word), ended.output());
        }
    }
}
