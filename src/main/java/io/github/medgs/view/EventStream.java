package io.github.medgs.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Server-sent events to all pages that are open. Whoever publishes never waits: a page that reads too slowly loses the
 * oldest events, and more than a few pages are turned away.
 */
final class EventStream implements AutoCloseable {

    private static final int MOST_PAGES = 16;
    private static final int MOST_WAITING = 32;
    private static final int SECONDS_BETWEEN_SIGNS_OF_LIFE = 10;
    private static final String END = "";

    private final Set<BlockingQueue<String>> pages = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Whether anybody listens. */
    boolean isHeard() {
        return !pages.isEmpty();
    }

    void publish(String name, JsonNode data) {
        String event = text(name, data);
        pages.forEach(page -> offer(page, event));
    }

    private static String text(String name, JsonNode data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    private static void offer(BlockingQueue<String> page, String event) {
        while (!page.offer(event)) {
            page.poll();
        }
    }

    /**
     * Sends events to one page until it goes away, or the stream is closed.
     *
     * @param name of an event that says where things stand now; what was published before the page came is in it
     */
    void serve(HttpExchange exchange, String name, Supplier<JsonNode> now) throws IOException, InterruptedException {
        BlockingQueue<String> page = new ArrayBlockingQueue<>(MOST_WAITING);
        synchronized (this) {
            if (closed || pages.size() >= MOST_PAGES) {
                Reply.error(exchange, 503, "too many pages are open");
                return;
            }
            pages.add(page);
        }
        try {
            OutputStream out = Reply.begin(exchange, "text/event-stream; charset=utf-8");
            send(out, "retry: 1000\n\n");
            send(out, text(name, now.get()));
            while (true) {
                String event = page.poll(SECONDS_BETWEEN_SIGNS_OF_LIFE, TimeUnit.SECONDS);
                if (END.equals(event)) {
                    out.close();
                    return;
                }
                send(out, event == null ? ": still here\n\n" : event);
            }
        } finally {
            pages.remove(page);
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public synchronized void close() {
        closed = true;
        pages.forEach(page -> offer(page, END));
    }
}
