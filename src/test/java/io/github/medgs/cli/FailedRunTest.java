package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.reconstruction.RunListener;
import io.github.medgs.training.Heads;
import io.github.medgs.training.TrainingData;
import io.github.medgs.view.LiveView;
import io.github.medgs.view.ViewServer;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

/** What the page of a run hears that comes to no end of its own. */
class FailedRunTest {

    @Test
    void thePageSaysThatTheRunFailed() throws IOException {
        Volume image = new Volume(4, 4, 3, new float[48], new Matrix4d().scale(1, 1, 3));
        ViewServer[] server = new ViewServer[1];
        try (LiveView page = new LiveView("run", RunListener.SILENT, ReferenceEngine::new, scene -> {
            server[0] = ViewServer.start(scene, InetAddress.getLoopbackAddress(), 0, fault -> { });
            return server[0];
        })) {
            IOException failure = assertThrows(IOException.class, () -> TrainingOptions.done(folder -> {
                SliceStack stack = SliceStack.of(image, SliceAxis.K, new IntensityWindow(0, 1));
                page.learns(new RunListener.Subject(image, new TrainingData(stack, null), Heads.IMAGE));
                throw new IOException("the disk is full");
            }, Path.of("out"), page));
            assertEquals("the disk is full", failure.getMessage());
            try (var state = URI.create(server[0].url() + "state.json").toURL().openStream()) {
                String text = new String(state.readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(text.contains("\"ended\":\"failed, as the terminal says: the disk is full\""), text);
            }
        }
        // Nothing is lost where there is no page.
        assertThrows(IOException.class, () -> TrainingOptions.done(folder -> {
            throw new IOException("the disk is full");
        }, Path.of("out"), null));
    }
}
