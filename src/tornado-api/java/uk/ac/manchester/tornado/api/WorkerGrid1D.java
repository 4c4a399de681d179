package uk.ac.manchester.tornado.api;

/** A grid of one dimension. */
public class WorkerGrid1D extends AbstractWorkerGrid {
    public WorkerGrid1D(int x) {
        throw new UnsupportedOperationException();
    }
}
