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
}
