package uk.ac.manchester.tornado.api;

/** What a thread of an explicit kernel knows of itself, and what it can ask for. */
public class KernelContext {
    public final Integer globalIdx = 0;
    public final Integer globalIdy = 0;
    public final Integer groupIdx = 0;
    public final Integer localIdx = 0;

    public KernelContext() {}

    public void localBarrier() {
        throw new UnsupportedOperationException();
    }

    public void globalBarrier() {
        throw new UnsupportedOperationException();
    }

    public int[] allocateIntLocalArray(int size) {
        throw new UnsupportedOperationException();
    }

    public float[] allocateFloatLocalArray(int size) {
        throw new UnsupportedOperationException();
    }
}
