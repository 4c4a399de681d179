package io.github.medgs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Presets load, layers lie in their order, and every mistake names its key. */
class ConfigsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"default", "quick", "mesh", "compact", "paper"})
    void everyPresetLoadsAndSurvivesItsOwnJson(String preset) {
        TrainingConfig config = Configs.load(preset, null, List.of());
        assertEquals(config, Configs.parse(Configs.toJson(config), "saved"));
    }

    @Test
    void theFileLiesOverThePresetAndSettingsOverBoth() throws Exception {
        Path file = Files.writeString(folder.resolve("my.json"),
                "{\"iterations\": 7, \"seed\": 3, \"density\": {\"most\": 11}}");
        TrainingConfig config = Configs.load("paper", file, List.of("seed=5", "model.motionDegree=2"));
        assertEquals(7, config.iterations());
        assertEquals(5, config.seed());
        assertEquals(11, config.density().most());
        assertEquals(2, config.model().motionDegree());
        assertEquals(100, config.density().interval());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "iteration=5|iteration",
        "density.nothing=5|density.nothing",
        "nothing.at.all=5|nothing.at.all",
        "iterations=many|iterations",
        "iterations=1.5|iterations",
        "iterations=-1|iterations",
        "seed=|seed",
        "model.compositing=magic|model.compositing",
        "adam.drawnOnly=3|adam.drawnOnly",
        "objective.imageAbsolute=-1|objective.imageAbsolute",
        "model.window=hat|model.window",
        "density=5|density",
        "between.target=shape|between.target",
        "between.maskTarget=motion|between.maskTarget",
    })
    void mistakesNameTheirKey(String setting, String key) {
        InputException e = assertThrows(InputException.class, () -> Configs.load("paper", null, List.of(setting)));
        assertTrue(e.getMessage().contains(key), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void unknownPresetsAreListedAgainstTheKnown() {
        InputException e = assertThrows(InputException.class, () -> Configs.load("fast", null, List.of()));
        assertTrue(e.getMessage().contains("quick"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"iterations\": 5} x", "{\"iterations\": 5, \"iterations\": 6}",
        "{\"nothing\": 1}", "{\"iterations\": null}", "{\"model\": 3}"})
    void badFilesAreOneLine(String json) throws Exception {
        Path file = Files.writeString(folder.resolve("bad.json"), json);
        InputException e = assertThrows(InputException.class, () -> Configs.load("paper", file, List.of()));
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void mistakesSayWhereTheirValueIsFrom() throws Exception {
        Path good = Files.writeString(folder.resolve("good.json"), "\uFEFF{\"passes\": 7, \"rates\": {\"time\": -5}}");
        assertEquals(7, Configs.load("quick", good, List.of("rates.time=0")).passes());
        assertMessage("setting iterations=abc: has a wrong type: \"abc\"", good, "iterations=3", "iterations=abc");
        assertMessage(good + ": key rates.time: is -5, out of range", good);
        assertMessage("setting rates.time=-6: is -6, out of range", good, "rates.time=-6");
        assertMessage("setting passes=5,rates.time=0: has several keys; give each", good, "passes=5,rates.time=0");
        Path half = Files.writeString(folder.resolve("half.json"), "{\"iterations\": 1.5}");
        assertMessage(half + ": key iterations: cannot be 1.5", half);
    }

    @Test
    void theEndsOfARangeMayBeGiven() throws Exception {
        for (String end : List.of("start.spacings=0.01", "rates.decay=1e-9", "density.resetOpacity=1e-6",
                "density.resetOpacity=0.999999", "adam.beta2=0.9999999", "iterations=10000000", "objective.maskSquared=1e6",
                "checkpointInterval=2147483647")) {
            Configs.load("quick", null, List.of(end));
        }
        Path none = Files.writeString(folder.resolve("none.json"), "{}");
        assertMessage("setting start.spacings=0.0099: is 0.0099, out of range; give a value from 0.01 to 100", none,
                "start.spacings=0.0099");
        assertMessage("setting between.highest=0.2: is 0.2, out of range; give a value from 0.3 to 1", none,
                "between.lowest=0.3", "between.highest=0.2");
    }

    private static void assertMessage(String expected, Path file, String... settings) {
        String message = assertThrows(InputException.class, () -> Configs.load("quick", file, List.of(settings))).getMessage();
        assertTrue(message.startsWith(expected), message);
    }
}
