package uk.ac.manchester.tornado.api;

/** Grids by task. */
public class GridScheduler {
    public GridScheduler() {
        throw new UnsupportedOperationException();
    }

    public void addWorkerGrid(String task, WorkerGrid grid) {
        throw new UnsupportedOperationException();
    }
}
