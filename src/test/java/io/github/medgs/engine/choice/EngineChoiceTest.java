package io.github.medgs.engine.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.Scenes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineChoiceTest {

    private static final String ADD_VECTORS = "--add-modules=jdk.incubator.vector";

    /** Run in a JVM of its own: draws with whatever {@code auto} takes. */
    static final class Show {
        private Show() {}

        public static void main(String[] arguments) {
            EngineChoice choice = EngineChoice.open("auto", 1, null);
            float[] image = new float[400];
            choice.engine().render(Scenes.build("one Gaussian").gaussians(), 0.5f, image, null);
            System.out.println(choice.engine().name());
            System.out.println(choice.reason());
            try {
                EngineChoice.open("vector", 1, null);
            } catch (InputException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "vector"})
    void opensTheNamedEngine(String name) {
        EngineChoice choice = EngineChoice.open(name, 1, null);
        try (Engine engine = choice.engine()) {
            assertEquals(name, engine.name());
            assertTrue(choice.reason().contains(engine.description()), choice.reason());
        }
    }

    @Test
    void anUnknownEngineIsTheUsersFault() {
        assertThrows(InputException.class, () -> EngineChoice.open("cuda", 1, null));
    }

    @Test
    void anAbsentDeviceIsNeverReplaced() {
        for (String name : List.of("auto", "tornado")) {
            InputException refusal =
                    assertThrows(InputException.class, () -> EngineChoice.open(name, 1, "no such device"));
            assertFalse(refusal.getMessage().contains("\n"));
        }
    }

    @Test
    void aDeviceIsNotPassedOver() {
        for (String name : List.of("reference", "vector")) {
            InputException refusal = assertThrows(InputException.class, () -> EngineChoice.open(name, 1, "0:0"));
            assertEquals("device 0:0: is none of the engine " + name + "; leave it out, or choose tornado", refusal.getMessage());
        }
    }

    @Test
    void surveysEveryEngineAndNamesAutosChoice() {
        List<EngineChoice.Candidate> candidates = EngineChoice.survey(1);
        assertEquals(List.of("tornado", "vector", "reference"),
                candidates.stream().map(EngineChoice.Candidate::name).toList());
        String automatic = candidates.stream().filter(EngineChoice.Candidate::automatic).findFirst().orElseThrow()
                .name();
        try (Engine engine = EngineChoice.open("auto", 1, null).engine()) {
            assertEquals(automatic, engine.name());
        }
    }

    @Test
    void littleIsDrawnByPlainLoopsUnlessAnEngineIsNamed() {
        try (Engine engine = EngineChoice.open("auto", 1, null, 130_000).engine()) {
            assertEquals("reference", engine.name());
        }
        try (Engine engine = EngineChoice.open("vector", 1, null, 130_000).engine()) {
            assertEquals("vector", engine.name());
        }
    }

    @Test
    void withoutTheVectorModuleTheReferenceRunsAndSaysWhatIsMissing() throws IOException, InterruptedException {
        List<String> lines = show();
        assertEquals("reference", lines.get(0));
        assertTrue(lines.get(1).contains("--add-modules jdk.incubator.vector"), lines::toString);
        assertTrue(lines.get(2).contains("--add-modules jdk.incubator.vector"), lines::toString);
    }

    /** The vectors of ARM's NEON and of x86 before AVX2. */
    @Test
    void vectorsOfFourFloatsGetAnEngineOfFourLanes() throws IOException, InterruptedException {
        List<String> lines = show(ADD_VECTORS, "-XX:MaxVectorSize=16");
        assertEquals("vector", lines.get(0));
        assertTrue(lines.get(1).contains("of 4 lanes"), lines::toString);
    }

    @ParameterizedTest
    @CsvSource({"-Xint, only interprets", "-XX:TieredStopAtLevel=1, without its compiler C2",
        "-XX:MaxVectorSize=8, vectors hold 2 floats", "-XX:-UseFMA, no fused multiply-add"})
    void whereVectorsAreNotCompiledTheReferenceRunsAndSaysWhy(String flag, String why)
            throws IOException, InterruptedException {
        List<String> lines = show(ADD_VECTORS, flag);
        assertEquals("reference", lines.get(0), lines::toString);
        assertTrue(lines.get(1).contains("the vector engine is slower still: ") && lines.get(1).contains(why),
                lines::toString);
        assertEquals(2, lines.size(), "asked for by name, the vector engine is had");
    }

    /** What {@link Show} prints in a Java of its own with these options. */
    private static List<String> show(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Show.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().filter(line -> !line.startsWith("WARNING: Using incubator modules")).toList();
    }
}
