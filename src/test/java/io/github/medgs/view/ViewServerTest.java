package io.github.medgs.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server against those who should not be let in, and those who ask too much. */
@Timeout(120)
class ViewServerTest {

    @TempDir
    static Path folder;

    private static ViewServer server;
    private static RawHttp http;

    @BeforeAll
    static void serve() throws Exception {
        server = SmallRun.serve(SmallRun.scene(new SmallRun(folder).learnt().out));
        http = new RawHttp(server);
        assertEquals(200, RawHttp.status(http.patiently(http.path("slice?mm=7.25"))));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    /** Its time begins with the request, and the surface of a large volume is long in the making. */
    @Test
    void anAnswerMayTakeAnHour() {
        assertTrue(Integer.getInteger("sun.net.httpserver.maxRspTime") >= 3600);
    }

    @Test
    void thePageIsServedToThoseWhoHaveItsAddress() throws IOException {
        String page = http.get(http.path(""));
        assertEquals(200, RawHttp.status(page));
        assertTrue(RawHttp.body(page).startsWith("<!doctype html>"));
        String policy = RawHttp.header(page, "Content-Security-Policy");
        assertTrue(policy.contains("default-src 'none'") && !policy.contains("unsafe"), policy);
        assertEquals("no-referrer", RawHttp.header(page, "Referrer-Policy"));
        assertEquals(200, RawHttp.status(http.get(http.path("slice?mm=7.25"), "Origin: http://" + http.host())));
    }

    @Test
    void withoutTheTokenThereIsNothing() throws IOException {
        String wrong = "x".repeat(http.page.getPath().length() - 2);
        for (String path : new String[] {"/", "/state.json", "/slice?mm=0", "//state.json", "/" + wrong + "/",
            "/" + wrong + "/state.json", http.page.getPath().substring(0, 10) + "/state.json", "*"}) {
            String answer = http.get(path);
            assertTrue(RawHttp.status(answer) == 404 || RawHttp.status(answer) == 400, path + ": " + answer);
            assertFalse(answer.contains(http.page.getPath().substring(1, 12)), "the token is not given away");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "example.org:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.example.org:PORT", ""})
    void aForeignHostIsRefused(String host) throws IOException {
        String header = host.replace("PORT", Integer.toString(http.page.getPort()));
        assertEquals(403, RawHttp.status(http.send("GET " + http.path("state.json") + " HTTP/1.1\r\nHost: " + header
                + "\r\nConnection: close\r\n\r\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org", "http://127.0.0.1", "null", "http://127.0.0.1:1", "https://HOST"})
    void aForeignOriginIsRefused(String origin) throws IOException {
        assertEquals(403, RawHttp.status(http.get(http.path("state.json"), "Origin: " + origin.replace("HOST", http.host()))));
    }

    @Test
    void theProtocolsOwnPortIsLeftOutOfNames() throws IOException {
        Gatekeeper ours = new Gatekeeper(new InetSocketAddress(InetAddress.getLoopbackAddress(), 80));
        Headers headers = new Headers();
        headers.set("Host", "127.0.0.1");
        headers.set("Origin", "http://127.0.0.1");
        assertTrue(ours.admits(headers));
        headers.set("Origin", "http://127.0.0.1:8080");
        assertFalse(ours.admits(headers));
        assertFalse(new Gatekeeper(new InetSocketAddress(InetAddress.getLoopbackAddress(), 81)).admits(headers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../state.json", "..%2fstate.json", "%2e%2e/etc/passwd", "....//....//etc/passwd", "/etc/passwd",
        "style.css/../index.html", "%73tate.json", "state.json%00", "page/style.css", "..\\..\\pom.xml", "index.html/",
        "io/github/medgs/view/page/style.css", "META-INF/MANIFEST.MF", "slice/../../x"})
    void noPathReachesAnythingButTheNamesThatAreListed(String path) throws IOException {
        int status = RawHttp.status(http.get(http.path(path)));
        assertTrue(status == 404 || status == 400, path + ": " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"slice", "slice?mm=", "slice?mm=NaN", "slice?mm=-1", "slice?mm=1e9", "slice?mm=0x", "acquired?slice=6",
        "acquired?slice=-1", "acquired?slice=0.5", "acquired?slice=99999999999", "gaussians.json?mm=0&column=24&row=0",
        "gaussians.json?mm=0&column=0", "surface.mz3?n=5", "volume.nii?id=../../etc/passwd", "volume.nii"})
    void numbersOutOfRangeAreRefusedWithAWordWhy(String path) throws IOException {
        String answer = http.get(http.path(path));
        assertEquals(400, RawHttp.status(answer), path);
        assertTrue(RawHttp.body(answer).contains("error"));
    }

    @Test
    void otherMethodsDoNothing() throws IOException {
        for (String method : new String[] {"PUT", "DELETE", "POST", "HEAD", "OPTIONS", "PATCH"}) {
            int status = RawHttp.status(http.send(method + " " + http.path("state.json") + " HTTP/1.1\r\nHost: "
                    + http.host() + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            assertEquals(404, status, method);
            if (!method.equals("POST")) {
                // Where a POST stops a run.
                assertEquals(404, RawHttp.status(http.send(method + " " + http.path("stop") + " HTTP/1.1\r\nHost: " + http.host()
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")), method);
            }
        }
        // There is no run to stop here.
        assertEquals(400, RawHttp.status(http.send("POST " + http.path("stop") + " HTTP/1.1\r\nHost: " + http.host()
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")));
    }

    @Test
    void tenThousandRequestsAtOnceAreAnsweredOrTurnedAway() throws Exception {
        long before = usedMemory();
        AtomicInteger drawn = new AtomicInteger();
        AtomicInteger turnedAway = new AtomicInteger();
        AtomicInteger other = new AtomicInteger();
        Semaphore sockets = new Semaphore(800);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < 10_000; n++) {
                double millimetres = 15.0 * n / 10_000;
                threads.submit(() -> {
                    sockets.acquire();
                    try {
                        switch (RawHttp.status(http.get(http.path("slice?mm=" + millimetres)))) {
                            case 200 -> drawn.incrementAndGet();
                            case 503 -> turnedAway.incrementAndGet();
                            default -> other.incrementAndGet();
                        }
                    } catch (IOException e) {
                        // More connections than it takes are closed before a word is said.
                        turnedAway.incrementAndGet();
                    } finally {
                        sockets.release();
                    }
                    return null;
                });
            }
        }
        assertEquals(10_000, drawn.get() + turnedAway.get() + other.get());
        assertTrue(drawn.get() > 100, drawn + " drawn");
        assertEquals(200, RawHttp.status(http.get(http.path("slice?mm=3"))));
        assertTrue(usedMemory() - before < 48 << 20, "memory grew by " + (usedMemory() - before));
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void clientsThatReadOrWriteSlowlyHoldNobodyUp() throws Exception {
        Socket[] slow = new Socket[40];
        try {
            for (int n = 0; n < slow.length; n++) {
                slow[n] = http.connect();
                String all = "GET " + http.path("niivue.umd.js") + " HTTP/1.1\r\nHost: " + http.host() + "\r\n\r\n";
                String begun = n % 2 == 0 ? all : all.substring(0, 9 + n);
                slow[n].getOutputStream().write(begun.getBytes(StandardCharsets.ISO_8859_1));
            }
            for (int n = 0; n < 20; n++) {
                assertEquals(200, RawHttp.status(http.get(http.path("slice?mm=" + 0.5 * n))));
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aBodyOfAGigabyteIsNotRead() throws Exception {
        for (String framing : new String[] {"Content-Length: 1073741824", "Transfer-Encoding: chunked"}) {
            long sent = 0;
            try (Socket socket = http.connect()) {
                OutputStream out = socket.getOutputStream();
                out.write(("POST " + http.path("stop") + " HTTP/1.1\r\nHost: " + http.host() + "\r\n" + framing
                        + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                byte[] piece = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
                while (sent < 1L << 30) {
                    out.write(piece);
                    sent += piece.length;
                }
            } catch (IOException e) {
                // It closed the connection, as it should.
            }
            assertTrue(sent < 64 << 20, framing + ": it took " + sent + " bytes");
        }
        assertEquals(200, RawHttp.status(http.get(http.path("state.json"))));
    }

    @Test
    void moreEventStreamsThanPagesAreTurnedAway() throws Exception {
        Socket[] pages = new Socket[20];
        int open = 0;
        try {
            for (int n = 0; n < pages.length; n++) {
                pages[n] = http.connect();
                pages[n].getOutputStream().write(("GET " + http.path("events") + " HTTP/1.1\r\nHost: " + http.host()
                        + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                open += RawHttp.readStatus(pages[n].getInputStream()) == 200 ? 1 : 0;
            }
        } finally {
            for (Socket page : pages) {
                page.close();
            }
        }
        assertEquals(16, open);
    }

    @Test
    void theStateSaysAllThatThePageMustKnow() throws IOException {
        JsonNode state = new ObjectMapper().readTree(RawHttp.body(http.get(http.path("state.json"))).getBytes(
                StandardCharsets.ISO_8859_1));
        assertEquals(6, state.at("/slices/positions").size());
        assertEquals(15, state.at("/slices/positions/5").asDouble(), 1e-9);
        assertTrue(state.at("/model/image").asBoolean() && state.at("/input/mask").asBoolean());
        assertEquals(4, state.get("volumes").size());
        assertTrue(state.get("surfaces").asBoolean());
        assertEquals(6, state.get("history").size());
        assertTrue(state.get("notes").isEmpty(), state.get("notes").toString());
    }
}
