package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.engine.tornado.TornadoEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The main job on the device engine, beside the vector engine; and without a device. */
class TornadoReconstructTest {

    @TempDir
    Path folder;

    private JsonNode reconstruct(String engine) throws IOException {
        Path out = folder.resolve(engine);
        assertEquals(0, Main.run("reconstruct", "sample-volumes/kidney.nii.gz", "--mask",
                "sample-volumes/kidney-mask.nii.gz", "-o", out.toString(), "--preset", "quick", "--set",
                "iterations=30", "--factor", "2", "--engine", engine, "--quiet"));
        return new ObjectMapper().readTree(out.resolve("report.json").toFile());
    }

    @Test
    void theDeviceLearnsAsWellAsTheVectorEngine() throws IOException {
        assumeTrue(TornadoEngine.isLauncherPresent(),
                "TornadoVM is not in this process: set TORNADOVM_HOME to an SDK to run the tests on a device");
        JsonNode device = reconstruct("tornado");
        JsonNode vector = reconstruct("vector");
        assertEquals("tornado", device.at("/training/engine").asText());
        assertEquals(vector.at("/ownSlices/psnr").asDouble(), device.at("/ownSlices/psnr").asDouble(), 0.3);
        assertTrue(device.at("/outputs/surface.stl/closed").asBoolean(), device.toString());
    }

    @Test
    void withoutTornadoVmOneLineSaysWhatToInstall() {
        assumeTrue(!TornadoEngine.isLauncherPresent(), "this process was started with TornadoVM");
        StringWriter errors = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setErr(new PrintWriter(errors, true));
        int status = commandLine.execute("reconstruct", "sample-volumes/kidney.nii.gz", "-o",
                folder.resolve("out").toString(), "--engine", "tornado", "--quiet");
        assertEquals(2, status);
        List<String> lines = errors.toString().lines().toList();
        assertEquals(1, lines.size(), errors.toString());
        assertTrue(lines.getFirst().contains("TORNADOVM_HOME"), lines.getFirst());
    }
}
