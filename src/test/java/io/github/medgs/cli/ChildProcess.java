package io.github.medgs.cli;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code medgs} as a process of its own, as a user runs it: for what only a whole process can show. */
final class ChildProcess {

    private static final long LONGEST_SECONDS = 120;

    private final Process process;
    private final File output;

    private ChildProcess(Process process, File output) {
        this.process = process;
        this.output = output;
    }

    /** How a process ended: its status, and all that it wrote to both its outputs. */
    record Ended(int status, String output) {}

    /** @param heap as for {@code -Xmx} */
    static ChildProcess start(String heap, List<String> arguments) throws IOException {
        return start(heap, arguments, false);
    }

    /** On a pseudo terminal of its own, by the program {@code script} of util-linux. */
    static ChildProcess startOnATerminal(String heap, List<String> arguments) throws IOException {
        return start(heap, arguments, true);
    }

    private static ChildProcess start(String heap, List<String> arguments, boolean terminal) throws IOException {
        List<String> command = new ArrayList<>(interruptible());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap,
                "--add-modules", "jdk.incubator.vector",
                "-cp", System.getProperty("java.class.path"), "io.github.medgs.cli.Main"));
        command.addAll(arguments);
        // A file, not a pipe: nobody reads while it runs, and what a killed process wrote is kept.
        File output = Files.createTempFile("medgs-output", ".txt").toFile();
        output.deleteOnExit();
        if (terminal) {
            String line = String.join(" ", command.stream().map(word -> "'" + word + "'").toList());
            command = List.of("script", "--quiet", "--return", "--flush", "--command", line, "/dev/null");
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
        return new ChildProcess(process, output);
    }

    // A build started in the background has SIGINT ignored, its children inherit that, and a JVM then leaves it so.
    private static List<String> interruptible() throws IOException {
        List<String> prefix = List.of("env", "--default-signal=INT");
        List<String> probe = new ArrayList<>(prefix);
        probe.add("true");
        try {
            return new ProcessBuilder(probe).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0 ? prefix : List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    static Ended run(String heap, List<String> arguments) throws IOException, InterruptedException {
        return start(heap, arguments).await();
    }

    Ended await() throws IOException, InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("still running after " + LONGEST_SECONDS + " s: " + written());
        }
        return new Ended(process.exitValue(), written());
    }

    /** Waits until a file appears, or the process ends. */
    void awaitFile(Path file) throws InterruptedException {
        while (process.isAlive() && !Files.exists(file)) {
            Thread.sleep(5);
        }
    }

    /** Waits until it has written some words, or ends. */
    void awaitOutput(String words) throws IOException, InterruptedException {
        while (process.isAlive() && !written().contains(words)) {
            Thread.sleep(5);
        }
    }

    /** Kills it without warning, after some milliseconds or at its own end. Whether it still ran. */
    boolean killAfter(long milliseconds) throws InterruptedException {
        boolean ended = process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended;
    }

    /** A request to the page whose address it wrote, once that is answered; the rest of the answer can be read. */
    Socket page(String name) throws IOException {
        Matcher address = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)(/\\S+/)").matcher(written());
        if (!address.find()) {
            throw new IllegalStateException("no address of a page: " + written());
        }
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(address.group(1)));
        socket.getOutputStream().write(("GET " + address.group(2) + name + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + address.group(1) + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getInputStream().read();
        return socket;
    }

    /** What Ctrl-C sends. */
    void interrupt() throws IOException, InterruptedException {
        signal("INT");
    }

    /** What schedulers send first. */
    void terminate() throws IOException, InterruptedException {
        signal("TERM");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
    }

    /** Ctrl-C on its terminal. */
    void pressControlC() throws IOException {
        process.getOutputStream().write(3);
        process.getOutputStream().flush();
    }

    private String written() throws IOException {
        return Files.readString(output.toPath());
    }
}
