package io.github.medgs.cli;

import io.github.medgs.engine.Engine;
import io.github.medgs.view.Scene;
import io.github.medgs.view.SceneFiles;
import io.github.medgs.view.ViewServer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs view}: a page on the loopback address that shows a run, a model, a volume or a mesh. */
@Command(name = "view",
        description = "Show a run, a model, a volume or a mesh in the browser: any depth of a model, drawn as you move"
                + " through it. Ends with Ctrl-C.",
        mixinStandardHelpOptions = true)
final class ViewCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "PATH", description = "a run's folder, a model, a volume or a mesh")
    private Path path;

    @Option(names = "--image", paramLabel = "IMAGE", description = "the volume that the model was learnt from (default: what the run's report names)")
    private Path image;

    @Option(names = "--mask", paramLabel = "MASK", description = "a mask on the image's grid, laid over it (default: what the run's report names)")
    private Path mask;

    @Option(names = "--soft", description = "the mask that is given holds probabilities, from 0 to 1 or from 0 to 255, not labels")
    private boolean soft;

    @Mixin
    private PageOptions page;

    @Mixin
    private VolumeOptions volumes;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        page.check();
        // The engine is opened only for a model, and then lives as long as the process.
        SceneFiles files = new SceneFiles(() -> openEngine(console), engineOptions.threads(), volumes.readOptions(), soft);
        Scene scene = files.open(path, image, mask);
        scene.notes().forEach(console::say);
        try (ViewServer server = page.open(scene, console)) {
            console.say("press Ctrl-C to end");
            new CountDownLatch(1).await();
        }
        return Main.DONE;
    }

    private Engine openEngine(Console console) {
        return engineOptions.open(console);
    }
}
