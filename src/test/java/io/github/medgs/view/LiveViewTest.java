package io.github.medgs.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.reconstruction.Reconstruction;
import io.github.medgs.reconstruction.RunListener;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is watched while it trains. */
@Timeout(120)
class LiveViewTest {

    @TempDir
    Path folder;

    /** A client at work beside the run, told the page when it opens. */
    private interface Client {
        void watch(RawHttp http) throws Exception;
    }

    private record Ended(Reconstruction.Result result, CompletableFuture<Void> client) {}

    /** Runs with a page; training waits at its first step until the client has begun. */
    private static Ended watched(SmallRun run, int iterations, Client client) throws Exception {
        CompletableFuture<Void> watching = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        LiveView view = new LiveView("ball", RunListener.SILENT, ReferenceEngine::new, scene -> {
            ViewServer server = SmallRun.serve(scene);
            Thread.ofVirtual().start(() -> {
                begun.countDown();
                try {
                    client.watch(new RawHttp(server));
                    watching.complete(null);
                } catch (Exception | AssertionError e) {
                    watching.completeExceptionally(e);
                }
            });
            return server;
        });
        try (view) {
            begun.countDown();
            Reconstruction.Result result = run.reconstruction(view, iterations).stopWhen(() -> {
                try {
                    begun.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return view.stopRequested();
            }).run(run.out);
            view.ended("over");
            return new Ended(result, watching);
        }
    }

    private static byte[] withoutSeconds(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String name = file.getFileName().toString();
        if (name.equals("history.csv")) {
            return new String(bytes, StandardCharsets.UTF_8).replaceAll("(?m),[^,]*$", "").getBytes(StandardCharsets.UTF_8);
        }
        return name.equals("report.json")
                ? new String(bytes, StandardCharsets.UTF_8).replaceAll("\"seconds\" : [^\\s,]*", "").getBytes(StandardCharsets.UTF_8)
                : bytes;
    }

    @Test
    void theResultIsTheSameWhetherWatchedOrNot() throws Exception {
        SmallRun plain = new SmallRun(Files.createDirectory(folder.resolve("plain")));
        plain.reconstruction(RunListener.SILENT, 200).run(plain.out);
        SmallRun watched = new SmallRun(Files.createDirectory(folder.resolve("watched")));
        CountDownLatch drawn = new CountDownLatch(1);
        Ended ended = watched(watched, 200, http -> {
            Callable<Integer> slice = () -> RawHttp.status(http.get(http.path("slice?mm=7.5")));
            while (slice.call() == 503) {
                Thread.sleep(5);
            }
            drawn.countDown();
            assertEquals(200, slice.call());
            assertEquals(200, RawHttp.status(http.get(http.path("gaussians.json?mm=7.5&column=12&row=10"))));
            assertEquals(200, RawHttp.status(http.get(http.path("volume.nii?id=input"))));
            // A page that is closed in the middle of its events.
            try (Socket socket = http.connect()) {
                socket.getOutputStream().write(("GET " + http.path("events") + " HTTP/1.1\r\nHost: " + http.host()
                        + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                assertEquals(200, RawHttp.readStatus(socket.getInputStream()));
            }
        });
        assertTrue(ended.result().finished());
        ended.client().exceptionally(late -> {
            // The run may be over before the client is; it must have seen a slice all the same.
            assertEquals(0, drawn.getCount(), () -> late.toString());
            return null;
        }).join();
        List<String> names;
        try (var files = Files.list(plain.out)) {
            // The checkpoint holds the seconds of its history, and the page to send on says how long it took.
            names = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("checkpoint") && !name.equals("report.html")).toList();
        }
        assertTrue(names.contains("model.medgs") && names.contains("surface.stl"), names.toString());
        for (String name : names) {
            assertArrayEquals(withoutSeconds(plain.out.resolve(name)), withoutSeconds(watched.out.resolve(name)), name);
        }
    }

    @Test
    void theButtonStopsWithACheckpoint() throws Exception {
        SmallRun run = new SmallRun(folder);
        Ended ended = watched(run, 100_000, http -> {
            String answer = http.send("POST " + http.path("stop") + " HTTP/1.1\r\nHost: " + http.host()
                    + "\r\nOrigin: http://" + http.host() + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            assertEquals(200, RawHttp.status(answer));
            assertTrue(RawHttp.body(answer).contains("\"stopping\":true"), answer);
        });
        ended.client().join();
        assertFalse(ended.result().finished());
        assertTrue(Files.exists(run.out.resolve("checkpoint.medgs")));
        assertFalse(Files.exists(run.out.resolve("model.medgs")));
        // And it goes on from there.
        assertTrue(run.reconstruction(RunListener.SILENT, 100_000).resume(true).stopWhen(() -> true).run(run.out)
                .iteration() >= ended.result().iteration());
    }

    /** Whichever channel has its turn. */
    @Test
    void everyLabelIsDrawnWhileItLearns() throws Exception {
        TrainedModel model = TwoLabels.model();
        LiveRun live = new LiveRun(new ModelSource.Frame(model.geometry(), true, true));
        try (ReferenceEngine engine = new ReferenceEngine()) {
            SliceDrawing drawing = new SliceDrawing(engine, live, 1);
            float[] mask = new SliceDrawing(engine, new StandingModel(model), 1).slice(0.4, true).mask();
            live.model(model);
            // The training goes on meanwhile.
            model.heads().stand(1, model.gaussians().parameters());
            assertArrayEquals(mask, drawing.slice(0.4, true).mask());
            live.model(model);
            assertArrayEquals(mask, drawing.slice(0.4, true).mask());
        }
    }

    @Test
    void whoWantsNoSliceCostsTheTrainerNothingButAComparison() {
        LiveRun live = new LiveRun(new ModelSource.Frame(null, true, true));
        assertFalse(live.wantsModel());
        live.to(1);
        assertFalse(live.wantsModel());
    }
}
