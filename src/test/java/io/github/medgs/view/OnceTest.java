package io.github.medgs.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.model.TrainedModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a model that changes meanwhile. */
@Timeout(60)
class OnceTest {

    @TempDir
    private Path folder;

    @Test
    void whoForgetsWaitsForNobodyAndNobodyGetsWhatWasForgotten() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch forgotten = new CountDownLatch(1);
        AtomicInteger model = new AtomicInteger(1);
        Once<Integer> once = new Once<>(() -> {
            int of = model.get();
            begun.countDown();
            forgotten.await();
            return of;
        });
        CompletableFuture<Integer> asked = CompletableFuture.supplyAsync(() -> {
            try {
                return once.get();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        model.set(2);
        once.forget();
        forgotten.countDown();
        assertEquals(2, asked.get());
        assertEquals(2, once.get());
    }

    /** A model that is another one after it was asked for a few times. */
    private record Changing(TrainedModel first, TrainedModel second, AtomicInteger asked, int most) implements ModelSource {

        @Override
        public Frame frame() {
            return new Frame(first.geometry(), first.image(), first.mask());
        }

        @Override
        public TrainedModel standing() {
            return asked.incrementAndGet() <= most ? first : second;
        }

        @Override
        public <T> T lend(Function<TrainedModel, T> use) {
            return use.apply(standing());
        }
    }

    @Test
    void aVolumeIsAllOfOneModel() throws Exception {
        EditSession session = SmallRun.scene(new SmallRun(folder).learnt().out).edits;
        TrainedModel first = session.standing();
        session.append("{\"edits\": [{\"select\": {\"sphere\": {\"centreMm\": [-34, 43, 12], \"radiusMm\": 90}}, \"delete\": true}]}");
        TrainedModel second = session.standing();
        double[] positions = first.geometry().positions();
        try (ReferenceEngine engine = new ReferenceEngine()) {
            float[] before = new SliceDrawing(engine, new StandingModel(first), 1)
                    .volume(positions, false).voxels();
            float[] after = new SliceDrawing(engine, new StandingModel(second), 1)
                    .volume(positions, false).voxels();
            assertFalse(Arrays.equals(before, after));
            SliceDrawing changing = new SliceDrawing(engine, new Changing(first, second, new AtomicInteger(), 4), 1);
            assertArrayEquals(after, new Once<>(() -> changing.volume(positions, false)).get().voxels());
        }
    }
}
