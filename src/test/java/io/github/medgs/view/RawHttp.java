package io.github.medgs.view;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Requests as no well-behaved client would send them. */
final class RawHttp {

    private static final int PATIENCE = 20_000;

    final URI page;

    RawHttp(ViewServer server) {
        page = URI.create(server.url());
    }

    String host() {
        return page.getHost() + ":" + page.getPort();
    }

    /** A path below the page's. */
    String path(String name) {
        return page.getPath() + name;
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.getPort());
        socket.setSoTimeout(PATIENCE);
        return socket;
    }

    /** @return head and body; empty where the server only closed the connection */
    String send(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** A request with its own Host and no more headers than given. */
    String get(String path, String... headers) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\nConnection: close\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n");
    }

    /** The same, again and again while the server says that it is not ready yet. */
    String patiently(String path) throws IOException, InterruptedException {
        String answer = get(path);
        while (status(answer) == 503) {
            Thread.sleep(5);
            answer = get(path);
        }
        return answer;
    }

    /** The status of an answer; 0 for none. */
    static int status(String answer) {
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    static String header(String answer, String name) {
        return answer.lines().filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse("");
    }

    static int readStatus(InputStream in) throws IOException {
        byte[] line = in.readNBytes(12);
        return status(new String(line, StandardCharsets.ISO_8859_1));
    }
}
