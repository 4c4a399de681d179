package io.github.medgs.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DrawingQueueTest {

    @Test
    @Timeout(20)
    void theNewestIsDrawnFirstAndTheOldestSentAway() throws Exception {
        DrawingQueue queue = new DrawingQueue(2);
        CountDownLatch drawing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<String> said = new CopyOnWriteArrayList<>();
        Thread first = Thread.ofVirtual().start(() -> draw(queue, said, "first", () -> {
            drawing.countDown();
            go.await();
        }));
        drawing.await();
        Thread[] others = new Thread[4];
        for (int n = 0; n < others.length; n++) {
            int number = n;
            others[n] = Thread.ofPlatform().start(() -> draw(queue, said, "later " + number, () -> {}));
            while (others[n].getState() != Thread.State.WAITING && others[n].isAlive()) {
                Thread.sleep(1);
            }
        }
        go.countDown();
        first.join();
        for (Thread other : others) {
            other.join();
        }
        assertTrue(said.containsAll(List.of("later 0 overtaken", "later 1 overtaken")), said.toString());
        assertEquals(List.of("first", "later 3", "later 2"),
                said.stream().filter(line -> !line.endsWith("overtaken")).toList());
        assertEquals("free again", queue.draw(() -> "free again"));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void draw(DrawingQueue queue, List<String> said, String name, Work work) {
        try {
            queue.draw(() -> {
                work.run();
                return said.add(name);
            });
        } catch (DrawingQueue.Overtaken e) {
            said.add(name + " overtaken");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDrawingThatFailsLetsTheNextOneIn() throws Exception {
        DrawingQueue queue = new DrawingQueue(2);
        try {
            queue.draw(() -> {
                throw new IllegalStateException("no ink");
            });
        } catch (IllegalStateException e) {
            assertEquals("no ink", e.getMessage());
        }
        assertEquals(7, queue.draw(() -> 7));
    }
}
