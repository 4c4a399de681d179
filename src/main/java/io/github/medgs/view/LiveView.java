package io.github.medgs.view;

import io.github.medgs.engine.Engine;
import io.github.medgs.reconstruction.Forecast;
import io.github.medgs.reconstruction.RunListener;
import io.github.medgs.reconstruction.SliceSpacing;
import io.github.medgs.training.History;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.SliceStack;
import java.io.IOException;
import java.util.function.Supplier;

/** Opens a page on a run when it begins, and keeps it until the run is over. Hears the run and passes all on. */
public final class LiveView implements RunListener, AutoCloseable {

    /** Serves a scene. */
    @FunctionalInterface
    public interface Opener {
        ViewServer open(Scene scene) throws IOException;
    }

    /** Pages hear of the end before the server goes. */
    private static final long MILLISECONDS_TO_SAY_GOODBYE = 300;

    private final String title;
    private final RunListener others;
    private final Supplier<Engine> engines;
    private final Opener opener;
    private LiveRun live;
    private Engine engine;
    private ViewServer server;

    /**
     * @param title the page's
     * @param others hears all that this one hears
     * @param engines opens an engine of the page's own: the run's is busy
     */
    public LiveView(String title, RunListener others, Supplier<Engine> engines, Opener opener) {
        this.title = title;
        this.others = others;
        this.engines = engines;
        this.opener = opener;
    }

    /** Whether somebody pressed the page's button. */
    public boolean stopRequested() {
        return live != null && live.stopRequested();
    }

    @Override
    public void say(String line) {
        others.say(line);
    }

    @Override
    public boolean wantsForecast() {
        return others.wantsForecast();
    }

    @Override
    public void expects(Forecast forecast) {
        others.expects(forecast);
    }

    @Override
    public void learns(Subject subject) throws IOException {
        others.learns(subject);
        SliceStack stack = subject.data().stack();
        live = new LiveRun(new ModelSource.Frame(stack.geometry(), subject.heads().hasImage(), subject.heads().hasMask()));
        Scene scene = new Scene(title, Scene.Kind.TRAINING);
        scene.geometry = stack.geometry();
        scene.window = stack.window();
        scene.drawn = SliceSpacing.AUTOMATIC.positions(stack.geometry());
        engine = engines.get();
        scene.drawing = new SliceDrawing(engine, live, 1);
        scene.input = InputSlices.under(stack.geometry(), subject.image(), subject.data().mask(), "the image");
        SceneFiles.inputLayers(scene);
        scene.live = live;
        scene.history = live::history;
        server = opener.open(scene);
    }

    @Override
    public Progress begin(String what, long steps) {
        Progress theirs = others.begin(what, steps);
        if (live == null) {
            return theirs;
        }
        live.begin(what, steps);
        return new Both(theirs, live);
    }

    /** @param how it ended, a line for people */
    public void ended(String how) {
        if (live != null) {
            live.ended(how);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            try {
                Thread.sleep(live.events().isHeard() ? MILLISECONDS_TO_SAY_GOODBYE : 0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            server.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    /** Two that hear the same work; the page's cannot stop the run by failing. */
    private record Both(Progress theirs, LiveRun page) implements Progress {

        @Override
        public void to(long step) {
            theirs.to(step);
            page.to(step);
        }

        @Override
        public void stepped(int iteration, int iterations) {
            theirs.stepped(iteration, iterations);
            page.to(iteration);
        }

        @Override
        public void reported(History.Row row, int iterations) {
            theirs.reported(row, iterations);
            page.reported(row, iterations);
        }

        @Override
        public boolean wantsModel() {
            return page.wantsModel();
        }

        @Override
        public void model(TrainedModel model) {
            page.model(model);
        }

        @Override
        public void checkpointed(int iteration) {
            theirs.checkpointed(iteration);
        }

        @Override
        public void note(String line) {
            theirs.note(line);
        }

        @Override
        public void close() {
            theirs.close();
        }
    }
}
