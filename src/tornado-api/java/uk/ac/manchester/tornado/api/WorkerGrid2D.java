package uk.ac.manchester.tornado.api;

/** A grid of two dimensions. */
public class WorkerGrid2D extends AbstractWorkerGrid {
    public WorkerGrid2D(int x, int y) {
        throw new UnsupportedOperationException();
    }
}
