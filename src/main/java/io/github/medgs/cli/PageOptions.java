package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.view.Scene;
import io.github.medgs.view.ViewServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a page is served, and whether a browser is opened for it. */
final class PageOptions {

    private static final int HIGHEST_PORT = 65_535;

    /** Names the file from which the launcher takes the address; see tornado-env.sh. */
    private static final String LAUNCHER_FILE = "MEDGS_PAGE";

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

    // The launcher opens the browser: this program starts no process, and AWT's Desktop needs a display of its own.
    private static void openBrowser(String url, Console console) {
        String file = System.getenv(LAUNCHER_FILE);
        if (file == null) {
            console.say("open this address in a browser");
            return;
        }
        try {
            Files.writeString(Path.of(file), url);
        } catch (IOException e) {
            console.say("no browser could be started: open the address yourself");
        }
    }
}
