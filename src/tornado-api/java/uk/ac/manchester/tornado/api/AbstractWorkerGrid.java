package uk.ac.manchester.tornado.api;

/** What all grids share. */
public abstract class AbstractWorkerGrid implements WorkerGrid {
    @Override
    public void setGlobalWork(long x, long y, long z) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLocalWork(long x, long y, long z) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long[] getGlobalWork() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long[] getLocalWork() {
        throw new UnsupportedOperationException();
    }
}
