package uk.ac.manchester.tornado.api;

/** The shape of a launch. */
public interface WorkerGrid {
    void setGlobalWork(long x, long y, long z);

    void setLocalWork(long x, long y, long z);

    long[] getGlobalWork();

    long[] getLocalWork();
}
