package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.view.Scene;
import io.github.medgs.view.ViewServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Where a page is served, and whether a browser is opened for it. */
final class PageOptions {

    private static final int HIGHEST_PORT = 65_535;

    @Option(names = "--port", paramLabel = "N", description = "port of the page (default: any that is free)")
    private Integer port;

    @Option(names = "--no-open", description = "print the page's address, and do not open a browser")
    private boolean noOpen;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "address to listen on (default: this machine alone)")
    private String bind;

    @Option(names = "--allow-remote", description = "let other machines in by --bind; whoever has the address with its token sees everything, unencrypted")
    private boolean allowRemote;

    /** The option among these that was given, or {@code null}. */
    String given() {
        return port != null ? "--port" : noOpen ? "--no-open" : bind != null ? "--bind"
                : allowRemote ? "--allow-remote" : null;
    }

    /** Checks the options before any long work. */
    void check() {
        if (port != null && (port < 1 || port > HIGHEST_PORT)) {
            throw new InputException("--port " + port, "is no port", "give 1 to " + HIGHEST_PORT);
        }
        InetAddress address = address();
        if (!address.isLoopbackAddress() && !allowRemote) {
            throw new InputException("--bind " + bind, "would let other machines see the patient's data",
                    "leave it out, or add --allow-remote if that is meant");
        }
    }

    private InetAddress address() {
        try {
            return bind == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new InputException("--bind " + bind, "is no address of this machine", "give an IP address", e);
        }
    }

    /** Serves a scene, says where, and opens a browser unless that is not wanted. */
    ViewServer open(Scene scene, Console console) throws IOException {
        ViewServer server = ViewServer.start(scene, address(), port == null ? 0 : port, console::say);
        String url = server.url();
        console.page(url);
        if (!noOpen) {
            openBrowser(url, console);
        }
        return server;
    }

    // AWT's Desktop needs a display of its own, and the program runs headless.
    private static void openBrowser(String url, Console console) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("win") ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                : List.of(system.contains("mac") ? "open" : "xdg-open", url);
        try {
            new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            console.say("no browser could be started: open the address yourself");
        }
    }
}
