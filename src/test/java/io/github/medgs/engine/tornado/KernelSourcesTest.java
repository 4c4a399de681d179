package io.github.medgs.engine.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What TornadoVM makes of the kernels. In a process of its own, since it reads once where to print them to. */
class KernelSourcesTest {

    /** Prints every kernel's name, its launch, and whether its source asks for double precision. */
    static final class Show {
        private Show() {}

        public static void main(String[] arguments) throws IOException {
            for (Map.Entry<String, KernelSources.Compiled> kernel : KernelSources.generate(null).entrySet()) {
                String source = kernel.getValue().source();
                System.out.println("kernel " + kernel.getKey() + ": " + kernel.getValue().launch() + ": "
                        + source.lines().count() + " lines, double " + source.contains("double"));
                // A local array that is addressed as if it had a header: the index is then a long, of bytes.
                if (source.lines().anyMatch(line -> line.matches(".*\\bad[a-z]_\\d+\\[l_.*"))) {
                    System.out.println("beyond local memory: " + kernel.getKey());
                }
            }
        }
    }

    @Test
    void noKernelAsksForDoublePrecision() throws IOException, InterruptedException {
        Launcher.requireOrSkip();
        String sdk = System.getenv("TORNADOVM_HOME");
        assumeTrue(sdk != null, "TORNADOVM_HOME is not set, so no second process can be started under the launcher");
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + sdk + "/tornado-argfile", "-Xmx2g", "-cp", System.getProperty("java.class.path"),
                Show.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        List<String> kernels = output.lines().filter(line -> line.startsWith("kernel ")).toList();
        assertEquals(KernelCatalogue.ALL.size(), kernels.size(), output);
        assertFalse(output.contains("beyond local memory"), output);
        for (String line : kernels) {
            assertTrue(line.endsWith("double false"), line);
            assertFalse(line.contains(" 0 lines"), line);
        }
    }

    @Test
    void aKernelsSourceIsCutFromWhatWasPrinted() {
        String printed = "#pragma X\n__kernel void a(int x)\n{\n  y\n}  //  kernel\n\n__kernel void b(int x)\n{\n  z\n}\n";
        assertEquals("__kernel void b(int x)\n{\n  z\n}", KernelSources.source(printed, "b"));
        assertEquals("", KernelSources.source(printed, "c"));
    }
}
