package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.view.LiveView;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether a run is watched in the browser. */
final class LiveOptions {

    @Option(names = "--view", description = "open a page that shows the run while it trains")
    private boolean view;

    @Mixin
    private PageOptions page;

    /** Checks the options before any long work. */
    void check() {
        if (!view && page.given() != null) {
            throw new InputException(page.given(), "is about a page, and there is none", "add --view, or leave it out");
        }
        page.check();
    }

    /** A listener for the run that opens the page when it begins; {@code null} when none is wanted. */
    LiveView open(Path folder, EngineOptions engines, Console console) {
        return view ? new LiveView(folder.toAbsolutePath().normalize().getFileName().toString(), console,
                () -> drawing(engines.threads()), scene -> page.open(scene, console)) : null;
    }

    /** The page draws beside the training: on half the threads, and not on the training's device. */
    private static Engine drawing(int threads) {
        try {
            return EngineChoice.open("vector", Math.max(1, threads / 2), null).engine();
        } catch (InputException e) {
            return EngineChoice.open("reference", 1, null).engine();
        }
    }
}
