package io.github.medgs.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who this process is: for the names and notes that it leaves on disks which other machines see too, and for advice. */
public final class ThisProcess {

    public static final long NUMBER = ProcessHandle.current().pid();

    /** The machine's name, or the container's: letters, digits and dots. */
    public static final String MACHINE = machine().replaceAll("[^A-Za-z0-9.]", "");

    private ThisProcess() {}

    /** How to start it again with so much memory for Java, in a word for people. */
    public static String withHeap(long gigabytes) {
        // The launcher of an image reads only what every Java reads; it leaves this property.
        return (System.getProperty("jpackage.app-path") == null ? "MEDGS_JAVA_OPTIONS" : "JAVA_TOOL_OPTIONS") + "=-Xmx"
                + gigabytes + "g";
    }

    // Not the network's view of it: asking for that may wait for a name server.
    private static String machine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            String windows = System.getenv("COMPUTERNAME");
            String name = windows == null ? System.getenv("HOSTNAME") : windows;
            return name == null ? "here" : name;
        }
    }
}
