package io.github.medgs.view;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.medgs.InputException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Serves one {@link Scene} as a page. A request is admitted by the {@link Gatekeeper} or it learns nothing; what is
 * admitted is bounded in number, in size and in time, so that no client can fill the memory.
 */
public final class ViewServer implements AutoCloseable {

    private static final int MOST_AT_ONCE = 48;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Gatekeeper gatekeeper;
    private final Assets assets = new Assets();
    private final Answers answers;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final Consumer<String> faults;

    private ViewServer(Scene scene, HttpServer server, Consumer<String> faults) throws IOException {
        this.server = server;
        this.faults = faults;
        this.gatekeeper = new Gatekeeper(server.getAddress());
        this.answers = new Answers(scene);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Opens the page.
     *
     * @param address to listen on; the loopback address unless others are to see it
     * @param port 0 for any that is free
     * @param faults told of the server's own errors, a line each
     */
    public static ViewServer start(Scene scene, InetAddress address, int port, Consumer<String> faults)
            throws IOException {
        ServerLimits.set();
        try {
            ViewServer view = new ViewServer(scene, HttpServer.create(new InetSocketAddress(address, port), 0), faults);
            view.server.start();
            return view;
        } catch (BindException e) {
            if (!isOurs(address)) {
                throw new InputException(address.getHostAddress(), "is no address of this machine",
                        "give one of its own, or none for this machine alone", e).naming("bind");
            }
            throw new InputException("port " + port, "cannot be listened on (" + e.getMessage() + ")",
                    "choose another, or none for any that is free", e).naming("port");
        }
    }

    private static boolean isOurs(InetAddress address) throws IOException {
        return address.isAnyLocalAddress() || address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    }

    /** Where the page is, secret included. */
    public String url() {
        InetSocketAddress address = server.getAddress();
        InetAddress host = address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress()
                : address.getAddress();
        return "http://" + Gatekeeper.literal(host) + ":" + address.getPort() + "/" + gatekeeper.token() + "/";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = gatekeeper.nameIn(exchange.getRequestURI().getRawPath());
            if (!gatekeeper.admits(exchange.getRequestHeaders())) {
                Reply.error(exchange, 403, "this server does not know you");
            } else if (name == null) {
                Reply.error(exchange, 404, "there is nothing here");
            } else if (!room.tryAcquire()) {
                Reply.error(exchange, 503, "too many requests at once");
            } else {
                try {
                    answer(exchange, name);
                } finally {
                    room.release();
                }
            }
        }
    }

    private void answer(HttpExchange exchange, String name) throws IOException {
        try {
            Assets.Asset asset = assets.get(name);
            String method = exchange.getRequestMethod();
            boolean get = method.equals("GET");
            // A HEAD of what a POST changes must change nothing.
            Map<String, Answers.Answer> known = get ? answers.gets() : method.equals("POST") ? answers.posts() : Map.of();
            if (get && asset != null) {
                Reply.bytes(exchange, asset.type(), asset.bytes());
            } else if (known.containsKey(name)) {
                known.get(name).to(exchange, new Query(exchange.getRequestURI().getRawQuery()));
            } else {
                Reply.error(exchange, 404, "there is nothing here");
            }
        } catch (InputException e) {
            Reply.error(exchange, 400, e.getMessage());
        } catch (DrawingQueue.Overtaken e) {
            Reply.error(exchange, 503, "overtaken by newer requests");
        } catch (EditSession.Busy e) {
            Reply.error(exchange, 503, "another edit is being carried out");
        } catch (SliceDrawing.Preparing e) {
            Reply.error(exchange, 503, "how the anatomy moves between the slices is being worked out");
        } catch (LiveRun.NothingYet e) {
            Reply.error(exchange, 503, "the training has not begun yet");
        } catch (OutOfMemoryError e) {
            Reply.error(exchange, 503, "this does not fit into the memory that Java may take");
        } catch (IOException e) {
            if (exchange.getResponseCode() < 0) {
                Reply.error(exchange, 500, e.getMessage());
            }
            // Else the page went away in the middle; nobody is left to be told.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            faults.accept("the page's request " + name + " failed: " + e);
            Reply.error(exchange, 500, "this is a fault of the program: " + e);
        }
    }

    @Override
    public void close() {
        answers.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
